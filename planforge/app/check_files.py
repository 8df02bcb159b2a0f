"""The way through the house for a check: files are read, resolved, composed and held against the rules.

Nothing that writes Word or PDF is loaded. Only findings and a school's own words are kept of a file, so
that a bureau can check a thousand at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from planforge.app.base_documents import filled_bases
from planforge.app.document_composing import compose_all, dated_facts
from planforge.app.letterhead_places import letterhead_paper
from planforge.app.old_papers import papers_in, refused, write_all_marked
from planforge.app.opened_profile import OpenedProfile, rule_packs
from planforge.check.alike import SchoolWords, alike, own_words
from planforge.check.export import Checked, as_json, as_sarif, totals
from planforge.check.finding import Finding, in_order
from planforge.check.less_paper import check_length
from planforge.check.report import not_expected, not_handed_in
from planforge.check.text_check import check_old_paper, check_plain
from planforge.check.whole_school import check_school, from_problem
from planforge.core.problems import InputError, Place, Problem
from planforge.core.text_file import read_text
from planforge.core.unreadable import Unreadable
from planforge.facts import Facts
from planforge.readers import SUFFIXES, read_paper

__all__ = [
    "Checked",
    "as_json",
    "as_sarif",
    "check_files",
    "check_opened",
    "may_report",
    "not_expected",
    "not_handed_in",
    "papers_in",
    "school_names",
    "totals",
    "write_all_marked",
    "write_report",
]

TEXTS = (".txt", ".md")
"""Suffixes of plain old texts, which are checked as they are."""


def check_files(
    files: Sequence[Path],
    own_rules: Sequence[Path] = (),
    own_templates: Sequence[Path] = (),
    *,
    documents: bool = True,
) -> list[Checked]:
    """Check profiles and old texts, and profiles against each other.

    A text is held against the school of the call's only profile; among several schools, or none, it is
    checked for what is wrong in itself.

    Args:
        files: forms (.yaml, .xlsx) and old papers (`planforge.readers.SUFFIXES`).
        own_rules: rule packs besides the national one and those that a profile names.
        own_templates: the school's own folders of templates.
        documents: also compose each profile's documents and check their texts.

    Returns:
        One result a file, in the order given; what is wrong with a file stands in its findings.

    Raises:
        InputError: a rule pack or the templates are wrong.
    """
    rule_packs(own_rules)
    checked: dict[int, Checked] = {}
    wordings: list[tuple[int, SchoolWords]] = []
    schools: list[Facts] = []
    for index, file in enumerate(files):
        if file.suffix.lower() not in SUFFIXES:
            opened = OpenedProfile.open(file, templates=own_templates, rules=own_rules)
            checked[index], facts = check_opened(opened, documents=documents)
            if facts is not None:
                schools = [*schools[:1], facts]
                wordings.append((index, own_words(facts, str(file))))
    for index, file in enumerate(files):
        if file.suffix.lower() in SUFFIXES:
            checked[index] = _old(file, schools[0] if len(schools) == 1 else None, own_rules)
    for which, finding in alike([words for _, words in wordings]):
        index = wordings[which][0]
        result = checked[index]
        checked[index] = replace(result, findings=in_order([*result.findings, finding]))
    return [checked[index] for index in range(len(files))]


def check_opened(opened: OpenedProfile, *, documents: bool = True) -> tuple[Checked, Facts | None]:
    """A form with all that is wrong with it, and its facts where there are any.

    Args:
        opened: the form.
        documents: also compose its documents and check their texts.

    Raises:
        InputError: a rule pack of the call is wrong.
    """
    file, reading = str(opened.file), opened.reading
    findings: list[Finding] = [from_problem(problem) for problem in reading.problems]
    try:
        facts = opened.resolved()
    except InputError as error:
        findings = _said_once([*findings, *map(from_problem, error.problems)])
        return Checked(file, findings=in_order(findings), usable=bool(reading.places)), None
    composed, dated, papers = [], {}, []
    if documents and reading.ok:
        try:
            made = compose_all(facts, reading, (), opened.search, opened.facts_of)
            composed = [(composition.shape.name, composition.document) for _, composition in made]
            dated = dated_facts(opened, made)
            for kind, composition in made:
                if kind.card.length is not None:
                    findings += check_length(
                        composition.shape.name, composition.characters, kind.card.length[1]
                    )
            filled = [one for one in filled_bases(made, opened, facts) if one]
            papers = [letterhead_paper(one.base) for one in filled]
            findings += dict.fromkeys(from_problem(problem) for one in filled for problem in one.told())
        except InputError as error:
            findings += [from_problem(problem) for problem in error.problems]
    findings += check_school(reading, facts, opened.packs, composed, dated, papers)
    # What the rules find, they say better than the notices of whoever put the facts together.
    places = {finding.place for finding in findings}
    findings += [from_problem(notice) for notice in facts.notices if notice.place not in places]
    checked = Checked(file, facts.school.name, facts.term.title, in_order(findings), len(facts.missing))
    return checked, facts


def _said_once(findings: Sequence[Finding]) -> list[Finding]:
    """What a first plan cannot do without, once: the error, which has the notice's advice on where to write it."""
    lacking = [
        f"·{finding.field.partition('和')[0]}" for finding in findings if finding.rule.startswith("facts.")
    ]
    return [
        finding
        for finding in findings
        if finding.rule != "required.missing" or not any(finding.field.endswith(title) for title in lacking)
    ]


def _old(file: Path, facts: Facts | None, own_rules: Sequence[Path]) -> Checked:
    packs = rule_packs(own_rules)
    day, where = (facts.term.starts, facts.school.region) if facts is not None else (date.max, None)
    rules = packs.in_force(day, where)
    try:
        if file.suffix.lower() in TEXTS:
            findings = check_plain(read_text(file), str(file), facts, rules)
        else:
            findings = check_old_paper(read_paper(file), facts, rules)
    except Unreadable as fault:
        return Checked(str(file), findings=(from_problem(refused(file, fault)),), usable=False)
    return Checked(str(file), findings=findings)


def school_names(path: Path) -> list[str]:
    """The names of a list of schools, one a line.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return read_text(path).splitlines()
    except Unreadable as fault:
        problem = Problem(
            f"名单用不了：{fault.message}",
            Place(str(path)),
            found=fault.found,
            expected="文本文件，一行一个校名",
            fix=fault.fix,
            code=fault.code,
        )
        raise InputError([problem]) from fault


def may_report(path: Path, inputs: Sequence[Path]) -> None:
    """Whether the workbook of a check may be written there: over nothing but an earlier one.

    Raises:
        InputError: it may not.
    """
    from planforge.check.report_file import may_write

    may_write(path, inputs)


def write_report(
    path: Path,
    checked: Sequence[Checked],
    missing: Sequence[str] | None = None,
    strange: Sequence[tuple[str, str]] = (),
) -> None:
    """Write a workbook of a check: one row a school, one a finding, totals by rule.

    Args:
        path: of the workbook.
        checked: what was checked.
        missing: schools that handed in nothing; None where nobody said who should.
        strange: schools that are not on the list, each with a like name that is.

    Raises:
        OutputError: it cannot be written.
    """
    from planforge.check.report import workbook
    from planforge.output import write_whole

    write_whole(path, workbook(checked, missing, strange))
