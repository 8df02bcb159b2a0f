"""Findings of rules that a program judges, told in the rule's own words."""

from __future__ import annotations

from planforge.check.finding import Finding
from planforge.check.text_rules import text_rules
from planforge.core.problems import Place


def told(
    rule_id: str,
    message: str = "",
    place: Place | None = None,
    field: str = "",
    found: str = "",
    limit: str = "",
    document: str = "",
) -> Finding:
    """A finding of a rule that a program judges, in the rule's own words where no message is given."""
    rule = text_rules()[rule_id]
    return Finding(
        rule.id, rule.severity, message or rule.message, place, field, found, limit, "", rule.remedy, document
    )
