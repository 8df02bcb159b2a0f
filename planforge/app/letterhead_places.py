"""What stands in the open places of a school's own headers and footers: facts, the document's, the recipients'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from planforge.core.office_package import OfficePackage
from planforge.core.problems import Problem
from planforge.document.look.letterhead import FIELD as VALUE
from planforge.document.look.letterhead import field_mark
from planforge.document.tree import Attachment, Block, Closing, Document, plain
from planforge.readers import OldPaper
from planforge.roster.columns import PUPIL_COLUMNS, STAFF_COLUMNS
from planforge.roster.fields import field_named, title_of, value_of

if TYPE_CHECKING:
    from planforge.facts import Facts
    from planforge.roster import Recipient
    from planforge.writers.word import BaseFile

_DATA = Path(__file__).resolve().parent / "data" / "letterhead_places.yaml"
_DAY = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


@dataclass(frozen=True, slots=True)
class FilledBase:
    """A school's file for one document. unknown: places in its headers and footers that nobody knows."""

    base: BaseFile
    unknown: tuple[str, ...] = ()

    def told(self) -> Iterator[Problem]:
        """A notice where places are left as they are."""
        if self.unknown:
            fix = "用 Word 填好；认得的有 {{校名}}、{{学期}}、{{日期}}、{{地址}}、{{电话}}，一人一份的信还有花名册的各栏"
            yield Problem(
                f"底稿“{self.base.name}”的页眉、页脚里有不知道填什么的空位，照原样印：{'、'.join(self.unknown)}",
                self.base.place,
                fix=fix,
                code="base-place",
                severity="notice",
            )


def fill_letterhead(
    base: BaseFile, facts: Facts, document: Document, *, recipients: bool = False, staff: bool = False
) -> FilledBase:
    """A school's file with the open places of its headers and footers filled.

    Args:
        base: the file.
        facts: the school's.
        document: what is written on it.
        recipients: each recipient gets a letter, so that columns of a roster may stand there.
        staff: they are teachers.
    """
    from planforge.writers.word import filled_places

    known = _values(facts, document)
    fields = {column.field for column in (*PUPIL_COLUMNS, *STAFF_COLUMNS)} if recipients else set()

    def value_of(place: str) -> str | None:
        if "学年" in place and not place.isalpha():
            return known["term.title" if "学期" in place else "term.year"] or None
        if "年" in place and "月" in place and not place.isalpha():
            return known["document.day" if "日" in place else "document.month"] or None
        path = _names().get(place.casefold())
        if path is not None:
            return known[path] or None
        field = field_named(place, staff=staff)
        return field_mark(field) if field in fields else None

    return FilledBase(*filled_places(base, value_of))


MOST_HEADS = 200
"""Headers of their own that one Word file gets: each is a section with parts of its own, and Word grows slow."""


def too_many_heads(
    fields: Sequence[str], recipients: Sequence[Recipient], merge: Sequence[str] | str
) -> Iterator[Problem]:
    """A mistake where one merged Word file would have more headers than it can."""
    heads: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for recipient in recipients:
        file = () if isinstance(merge, str) else tuple(value_of(recipient, name) for name in merge)
        heads.setdefault(file, set()).add(tuple(recipient.values.get(name, "") for name in fields))
    most = max(map(len, heads.values()), default=0)
    if merge != "each" and most > MOST_HEADS:
        titles = "、".join(map(title_of, fields))
        yield Problem(
            f"底稿的页眉、页脚里要填{titles}，合成一个 Word 文件就有 {most} 种页眉，最多 {MOST_HEADS} 种",
            fix="Word 按班合并（--merge-by 班级），或一人一个文件（--each），或只做 PDF（--format pdf）",
            code="too-many-heads",
        )


def letterhead_paper(base: BaseFile) -> OldPaper:
    """The words of a school's headers, footers and the text boxes in them, to be checked like those of a document."""
    from planforge.check.passages import FIELD
    from planforge.readers.word_text import outside_pieces
    from planforge.writers.word import parts_outside

    wanted = set(parts_outside(base))
    pieces = outside_pieces(OfficePackage(base.parts, base.main), wanted)
    return OldPaper(base.name, tuple(replace(piece, text=VALUE.sub(FIELD, piece.text)) for piece in pieces))


def _values(facts: Facts, document: Document) -> Mapping[str, str]:
    school, term = facts.school, facts.term
    day = next((found for words in _dates(document.blocks) if (found := _DAY.search(words))), None)
    return {
        "school.name": school.name,
        "school.short_name": school.short_name,
        "school.address": school.address,
        "school.phone": school.phone,
        "school.region.district": school.region.district,
        "school.region.city": school.region.city,
        "term.title": term.title,
        "term.year": f"{term.year_from}—{term.year_to}学年",
        "document.title": document.title,
        "document.day": "" if day is None else f"{day[1]}年{int(day[2])}月{int(day[3])}日",
        "document.month": "" if day is None else f"{day[1]}年{int(day[2])}月",
    }


def _dates(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Closing):
            yield plain(block.date)
        elif isinstance(block, Attachment):
            yield from _dates(block.blocks)


@cache
def _names() -> Mapping[str, str]:
    """Paths by the names that people write."""
    data: Mapping[str, list[str]] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return {name.casefold(): path for path, names in data.items() for name in names}
