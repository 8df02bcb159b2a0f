"""How letters lie on paper: copies, both sides, several on a sheet; what goes where, in points.

Places on a sheet are those of pages made for them (half an A4 sheet is A5, a third of it a slip), so nothing is
scaled. Sizes: ISO 216.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planforge.document.tree import Document, Slip

SlipAt = Literal["none", "end", "inside"]
"""Whether a letter carries a slip that is cut off: on its last page, or on one before it."""

MM = 72 / 25.4
A4 = (210.0, 297.0)
UPS = (1, 2, 3)

_PLACES: dict[int, tuple[tuple[float, float], tuple[tuple[float, float], ...]]] = {
    2: ((297.0, 210.0), ((0.0, 0.0), (148.5, 0.0))),
    3: ((210.0, 297.0), ((0.0, 198.0), (0.0, 99.0), (0.0, 0.0))),
}
"""Sheet and lower left corners of its places, in mm, in reading order."""


@dataclass(frozen=True, slots=True)
class Paper:
    """copies: of each letter, one after the other. duplex: on both sides. up: letters on a side, 1 to 3."""

    copies: int = 1
    duplex: bool = False
    up: int = 1

    def rows(self, letters: int) -> list[tuple[int | None, ...]]:
        """Letters by their numbers as they come on paper, those on one sheet together; None for an empty place."""
        order = [number for number in range(letters) for _ in range(self.copies)]
        if self.up == 1:
            return [(number,) for number in order]
        from planforge.roster.print_order import imposed

        return [
            tuple(order[turn.letter] if turn else None for turn in sheet.front)
            for sheet in imposed(len(order), self.up)
        ]

    def faces(self, pages: int, slip: SlipAt = "none") -> tuple[int | None, ...]:
        """The sides that letters of so many pages take, as `order.sides`; a slip before the last page leaves the
        back of every page empty, since nobody can say on which it stands.
        """
        if not self.duplex:
            return tuple(range(1, pages + 1))
        from planforge.roster.print_order import sides

        if slip == "inside":
            return tuple(side for page in range(1, pages + 1) for side in (page, None))
        return sides(pages, duplex=self.duplex, slip=slip == "end")

    def sheets(self, letters: int, pages: int, slip: SlipAt = "none") -> int:
        """Sheets of paper for so many letters of so many pages each."""
        each = len(self.faces(pages, slip))
        return len(self.rows(letters)) * (-(-each // 2) if self.duplex else each)

    @property
    def size(self) -> tuple[float, float] | None:
        """Width and height of a sheet that carries several letters, in points; None for a page as it is."""
        if self.up == 1:
            return None
        width, height = _PLACES[self.up][0]
        return width * MM, height * MM

    def corner(self, place: int, *, back: bool) -> tuple[float, float]:
        """Lower left corner of a place, in points. Side by side, a back's places run the other way."""
        if self.up == 1:
            return 0.0, 0.0
        places = _PLACES[self.up][1]
        x, y = places[::-1][place] if back and self.up == 2 else places[place]
        return x * MM, y * MM

    def cuts(self) -> bytes:
        """Short marks at the sheet's edges where it is cut, as page content outside of what is read."""
        size = self.size
        if size is None:
            return b""
        width, height = size
        if self.up == 2:
            lines = [(width / 2, 0.0, 0.0, 1), (width / 2, height, 0.0, -1)]
        else:
            thirds = (height / 3, height * 2 / 3)
            lines = [(x, y, d, 0) for y in thirds for x, d in ((0.0, 1), (width, -1))]
        long = 5 * MM
        drawn = b"".join(
            b"%.3f %.3f m %.3f %.3f l " % (x, y, x + a * long, y + b * long) for x, y, a, b in lines
        )
        return b"/Artifact BMC q 0.5 w 0.5 G " + drawn + b"S Q EMC"

    def preferences(self) -> dict[str, str]:
        """What a reader's print dialog is to propose: as large as it is, on which sides."""
        wishes = {"PrintScaling": "/None"} if self.up > 1 else {}
        if self.duplex:
            wishes["Duplex"] = "/DuplexFlipShortEdge" if self.up == 2 else "/DuplexFlipLongEdge"
        return wishes


SINGLE = Paper()


def slip_at(document: Document) -> SlipAt:
    """Where a letter's slip stands."""
    places = [number for number, block in enumerate(document.blocks) if isinstance(block, Slip)]
    if not places:
        return "none"
    return "end" if places == [len(document.blocks) - 1] else "inside"


def slips_at(documents: Sequence[Document]) -> SlipAt:
    """The strictest of several letters' that share a sheet."""
    places = {slip_at(document) for document in documents}
    return "inside" if "inside" in places else "end" if "end" in places else "none"
