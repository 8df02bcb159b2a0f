"""The rules that forms and texts are held against, for people to read."""

from planforge.app.opened_profile import rule_packs
from planforge.check import NAMES, CheckFailed, Finding, counts
from planforge.check.text_rules import text_rules
from planforge.policy.handbook import explain, handbook

__all__ = ["NAMES", "CheckFailed", "Finding", "counts", "explain", "handbook", "rule_packs", "text_rules"]
