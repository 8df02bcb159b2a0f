"""How single values are written: grades, clock times, dates, choices. Each type says in Chinese what it expects.

A value arrives as the text that was typed (a program may also hand over numbers and dates). A mistake is
raised as PydanticCustomError whose type is the stable code and whose context carries found, expected, fix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planforge.profile.choices import HOWS as HOWS
from planforge.profile.choices import (
    LIMITS,
    MORE,
    NO,
    NUMBERINGS,
    TERMS,
    YES,
    HowLimit,
    StatusName,
    TopicName,
)
from planforge.profile.choices import PHRASES as PHRASES
from planforge.profile.choices import STAGES as STAGES
from planforge.profile.choices import STATUSES as STATUSES
from planforge.profile.choices import SYSTEMS as SYSTEMS
from planforge.profile.choices import TOPICS as TOPICS
from planforge.profile.grades import UnreadableGrades, parse_grades


def wrong(code: str, message: str, found: object, expected: str, fix: str = "") -> PydanticCustomError:
    """A mistake in a value. The message goes out as it is; braces in what was typed are only data."""
    context = {"found": str(found)[:60], "expected": expected, "fix": fix}
    return PydanticCustomError(code, message, context)


def typed(value: object) -> str:
    """The text of a single value. Raises where a list or a mapping stands instead."""
    if isinstance(value, str):
        return value.strip(" \t\r\n\u3000")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float, date)):
        return str(value)
    shape = "一个列表" if isinstance(value, (list, tuple)) else "一组下级内容"
    raise wrong("value.shape", "这里只能写一个值", shape, "一个值，写在冒号后面同一行")


def plain(value: object) -> str:
    """The text with full-width letters, digits and colons made ordinary, for reading numbers."""
    return unicodedata.normalize("NFKC", typed(value)).strip()


def _text(value: object) -> str:
    text = typed(value)
    if not text:
        raise wrong("value.empty", "这里是空的", "空白", "文字", "填上内容，或者删去这一行")
    return text


def _line(value: object) -> str:
    text = _text(value)
    if "\n" in text:
        raise wrong("value.lines", "这里只能写一行", text.split("\n")[0] + "……", "一行文字")
    return text


def _person_name(value: object) -> str:
    text = _line(value)
    compact = re.sub(r"[ \u3000]+", "", text)
    return compact if len(compact) <= 3 and all(ord(c) > 0x2E7F for c in compact) else text


def _identifier(value: object) -> str:
    text = _line(value)
    if re.search(r"[\s\[\].:：,，]", text):
        fix = re.sub(r"[\s\[\].:：,，]+", "-", text).strip("-")
        raise wrong(
            "id.form",
            "编号里不能有空格、点、冒号、逗号和方括号",
            text,
            "字母、数字、汉字或短横",
            f"写成 {fix}",
        )
    return text


def _document_number(value: object) -> str:
    text = re.sub(r"[ \u3000]+", "", _line(value))
    match = re.fullmatch(
        r"(.*?)[〔\[［(（【]((?:19|20)[0-9]{2})年?[〕\]］)）】]第?0*([1-9][0-9]{0,4})号", text
    )
    if text and (match is None or not match[1]):
        raise wrong(
            "document_number.form", "发文字号的写法不对", text, "机关代字〔年份〕序号，如“桐小〔2026〕5号”"
        )
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else ""


def number(unit: str, low: int, high: int) -> BeforeValidator:
    """A whole number in the given unit, between low and high inclusive."""
    expected = f"{low}～{high} 的整数（{unit}）"

    def read(value: object) -> int:
        text = plain(value)
        if not re.fullmatch(r"[+-]?[0-9]{1,12}", text):
            digits = re.findall(r"[0-9]+", text)
            fix = f"只写数字：{int(digits[0][:12])}" if len(digits) == 1 else "只写数字"
            raise wrong("number.form", "这里要写整数", typed(value), expected, fix)
        count = int(text)
        if not low <= count <= high:
            raise wrong("number.range", "数目不在合理范围内", typed(value), expected, "核对后改正")
        return count

    return BeforeValidator(read)


def _percent(value: object) -> float:
    text = plain(value).removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text):
        raise wrong("percent.form", "这里要写百分数", typed(value), "如 96.5%")
    if float(text) > 100:
        raise wrong("percent.range", "百分数大于 100", typed(value), "0%～100%", "核对后改正")
    return float(text)


def _clock(value: object) -> str:
    match = re.fullmatch(r"([0-9]{1,2})[:时点]([0-9]{2})分?", plain(value))
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong("clock.form", "时刻没有写对", typed(value), "24 小时制的 时:分，如 7:50、16:30")
    return f"{int(match[1])}:{match[2]}"


def _day(value: object) -> date:
    match = re.fullmatch(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", plain(value))
    if not match:
        raise wrong("date.form", "日期没有写对", typed(value), "年-月-日，如 2026-09-01 或 2026年9月1日")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise wrong("date.none", "没有这一天", typed(value), "日历上有的日期", "核对月份和日子") from None


_MONTHS = {
    f"{n}月": i
    for i, n in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}


def _month(value: object) -> int:
    text = plain(value).replace("份", "")
    match = re.fullmatch(r"([0-9]{1,2})月?", text)
    month = int(match[1]) if match else _MONTHS.get(text, 0)
    if not 1 <= month <= 12:
        raise wrong("month.form", "月份没有写对", typed(value), "1～12 的月份，如 9 或 9月")
    return month


def _year(value: object) -> str:
    match = re.fullmatch(r"([0-9]{4})\s*[-—–~至到/]+\s*([0-9]{2,4})(学年)?", plain(value))
    first = int(match[1]) if match else 0
    second = int(match[2]) if match else 0
    if match and len(match[2]) == 2:
        second += first // 100 * 100
    if not match or not 2000 <= first <= 2099:
        alone = re.fullmatch("20[0-9]{2}", plain(value).removesuffix("学年").removesuffix("年"))
        fix = f"写成 {alone[0]}-{int(alone[0]) + 1}" if alone else ""
        raise wrong("year.form", "学年没有写对", typed(value), "相连的两年，如 2026-2027", fix)
    if second != first + 1:
        fix = f"写成 {first}-{first + 1}"
        raise wrong("year.span", "学年的两个年份不相连", typed(value), "相连的两年，如 2026-2027", fix)
    return f"{first}-{second}"


def _grades(value: object) -> tuple[int, ...]:
    parts = [plain(v) for v in value] if isinstance(value, (list, tuple)) else [plain(value)]
    try:
        return parse_grades(parts)
    except UnreadableGrades as error:
        shown = "、".join(parts)
        raise wrong(
            error.code, error.message, shown, "年级，如 1-6、一至六年级 或 1、2、3", error.fix
        ) from None


def _grade(value: object) -> int:
    grades = _grades(value)
    if len(grades) != 1:
        raise wrong("grade.single", "这里只写一个年级", typed(value), "一个年级，如 3 或 三年级")
    return grades[0]


def _minute_range(value: object) -> tuple[int, int]:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        value = f"{plain(value[0])}-{plain(value[1])}"
    match = re.fullmatch(r"([0-9]{1,3})(?:\s*[-~—–至到]+\s*([0-9]{1,3}))?(?:分钟)?", plain(value))
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high or high > 120:
        raise wrong("minutes.range", "分钟数的范围没有写对", typed(value), "如 5-8（5 到 8 分钟），先小后大")
    return low, high


def _yes_no(value: object) -> bool:
    text = plain(value).lower()
    if text not in YES and text not in NO:
        raise wrong("choice.yes_no", "这里要写“是”或“否”", typed(value), "是、否")
    return text in YES


def _term_number(value: object) -> int:
    text = plain(value)
    if text not in TERMS:
        raise wrong("choice.term", "学期没有写对", typed(value), "1（第一学期）或 2（第二学期）")
    return TERMS[text]


def _version(value: object) -> int:
    text = plain(value)
    if text != "1":
        fix = "写成 schema: 1；确实是新版信息表的，请更新 planforge"
        raise wrong("schema.version", "不认识这个版本的信息表", typed(value), "1", fix)
    return 1


def choice(names: Mapping[str, str]) -> BeforeValidator:
    """One of the given Chinese names; the English id behind it is accepted too."""
    expected = "、".join(names)

    def read(value: object) -> str:
        text = plain(value)
        key = names.get(text) or MORE.get(text) or text.lower()
        if key not in names.values():
            raise wrong("choice.unknown", "没有这种写法", typed(value), expected, f"从“{expected}”里选一个")
        return key

    return BeforeValidator(read)


_WORDS = re.compile(r"[\u3400-\u9fff]{1,6}(?:[ \u3000\t]+[\u3400-\u9fff]{1,6})+")
"""Short Chinese words with spaces between them: a list like 优秀 良好 合格, for nobody spaces one word so."""


def _texts(value: object) -> object:
    if isinstance(value, str):
        value = tuple(part for part in re.split(r"[、，,；;]", value) if part.strip())
    if isinstance(value, (list, tuple)):
        parts: list[object] = []
        for part in value:
            spaced = isinstance(part, str) and _WORDS.fullmatch(part.strip())
            parts += part.split() if isinstance(part, str) and spaced else [part]
        return tuple(parts)
    return value


def _paths(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _schema(kind: str | list[str], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


def _as(read: Callable[[object], Any]) -> BeforeValidator:
    return BeforeValidator(read)


_WHOLE = ["integer", "string"]
_TEXTS = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})

Text = Annotated[str, _as(_text), _schema("string")]
Line = Annotated[str, _as(_line), _schema(["string", "number"])]
PersonName = Annotated[str, _as(_person_name), _schema("string")]
Identifier = Annotated[str, _as(_identifier), _schema(["string", "number"])]
DocumentNumber = Annotated[str, _as(_document_number), _schema("string")]
Texts = Annotated[tuple[Line, ...], _as(_texts), _TEXTS]
Lines = Annotated[tuple[Line, ...], _as(_paths), _TEXTS]
Paths = Lines
Phone = Annotated[str, _as(_line), _schema(["string", "integer"])]
Minutes = Annotated[int, number("分钟", 0, 600), _schema(_WHOLE)]
Hours = Annotated[int, number("小时", 0, 24), _schema(_WHOLE)]
Days = Annotated[int, number("天", 0, 366), _schema(_WHOLE)]
Weeks = Annotated[int, number("周", 1, 30), _schema(_WHOLE)]
Times = Annotated[int, number("次", 0, 50), _schema(_WHOLE)]
Count = Annotated[int, number("个", 0, 100000), _schema(_WHOLE)]
Version = Annotated[int, _as(_version), _schema(_WHOLE, enum=[1])]
Percent = Annotated[float, _as(_percent), _schema(["string", "number"])]
Clock = Annotated[str, _as(_clock), _schema("string")]
Day = Annotated[date, _as(_day), _schema("string")]
Month = Annotated[int, _as(_month), _schema(_WHOLE)]
Year = Annotated[str, _as(_year), _schema("string")]
Grade = Annotated[int, _as(_grade), _schema(_WHOLE)]
Grades = Annotated[
    tuple[int, ...],
    _as(_grades),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": _WHOLE}}]}
    ),
]
MinuteRange = Annotated[tuple[int, int], _as(_minute_range), _schema(_WHOLE)]
YesNo = Annotated[bool, _as(_yes_no), _schema(["string", "boolean"], enum=["是", "否", True, False])]
TermNumber = Annotated[Literal[1, 2], _as(_term_number), _schema(_WHOLE, enum=[1, 2, "第一学期", "第二学期"])]
Stage = Annotated[
    Literal["primary", "junior", "nine_year"], choice(STAGES), _schema("string", enum=list(STAGES))
]
NumberingChoice = Annotated[
    Literal["native", "text"], choice(NUMBERINGS), _schema("string", enum=list(NUMBERINGS))
]
System = Annotated[Literal["6-3", "5-4"], choice(SYSTEMS), _schema("string", enum=[*SYSTEMS, "6-3", "5-4"])]
LimitChoice = Annotated[Literal["rules", "stricter"], choice(LIMITS), _schema("string", enum=list(LIMITS))]
How = Annotated[HowLimit, choice(HOWS), _schema("string", enum=list(HOWS))]
Topic = Annotated[TopicName, choice(TOPICS), _schema("string", enum=list(TOPICS))]
Status = Annotated[StatusName, choice(STATUSES), _schema("string", enum=list(STATUSES))]
