"""What a call asks for, in one piece: who, in which order, into which files, on what paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planforge.batch.planning import Merge
from planforge.batch.unit import Suffix
from planforge.core.problems import InputError, Problem
from planforge.imposition.paper import SINGLE, UPS, Paper
from planforge.roster import PUPIL_COLUMNS, STAFF_COLUMNS, Column, columns_for
from planforge.roster.fields import LAYER, PRINT_ORDER, field_named
from planforge.writers.formats import known

_STAFF_ONLY = {column.field for column in STAFF_COLUMNS} - {column.field for column in PUPIL_COLUMNS}
_FROM_CLASS = ("class", "grade", "seat")
"""Fields that a recipient may have without a column of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """A call put in order.

    where: field → values. merge: which files, by format. sort: fields to go by. slips: only the slips. named: the
    files of single letters bear names.
    """

    formats: tuple[Suffix, ...] = ("docx", "pdf")
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    merge: Mapping[Suffix, Merge] = field(default_factory=dict)
    sort: tuple[str, ...] = PRINT_ORDER
    paper: Paper = SINGLE
    slips: bool = False
    named: bool = False

    def fields(self) -> tuple[str, ...]:
        """Fields that are asked for beside those that are printed."""
        merged = [name for merge in self.merge.values() if isinstance(merge, tuple) for name in merge]
        return tuple(
            dict.fromkeys((*self.where, *merged, *(name for name in self.sort if name not in PRINT_ORDER)))
        )


def batch_request(
    *,
    formats: Sequence[Suffix],
    merge: str | Sequence[str],
    where: Mapping[str, Sequence[str]],
    sort: Sequence[str],
    paper: Paper,
    slips: bool = False,
    named: bool = False,
    staff: bool = False,
    layers: bool = False,
) -> BatchRequest:
    """A call put in order; fields may be named by their headings.

    Args:
        formats: of the letters.
        merge: `each`, `all`, or the fields that files are merged by; nothing for what is usual.
        where: field → values, for a part of the roster.
        sort: fields to go by.
        paper: how letters lie on it.
        slips: only the slips.
        named: the files of single letters bear names.
        staff: the letters go to staff, whose fields have other headings.
        layers: each layer of staff signs with the one above it.

    Raises:
        InputError: with all that is wrong in it.
    """
    known(formats, "letters")
    problems = []
    chosen = merging(merge, staff=staff, layers=layers)
    if paper.up not in UPS:
        problems.append(Problem("一张纸上只能放 1、2、3 份", found=str(paper.up), code="up"))
    if paper.copies < 1:
        problems.append(Problem("份数至少是 1", found=str(paper.copies), code="copies"))
    if paper.up > 1 and chosen.get("pdf") == "each":
        fix = "去掉 --each，或去掉 --up"
        problems.append(Problem("一人一个文件，就不能几个人拼一张纸", fix=fix, code="up-each"))
    if paper.up > 1 and "pdf" not in formats:
        fix = "写 --format pdf；Word 里一页就是一份"
        problems.append(Problem("几份拼一张纸只在 PDF 里做", fix=fix, code="up-word"))
    if problems:
        raise InputError(problems)
    return BatchRequest(
        formats=tuple(dict.fromkeys(formats)),
        where={field_named(name, staff=staff): tuple(values) for name, values in where.items()},
        merge=chosen,
        sort=tuple(field_named(name, staff=staff) for name in sort) or ((LAYER,) if layers else PRINT_ORDER),
        paper=paper,
        slips=slips,
        named=named,
    )


def merging(words: str | Sequence[str], *, staff: bool = False, layers: bool = False) -> dict[Suffix, Merge]:
    """Which files, by format: each, all, or the fields that they are merged by.

    Where nothing is asked for, PDF is for the printer and comes one a class, Word is for work on single letters.
    """
    parts = [words] if isinstance(words, str) else list(words)
    if not any(parts):
        return {"docx": "each", "pdf": (LAYER,) if layers else ("class",)}
    chosen: Merge
    if parts in (["each"], ["all"]):
        chosen = "each" if parts == ["each"] else "all"
    else:
        chosen = tuple(dict.fromkeys(field_named(part, staff=staff) for part in parts if part))
    return {"docx": chosen, "pdf": chosen}


def for_staff(fields: Iterable[str]) -> bool:
    """Whether a kind with these fields goes to staff."""
    return bool(_STAFF_ONLY & set(fields))


def columns(
    prints: Sequence[str],
    varies_by: Sequence[str],
    more: Iterable[str],
    *,
    staff: bool,
    looked_at: Sequence[str] = (),
) -> tuple[Column, ...]:
    """The columns to read: what is printed, what the text goes by, who it is, and what else the call asks for.

    looked_at: columns that are of use where a roster has them.
    """
    spared = set(looked_at)
    needed = dict.fromkeys(("name", *prints, *varies_by, *(name for name in more if name != LAYER)))
    wanted = dict.fromkeys(("name", "class", "seat", *needed, *looked_at))
    if staff and ("class" not in needed or spared):
        del wanted["class"]
    read = []
    for column in columns_for(wanted, staff=staff):
        if column.field in spared:
            read.append(replace(column, optional=True))
            continue
        spare = column.field in _FROM_CLASS and column.field not in prints and column.field not in varies_by
        read.append(
            replace(column, optional=True) if spare and (staff or column.field != "class") else column
        )
    return tuple(read)
