"""Policy: which rules of the state hold on a day, as data, each number with where it comes from."""

from planforge.policy.load import load_packs
from planforge.policy.model import PolicyDocument, Rule, Severity
from planforge.policy.phrases import KnownPhrase, Phrases
from planforge.policy.rules_in_force import RulePacks, RuleSet
from planforge.policy.stated import Stated

__all__ = [
    "KnownPhrase",
    "Phrases",
    "PolicyDocument",
    "Rule",
    "RulePacks",
    "RuleSet",
    "Severity",
    "Stated",
    "load_packs",
]
