"""A rule that a local document settles otherwise: the check notes it, and the papers say on what it rests."""

from __future__ import annotations

from planforge.app.check_files import check_opened
from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import OpenedProfile
from planforge.document.tree import inlines_of, plain

FORM = """school: {name: 天山脚下小学, stage: 小学}
term: {year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}
group: {heads: 林远（校长）}
day: {first_lesson: '8:00'}
"""
LOCAL = (
    "exceptions: [{rule: day.first-lesson.primary.2021, basis: 自治区中小学作息规定, note: 作息按当地时间}]\n"
)


def severities(text: str) -> list[str]:
    checked, _ = check_opened(OpenedProfile.read(text))
    return [one.severity for one in checked.findings if one.rule == "day.first-lesson.primary.2021"]


def test_a_local_exception_is_noted_and_no_error() -> None:
    assert severities(FORM) == ["error"]
    assert severities(FORM + LOCAL) == ["note"]


def test_it_is_printed_where_the_fact_stands() -> None:
    opened = OpenedProfile.read(FORM + LOCAL)
    for _, made in compose_all(
        opened.facts, opened.reading, ("减负工作计划", "致家长的一封信"), opened.search
    ):
        pieces = [plain(content) for block in made.document.blocks for content in inlines_of(block)]
        (piece,) = [one for one in pieces if "自治区中小学作息规定" in one]
        assert "8:00" in piece and "作息按当地时间（依据：自治区中小学作息规定）。" in piece


def test_one_without_a_basis_or_of_no_rule_is_an_error() -> None:
    for entry in ("rule: day.first-lesson.primary.2021", "rule: day.first-leson.primary.2021, basis: 规定"):
        checked, _ = check_opened(OpenedProfile.read(FORM + f"exceptions: [{{{entry}}}]\n"))
        assert [one.severity for one in checked.findings if one.rule == "facts.exception"] == ["error"]
