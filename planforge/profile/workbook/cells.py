"""How a value of the form stands in one cell, and how it is read from what people and Excel made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planforge.profile.workbook.blocks import Shape
from planforge.sheets.grid import SheetCell as Cell
from planforge.sheets.shown import clock

MARK = "■"
"""Begins the heading of a block; a text of the form that begins so gets one more."""
ERASED = "（空）"
"""Stands where a layer takes away what the layers below it say; a text that reads so gets brackets more."""
BULLET = "• "
"""Begins the lines of a list where they could be mistaken."""

SPACE = " \t\r\n\u3000"
_SPLITS = re.compile("[、，,；;]")
_DAYS = range(20_000, 80_000)
"""Serial numbers of the days from 1954 to 2119."""

Value = str | tuple[str, ...] | Mapping[str, str]


class CellFault(Exception):
    """A cell that cannot be used. code: stable name; message, found, expected, fix: Chinese."""

    def __init__(self, code: str, message: str, found: str = "", expected: str = "", fix: str = "") -> None:
        self.code, self.message = code, message
        self.found, self.expected, self.fix = found, expected, fix
        super().__init__(message)


def to_cell(value: Value) -> str:
    """The text of a cell for a value: a list a line each, options as 名称：取值."""
    if isinstance(value, str):
        return protected(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{name}：{text}" for name, text in value.items())
    return protected(_lines(value))


def _lines(items: Sequence[str]) -> str:
    ambiguous = all(item.startswith(BULLET.strip()) for item in items) or len(items) == 1
    return "\n".join(f"{BULLET}{item}" if ambiguous else item for item in items)


def protected(text: str) -> str:
    """The text, kept apart from the signs that mean something in the workbook."""
    if text.startswith(MARK):
        return MARK + text
    return f"（{text}）" if re.fullmatch("（+空）+", text) else text


def unprotected(text: str) -> str:
    """The reverse of `protected`."""
    if text.startswith(MARK * 2):
        return text[1:]
    return text[1:-1] if re.fullmatch("（（+空））+", text) else text


def items(text: str) -> tuple[str, ...] | None:
    """The lines of a list in a cell; None for one line, which the field itself takes apart."""
    lines = [line.strip(SPACE) for line in text.split("\n")]
    lines = [line for line in lines if line]
    bullet = BULLET.strip()
    if lines and all(line.startswith(bullet) for line in lines):
        return tuple(line.removeprefix(bullet).strip(SPACE) for line in lines)
    return tuple(lines) if len(lines) > 1 else None


def tidy(value: Value, shape: Shape) -> Value:
    """The value in the one form that both files share: lists that read the same as one line are one line."""
    if isinstance(value, str):
        text = value.strip(SPACE)
        if shape in ("texts", "lines") and text.startswith(BULLET.strip()):
            parts = _SPLITS.split(text) if shape == "texts" else [text]
            return tuple(part.strip(SPACE) for part in parts if part.strip(SPACE))
        return text
    if isinstance(value, Mapping):
        return {name.strip(SPACE): text.strip(SPACE) for name, text in value.items()}
    parts = [part.strip(SPACE) for part in value if part.strip(SPACE)]
    if shape == "grades":
        return "、".join(parts)
    if shape == "range":
        return "-".join(parts)
    whole = len(parts) == 1 and (shape == "lines" or not _SPLITS.search(parts[0]))
    if whole and not parts[0].startswith(BULLET.strip()):
        return parts[0]
    return tuple(parts)


def written(cell: Cell, shape: Shape) -> str:
    """The text that a cell means for a field of this shape. Raises CellFault."""
    if cell.kind == "error":
        raise CellFault("cell.error", "单元格里是公式的错误值", cell.text, fix="改好公式，或者直接写出内容")
    if cell.kind == "no_value":
        fix = "用 Excel 打开，保存一次再用；或者直接写出内容"
        raise CellFault("cell.no_value", "单元格里的公式没有保存算出的结果", fix=fix)
    if cell.kind == "date":
        return _day(cell, shape)
    if cell.kind == "number":
        return _number(cell, shape)
    return cell.text.replace("\r\n", "\n").replace("\r", "\n").strip(SPACE)


def _day(cell: Cell, shape: Shape) -> str:
    if shape in ("grades", "range"):
        day = date.fromisoformat(cell.text)
        fix = f"把这一格设为文本格式，再写 {day.month}-{day.day}"
        found = cell.shown or cell.text
        raise CellFault("cell.turned_date", "这一格被 Excel 变成了日期", found, "如 1-6", fix)
    return cell.text if shape == "day" else cell.shown or cell.text


def _number(cell: Cell, shape: Shape) -> str:
    value = cell.value
    if abs(value) >= 1e15:
        fix = "把这一格设为文本格式，重新输入完整的号码"
        raise CellFault("digits.lost", "号码被 Excel 当成数字，后面的几位已经丢了", cell.text, "文本", fix)
    if shape == "day" and int(value) in _DAYS:
        return (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()
    if shape == "clock" and 0 <= value < 1:
        return clock(value)
    if shape == "phone" and _zero_lost(cell.text):
        fix = f"把这一格设为文本格式，重新输入，如 0{cell.text}"
        raise CellFault("phone.zero", "电话被 Excel 当成数字，开头的 0 丢了", cell.text, "区号加号码", fix)
    if shape == "percent":
        if not cell.shown and 0 < value <= 1:
            fix = "写成带“%”的数，或者把这一格设为百分比格式"
            raise CellFault("percent.fraction", "看不出是百分之几", cell.text, "如 96.5%", fix)
        return cell.shown or cell.text
    return cell.text if shape in ("whole", "grades", "phone") else cell.shown or cell.text


def _zero_lost(text: str) -> bool:
    """Whether a telephone number that was kept as a number had an area code: longer than a local one, no mobile."""
    mobile = re.fullmatch("1[3-9][0-9]{9}", text)
    service = re.fullmatch("(?:400|800)[0-9]{7}", text)
    return len(text) >= 9 and not mobile and not service
