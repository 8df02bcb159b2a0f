"""The checker: facts against the rules of their term, texts against what should not stand in them."""

from planforge.check.finding import NAMES, Finding, allowed, counts, in_order
from planforge.check.profile_rules import findings
from planforge.check.text_check import check_free_text, check_plain, check_text
from planforge.check.whole_school import CheckFailed, check_school, unknown

__all__ = [
    "NAMES",
    "CheckFailed",
    "Finding",
    "allowed",
    "check_free_text",
    "check_plain",
    "check_school",
    "check_text",
    "counts",
    "findings",
    "in_order",
    "unknown",
]
