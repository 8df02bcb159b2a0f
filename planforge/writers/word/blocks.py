"""From the tree's blocks to Word's paragraphs and tables, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planforge.document.closing import characters, closing_indents, date_text
from planforge.document.ending import kept_for_closing
from planforge.document.look import Look, StyleName
from planforge.document.numbering import attachment_marks, labels
from planforge.document.tree import (
    Attachment,
    Block,
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
)
from planforge.writers.word import figures, oxml, redhead, tables
from planforge.writers.word.figures import Pictures
from planforge.writers.word.numbering import (
    FREE_ABSTRACTS_FROM,
    ITEMS_ABSTRACT,
    abstract_list,
)
from planforge.writers.word.paragraphs import WordParagraphWriter
from planforge.writers.word.styles import (
    CLOSING_NEXT,
    style_id,
)
from planforge.writers.word.units import advance_twips, indent_twips, twips

if TYPE_CHECKING:
    from docx.oxml.document import CT_Body
    from docx.oxml.numbering import CT_Numbering
    from docx.oxml.text.paragraph import CT_P

_LOWEST_LINE = 14
"""Twips: 0.7 pt, the lowest line that Word sets. A page of 22 lines of 579 leaves 18 of its 12756."""


class WordBlockWriter(WordParagraphWriter):
    """Writes the blocks of a document into its body."""

    def __init__(
        self,
        document: Document,
        look: Look,
        body: CT_Body,
        numbering: CT_Numbering,
        width: int,
        pictures: Pictures,
    ) -> None:
        """width: of the type area, in twips. pictures: takes a picture into the file."""
        super().__init__(look, body, width)
        self._pictures = pictures
        self._numbering = numbering
        self._marks = attachment_marks(document)
        self._labels = labels(document, look.numbering) if document.numbering != "native" else {}
        self._kept = kept_for_closing(document, look.page.characters)
        self._free = FREE_ABSTRACTS_FROM
        self._heading_list: int | None = None

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks one after the other."""
        for block in blocks:
            self._block(block)

    def finish(self) -> None:
        """A body must end in a paragraph: Word would add one of a full line's height below a table.

        Ours is as low as Word can make it, so that a table that fills its page brings no empty one after it.
        LibreOffice sets no line at all below the last one of a grid; a paragraph of hidden words is none, but wants
        a twip, which the lines at the table's foot give up. Below a table that floats it is seen: it holds the table.
        """
        table = self._last_table
        if not self._below_table or table is None:
            return
        self._gap()
        last = self._paragraphs[-1]
        oxml.set_spacing(last, line=_LOWEST_LINE)
        if not oxml.floats(table):
            for foot in oxml.feet(table):
                oxml.set_spacing(foot, line=self._line[foot.style or "Normal"] - 1)
            oxml.add_hidden_space(last)

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self.paragraph("title", block.content)
            case Heading():
                self._heading(block)
            case Paragraph():
                self._keep_for_closing(block, self.paragraph(block.role, block.content))
            case NumberedList():
                self._list(block)
            case Labelled():
                self._labelled(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Closing():
                self._closing(block)
            case Signatures():
                self._signatures(block)
            case Slip():
                self._slip(block)
            case Masthead():
                redhead.masthead(block, self)
            case Imprint():
                redhead.imprint(block, self)
            case Attachment():
                self.paragraph("attachment_mark", (Text(self._marks.get(id(block), "附件")),))
                self.paragraph("attachment_title", block.title)
                self.write(block.blocks)

    def _heading(self, heading: Heading) -> None:
        names: tuple[StyleName, ...] = ("heading1", "heading2", "heading3", "heading4")
        if id(heading) in self._labels:
            self._labelled_by_hand(names[heading.level - 1], heading)
            return
        paragraph = self.paragraph(names[heading.level - 1], heading.content)
        if self._heading_list is not None:
            oxml.set_number(paragraph, self._heading_list, heading.level)

    def _list(self, numbered: NumberedList, num_id: int | None = None) -> None:
        """A list counts from one: a w:num of its own; a list one level below an item shares the item's."""
        names: tuple[StyleName, ...] = ("item1", "item2")
        if num_id is None and not self._labels:
            num_id = oxml.add_list(self._numbering, ITEMS_ABSTRACT, 2)
        for item in numbered.items:
            if num_id is None:
                self._keep_for_closing(item, self._labelled_by_hand(names[numbered.level - 1], item))
                if item.items is not None:
                    self._list(item.items)
                continue
            paragraph = self.paragraph(names[numbered.level - 1], item.content)
            oxml.set_number(paragraph, num_id, numbered.level - 1)
            self._keep_for_closing(item, paragraph)
            if item.items is not None:
                below = item.items.level > numbered.level
                self._list(item.items, num_id if below else self._free_list(headings=False))

    def _labelled_by_hand(self, style: StyleName, node: Heading | Item) -> CT_P:
        """A heading or item with its number written out."""
        return self.paragraph(style, (Text(self._labels[id(node)]), *node.content))

    def _free_list(self, *, headings: bool) -> int:
        """A list that no style and no other list counts with."""
        identity, self._free = self._free, self._free + 1
        oxml.add_abstract_list(
            self._numbering, abstract_list(self.look, identity, headings=headings, tied=False)
        )
        return oxml.add_list(self._numbering, identity, 5 if headings else 2)

    def _labelled(self, labelled: Labelled) -> None:
        style = self.look.styles["labelled"]
        paragraph = self.paragraph("labelled", (Text(labelled.label), *labelled.content))
        hanging = advance_twips(characters(labelled.label, self.look.line_breaking.script_gap), style)
        oxml.set_hanging(paragraph, indent_twips(style.left, style) + hanging, hanging)
        self._keep_for_closing(labelled, paragraph)

    def _table(self, table: Table) -> None:
        if table.caption:
            self.paragraph("caption", table.caption)
        self._before_table(twips(0 if table.caption else self.look.tables.before))
        self.place_table(tables.ruled_table(table, self))

    def _figure(self, figure: Figure) -> None:
        """The picture with its title below it; a table of its numbers where this machine lacks the fonts."""
        inline = figures.picture(figure, self.look, self._pictures)
        if inline is None:
            self._table(figures.as_table(figure))
            return
        around = self.look.tables
        before = max(around.before, around.after) if self._below_table else around.before
        self._below_table = False
        paragraph = self._styled(style_id("centre"))
        oxml.set_picture(paragraph, inline, before=twips(before))
        oxml.keep_with_next(paragraph)
        oxml.keep_with_next(self.paragraph("caption", figure.title), False)

    def _signatures(self, signatures: Signatures) -> None:
        self._keep_last()
        if len(signatures.parties) == 2:
            self._before_table(0)
            self.place_table(tables.two_parties(signatures.parties, self))
            return
        start = len(self._paragraphs)
        for party in signatures.parties:
            for content in (party.name, *party.lines):
                self.paragraph("signature", content)
        self._keep_together(start)

    def _closing(self, closing: Closing) -> None:
        style = self.look.styles["closing"]
        self._keep_last()
        start = len(self._paragraphs)
        seal = self.look.seal
        room = self.look.page.text_width / style.size
        gap = self.look.line_breaking.script_gap
        indents = closing_indents(closing, seal.right if seal else None, gap, room)
        date = closing.date or (Text(date_text(closing)),)
        for content, right in zip((*closing.issuer, date), (*indents.issuers, indents.date), strict=True):
            first = len(self._paragraphs) == start
            paragraph = self.paragraph("closing", content) if first else self._next_closing(content)
            if first and seal:
                oxml.set_spacing(paragraph, before=twips(style.before + seal.lines * style.pitch))
            if right != style.right:
                oxml.set_right_indent(paragraph, right, indent_twips(right, style))
        self._keep_together(start)

    def _next_closing(self, content: Inlines) -> CT_P:
        paragraph = self._styled(CLOSING_NEXT)
        self.inlines(paragraph, content)
        return paragraph

    def _slip(self, slip: Slip) -> None:
        self._keep_last()
        start = len(self._paragraphs)
        self.paragraph("slip_title", slip.title)
        outer = self._heading_list
        if any(isinstance(block, Heading) for block in slip.blocks):
            self._heading_list = self._free_list(headings=True)
        self.write(slip.blocks)
        self._heading_list = outer
        self._keep_together(start)

    def _keep_for_closing(self, node: Paragraph | Labelled | Item, paragraph: CT_P) -> None:
        if id(node) in self._kept:
            oxml.keep_whole(paragraph)
            oxml.keep_with_next(paragraph)
