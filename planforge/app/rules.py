"""The rules that forms and texts are held against, for people to read."""

from planforge.app.opened_profile import rule_packs
from planforge.check import NAMES, CheckFailed, Finding, counts
from planforge.check.explained import explained_ids, explanation
from planforge.check.quantities import QUANTITIES
from planforge.check.text_rules import text_rules
from planforge.policy.handbook import explain, handbook
from planforge.policy.rule_words import rule_words

__all__ = [
    "NAMES",
    "QUANTITIES",
    "CheckFailed",
    "Finding",
    "counts",
    "explain",
    "explained_ids",
    "explanation",
    "handbook",
    "rule_packs",
    "rule_words",
    "text_rules",
]
