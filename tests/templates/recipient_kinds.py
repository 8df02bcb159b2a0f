"""Letters, pledges and agreements as a school without a roster prints them, in any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from planforge.compose import Choices, Composition, Kind, choose, compose, find_kinds
from planforge.core import resources
from planforge.document.blank_copy import blank_copy
from planforge.document.tree import Closing, Document, Signatures, Slip, Title, inlines_of, plain
from planforge.facts.model import Facts
from tests.templates.composed import school

ONE_PAGE = ("parent_letter", "holiday_letter", "pledge", "teacher_pledge", "responsibility_agreement")
KINDS = (*ONE_PAGE, "division_of_work")
LEVELS = ("deputy", "year_head", "class_teacher", "subject_teacher", "class")
ASKS = ("stop", "bedtime", "phones", "read", "after_school")
TOPICS = ("homework", "day", "phones", "reading", "after_school", "contact")


@cache
def kinds() -> Mapping[str, Kind]:
    """The built-in kinds."""
    return find_kinds([resources.templates_root()])


def made(
    name: str, kind: str, options: Mapping[str, str] | None = None, sections: Sequence[str] = ()
) -> Composition:
    """A kind of an example school, its fields left to be filled in by hand."""
    return of(school(name)[1], kind, options, sections)


def of(
    facts: Facts, kind: str, options: Mapping[str, str] | None = None, sections: Sequence[str] = ()
) -> Composition:
    """The same of any facts."""
    card = kinds()[kind]
    one = compose(card, facts, choose(card, Choices(sections, (), options or {})))
    return replace(one, document=blank_copy(one.document))


def shapes(kind: str) -> Iterator[tuple[Mapping[str, str], Sequence[str]]]:
    """Every shape of a kind that differs in its words."""
    match kind:
        case "parent_letter":
            for ask, reply, sections in product(ASKS, ("是", "否"), ((), TOPICS, ("homework",))):
                yield {"ask": ask, "reply": reply}, sections
            yield {"heading": "notice", "salutation": "plain", "reply": "是", "reply_by": "9月11日"}, ()
            yield {"request": "9月18日前同孩子去社区图书馆办一张借书证"}, ()
        case "responsibility_agreement":
            for level, form, consequences in product(LEVELS, ("posts", "parties"), ("是", "否")):
                yield {"level": level, "form": form, "consequences": consequences}, ()
            yield {"level": "subject_teacher", "superiors": "2", "consequences": "是"}, ()
            for duty in ("分管教学", "分管德育和后勤", "分管后勤"):
                yield {"level": "deputy", "duty": duty}, ()
        case "pledge" | "teacher_pledge":
            yield {"items": "six"}, ()
            yield {"items": "eight"}, ()
        case _:
            yield {}, ()


def body(document: Document) -> str:
    """The words of the letter itself: without title, signatures, closing and slip, and without blank space."""
    apart = (Title, Closing, Signatures, Slip)
    pieces = (
        plain(content)
        for block in document.blocks
        if not isinstance(block, apart)
        for content in inlines_of(block)
    )
    return "".join("".join(piece.split()) for piece in pieces)
