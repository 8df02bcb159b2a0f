"""Values of a roster's cells as they are printed: numbers, telephone numbers, days, identity numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from planforge.roster.columns import NAME, Column
from planforge.roster.name_marks import split_marks
from planforge.roster.person_names import NOBODY, clean_name, clean_text, name_fault, private_use
from planforge.roster.value_shape import shape_of
from planforge.sheets.grid import SheetCell

_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d+")
_DATES = (
    re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*|T.*)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_MONTHS = (re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?"), re.compile(r"(\d{4})(\d{2})"))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""Weights of the check digit of an identity number: GB 11643-1999."""


_NOTHING = frozenset(("无", "没有", "/", "／", "-", "—", "——", "--", "不详", "暂无", "空", "无电话"))
"""What people write where there is no number."""
MAX_SEAT = 4
"""Digits of a seat or running number; what is longer is a school's number of the pupil."""
_BEFORE_NUMBER = re.compile(r"^[(]?[一-龥]{1,6}[)]?[:：]?(?=[+(]?\d)")
_BEHIND_NUMBER = re.compile(r"(?<=\d)[(]?(?!转)[一-龥]{1,6}[)]?$")
_NUMBER_IN_NAME = re.compile(r"[(（]?\+?\d[\d\s\-]{5,}[)）]?")
_TWO_NAMES = re.compile(r"([\u3400-\u9fff]{2,4}) +([\u3400-\u9fff]{2,4})")


class ValueFault(Exception):
    """A value that cannot be printed as it stands.

    code: stable name; message, expected, found, fix: Chinese. notice: it is printed all the same. value: what is
    printed then, None for what is written.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        fix: str = "",
        notice: bool = False,
        value: str | None = None,
    ) -> None:
        self.code = code
        self.message = message
        self.found = found
        self.expected = expected
        self.fix = fix
        self.notice = notice
        self.value = value
        super().__init__(message)


def unreadable(cell: SheetCell) -> ValueFault | None:
    """What keeps any cell, whatever its column, from saying what it should; None where nothing does."""
    if cell.kind == "error":
        found = cell.text if re.fullmatch(r"#[A-Z/0!?]{1,12}", cell.text) else ""
        return ValueFault(
            "cell.error", "单元格里是公式的错误值", found=found, fix="改好公式，或者直接写出内容"
        )
    if cell.kind == "no_value":
        fix = "用 Excel 打开，保存一次再用"
        return ValueFault("cell.no_value", "单元格里的公式没有保存算出的结果", fix=fix)
    if cell.half_struck:
        fix = "只留下对的，删去划掉的字"
        return ValueFault("cell.half_struck", "这一格里有几个字划了删除线，分不清要哪一部分", fix=fix)
    return None


def printed(cell: SheetCell, column: Column) -> str:
    """The clean text of a cell. Raises ValueFault where it cannot be told what it should be."""
    if fault := unreadable(cell):
        raise fault
    match column.kind:
        case "name":
            return _name(cell, column)
        case "seat":
            return _seat(cell)
        case "id":
            return _identity(cell)
        case "phone":
            return _phone(cell)
        case "date":
            return _day(cell)
        case _:
            return _text(cell)


def _text(cell: SheetCell) -> str:
    if cell.kind == "date":
        return _printed_day(date.fromisoformat(cell.text))
    text = clean_text(cell.text)
    if sign := private_use(text):
        found = f"U+{ord(sign):04X}"
        raise ValueFault("text.private", "有一个字丢了，或者是自造字", found=found, fix="重新输入这个字")
    return text


def _name(cell: SheetCell, column: Column) -> str:
    if column.field != NAME.field:
        return _other_name(cell.text)
    name = clean_name(cell.text)
    if name in NOBODY:
        raise ValueFault("name.nobody", "这里还没有写姓名", found=name, fix="写出姓名，或者删去这一行")
    if fault := name_fault(name):
        raise ValueFault(fault.code, fault.message, found=fault.found, fix=fault.fix)
    return name


def _other_name(text: str) -> str:
    """The names of a parent or a superior, of several parted by 、; what else stands there comes off and is told."""
    bare = _NUMBER_IN_NAME.sub("", text)
    names, marked = [], bare != text
    for part in re.split(r"[、,，;；/／\n]+", _TWO_NAMES.sub(r"\1、\2", bare)):
        person = split_marks(part)
        name = clean_name(person.name)
        marked |= bool(person.marks)
        if not name or name in _NOTHING:
            continue
        if fault := name_fault(name):
            raise ValueFault(fault.code, fault.message, found=fault.found, fix=fault.fix)
        names.append(name)
    if marked:
        message = "姓名旁边的字、号码或记号没有印，只印姓名"
        raise ValueFault("name.mark", message, notice=True, value="、".join(names))
    return "、".join(names)


def _digits(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean_text(text)))


def _seat(cell: SheetCell) -> str:
    if cell.kind == "date":
        raise ValueFault(
            "seat.date", "座号被 Excel 变成了日期", expected="数字", fix="单元格设为文本，重新输入"
        )
    text = _whole(_digits(cell.text).removesuffix("号"))
    if text.isdecimal() and len(text) <= MAX_SEAT:
        return str(int(text))
    if _lost(cell, text):
        raise _lost_digits(column="学号")
    if re.fullmatch(r"-\d+|-?\d+\.\d+", text):
        fix, found = "核对这一格", text if len(text) <= MAX_SEAT else shape_of(text)
        raise ValueFault("seat.form", "座号不是整数", found=found, expected="数字", fix=fix, notice=True)
    if len(text) > MAX_SEAT and re.search(r"\d", text):
        message = "这是学籍、学校编的长号，没有当作座号"
        raise ValueFault("seat.long", message, fix="要印座号、按座号排，请加一列座号", notice=True, value="")
    return text


def _whole(text: str) -> str:
    """Digits without the .0 that a number has kept on its way through Excel."""
    return re.sub(r"(?<=\d)\.0+$", "", text)


def _lost(cell: SheetCell, text: str) -> bool:
    if cell.kind == "number" and abs(cell.value) >= 1e15:
        return True
    return bool(_SCIENTIFIC.fullmatch(text))


def _lost_digits(column: str) -> ValueFault:
    return ValueFault(
        "digits.lost",
        f"{column}被 Excel 当成数字，后面的几位已经丢了",
        found="科学记数，或末尾变成了 0",
        expected="完整的号码，存成文本",
        fix="把这一列设为文本格式，从原来的系统里重新导出或重新输入",
    )


def _identity(cell: SheetCell) -> str:
    text = _whole(_digits(cell.text).upper())
    if text in _NOTHING:
        return ""
    if _lost(cell, text):
        raise _lost_digits("号码")
    if re.fullmatch(r"\d{15}000", text) and not check_digit(
        text
    ):  # with a G before it, it never was a number
        raise _lost_digits("号码")
    if re.fullmatch(r"\d{17}[\dX]", text) and not check_digit(text):
        raise ValueFault("id.check", "身份证号的校验位不对，可能输错了一位", fix="核对号码", notice=True)
    return text


def check_digit(number: str) -> bool:
    """Whether an 18-digit identity number ends in the digit that follows from the others."""
    total = sum(int(sign) * weight for sign, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def _phone(cell: SheetCell) -> str:
    text = _digits(cell.text)
    if text in _NOTHING:
        return ""
    if _lost(cell, text):
        raise _lost_digits("电话")
    parts = re.split(r"[,，、;；/／]+|(?<=\d{7})\s+(?=1\d{10}|0\d)", unicodedata.normalize("NFKC", cell.text))
    numbers, labelled = [], False
    for part in parts:
        number = _whole(re.sub(r"\s+", "", part))
        bare_of_words = _BEHIND_NUMBER.sub("", _BEFORE_NUMBER.sub("", number))
        labelled |= bare_of_words != number
        bare = re.sub(r"[-()+]", "", bare_of_words)
        if re.fullmatch(r"(?:00)?(?:86)?1\d{10}", bare):
            bare_of_words = bare[-11:]
        if bare_of_words:
            numbers.append(bare_of_words)
    for number in numbers:
        bare = re.sub(r"[-()+转]", "", number)
        if not bare.isdecimal() or not 5 <= len(bare) <= 18 or (len(bare) == 11 and bare[0] not in "01"):
            raise ValueFault(
                "phone.form", "这不像电话号码", expected="手机号 11 位，或区号加号码", notice=True
            )
        if bare[0] == "1" and 9 <= len(bare) <= 13 and len(bare) != 11:
            raise ValueFault(
                "phone.form", "手机号不是 11 位", found=f"{len(bare)} 位", fix="核对号码", notice=True
            )
    if labelled:
        raise ValueFault("phone.label", "号码旁边的字没有印，只印号码", notice=True, value="、".join(numbers))
    return "、".join(numbers)


def as_written(cell: SheetCell, column: Column) -> str:
    """The text of a cell whose value was only noticed."""
    return _whole(_digits(cell.text).upper()) if column.kind == "id" else clean_text(cell.text)


def _day(cell: SheetCell) -> str:
    if cell.kind == "date":
        return _printed_day(date.fromisoformat(cell.text))
    if cell.kind == "number" and 20_000 <= cell.value < 80_000:
        return _printed_day(date(1899, 12, 30) + timedelta(days=int(cell.value)))
    text = clean_text(unicodedata.normalize("NFKC", cell.text))
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            try:
                return _printed_day(date(*map(int, found.groups())))
            except ValueError:
                break
    cut = cell.kind == "number" and not re.fullmatch(r"\d{4}\.?\d\d", text)  # 2017.1 may have been 2017.10
    for pattern in () if cut else _MONTHS:
        if (found := pattern.fullmatch(text)) and 1 <= int(found[2]) <= 12 and found[1] > "1900":
            return f"{found[1]}年{int(found[2])}月"
    raise ValueFault("date.form", "看不懂这个日期", expected="例如 2026-09-01", fix="写成 2026-09-01 的样子")


def _printed_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
