"""Letters, pledges and agreements hold on their page with the longest sensible values, in Word as in PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pytest

from planforge.compose import Choices, choose, compose
from planforge.core import resources
from planforge.core.problems import InputError
from planforge.document.blank_copy import blank_copy
from planforge.document.look import Look, find_look
from planforge.document.tree import Document
from planforge.facts.model import Facts
from planforge.writers import pdf, word
from planforge.writers.pdf.fitting import filled, fitted
from tests.support import faithful
from tests.templates.composed import SCHOOLS, school
from tests.templates.recipient_kinds import LEVELS, ONE_PAGE, TOPICS, kinds, made, shapes

ROOTS = [resources.templates_root()]

# Full names of schools run to some thirty characters, names of pupils to about twenty.
LONG_SCHOOL = "澄川高新技术产业开发区望湖新城实验教育集团听松路第二小学南校区"
LONG = {
    "name": "阿卜杜热依木江·麦麦提图尔荪尼亚孜",
    "superior": "买买提吐尔逊·阿卜杜克里木",
    "class": "六（12）班",
    "seat": "52",
    "subject": "道德与法治、综合实践活动",
}


def longest(facts: Facts) -> Facts:
    """The facts of a school with a long name, four limits and long ways of doing things."""
    return replace(
        facts,
        school=replace(facts.school, name=LONG_SCHOOL, short_name=LONG_SCHOOL),
        phones=replace(facts.phones, keeper="班主任和当天的年级值班教师", place="各楼层教师办公室的手机柜"),
        reading=replace(facts.reading, reviewer="图书馆、语文教研组和家长委员会代表"),
        supervision=replace(
            facts.supervision,
            hotline_hours="上课日上午8:30—11:30，下午14:00—17:00",
            hotline_person="教导处值班教师",
        ),
    )


def widest(kind: str) -> list[Document]:
    """A kind in its fullest shapes: with values as long as they get, and with blanks."""
    card = kinds()[kind]
    shapes: dict[str, list[tuple[dict[str, str], Sequence[str]]]] = {
        "parent_letter": [
            ({"ask": "after_school", "reply": "是"}, TOPICS),
            ({"ask": "bedtime", "reply": "是", "reply_by": "2026年12月11日"}, TOPICS),
        ],
        "responsibility_agreement": [
            ({"level": level, "form": "parties", "consequences": "是"}, ()) for level in LEVELS
        ],
    }
    wanted = shapes.get(kind, [({}, ())])
    found = []
    for name in ("city-primary", "nine-year-54"):
        facts = longest(school(name)[1])
        for options, sections in wanted:
            one = compose(card, facts, choose(card, Choices(sections, (), options))).document
            found += [blank_copy(one), filled(one, LONG)]
    return found


def look_of(kind: str) -> Look:
    return find_look(kinds()[kind].card.look, ROOTS)


def pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.parametrize("kind", ONE_PAGE)
def test_the_longest_values_hold_on_one_page_in_both_files(kind: str) -> None:
    documents = widest(kind)
    looks = [fitted(one, look_of(kind)) for one in documents]
    printed = [pages(pdf.write(one, look)) for one, look in zip(documents, looks, strict=True)]
    assert printed == [1] * len(documents)
    laid_out = faithful.to_pdf([word.write(one, look) for one, look in zip(documents, looks, strict=True)])
    assert [pages(data) for data in laid_out] == [1] * len(documents)
    assert all(look.styles["body"].size >= 12 for look in looks)


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_shape_of_the_example_schools_holds(name: str) -> None:
    for kind in ONE_PAGE:
        for options, sections in list(shapes(kind))[:: 3 if kind == "parent_letter" else 1]:
            fitted(made(name, kind, options, sections).document, look_of(kind))


def test_a_letter_in_its_usual_shape_need_not_be_set_tighter_than_its_lines_allow() -> None:
    for name in SCHOOLS:
        look = fitted(made(name, "parent_letter").document, look_of("parent_letter"))
        assert look.styles["body"].size == 14 and look.styles["body"].pitch >= 22, name


def test_what_cannot_hold_says_how_much_too_long_it_is() -> None:
    card = kinds()["parent_letter"]
    request = "同孩子把这一周每天做的事情都写下来，" * 60
    shape = choose(card, Choices(TOPICS, (), {"request": request, "reply": "是"}))
    with pytest.raises(InputError, match="排不进一页"):
        fitted(blank_copy(compose(card, school("city-primary")[1], shape).document), look_of("parent_letter"))


def test_in_a_look_without_a_bound_a_slip_never_stands_alone_on_its_page() -> None:
    look = find_look("official", ROOTS)
    options = {"ask": "after_school", "reply": "是"}
    documents = [
        made(name, "parent_letter", options, TOPICS[:count]).document
        for name in ("city-primary", "nine-year-54", "junior")
        for count in (3, 4, 6)
    ]
    files = [pdf.write(one, look) for one in documents]
    for data in (*files, *faithful.to_pdf([word.write(one, look) for one in documents])):
        document = pypdfium2.PdfDocument(data)
        last = document[len(document) - 1].get_textpage().get_text_range()
        document.close()
        before, slip = last.split("《致家长的一封信》回执")
        assert len(before.strip()) > 20, "the slip stands alone"
        assert "沿虚线剪下" in slip and "家长签名" in slip, "the slip is split"
