"""The checker: facts against the rules of their term, texts against what should not stand in them."""

from planforge.check.finding import NAMES, Finding, allowed, counts, in_order
from planforge.check.rules import findings

__all__ = ["NAMES", "Finding", "allowed", "counts", "findings", "in_order"]
