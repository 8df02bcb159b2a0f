"""The tree as plain text: for reading aloud, pasting into a message, comparing and searching.

Numbers are printed as the look counts them; fields stand as 「name」, blanks as low lines. One paragraph is
one line. What is said of cutting a slip off is left out. The output ends in one line feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planforge.document.closing import date_text
from planforge.document.look import Look
from planforge.document.masthead import COPIES, SIGNER, copies_line, issued_line
from planforge.document.numbering import attachment_marks, labels
from planforge.document.tree import (
    Attachment,
    Block,
    Cell,
    Closing,
    Document,
    Figure,
    Heading,
    Imprint,
    Labelled,
    Masthead,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Title,
    plain,
)
from planforge.document.uncut import uncut

_INDENT = "　　"
_BELOW = "　" * len("　　附件：")
"""Before the second name of several, so that it stands below the first."""
_CUT = "－" * 14
_INDENTED = ("body", "note", "attachment")


def write(document: Document, look: Look) -> str:
    """The document as text in the look's numbering."""
    document = uncut(document)
    writer = _TextWriter(
        labels(document, look.numbering), attachment_marks(document), look.red_head is not None
    )
    writer.blocks(document.blocks)
    return "\n".join(writer.lines).strip("\n") + "\n"


class _TextWriter:
    def __init__(self, numbers: Mapping[int, str], marks: Mapping[int, str], red_head: bool) -> None:
        self.lines: list[str] = []
        self._red_head = red_head
        self._numbers = numbers
        self._marks = marks

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self.lines += [plain(block.content), ""]
            case Heading():
                self.lines.append(_INDENT + self._numbers[id(block)] + plain(block.content))
            case Paragraph():
                indent = _INDENT if block.role in _INDENTED else ""
                rest = "\n" + _BELOW if block.role == "attachment" else "\n"
                self.lines.append(indent + plain(block.content).replace("\n", rest))
            case NumberedList():
                self._list(block)
            case Labelled():
                self.lines.append(_INDENT + block.label + plain(block.content))
            case Table():
                self._table(block)
            case Figure():
                self.lines.append(f"［图］{plain(block.title)}：{plain(block.alternative)}")
            case Closing():
                self.lines += ["", *(plain(issuer) for issuer in block.issuer), date_text(block)]
            case Signatures():
                for party in block.parties:
                    self.lines += [plain(content) for content in (party.name, *party.lines)]
            case Slip():
                self.lines += ["", _CUT, plain(block.title)]
                self.blocks(block.blocks)
            case Attachment():
                self.lines += ["", self._marks.get(id(block), "附件"), "", plain(block.title), ""]
                self.blocks(block.blocks)
            case Masthead() if self._red_head:
                self._masthead(block)
            case Imprint() if self._red_head:
                self._imprint(block)
            case Masthead() | Imprint():
                pass

    def _masthead(self, block: Masthead) -> None:
        signer = f"　　{SIGNER}{plain(block.signer)}" if block.signer else ""
        self.lines += [plain(block.issuer), plain(block.number) + signer, ""]

    def _imprint(self, block: Imprint) -> None:
        copies = [COPIES + plain(copies_line(block))] if block.copies else []
        self.lines += ["", *copies, f"{plain(block.office)}　　{plain(issued_line(block))}"]

    def _list(self, numbered: NumberedList) -> None:
        for item in numbered.items:
            self.lines.append(_INDENT + self._numbers[id(item)] + plain(item.content))
            if item.items is not None:
                self._list(item.items)

    def _table(self, table: Table) -> None:
        if table.caption:
            self.lines.append(plain(table.caption))
        self.lines += [_row(cells) for cells in (*table.head, *table.rows)]


def _row(cells: Sequence[Cell]) -> str:
    """A row's cells parted by bars; a cell's own line breaks become spaces."""
    return "｜".join(plain(cell.content).replace("\n", " ") for cell in cells)
