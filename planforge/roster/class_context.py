"""Which class a list belongs to when no column says it: the title above it, the sheet's or the file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planforge.roster.classes import (
    ClassError,
    ClassGradeError,
    Reckoning,
    SchoolClass,
    find_class,
    find_grade,
    is_ambiguous,
    parse_class,
    parse_classes,
    parse_grade,
    parse_number,
    plain,
)
from planforge.sheets.grid import SheetCell


@dataclass(frozen=True, slots=True)
class ClassContext:
    """What surrounds a list. class_, grade: as far as known; source: 标题, 表名 … in Chinese."""

    class_: SchoolClass | None = None
    grade: int = 0
    source: str = ""

    def within(self, text: str, source: str, reckoning: Reckoning) -> ClassContext:
        """The context of something inside that bears `text`; what the text does not say stays."""
        if not text.strip():
            return self
        found = find_class(text, reckoning)
        if found is not None:
            return ClassContext(found, found.grade, source)
        grade = parse_grade(text, reckoning) or find_grade(text, reckoning)
        if grade and "班" not in text and not plain(text).isdecimal():
            return ClassContext(None, grade, source)
        number = parse_number(text) if "班" in text or self.grade else 0
        if number and self.grade:
            return ClassContext(SchoolClass(self.grade, number), self.grade, source)
        return self


def class_of(
    cell: SheetCell | None, grade_cell: SheetCell | None, around: ClassContext, reckoning: Reckoning
) -> SchoolClass | None:
    """The class of a row from its cells and what surrounds it. Raises ClassError where they cannot be read."""
    grade = 0
    if grade_cell is not None:
        grade = _grade(grade_cell, reckoning)
    if cell is None:
        if around.class_ is not None and (not grade or around.class_.grade == grade):
            return around.class_
        only = grade or around.grade  # a village school's only class of a grade
        return SchoolClass(only, 0) if only else None
    if cell.kind == "date":
        fix = "把这一列设为文本格式，写成“三（2）班”的样子"
        raise ClassError("class.date", "班级被 Excel 变成了日期", fix)
    number = parse_number(cell.text)
    if number and not (grade or around.grade):
        if is_ambiguous(cell.text):
            raise ClassError("class.ambiguous", "这个班级有两种读法，分不清年级和班号")
        raise ClassError(
            "class.no_grade", "只有班号，不知道是哪个年级", "班级写成“三（2）班”，或者加一列年级"
        )
    if number:
        return SchoolClass(grade or around.grade, number)
    try:
        found = parse_class(cell.text, reckoning)
    except ClassError as error:
        if error.code == "class.form" and (led := _with_its_teacher(cell.text, reckoning)):
            found = led
        elif (
            error.code == "class.form" and "年级" in cell.text and (only := parse_grade(cell.text, reckoning))
        ):
            found = SchoolClass(only, 0)
        elif error.code == "class.form" and (named := named_class(cell.text)):
            return SchoolClass(99, 0, named)
        else:
            raise
    if grade and found.grade != grade:
        raise ClassError("class.conflict", "年级一列和班级一列说的不是同一个年级", "核对这两格")
    return found


def _grade(cell: SheetCell, reckoning: Reckoning) -> int:
    grade = parse_grade(cell.text, reckoning)
    if grade:
        return grade
    if "级" in cell.text and "年级" not in cell.text:
        try:
            parse_class(plain(cell.text) + "1班", reckoning)
        except ClassError as error:
            if error.code != "class.form":
                raise ClassGradeError(error.code, error.message, error.fix) from None
    raise ClassGradeError("class.grade", "看不懂这个年级", "写成“三年级”的样子")


def _with_its_teacher(text: str, reckoning: Reckoning) -> SchoolClass | None:
    """The class of a cell that names its teacher too: 三（1）班 with 班主任：王芳 behind it or in a line below."""
    if "\n" not in text and "班主任" not in text:
        return None
    if parse_classes(re.split(r"班主任|\n", text)[0].strip(" （("), reckoning)[0][1:]:
        return None
    return find_class(text, reckoning)


def names_a_class(text: str, reckoning: Reckoning) -> bool:
    """Whether a cell under 班级 says a class or a number of one, and not who leads it."""
    try:
        parse_class(text, reckoning)
    except ClassError as error:
        if error.code != "class.form":
            return True
        return bool(
            parse_number(text)
            or named_class(text)
            or parse_grade(text, reckoning)
            or find_class(text, reckoning)
        )
    return True


def named_class(text: str) -> str:
    """The name of a class that is not numbered (向日葵班); "" for anything that may be a number."""
    name = plain(text)
    if 2 <= len(name) <= 12 and name.endswith("班") and name[:-1].isalpha():
        return name
    return ""
