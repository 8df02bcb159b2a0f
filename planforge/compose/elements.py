"""Rendered markup → elements, each with the place in the template that it was written at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from planforge.compose.source_lines import MARK
from planforge.compose.template_faults import suggestion
from planforge.compose.vocabulary import RULES
from planforge.core.problems import Place, Problem

Locate = Callable[[str], Place]
"""From a mark (`work_plan/goals.xml.j2:12`) to the place that a person knows."""


@dataclass(slots=True)
class Element:
    """An element as it was written. children: elements and words (a word with its place), in order.

    spoiled: something that does not belong in it was taken out, so it is not to be called empty as well.
    """

    name: str
    attributes: dict[str, str]
    place: Place
    children: list[Element | MarkupText] = field(default_factory=list)
    spoiled: bool = False


@dataclass(slots=True)
class MarkupText:
    """Text between tags."""

    text: str
    place: Place


class NotWellFormed(Exception):
    """The markup does not hold together; `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_elements(markup: str, start: Place, locate: Locate) -> Element:
    """The elements of one section, below an element of no name.

    Raises NotWellFormed at the first tag that is not closed, not opened or written wrongly.
    """
    builder = _Builder(start, locate)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.ordered_attributes = False
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.ProcessingInstructionHandler = builder.mark
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    parser.StartCdataSectionHandler = builder.refuse_cdata
    try:
        parser.Parse(f"<_>{markup}</_>".encode(), True)
    except expat.ExpatError as error:
        raise NotWellFormed(builder.broken(error)) from error
    return builder.root


class _Builder:
    def __init__(self, start: Place, locate: Locate) -> None:
        self.here, self.locate = start, locate
        self.root = Element("", {}, start)
        self.open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.open:
            self.open.append(self.root)
            return
        mark = attributes.pop(MARK, "")
        if mark and name not in ("fact", "field"):
            self.here = self.locate(mark)
        element = Element(name, attributes, self.here)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        self.open[-1].children.append(MarkupText(text, self.here))

    def mark(self, target: str, data: str) -> None:
        if target == MARK:
            self.here = self.locate(data)

    def refuse_doctype(self, *_: object) -> None:
        raise NotWellFormed(Problem("不能写 <!DOCTYPE>", self.here, code="not-well-formed"))

    def refuse_cdata(self, *_: object) -> None:
        raise NotWellFormed(Problem("不能写 CDATA", self.here, code="not-well-formed"))

    def broken(self, error: expat.ExpatError) -> Problem:
        reason = expat.errors.messages.get(error.code, "")
        inner = self.open[-1] if self.open else self.root
        if reason == expat.errors.XML_ERROR_TAG_MISMATCH and inner.name not in RULES:
            # Its end is written rightly more often than not, so the name is what has to be mended.
            return Problem(
                f"没有 <{inner.name}> 这个元素",
                inner.place,
                fix=suggestion(inner.name, [name for name in RULES if name not in ("", "fact", "field")]),
                code="unknown-element",
            )
        if reason == expat.errors.XML_ERROR_TAG_MISMATCH and inner.name:
            return Problem(
                f"<{inner.name}> 没有正确结束",
                self.here,
                expected=f"</{inner.name}>",
                fix=f"<{inner.name}> 在{_where(inner.place, self.here)}开始",
                code="not-well-formed",
            )
        if reason == expat.errors.XML_ERROR_TAG_MISMATCH:
            return Problem("多了一个结束标记", self.here, code="not-well-formed")
        words = {
            expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "同一个属性写了两次",
            expat.errors.XML_ERROR_INVALID_TOKEN: "标记写法有误",
        }
        return Problem(words.get(reason, "标记写法有误"), self.here, found=reason, code="not-well-formed")


def _where(place: Place, seen_from: Place) -> str:
    """A place as it is told beside another one: its line alone where both are of one file."""
    return f"第 {place.line} 行" if place.file == seen_from.file else f" {place} "
