"""The filters and tests that templates have: the wording of facts, and a few ways to pick from lists.

A filter on a fact gives a fact again: its text is new, its path is the one it was made from.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any

from jinja2.runtime import Undefined
from markupsafe import Markup

from planforge.compose import wording
from planforge.compose.execution import current
from planforge.compose.template_faults import TemplateFault
from planforge.compose.views import View, field_types, plain_value, weighed
from planforge.facts.model import Month, MonthWork, Person, ScheduleItem

Filter = Callable[..., Any]
_TAG = re.compile(r"<[^>]*>")


def _wording(name: str, expects: str, work: Filter) -> Filter:
    """A filter that words a value; where the value is missing or of another kind, the path is named."""

    def apply(subject: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(subject, Undefined):
            str(subject)
        if isinstance(subject, Markup):
            raise TemplateFault(f"过滤器 {name} 要用在事实上，不能用在拼好的文字上", "filter-on-markup")
        value = plain_value(subject)
        current().step(1 + len(value) // 4 if isinstance(value, tuple | str) else 1)
        path = _path_of(subject)
        if value is None or value == "" or value == ():
            raise TemplateFault(
                f"{path or '这个值'} 没有填，过滤器 {name} 无从写起",
                "empty-fact",
                fix=f"放进 {{% if {path} %}}…{{% endif %}}" if path else "",
            )
        try:
            text = work(value, *map(plain_value, args), **{key: plain_value(v) for key, v in kwargs.items()})
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise TemplateFault(
                f"过滤器 {name} 不能用在 {path or '这个值'} 上", "wrong-filter", expected=expects
            ) from error
        return _derived(subject, text)

    return apply


def _path_of(subject: Any) -> str:
    if isinstance(subject, View):
        return subject.path()
    if isinstance(subject, list | tuple):
        return next((member.path() for member in subject if isinstance(member, View)), "")
    return ""


def _derived(subject: Any, value: Any) -> Any:
    path = _path_of(subject)
    return View(value, path, derived=True) if path else value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _day_value(value: Any) -> datetime.date:
    if not isinstance(value, datetime.date):
        raise TypeError
    return value


def _grades(value: Any, of: Any = None) -> str:
    numbers = (value,) if isinstance(value, int) else tuple(value)
    if of is not None and set(numbers) == set(of):
        return "各年级"
    return wording.grades(_whole(number) for number in numbers)


def _month(value: Any, year: bool = False) -> str:
    if not isinstance(value, Month | datetime.date | int):
        raise TypeError
    return wording.month(value, year=year)


def _persons(value: Any) -> tuple[Any, ...]:
    persons = (value,) if isinstance(value, Person | str) else tuple(value)
    if not all(isinstance(person, Person | str) for person in persons):
        raise TypeError
    return persons


def _padded(value: Any, among: Any = None) -> Any:
    if isinstance(value, tuple):
        every = [person if isinstance(person, str) else person.name for person in value]
        return tuple(wording.padded(name, every) for name in every)
    others = [other if isinstance(other, str) else other.name for other in among or ()]
    return wording.padded(value if isinstance(value, str) else value.name, others)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _joined(value: Any, separator: str = "、", part: str = "") -> str:
    texts = (value,) if isinstance(value, str) else tuple(value)
    if part:
        for item in texts:
            kind: type = type(item)
            if part not in field_types(kind):
                raise KeyError(part)
        texts = tuple(getattr(item, part) for item in texts)
    return wording.joined([str(text) if isinstance(text, int) else _text(text) for text in texts if text != ""],
                          separator)  # fmt: skip


def _persons_with_duty(value: Any, posts: bool = True) -> str:
    persons = _persons(value)
    if not all(isinstance(person, Person) for person in persons):
        raise TypeError
    return wording.persons_with_duty(persons, posts=posts)


_WORDINGS: Mapping[str, tuple[str, Filter]] = {
    "grades": ("年级的列表", _grades),
    "minutes": ("分钟数", lambda value: f"{_whole(value)}分钟"),
    "hours": ("小时数", lambda value: f"{_whole(value)}小时"),
    "day": ("日期", lambda value, year=True: wording.day(_day_value(value), year=year)),
    "month_day": ("日期", lambda value, within=None: wording.month_day(_day_value(value), within)),
    "days": ("日期", lambda value, until=None: wording.days(_day_value(value), until)),
    "week": ("日期，和开学日期", lambda value, first: wording.week(_day_value(value), _day_value(first))),
    "dates": ("有日期的工作安排", lambda value: _dates(value)),
    "month": ("月份或日期", _month),
    "clock": ("时刻，如 7:50", wording.clock),
    "clock_cn": ("时刻，如 7:50", wording.clock_cn),
    "names": ("人员的列表", lambda value, posts=False: wording.names(_persons(value), posts=posts)),
    "padded": ("姓名、人员或人员的列表", _padded),
    "persons_with_duty": ("人员的列表", _persons_with_duty),
    "joined": ("文字的列表", _joined),
    "count_cn": ("0 到 9999 的整数", lambda value, unit="": wording.count_cn(_whole(value), unit)),
    "times": ("0 到 9999 的整数", lambda value: wording.count_cn(_whole(value), "次")),
    "inside": ("文字", lambda value: wording.inside(_text(value))),
    "sentence": ("文字", lambda value: wording.sentence(_text(value))),
    "before": ("文字，如 9月10日", lambda value: wording.before(_text(value))),
}


# --- picking from lists -----------------------------------------------------------------------


def _sequence(subject: Any, name: str) -> tuple[Any, ...]:
    if isinstance(subject, Undefined):
        str(subject)
    if isinstance(subject, View):
        subject = subject.items()
    if isinstance(subject, list | tuple | range):
        current().step(1 + len(subject) // 4)
        return tuple(subject)
    raise TemplateFault(f"过滤器 {name} 要用在列表上", "not-a-list")


def _length(subject: Any) -> Any:
    if isinstance(subject, View) and isinstance(subject.read(), str):
        return subject.derive(len(subject))
    if isinstance(subject, Markup):
        return _characters(subject)
    size = len(_sequence(subject, "length"))
    return View(size, subject.path(), derived=True) if isinstance(subject, View) else size


def _characters(made: Markup) -> int:
    """How many characters a piece of text that a template has made would print, without white space."""
    current().step(1 + len(made) // 16)
    return len("".join(html.unescape(_TAG.sub("", made)).split()))


def _first(subject: Any) -> Any:
    members = _sequence(subject, "first")
    if not members:
        raise TemplateFault(f"{_path_of(subject) or '列表'} 是空的，没有第一项", "empty-fact")
    return members[0]


def _last(subject: Any) -> Any:
    members = _sequence(subject, "last")
    if not members:
        raise TemplateFault(f"{_path_of(subject) or '列表'} 是空的，没有最后一项", "empty-fact")
    return members[-1]


def _where(subject: Any, part: str, *wanted: Any) -> Any:
    return _picked(subject, lambda view: _is_one_of(view.member(part), wanted), "where")


def _without(subject: Any, part: str, *unwanted: Any) -> Any:
    return _picked(subject, lambda view: not _is_one_of(view.member(part), unwanted), "without")


def _in_month(subject: Any, wanted: Any) -> Any:
    month = plain_value(wanted)
    if not isinstance(month, Month):
        raise TemplateFault("in_month 里要写一个月份，如 term.months 中的一项", "wrong-filter")
    return _picked(subject, lambda view: bool(view.member("month") == month), "in_month")


def _dates(value: Any) -> str:
    if not isinstance(value, ScheduleItem | MonthWork) or value.day is None:
        raise TypeError
    return wording.days(value.day, value.until)


def _is_one_of(view: View, wanted: tuple[Any, ...]) -> bool:
    return any(view == value for value in wanted) if wanted else bool(view)


def _picked(subject: Any, keep: Callable[[View], bool], name: str) -> Any:
    if isinstance(subject, View):
        return subject.picked(keep)
    members = _sequence(subject, name)
    if not all(isinstance(member, View) for member in members):
        raise TemplateFault(f"过滤器 {name} 要用在事实的列表上", "not-a-list")
    return tuple(member for member in members if keep(member))


def _default(subject: Any, other: Any) -> Any:
    return subject if subject else other


FILTERS: Mapping[str, Filter] = {
    **{name: _wording(name, expects, work) for name, (expects, work) in _WORDINGS.items()},
    "length": _length,
    "first": _first,
    "last": _last,
    "where": _where,
    "without": _without,
    "in_month": _in_month,
    "default": _default,
}


# --- tests ------------------------------------------------------------------------------------


def _given(subject: Any) -> bool:
    if isinstance(subject, Undefined):
        str(subject)
    value = plain_value(subject)
    if is_dataclass(value):
        return True
    return value is not None and value != "" and value != ()


def _size(subject: Any) -> int:
    return len(_sequence(subject, "is"))


TESTS: Mapping[str, Callable[..., bool]] = {
    "given": _given,
    "one": lambda subject: _size(subject) == 1,
    "many": lambda subject: _size(subject) > 1,
    "empty": lambda subject: not _given(subject),
    "none": lambda subject: plain_value(subject) is None,
    "defined": lambda subject: not isinstance(subject, Undefined),
    "odd": lambda subject: plain_value(subject) % 2 == 1,
    "even": lambda subject: plain_value(subject) % 2 == 0,
    "in": lambda subject, values: weighed(subject) in weighed(values),
}
