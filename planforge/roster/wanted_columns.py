"""What is looked for in a roster: the wanted columns, the usual ones, and those that the person has named."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from planforge.core.problems import Place, Problem
from planforge.roster.columns import (
    NAME,
    PUPIL_COLUMNS,
    STAFF_COLUMNS,
    Column,
    heading_key,
    nearest,
)
from planforge.roster.headers import ColumnBlock, HeaderCell, HeaderTable
from planforge.roster.model import Understood
from planforge.roster.value_shape import heading_as_told
from planforge.sheets.grid import SheetGrid

_ONLY_STAFF = {column.field for column in STAFF_COLUMNS} - {column.field for column in PUPIL_COLUMNS}


def for_staff(wanted: Iterable[Column]) -> bool:
    """Whether the wanted columns are those of teachers."""
    return any(column.field in _ONLY_STAFF for column in wanted)


def seems_staff(understood: Understood) -> bool:
    """Whether headings that were not understood say that a list is one of teachers."""
    other = [text for sheet in understood.sheets for text in sheet.other]
    pupil = {
        heading.field for sheet in understood.sheets for block in sheet.blocks for heading in block.columns
    }
    return bool(_of_staff(other)) and not pupil & _OF_PUPILS


_OF_PUPILS = {"class", "guardian", "student_id"}


def _of_staff(headings: Iterable[str]) -> list[str]:
    """Those of the headings that only a list of teachers has."""
    own = [
        column
        for column in STAFF_COLUMNS
        if column.field in ("post", "subject", "staff_id", "title", "head_of")
    ]
    names = {name for column in own for name in column.names()} - {heading_key("班主任")}
    return [text for text in headings if heading_key(text) in names]


def taken_for_pupils(sheet: SheetGrid, table: HeaderTable, block: ColumnBlock, file: str) -> Problem | None:
    """What to say where a list of teachers has been given for a letter to pupils or their parents."""
    told = _of_staff(
        heading.text for heading in table.headings if block.left <= heading.column <= block.right
    )
    if not told or _OF_PUPILS & set(block.columns):
        return None
    name = block.headings[NAME.field]
    return Problem(
        "这像是教职工名册，这种文件要用学生花名册",
        _place(file, sheet, name.row, name.column),
        found=f"表头里有{'、'.join(told[:4])}",
        fix="换成学生花名册；要发给教师的，换成教师用的文件，如责任书",
        code="roster.staff",
    )


def recognisable(wanted: Sequence[Column], *, staff: bool) -> tuple[Column, ...]:
    """All columns that are looked for, the names' first, then the wanted ones, then the usual others."""
    known = {column.field: column for column in (STAFF_COLUMNS if staff else PUPIL_COLUMNS)}
    chosen = {column.field: column for column in wanted}
    name = chosen.pop(NAME.field, known.pop(NAME.field))
    return (
        name,
        *chosen.values(),
        *(column for column in known.values() if column.field not in chosen and column.field != NAME.field),
    )


def pin(
    mapping: Mapping[str, str], columns: Sequence[Column], file: str
) -> tuple[dict[str, str], list[Problem]]:
    """Field → heading, from what the person wrote (字段=列名), and what is wrong in that."""
    fields = {column.field: column.field for column in columns} | {
        column.title: column.field for column in columns
    }
    pinned: dict[str, str] = {}
    problems = []
    for word, heading in mapping.items():
        field = fields.get(word.strip())
        if field is None:
            near = difflib.get_close_matches(word, list(fields), 1, 0.4)
            fix = (
                f"您是不是想写“{near[0]}”"
                if near
                else f"可以写：{'、'.join(column.title for column in columns)}"
            )
            problems.append(
                Problem(
                    f"--map 里的“{word}”不是这里用到的字段",
                    Place(file),
                    found=word,
                    fix=fix,
                    code="map.field",
                )
            )
        elif heading_key(heading):
            pinned[field] = heading
    return pinned, problems


def unmatched(
    pinned: Mapping[str, str], columns: Sequence[Column], seen: Sequence[HeaderCell], file: str
) -> list[Problem]:
    """Problems for headings that the person has named and no sheet has."""
    keys = {heading_key(heading.text) for heading in seen} | {heading.whole for heading in seen}
    titles = {column.field: column.title for column in columns}
    texts = list(dict.fromkeys(heading_as_told(heading.text) for heading in seen))
    problems = []
    for field, heading in pinned.items():
        if heading_key(heading) in keys:
            continue
        near = difflib.get_close_matches(heading, texts, 1, 0.3)
        fix = f"最接近的表头是“{near[0]}”" if near else f"表头有：{'、'.join(texts[:30])}"
        message = f"没有“{heading}”这一列"
        problems.append(Problem(message, Place(file), titles[field], heading, fix=fix, code="map.heading"))
    return problems


def missing_columns(
    sheet: SheetGrid,
    table: HeaderTable,
    block: ColumnBlock,
    wanted: Sequence[Column],
    file: str,
    *,
    staff: bool,
) -> list[Problem]:
    """Problems for wanted columns that a block lacks, or has more than one of."""
    problems = []
    recognised = set(block.columns.values()) | {
        heading.column for many in block.doubtful.values() for heading in many
    }
    others = [
        heading_as_told(heading.text)
        for heading in table.headings
        if heading.column not in recognised and block.left <= heading.column <= block.right
    ]
    name = block.headings[NAME.field]
    for column in wanted:
        if many := block.doubtful.get(column.field):
            cells = "、".join(f"{sheet.address(heading.row, heading.column)}“{heading}”" for heading in many)
            named = (
                many[0].text if len({heading_key(heading.text) for heading in many}) > 1 else many[0].whole
            )
            fix = (
                f"用 --map {column.title}={named} 选定一列"
                if len({heading.whole for heading in many}) > 1
                else "把不用的一列改个表头"
            )
            place = _place(file, sheet, many[1].row, many[1].column)
            problems.append(
                Problem(
                    f"有 {len(many)} 列都像“{column.title}”：{cells}",
                    place,
                    column.title,
                    fix=fix,
                    code="column.ambiguous",
                )
            )
        elif column.field not in block.columns and not column.optional:
            if not staff and column.field in ("class", "grade"):
                continue
            near = nearest(column, others)
            fix = (
                f"如果“{near}”就是，用 --map {column.title}={near}"
                if near
                else "补上这一列，或者用 --map 写明是哪一列"
            )
            listed = "、".join(others[:12])
            problems.append(
                Problem(
                    f"没有找到“{column.title}”这一列", _place(file, sheet, name.row, name.column), column.title,
                    f"没有认出的表头：{listed}" if listed else "", fix=fix, code="column.missing",
                )
            )  # fmt: skip
    return problems


def _place(file: str, sheet: SheetGrid, row: int, column: int) -> Place:
    return Place(file, sheet.lines.get(row, 0), 0, cell=sheet.address(row, column))
