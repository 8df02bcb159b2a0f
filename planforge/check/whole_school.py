"""Everything that is checked of one school: its profile, its words, its dates, its documents."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from planforge.check.calendar_days import check_dates
from planforge.check.finding import Finding, in_order
from planforge.check.founding import before_founding
from planforge.check.less_paper import check_paper
from planforge.check.own_names import foreign_names
from planforge.check.passages import Passages, free_text, of_document
from planforge.check.profile_rules import findings
from planforge.check.text_check import check_free_text, check_old_paper, check_text, told_of
from planforge.check.text_rules import text_rules
from planforge.core.problems import InputError, Problem
from planforge.document.tree import Document
from planforge.facts.model import Facts
from planforge.policy import RulePacks, Severity
from planforge.profile import ReadProfile
from planforge.readers import OldPaper

_OUTSIDE = ("schedule.outside", "progress.outside")
_OUTSIDE_TOO = ("dates.outside-term", "paper.late")
"""What the reader says of a day outside the term, and what would say it of the same day once more."""


class CheckFailed(InputError):
    """There are errors that nobody allowed. findings: all that was found, the errors among them."""

    def __init__(self, all_findings: Iterable[Finding]) -> None:
        self.findings = tuple(all_findings)
        super().__init__(problem(finding) for finding in self.findings if finding.severity == "error")


def check_school(
    reading: ReadProfile,
    facts: Facts,
    packs: RulePacks,
    documents: Iterable[tuple[str, Document]] = (),
    dated: Mapping[str, Facts] = MappingProxyType({}),
    papers: Iterable[OldPaper] = (),
) -> tuple[Finding, ...]:
    """Everything that is wrong with one school's profile and documents.

    Args:
        reading: the profile as read.
        facts: what was resolved from the same profile.
        packs: all rules, in force and history.
        documents: those composed of it, each with its Chinese name.
        dated: by name, the facts of documents that have a day of their own, by whose rules they are judged.
        papers: words that stand around them, as on the school's own paper.

    Returns:
        The findings, sorted by place. What several documents print is reported once.
    """
    passages = free_text(facts)
    words = check_free_text(facts, passages, packs.phrases)
    all_findings = [*findings(reading, facts, packs, passages, told_of(words)), *words]
    all_findings += check_dates(facts)
    everyday = (facts, *dated.values())
    all_findings += [from_problem(notice) for notice in _notices(everyday) if notice.severity == "error"]
    # A value that several documents print, or that was found in the form already, is told once.
    reported = {(finding.rule, finding.place) for finding in all_findings}
    given = list(documents)
    texts = [of_document(document, dated.get(name, facts)) for name, document in given]
    for (name, document), printed in zip(given, texts, strict=True):
        own = dated.get(name, facts)
        held = packs.in_force(own.as_of or own.term.starts, own.school.region)
        for finding in check_text(document, own, held, name=name, passages=printed):
            if not finding.field or (finding.rule, finding.place) not in reported:
                all_findings.append(finding)
                reported.add((finding.rule, finding.place))
    around = [
        check_old_paper(paper, facts, packs.in_force(facts.term.starts, facts.school.region))
        for paper in dict.fromkeys(papers)
    ]
    all_findings += dict.fromkeys(finding for found in around for finding in found)
    all_findings += [*before_founding(facts), *foreign_names(facts), *_paper(reading, given, texts, facts)]
    outside = {mistake.place for mistake in reading.problems if mistake.code in _OUTSIDE}
    return in_order(
        _excepted(finding, facts)
        for finding in all_findings
        if finding.rule not in _OUTSIDE_TOO or finding.place not in outside
    )


def _excepted(finding: Finding, facts: Facts) -> Finding:
    """A departure from a rule that a local document settles otherwise is a note that names it."""
    local = next((one for one in facts.exceptions if one.rule == finding.rule), None)
    if local is None:
        return finding
    message = f"{finding.message}；信息表写明当地另有规定：{local.basis}"
    return replace(finding, severity="note", message=message, remedy="核对当地文件是否仍在施行。")


def _notices(everyday: Iterable[Facts]) -> Iterator[Problem]:
    """What facts set aside on every day for which they were resolved: a phrase may be too early for one paper only."""
    first, *others = (facts.notices for facts in everyday)
    told = [{(notice.code, notice.place) for notice in notices} for notices in others]
    yield from (notice for notice in first if all((notice.code, notice.place) in known for known in told))


def _paper(
    reading: ReadProfile,
    documents: Sequence[tuple[str, Document]],
    texts: Sequence[Passages],
    facts: Facts,
) -> Iterator[Finding]:
    """Findings about paper, those about a document at its place in the profile's list."""
    kinds = {name: document.kind for name, document in documents}
    for finding in check_paper(documents, texts, facts):
        place = finding.place
        for index, wanted in enumerate(reading.profile.documents if finding.document else ()):
            if finding.document == wanted.name or wanted.kind in (kinds[finding.document], finding.document):
                place = reading.place(f"documents[{index}]")
        yield replace(finding, place=place or reading.place("documents") or reading.place(""))


def unknown(rules: Iterable[str], packs: RulePacks) -> list[Problem]:
    """A mistake for each name that is no rule's, so that a slip in `--allow` is told and not overlooked.

    Args:
        rules: the names given with `--allow`; “all” is always known.
        packs: the rules that were loaded.
    """
    names = {"all", *text_rules(), *(rule.id for rule in packs.rules)}
    return [
        Problem(
            "没有这条规则，不能放行",
            field="--allow",
            found=name,
            fix="、".join(difflib.get_close_matches(name, names, 3, 0.5)) or "planforge rules 列出全部规则",
            code="rule-unknown",
        )
        for name in rules
        if name not in names
    ]


def problem(finding: Finding) -> Problem:
    """A finding as a problem, for those who know only problems."""
    cited = f"（{finding.citation}）" if finding.citation else ""
    return Problem(
        finding.message,
        finding.place,
        finding.field,
        finding.found,
        f"{finding.limit}{cited}",
        finding.remedy,
        finding.rule,
        "error" if finding.severity == "error" else "notice",
    )


def from_problem(mistake: Problem) -> Finding:
    """A mistake of the form's as a finding, so that a report holds both."""
    severity: Severity = "error" if mistake.severity == "error" else "note"
    return Finding(
        mistake.code or "form",
        severity,
        mistake.message,
        mistake.place,
        mistake.field,
        mistake.found,
        mistake.expected,
        "",
        mistake.fix,
    )
