"""The look: how each part of a document is printed, as data that both writers read.

A look is a YAML file in `templates/styles/`. Lengths are in points unless the name says otherwise
(`*_mm`), indents in characters of the style they stand in. Every group has a `source`: the clause or
the measurement that its numbers come from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from planforge.problems import InputError, Place, Problem

StyleName = Literal[
    "title", "body", "flush", "salutation", "centre", "right", "note", "attachment",
    "heading1", "heading2", "heading3", "heading4", "item1", "item2", "labelled",
    "table_head", "table_cell", "caption", "closing", "signature",
    "slip_title", "attachment_mark", "attachment_title", "page_number",
]  # fmt: skip

STYLE_NAMES: tuple[StyleName, ...] = StyleName.__args__  # type: ignore[attr-defined]

POINTS_PER_MM = 72 / 25.4


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_Data):
    """Paper and margins in millimetres; lines and characters: what a full page of body text holds."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    lines: int
    characters: int
    pitch: float
    source: str

    @property
    def text_width(self) -> float:
        """Width of the type area in points."""
        return (self.width_mm - self.left_mm - self.right_mm) * POINTS_PER_MM

    @property
    def text_height(self) -> float:
        """Height of the type area in points."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * POINTS_PER_MM


class Font(_Data):
    """A font by its role. word: the name written to Word; substitute: Word's stand-in (fontTable altName).

    pdf: families for the PDF, the first installed is taken; fallback: families asked, in this order, for
    single characters that the chosen one lacks. bold: the stand-in is to be set in its bold weight.
    """

    word: str
    substitute: str = ""
    pdf: tuple[str, ...]
    fallback: tuple[str, ...] = ()
    pdf_bold: bool = False
    source: str


class Style(_Data):
    """A paragraph style.

    pitch: distance between base lines (exact). spacing: added after every character, negative to tighten.
    first, left, right, hang: indents in characters; hang is the depth of a hanging indent.
    keep_next: never parted from the following block. keep_lines: never parted itself.
    """

    title: str
    font: str
    size: float
    pitch: float
    spacing: float = 0.0
    bold: bool = False
    align: Literal["justify", "left", "centre", "right"] = "justify"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    source: str


class Tables(_Data):
    """Tables: rule thickness and cell padding in points."""

    rule: float
    padding_x: float
    padding_y: float
    before: float
    after: float
    source: str


class Numbering(_Data):
    """Label patterns by level; {chinese} and {arabic} stand for the count."""

    headings: tuple[str, str, str, str]
    items: tuple[str, str]
    source: str


class PageNumber(_Data):
    """The page number: pattern with {page}; odd pages right, even pages left (or all centred).

    indent: in characters of its style; below: from the type area's foot to the number's top, in mm.
    """

    pattern: str
    sides: Literal["outer", "centre"]
    indent: float
    below_mm: float
    source: str


class LineBreaking(_Data):
    """Characters that may not begin or end a line; both writers get the same lists."""

    not_first: str
    not_last: str
    source: str


class Look(_Data):
    """A whole style sheet. latin, strong: roles of the fonts for digits and letters, and for words set apart."""

    name: str
    title: str
    page: Page
    fonts: dict[str, Font]
    latin: str
    strong: str = "heiti"
    styles: dict[StyleName, Style]
    tables: Tables
    numbering: Numbering
    page_number: PageNumber
    line_breaking: LineBreaking

    @model_validator(mode="after")
    def _complete(self) -> Look:
        absent = [name for name in STYLE_NAMES if name not in self.styles]
        if absent:
            raise ValueError(f"缺少式样：{'、'.join(absent)}")
        unknown = {style.font for style in self.styles.values()} | {self.latin, self.strong}
        unknown -= set(self.fonts)
        if unknown:
            raise ValueError(f"没有定义的字体角色：{'、'.join(sorted(unknown))}")
        return self


def read_look(path: Path) -> Look:
    """Read a look from its YAML file. Raises InputError, with all its problems, where it is not one."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Look.model_validate(data)
    except (OSError, yaml.YAMLError) as error:
        raise InputError(
            [Problem(f"版式文件读不出来：{error}", Place(str(path)), code="look-unreadable")]
        ) from error
    except ValidationError as error:
        raise InputError(
            Problem(
                f"版式文件有误：{'.'.join(map(str, one['loc']))}：{one['msg']}",
                Place(str(path)),
                code="look-invalid",
            )
            for one in error.errors()
        ) from error
