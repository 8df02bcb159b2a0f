"""One finding: what is wrong, where, by which rule, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planforge.core.problems import Place
from planforge.policy import Severity

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
NAMES: dict[Severity, str] = {"error": "有误", "warning": "存疑", "note": "提示"}
"""How people read a severity."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A departure from a rule, or something in a text that should not be there.

    rule: its id. message: one sentence. place: of the value in the profile, or of the passage in the
    template. field: the value's Chinese title. found: what stands there. limit: what the rule asks for.
    citation: issuer, title, number, confirmed clause. remedy: what to do. document: the Chinese name of
    the document in whose text it was found, empty for the profile itself.
    """

    rule: str
    severity: Severity
    message: str
    place: Place | None = None
    field: str = ""
    found: str = ""
    limit: str = ""
    citation: str = ""
    remedy: str = ""
    document: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts findings as a person mends them: by file and line, the graver first."""
        place = self.place or Place("")
        return (place, _ORDER[self.severity], self.rule, self.message, self.found)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))


def counts(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many there are of each severity, the gravest first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in _ORDER}


def allowed(findings: Iterable[Finding], rules: Iterable[str]) -> tuple[Finding, ...]:
    """The errors that somebody has decided to go on with.

    Args:
        findings: of one school.
        rules: ids of the rules that may be broken; “all” stands for every rule.
    """
    names = set(rules)
    return tuple(
        finding
        for finding in findings
        if finding.severity == "error" and ("all" in names or finding.rule in names)
    )
