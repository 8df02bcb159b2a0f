"""What a sheet that was not read seems to hold: people, or something else that a workbook carries along."""

from __future__ import annotations

import re
from itertools import islice

from planforge.core.surnames import has_surname
from planforge.core.text_folding import compact
from planforge.roster.classes import Reckoning, find_class
from planforge.sheets.grid import SheetGrid

MAX_ROWS = 400
"""Rows that are looked at: whoever keeps people has some among the first."""
_NUMBER_OF_SOMEBODY = re.compile(r"1[3-9]\d{9}|\d{17}[\dX]|[GLJ]\d{12,18}[\dX]?")
_HAN = re.compile(r"[\u3400-\u9fff·]{2,4}")
_NO_NAME = re.compile(
    r"周[一二三四五六日天末]|星期.*|安全.*|文[学艺具].*|.*[班级年月日室楼课组队部会表号校]|高度|方[法案式]|管[理乐].*|金额|余额|常[用规].*|万元|毛笔.*|田径|游[泳戏].*|路队|程序.*|项目.*|.*色|温度|陈述|时间.*|和谐.*|平均.*|严格.*|童.*|施工.*|应急.*|阳光.*|单[元位].*|计[划算].*|解[答决].*|经典.*"
)


def names_in(sheet: SheetGrid) -> set[str]:
    """What seem to be people's names in a sheet without known headings, compact.

    A column counts where most of its texts, and three of them at least, look like names that differ.
    """
    columns: dict[int, list[str]] = {}
    for row in islice(sorted(sheet.rows), MAX_ROWS):
        for column, cell in sheet.rows[row].items():
            if cell.kind == "text":
                columns.setdefault(column, []).append(compact(cell.text))
    found: set[str] = set()
    for texts in columns.values():
        names = {text for text in texts if seems_name(text)}
        if len(names) >= 3 and 5 * len(names) >= 3 * len(texts) and len({name[0] for name in names}) >= 2:
            found |= names
    return found


def people_in(sheet: SheetGrid, reckoning: Reckoning) -> int:
    """How many people a sheet without known headings seems to hold; 0 for a sheet of notes or sums."""
    if names := names_in(sheet):
        return len(names)
    numbered = sum(
        any(_NUMBER_OF_SOMEBODY.fullmatch(compact(cell.text).replace("-", "").upper()) for cell in sheet.rows[row].values())
        for row in islice(sorted(sheet.rows), MAX_ROWS)
    )  # fmt: skip
    if numbered:
        return numbered
    named = find_class(sheet.name, reckoning) is not None
    names = {
        compact(cell.text)
        for row in islice(sorted(sheet.rows), MAX_ROWS)
        for cell in sheet.rows[row].values()
    }
    return sum(map(seems_name, names)) if named else 0


def seems_name(text: str) -> bool:
    """Whether a compact text may well be a person's name: two to four Han characters, a usual surname first."""
    return bool(_HAN.fullmatch(text)) and has_surname(text) and not _NO_NAME.fullmatch(text)
