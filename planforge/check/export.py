"""Findings for other programs: JSON, and SARIF 2.1.0 as editors and forges read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from planforge.check.finding import NAMES, Finding, counts
from planforge.check.text_rules import text_rules
from planforge.core.version import __version__
from planforge.policy import Severity

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was checked. usable: it could be read; missing: how many local facts nobody gave."""

    file: str
    school: str = ""
    term: str = ""
    findings: tuple[Finding, ...] = ()
    missing: int = 0
    usable: bool = True


def totals(checked: Sequence[Checked]) -> Mapping[Severity, int]:
    """Findings of each severity over all files."""
    return counts([finding for file in checked for finding in file.findings])


def as_json(checked: Sequence[Checked]) -> str:
    """Everything as JSON: files with their findings, and totals."""
    data = {
        "planforge": __version__,
        "totals": dict(totals(checked)),
        "files": [
            {
                "file": file.file,
                "school": file.school,
                "term": file.term,
                "usable": file.usable,
                "missing": file.missing,
                "findings": [_plain(finding) for finding in file.findings],
            }
            for file in checked
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _plain(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "cell": place.cell if place else "",
        "field": finding.field,
        "found": finding.found,
        "limit": finding.limit,
        "citation": finding.citation,
        "remedy": finding.remedy,
        "document": finding.document,
    }


def as_sarif(checked: Sequence[Checked]) -> str:
    """Everything as one run of SARIF 2.1.0."""
    findings = [finding for file in checked for finding in file.findings]
    names = sorted({finding.rule for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": "planforge",
                "version": __version__,
                "language": "zh-CN",
                "rules": [_rule(name, findings) for name in names],
            }
        },
        "results": [_result(finding, names.index(finding.rule)) for finding in findings],
    }
    data = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _rule(name: str, findings: Sequence[Finding]) -> dict[str, object]:
    """A rule as editors show it beside its findings: its title, or what it asks for."""
    first = next(finding for finding in findings if finding.rule == name)
    known = text_rules().get(name)
    short = known.title if known is not None else first.limit or first.message
    rule: dict[str, object] = {"id": name, "shortDescription": {"text": short}}
    if first.citation:
        rule["fullDescription"] = {"text": first.citation}
    return rule


def _result(finding: Finding, index: int) -> dict[str, object]:
    field = f"【{finding.field}】" if finding.field else ""
    parts = [f"{field}{finding.message}", f"现在写的：{finding.found}" if finding.found else ""]
    parts += [f"规定：{finding.limit}" if finding.limit else "", finding.citation, finding.remedy]
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in parts if part)},
        "properties": {"severity": NAMES[finding.severity]},
    }
    if finding.place is not None:
        location: dict[str, object] = {
            "artifactLocation": {"uri": quote(finding.place.file.replace("\\", "/"))}
        }
        if finding.place.line and not finding.place.cell:
            location["region"] = {
                "startLine": finding.place.line,
                "startColumn": max(1, finding.place.column),
            }
        at: dict[str, object] = {"physicalLocation": location}
        if finding.place.cell:
            at["logicalLocations"] = [{"fullyQualifiedName": finding.place.cell, "kind": "cell"}]
        result["locations"] = [at]
    return result
