"""How a rule is cited: only what is confirmed is stated as fact."""

from __future__ import annotations

from planforge.policy import PolicyDocument, Rule, RuleSet

UNCONFIRMED = "出处未核实"


def citation(rule: Rule, rules: RuleSet) -> str:
    """Issuer, title, number and clause of the first citable document of a rule.

    rules: those in force, so that a document issued later is not cited.
    """
    if not rule.printable:
        return UNCONFIRMED
    for reference in rule.basis:
        document = rules.document(reference.document)
        if document.announced <= rules.day and document.title.printable:
            clause = f"第{reference.printable_clause}条" if reference.printable_clause else ""
            if "、" in clause:
                clause = clause.replace("、", "条、第")
            return f"{named(document)}{_chinese(clause)}"
    first = rules.document(rule.basis[0].document)
    issuer = first.issuer.value if first.issuer.printable else ""
    return f"{issuer}{first.announced.year}年关于{first.short}的规定"


def named(document: PolicyDocument) -> str:
    """A document as it is cited: issuer《title》（number）, without what is unconfirmed."""
    issuer = document.issuer.value if document.issuer.printable else ""
    number = f"（{document.printable_number}）" if document.printable_number else ""
    return f"{issuer}《{document.title.value}》{number}"


_NUMERALS = "零一二三四五六七八九"


def _chinese(clause: str) -> str:
    """第2条 as 第二条."""
    return (
        "".join(_NUMERALS[int(sign)] if sign.isascii() and sign.isdecimal() else sign for sign in clause)
        if sum(sign.isdecimal() and sign.isascii() for sign in clause) == 1
        else clause
    )
