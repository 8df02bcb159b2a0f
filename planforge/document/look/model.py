"""What a look consists of. Lengths are in points unless the name says otherwise (`*_mm`), indents in
characters of the style they stand in. Every group has a `source`: the clause or the measurement that its
numbers come from.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, model_validator

from planforge.document.look.letterhead import Letterhead

StyleName = Literal[
    "title", "body", "flush", "salutation", "centre", "right", "note", "attachment",
    "heading1", "heading2", "heading3", "heading4", "item1", "item2", "labelled",
    "table_head", "table_cell", "caption", "closing", "signature",
    "slip_title", "attachment_mark", "attachment_title", "page_number",
    "masthead", "document_number", "imprint",
]  # fmt: skip

STYLE_NAMES: tuple[StyleName, ...] = StyleName.__args__  # type: ignore[attr-defined]

POINTS_PER_MM = 72 / 25.4

Size = Annotated[float, Field(ge=4, le=120)]
Pitch = Annotated[float, Field(ge=4, le=200)]
Length = Annotated[float, Field(ge=0, le=800)]
Indent = Annotated[float, Field(ge=0, le=40)]
Colour = Annotated[str, Field(pattern="^([0-9A-F]{6})?$")]


class _LookPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_LookPart):
    """Paper and margins in millimetres.

    lines: how many lines of the grid a page holds, characters: how many of body text a line holds; pitch: of the
    grid, which the body's own pitch may be below.
    """

    width_mm: Annotated[float, Field(ge=50, le=1000)]
    height_mm: Annotated[float, Field(ge=50, le=1000)]
    top_mm: Length
    bottom_mm: Length
    left_mm: Length
    right_mm: Length
    lines: Annotated[int, Field(ge=1)]
    characters: Annotated[int, Field(ge=1)]
    pitch: Pitch
    source: str

    @property
    def text_width(self) -> float:
        """Width of the type area in points."""
        return (self.width_mm - self.left_mm - self.right_mm) * POINTS_PER_MM

    @property
    def text_height(self) -> float:
        """Height of the type area in points."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * POINTS_PER_MM

    @model_validator(mode="after")
    def _room(self) -> Page:
        if self.text_width < 72 or self.text_height < 72:
            raise ValueError("页边距太大，纸上没有排字的地方")
        return self


class Font(_LookPart):
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


class Style(_LookPart):
    """A paragraph style.

    pitch: distance between base lines (exact). spacing: added after every character, negative to tighten.
    first, left, right, hang: indents in characters; hang is the depth of a hanging indent.
    keep_next: never parted from the following block. keep_lines: never parted itself. colour: RRGGBB, empty
    for black.
    """

    title: str
    font: str
    size: Size
    pitch: Pitch
    spacing: float = 0.0
    bold: bool = False
    colour: Colour = ""
    align: Literal["justify", "left", "centre", "right"] = "justify"
    first: Indent = 0.0
    left: Indent = 0.0
    right: Indent = 0.0
    hang: Indent = 0.0
    before: Length = 0.0
    after: Length = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    source: str


class Tables(_LookPart):
    """Tables: rule thickness and cell padding in points.

    whole: the share of a page's type area up to which a table is never parted between pages.
    """

    rule: Length
    padding_x: Length
    padding_y: Length
    before: Length
    after: Length
    whole: Annotated[float, Field(ge=0, le=1)] = 0.35
    source: str


class Numbering(_LookPart):
    """Label patterns by level; {chinese} and {arabic} stand for the count."""

    headings: tuple[str, str, str, str]
    items: tuple[str, str]
    source: str


class PageNumber(_LookPart):
    """The page number: pattern with {page}, empty for none; odd pages right, even pages left (or all centred).

    indent: in characters of its style; below: from the type area's foot to the number's top, in mm.
    """

    pattern: Annotated[str, Field(pattern="^([^{}]*\\{page\\}[^{}]*)?$")]
    sides: Literal["outer", "centre"]
    indent: Indent
    below_mm: Length
    source: str


class LineBreaking(_LookPart):
    """Characters that may not begin or end a line; both writers get the same lists.

    script_gap: room between a Han character and a Latin letter or digit beside it, in em; 0: none.
    """

    not_first: str
    not_last: str
    script_gap: float = 0.0
    source: str


class RedHead(_LookPart):
    """红头 and 版记: without this group a document's masthead and imprint are not printed.

    rule: thickness of the red line, gap: from the number's line down to it, both in points. signer: role of the
    font of the 签发人's name. edge: indent of number and signer, office and date, in characters. outer_rule,
    inner_rule: of the imprint.
    """

    rule: Length
    gap: Length
    colour: Colour
    signer: str
    edge: Indent
    outer_rule: Length
    inner_rule: Length
    source: str


class Seal(_LookPart):
    """The place kept free for a seal over name and date, which is never drawn (GB/T 9704-2012 7.3.5.1).

    right: the date's distance from the edge, in characters; lines: free lines above the name.
    """

    right: Indent
    lines: Annotated[int, Field(ge=0, le=10)]
    source: str


class Fit(_LookPart):
    """A document that must hold on so many pages, and the looks to try where it does not, one after the other."""

    pages: Annotated[int, Field(ge=1, le=20)]
    steps: tuple[Look, ...]
    source: str


class Look(_LookPart):
    """A whole style sheet. latin, strong: roles of the fonts for digits and letters, and for words set apart.

    red_head, seal, fit: only where documents in this look have them. base: path of a school's own Word file that
    documents in this look are written on; empty for none. letterhead: what that file has above and below the text,
    once it was read.
    """

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
    red_head: RedHead | None = None
    seal: Seal | None = None
    fit: Fit | None = None
    base: str = ""
    letterhead: InstanceOf[Letterhead] | None = Field(default=None, exclude=True, repr=False)

    @model_validator(mode="after")
    def _complete(self) -> Look:
        absent = [name for name in STYLE_NAMES if name not in self.styles]
        if absent:
            raise ValueError(f"缺少式样：{'、'.join(absent)}")
        unknown = {style.font for style in self.styles.values()} | {self.latin, self.strong}
        unknown |= {self.red_head.signer} if self.red_head else set()
        unknown -= set(self.fonts)
        if unknown:
            raise ValueError(f"没有定义的字体角色：{'、'.join(sorted(unknown))}")
        return self
