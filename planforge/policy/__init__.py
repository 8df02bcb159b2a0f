"""Policy: which rules of the state hold on a day, as data, each number with where it comes from."""

from planforge.policy.load import load_packs
from planforge.policy.model import Document, Rule, Severity, Stated
from planforge.policy.rules import RulePacks, RuleSet

__all__ = ["Document", "Rule", "RulePacks", "RuleSet", "Severity", "Stated", "load_packs"]
