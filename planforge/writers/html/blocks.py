"""Blocks as HTML: headings as headings, tables as tables, each paragraph one element."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from planforge.document.closing import characters, closing_indents, date_text
from planforge.document.ending import kept_for_closing
from planforge.document.look import Look, StyleName
from planforge.document.numbering import attachment_marks, labels
from planforge.document.rows import kept_rows
from planforge.document.tree import (
    Attachment,
    Block,
    Cell,
    Closing,
    Document,
    Figure,
    Heading,
    Imprint,
    Inlines,
    Item,
    Labelled,
    Masthead,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    plain,
)
from planforge.writers.fonts import Fonts
from planforge.writers.html import redhead
from planforge.writers.html.css import points
from planforge.writers.html.paragraphs import HtmlParagraphWriter

_ITEM_STYLES: tuple[StyleName, StyleName] = ("item1", "item2")
_HEADING_STYLES: tuple[StyleName, ...] = ("heading1", "heading2", "heading3", "heading4")


class HtmlBlockWriter(HtmlParagraphWriter):
    """Writes the blocks of one document. own_lines: break its lines here rather than leave it to the reader."""

    def __init__(self, document: Document, look: Look, fonts: Fonts, own_lines: bool) -> None:
        super().__init__(look, fonts, own_lines)
        self.labels = labels(document, look.numbering)
        self.marks = attachment_marks(document)
        self.kept = kept_for_closing(document, look.page.characters)
        self.written_out = document.numbering != "native"

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks one below the other."""
        parts: list[str] = []
        above: Block | None = None
        for block in blocks:
            if isinstance(above, Table) and isinstance(block, Table) and not block.caption:
                parts.append('<div class="table-gap"></div>')  # as the paragraph that Word needs there
            parts.append(self.block(block))
            above = block
        return "\n".join(parts)

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Title():
                return self.paragraph("title", block.content, tag="h1")
            case Heading(level=level):
                label = self.labels[id(block)]
                outline = escape(label + _one_line(block.content))
                shown, words = self._numbered(label, block.content)
                return self.paragraph(
                    _HEADING_STYLES[level - 1],
                    words,
                    shown,
                    tag=f"h{level + 1}",
                    attributes=f' data-level="{level}" data-outline="{outline}"',
                )
            case Paragraph(role=role):
                return self.paragraph(role, block.content, attributes=self._with_closing(block))
            case NumberedList():
                return self._items(block)
            case Labelled():
                return self._labelled(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Closing():
                return self._closing(block)
            case Signatures():
                return self._signatures(block)
            case Slip():
                return self._slip(block)
            case Attachment():
                return self._attachment(block)
            case Masthead():
                return redhead.masthead(block, self)
            case Imprint():
                return redhead.imprint(block, self)

    def _numbered(self, label: str, content: Inlines) -> tuple[str, Inlines]:
        """A number before its words, or as the first of them where the document has it written out."""
        return ("", (Text(label), *content)) if self.written_out else (label, content)

    def _items(self, numbered: NumberedList) -> str:
        parts = []
        for item in numbered.items:
            shown, words = self._numbered(self.labels[id(item)], item.content)
            style, kept = _ITEM_STYLES[numbered.level - 1], self._with_closing(item)
            parts.append(self.paragraph(style, words, shown, attributes=kept))
            if item.items is not None:
                parts.append(self._items(item.items))
        return "\n".join(parts)

    def _labelled(self, block: Labelled) -> str:
        style = self.look.styles["labelled"]
        width = characters(block.label, self.look.line_breaking.script_gap) * (style.size + style.spacing)
        words = (Text(block.label), *block.content)
        return self.paragraph("labelled", words, hang=width, attributes=self._with_closing(block))

    def _with_closing(self, node: Paragraph | Labelled | Item) -> str:
        return ' data-kept=""' if id(node) in self.kept else ""

    def _table(self, table: Table) -> str:
        total = sum(table.widths)
        widths = [self.look.page.text_width * width / total for width in table.widths]
        columns = "".join(f'<col style="width:{points(width)}">' for width in widths)
        kept = kept_rows(table, self.look)
        head = self._rows(table.head, widths, "th", "table_head", kept[: len(table.head)])
        body = self._rows(table.rows, widths, "td", "table_cell", kept[len(table.head) :])
        caption = self.paragraph("caption", table.caption) if table.caption else ""
        return (
            f'{caption}<table class="ruled"><colgroup>{columns}</colgroup>'
            f"{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"
        )

    def _figure(self, figure: Figure) -> str:
        from planforge.writers.figures import drawing
        from planforge.writers.figures.svg import svg

        picture = svg(drawing(figure, self.look, self.fonts), _one_line(figure.alternative))
        return f'<div class="figure">{picture}{self.paragraph("caption", figure.title)}</div>'

    def _rows(
        self,
        rows: Sequence[Sequence[Cell]],
        widths: list[float],
        tag: str,
        name: StyleName,
        kept: Sequence[bool],
    ) -> str:
        padding = 2 * self.look.tables.padding_x
        written = []
        for row, columns, keep in zip(rows, placed(rows, len(widths)), kept, strict=True):
            cells = []
            for cell, column in zip(row, columns, strict=True):
                room = sum(widths[column : column + cell.span]) - padding
                spans = f' colspan="{cell.span}"' if cell.span > 1 else ""
                spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
                cells.append(self._cell(cell, name, room, tag, spans))
            below = ' data-kept=""' if keep and tag == "td" else ""  # a head is never parted anyway
            written.append(f"<tr{below}>{''.join(cells)}</tr>")
        return "".join(written)

    def _cell(self, cell: Cell, name: StyleName, room: float, tag: str, spans: str) -> str:
        """A cell. Where lines are only stacked and its style sets nothing around them, it is its own paragraph."""
        style = self.look.styles[name]
        align = style.align if name == "table_head" and cell.align == "left" else cell.align
        names = name if align == style.align else f"{name} to-{align}"
        inner = self.content(name, cell.content, width=room, align=align)
        around = (style.before, style.after, style.left, style.right, style.hang)
        if self.own_lines and not any(around):
            return f'<{tag} class="{names}"{spans}>{inner}</{tag}>'
        return f'<{tag}{spans}><p class="{names}">{inner}</p></{tag}>'

    def _closing(self, block: Closing) -> str:
        style, seal = self.look.styles["closing"], self.look.seal
        room = self.look.page.text_width / style.size
        gap = self.look.line_breaking.script_gap
        indents = closing_indents(block, seal.right if seal else None, gap, room)
        date = block.date or (Text(date_text(block)),)
        parts: list[str] = []
        for content, right in zip((*block.issuer, date), (*indents.issuers, indents.date), strict=True):
            css = {"margin-top": 0.0} if parts else {}
            if seal and not parts:
                css = {"margin-top": style.before + redhead.seal_room(self.look, style)}
            parts.append(
                self.paragraph("closing", content, right=(right - style.right) * style.size, css=css)
            )
        return f'<div class="closing-lines">{"".join(parts)}</div>'

    def _signatures(self, block: Signatures) -> str:
        if len(block.parties) == 2:
            room = self.look.page.text_width / 2
            sides = "".join(
                f"<td>{''.join(self.paragraph('signature', line, width=room) for line in (p.name, *p.lines))}</td>"
                for p in block.parties
            )
            return f'<table class="signatures"><tr>{sides}</tr></table>'
        lines = (line for party in block.parties for line in (party.name, *party.lines))
        return f'<div class="signatures">{"".join(self.paragraph("signature", line) for line in lines)}</div>'

    def _slip(self, block: Slip) -> str:
        title = self.paragraph("slip_title", block.title)
        return f'<section class="slip">{title}\n{self.blocks(block.blocks)}</section>'

    def _attachment(self, block: Attachment) -> str:
        mark = self.marks.get(id(block), "附件")
        outline = escape(f"{mark} {_one_line(block.title)}")
        title = self.paragraph(
            "attachment_title", block.title, tag="h1", attributes=f' data-level="1" data-outline="{outline}"'
        )
        head = self.paragraph("attachment_mark", (Text(mark),))
        return f'<section class="appendix">{head}\n{title}\n{self.blocks(block.blocks)}</section>'


def placed(rows: Sequence[Sequence[Cell]], columns: int) -> list[list[int]]:
    """The column in which each cell of each row begins, rows above reaching down into it."""
    taken = [0] * columns
    beginnings = []
    for row in rows:
        column, starts, fresh = 0, [], [max(0, left - 1) for left in taken]
        for cell in row:
            while column < columns and taken[column]:
                column += 1
            starts.append(column)
            for covered in range(column, min(columns, column + cell.span)):
                fresh[covered] = cell.rows - 1
            column += cell.span
        beginnings.append(starts)
        taken = fresh
    return beginnings


def _one_line(content: Inlines) -> str:
    return plain(content).replace("\n", "")
