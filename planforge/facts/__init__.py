"""Facts: what is true of one school in one term, complete, immutable, each value with its source."""

from planforge.facts.listing import FactLine, describe
from planforge.facts.model import Facts
from planforge.facts.paths import leaves, source_of
from planforge.facts.resolve import resolve

__all__ = ["FactLine", "Facts", "describe", "leaves", "resolve", "source_of"]
