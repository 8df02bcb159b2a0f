"""Classes as people write them: 三（2）班, 三(2)班, 3.2, 302, 三2, 三年2班, 初一（3）班, 2024级1班."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planforge.core.text_folding import compact

_HAN_GRADES = "一二三四五六七八九"
_DIGITS = {name: value for value, name in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_BRACKETS = str.maketrans(
    dict.fromkeys("—–‐‑‒−－", "-")
    | {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")"}
)

_GRADE = (
    r"(?P<grade>[一二三四五六七八九]|初[一二三四]|初[1-4]|高[一二三]|高[1-3]"
    r"|(?<![\d.])[1-9](?=年|[(.\-_/]))"
)
_ENTRY = r"(?P<stage>小|初)?(?P<year>(?<!\d)20\d\d|(?<!\d)\d\d)"
_NUMBER = r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})"

_LONG = re.compile(rf"{_GRADE}(?:年级|年)?[.\-_/·、]?\(?{_NUMBER}\)?班")
_LONG_ENTRY = re.compile(rf"{_ENTRY}级\(?{_NUMBER}\)?班?")
_YEAR_BRACKET = re.compile(r"(?P<stage>小|初)?(?P<year>20\d\d)\(?(?P<number>\d{1,2})\)?班")
_BARE = re.compile(rf"{_GRADE}(?:年级|年)?[.\-_/·、]?\(?(?P<number>\d{{1,2}})\)?")
_BARE_HAN = re.compile(rf"{_GRADE}(?:年级|年)\(?(?P<number>[一二三四五六七八九十]{{1,3}})\)?")
_BRACKET_HAN = re.compile(rf"{_GRADE}\((?P<number>[一二三四五六七八九十]{{1,3}})\)")
_GRADE_BRACKET = re.compile(r"[一二三四五六七八九1-9]\(\d{1,2}\)")
_PACKED = re.compile(r"0?(?P<grade>[1-9])(?P<number>[0-3]\d)班?")
_WHOLE_GRADE = re.compile(r"(?P<grade>[一二三四五六七八九1-9]|初[一二三四1-4]|高[一二三1-3])(?:年级|年)?")
_GRADE_IN_TITLE = re.compile(
    r"(?<![至到、和及,\-~一二三四五六七八九])(?P<grade>[一二三四五六七八九])年级(?![、和及至到,\-~])"
)
_ONLY_NUMBER = re.compile(r"\(?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\)?班?")
_MANY_TENS = re.compile(r"[一二三四五六七八九]十[一二三四五六七八九]?班")


@dataclass(frozen=True, slots=True, order=True)
class SchoolClass:
    """A class, ordered as a school orders them: 三（2）班 before 三（10）班, named classes last.

    grade: 1 to 9, 10 to 12 for 高一 to 高三. number: from 1; 0 for a grade's only class. name: of a class that
    is not numbered (grade 99 then).
    """

    grade: int
    number: int
    name: str = ""

    def __str__(self) -> str:
        if self.name:
            return self.name
        grade = _HAN_GRADES[self.grade - 1] if self.grade < 10 else f"高{_HAN_GRADES[self.grade - 10]}"
        return f"{grade}（{self.number}）班" if self.number else f"{grade}年级"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What turns an entry year into a grade.

    term_start: the term's first day. entry_grade: the grade in which the school's pupils enter (1, or 7 in a
    junior school, 6 there in the 五四 system). junior_from: the grade called 初一 (7, or 6).
    """

    term_start: date | None = None
    entry_grade: int = 1
    junior_from: int = 7


class ClassError(Exception):
    """A class that cannot be told. code: stable name; message and fix: Chinese."""

    def __init__(self, code: str, message: str, fix: str = "写成“三（2）班”的样子") -> None:
        self.code = code
        self.message = message
        self.fix = fix
        super().__init__(message)


class ClassGradeError(ClassError):
    """Likewise, where it is the grade's cell that cannot be read."""


def han_number(text: str) -> int:
    """十二 → 12, 二十 → 20, 7 → 7; 0 for what is no number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or (not ten and not tens):
        return 0
    if not ten:
        return _DIGITS.get(tens, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A class's writing with half-width digits and brackets, without spaces and what cannot be seen."""
    folded = compact(text).translate(_BRACKETS)
    entered = re.sub(r"^(小|初)[学中](?=20\d\d)|^(20\d\d级)(小|初)[学中](?=$|\(?\d)", _stage_first, folded)
    junior = re.sub(r"^初中([一二三四1-4])年级", r"初\1", entered)
    whole = re.sub(r"^(小学|初中)(?=[一二三四五六七八九1-9](年|\())|^小(?=[一二三四五六])", "", junior)
    return re.sub(r"(?<=年级)第(?=[\d一二三四五六七八九十])", "", whole)


def _stage_first(found: re.Match[str]) -> str:
    return found[1] or found[3] + found[2]


@lru_cache(maxsize=4096)
def parse_class(text: str, reckoning: Reckoning) -> SchoolClass:
    """The class that a cell or a sheet's name names. Raises ClassError where it is none or not to be told."""
    written = plain(text)
    if re.fullmatch(r"\d+\.0", written):
        written = written[:-2]
    if is_ambiguous(written):
        raise ClassError("class.ambiguous", "这个班级有两种读法，分不清年级和班号")
    entry = _LONG_ENTRY.fullmatch(written) or _YEAR_BRACKET.fullmatch(written)
    if entry:
        return _entered(entry, reckoning)
    if re.fullmatch(r"(小|初)?\d{2,4}届.*", written):
        raise ClassError("class.leaving_year", "班级是按毕业年份（届）写的，推不出年级")
    for pattern in (_LONG, _BARE, _BARE_HAN, _BRACKET_HAN, _PACKED):
        found = pattern.fullmatch(written)
        if found:
            return _numbered(found, reckoning)
    raise ClassError("class.form", "看不懂这个班级")


_GRADE_OF_SEVERAL = re.compile(
    r"(?:(?P<stage>小|初)?(?P<year>20\d\d|(?<!\d)\d\d)级"
    r"|(?P<grade>[初高][一二三四1-4]|[一二三四五六七八九])(?P<named>年级|年)?(?=[(\d一二三四五六七八九十.\-])"
    r"|(?P<figure>(?<!\d)[1-9])(?:年级|年|(?=\())"
    r"|(?P<dotted>(?<!\d)[1-9])[.\-_/](?=\d))"
)
_NUMBER_OF_SEVERAL = re.compile(
    r"\(?(?P<number>\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3}(?!\(|\d|年))\)?(?P<end>班)?"
)
_PACKED_OF_SEVERAL = re.compile(r"(?<!\d)0?(?P<grade>[1-9])(?P<number>[0-3]\d)(?!\d)班?")
_NEW_HAN_GRADE = re.compile(r"[一二三四五六七八九](年|\(|\d)")
_HAN_GRADE_AND_NUMBER = re.compile(r"[一二三四五六七八九][一二三四五六七八九十]{1,2}班")
_SUBJECT = re.compile(
    r"语文|数学|英语|外语|科学|物理|化学|生物|历史|地理|道德与法治|道法|政治|体育与健康|体育|音乐|美术|书法|劳动|信息科技|信息技术|综合实践|心理"
)
_BETWEEN = re.compile(r"[、,，.;；/|&+和及与\n]+")
_TO = re.compile(r"[-~至到]")
MAX_CLASSES = 60
"""Classes that one cell may name: all of a large school's, as a music teacher has."""


@lru_cache(maxsize=4096)
def parse_classes(text: str, reckoning: Reckoning) -> tuple[tuple[SchoolClass, ...], str]:
    """All classes that a cell names, each once in their order there, and the rest that names none.

    Understands 五(3)(4)班, 二1、3班，三2班, 三（1）—（4）班, 301、302, 2024级1、2班, 三年级一班、二班. A grade holds for
    the numbers behind it. What does not fit is handed back whole: no number of it is guessed.
    """
    written = _SUBJECT.sub("", plain(re.sub(r"\s+", "、", text.strip())))
    try:
        return (parse_class(written, reckoning),), ""
    except ClassError:
        if _MANY_TENS.search(written):
            return (), text
    scan = _ClassScan(written, reckoning)
    try:
        scan.run()
    except ClassError:
        return (), text
    found = tuple(dict.fromkeys(scan.found))
    return (found, "") if found and len(found) <= MAX_CLASSES else ((), text)


class _ClassScan:
    """Reads the classes of a cell from left to right; raises ClassError at what does not fit."""

    def __init__(self, written: str, reckoning: Reckoning) -> None:
        self._text, self._reckoning = re.sub("[()]{2,}", _joined, written), reckoning
        self.found: list[SchoolClass] = []
        self._grade = self._at = 0
        self._dotted = False

    def run(self) -> None:
        apart = True  # whether what was read last has ended: at its beginning, a sign between, a 班
        while self._at < len(self._text):
            if between := _BETWEEN.match(self._text, self._at):
                self._at, apart = between.end(), True
                continue
            if not (self._packed() or self._new_grade(apart=apart) or self._range() or self._number()):
                raise ClassError("class.several", "看不懂是哪几个班")
            apart = self._text[self._at - 1] == "班"

    def _packed(self) -> bool:
        packed = _PACKED_OF_SEVERAL.match(self._text, self._at)
        if packed:
            self._grade, self._at, self._dotted = int(packed["grade"]), packed.end(), False
            self.found.append(SchoolClass(self._grade, int(packed["number"])))
        return bool(packed)

    def _new_grade(self, *, apart: bool) -> bool:
        begun = _GRADE_OF_SEVERAL.match(self._text, self._at)
        if begun is None:
            return False
        bare = begun["grade"] and not begun["named"] and begun["grade"][0] not in "初高"
        written_out = apart and _HAN_GRADE_AND_NUMBER.match(self._text, self._at)
        if bare and self._grade and not (written_out or _NEW_HAN_GRADE.match(self._text, self._at)):
            return False
        if begun["dotted"] and self._grade and not self._dotted:
            return False
        if begun["year"]:
            self._grade = _entry_grade(begun, self._reckoning)
        else:
            self._grade = _grade(begun["grade"] or begun["figure"] or begun["dotted"], self._reckoning)
        self._dotted = bool(begun["dotted"])
        self._at = begun.end()
        while self._text[self._at : self._at + 1] and self._text[self._at] in ".-_/":
            self._at += 1
        return self._number()

    def _range(self) -> bool:
        to = _TO.match(self._text, self._at)
        last = _NUMBER_OF_SEVERAL.match(self._text, to.end()) if to else None
        if not to or not last or not self.found or self._dotted:
            return False
        first = self.found[-1]
        until = han_number(last["number"])
        if first.grade != self._grade or not first.number < until <= first.number + MAX_CLASSES:
            return False
        self.found += [SchoolClass(self._grade, number) for number in range(first.number + 1, until + 1)]
        self._at = last.end()
        return True

    def _number(self) -> bool:
        own = _NUMBER_OF_SEVERAL.match(self._text, self._at)
        number = han_number(own["number"]) if own else 0
        if not own or not number or not self._grade:
            return False
        self.found.append(SchoolClass(self._grade, number))
        self._at = own.end()
        return True


def _joined(brackets: re.Match[str]) -> str:
    """)( between two numbers stays, doubled brackets become one."""
    return re.sub(r"\(+", "(", re.sub(r"\)+", ")", brackets[0]))


@lru_cache(maxsize=4096)
def find_class(text: str, reckoning: Reckoning) -> SchoolClass | None:
    """The class named somewhere in a title or a sheet's name, None where there is none, or several."""
    written = plain(text)
    if not _GRADE_BRACKET.fullmatch(written):  # 四(3) is a class, 三年级名单(2) a copy
        written = re.sub(r"(学生|班级)?(名单|花名册|信息表?|登记表|一览表)?(\(\d\))?$", "", written)
    try:
        return parse_class(written, reckoning)
    except ClassError:
        pass
    written = re.sub(r"(年级|班级|班别):", "", written)
    classes = set()
    for pattern, read in ((_LONG_ENTRY, _entered), (_LONG, _numbered)):
        for found in pattern.finditer(written):
            try:
                classes.add(read(found, reckoning))
            except ClassError:
                continue
        if classes:
            break
    if _MANY_TENS.search(written):
        return None
    return classes.pop() if len(classes) == 1 else None


@lru_cache(maxsize=4096)
def parse_grade(text: str, reckoning: Reckoning) -> int:
    """The grade that a cell or a sheet's name names as a whole: 三年级, 3, 初一, 2024级; 0 for none."""
    written = re.sub(r"(学生)?(名单|花名册|名册)$", "", plain(text))
    if re.fullmatch(r"20\d\d年?", written):
        written = written[:4] + "级"
    entry = re.fullmatch(rf"{_ENTRY}级", written)
    try:
        if entry:
            return _entry_grade(entry, reckoning)
        whole = _WHOLE_GRADE.fullmatch(written)
        return _grade(whole["grade"], reckoning) if whole else 0
    except ClassError:
        return 0


def find_grade(text: str, reckoning: Reckoning) -> int:
    """The one grade named somewhere in a title (枫林小学三年级学生名册); 0 for none, for several and for 一至三年级."""
    grades = {match["grade"] for match in _GRADE_IN_TITLE.finditer(plain(text))}
    return _grade(grades.pop(), reckoning) if len(grades) == 1 else 0


def is_ambiguous(text: str) -> bool:
    """Whether a class in Han numbers can be read as grade and number and as a number alone: 二十一班."""
    return bool(_MANY_TENS.fullmatch(plain(text)))


def parse_number(text: str) -> int:
    """A class's number within its grade: 2班, （2）, 二班, 02; 0 for none."""
    found = _ONLY_NUMBER.fullmatch(plain(text).removesuffix(".0"))
    return han_number(found["number"]) if found else 0


def _grade(word: str, reckoning: Reckoning) -> int:
    if word[0] in "初高":
        year = han_number(word[1:])
        return reckoning.junior_from + year - 1 if word[0] == "初" else 9 + year
    return int(word) if word.isdecimal() else _HAN_GRADES.index(word) + 1


def _numbered(found: re.Match[str], reckoning: Reckoning) -> SchoolClass:
    grade, number = _grade(found["grade"], reckoning), han_number(found["number"])
    if not 1 <= grade <= 12 or not 1 <= number <= 99:
        raise ClassError("class.form", "看不懂这个班级")
    return SchoolClass(grade, number)


def _entered(found: re.Match[str], reckoning: Reckoning) -> SchoolClass:
    number = han_number(found["number"])
    if not number:
        raise ClassError("class.form", "看不懂这个班级")
    return SchoolClass(_entry_grade(found, reckoning), number)


def _entry_grade(found: re.Match[str], reckoning: Reckoning) -> int:
    if reckoning.term_start is None:
        fix = "用 --term-start 写明开学日期，例如 --term-start 2026-09-01"
        raise ClassError("class.no_term", "班级是按入学年份（级）写的，要知道学期才推得出年级", fix)
    start = reckoning.term_start
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    school_year = start.year if start.month >= 8 else start.year - 1
    first = {"小": 1, "初": reckoning.junior_from}.get(found["stage"] or "", reckoning.entry_grade)
    grade = first + school_year - year
    if not first <= grade <= 9:
        message = f"按入学年份推，{school_year}—{school_year + 1}学年这个班不在校"
        raise ClassError("class.entry_year", message, "核对入学年份和开学日期；初中写成“初2024级1班”")
    return grade
