"""Facts as templates see them: every reading is noted, and printing leaves the fact's path beside its text.

A template never holds a value of Facts itself, only a `View` of it. A view knows the path of its value
and the type that the model gives it, so that a misspelt name is an error even where the value is missing,
and a comparison with a word that the model does not have is one too.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup, escape

from planforge.compose.execution import current, printable
from planforge.compose.template_faults import TemplateFault, suggestion


@cache
def field_types(group: type) -> Mapping[str, Any]:
    """The fields of a group of facts with their types, `X | None` as X."""
    hints = get_type_hints(group)
    return {field.name: _required(hints[field.name]) for field in fields(group)}


def _required(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        rest = [arg for arg in get_args(hint) if arg is not NoneType]
        return rest[0] if len(rest) == 1 else None
    return hint


def _member(hint: Any, index: int) -> Any:
    args = get_args(hint)
    if get_origin(hint) is not tuple or not args:
        return None
    if len(args) == 2 and args[1] is Ellipsis:
        return args[0]
    return args[index] if index < len(args) else None


class View:
    """A value of the profile or of a rule, by its path; or a text that a filter made of it.

    value: the plain value. hint: its type in the model, None where unknown. derived: made by a filter, so
    that it has no parts of its own.
    """

    __slots__ = ("_derived", "_hint", "_path", "_paths", "_value")

    def __init__(
        self,
        value: Any,
        path: str,
        hint: Any = None,
        *,
        derived: bool = False,
        paths: tuple[str, ...] | None = None,
    ) -> None:
        self._value, self._path, self._hint = value, path, hint
        self._derived, self._paths = derived, paths

    # --- for the other modules of this room ---

    def read(self) -> Any:
        """The plain value; the reading is noted."""
        current().reads.add(self._path)
        return self._value

    def path(self) -> str:
        """Where the value stands in Facts."""
        return self._path

    def hint(self) -> Any:
        """Its type in the model, None where unknown."""
        return self._hint

    def derive(self, value: Any) -> View:
        """A view of something that was worked out from this one."""
        return View(value, self._path, derived=True)

    def member(self, name: str) -> View:
        """A named part. Raises TemplateFault where the model has no such part."""
        path = f"{self._path}.{name}" if self._path else name
        value = self._value
        if isinstance(value, Mapping) and not self._derived:
            if name not in value:
                raise TemplateFault(f"没有 {path} 这一项", "unknown-fact", fix=suggestion(name, value))
            hints = self._hint if isinstance(self._hint, Mapping) else {}
            return View(value[name], path, hints.get(name))
        group = type(value) if is_dataclass(value) else self._hint
        if not (isinstance(group, type) and is_dataclass(group)):
            raise TemplateFault(f"{self._path} 下面没有别的项，不能写成 {path}", "unknown-fact")
        known = field_types(group)
        if name not in known:
            raise TemplateFault(f"没有 {path} 这一项", "unknown-fact", fix=suggestion(name, known))
        if value is None:
            current().reads.add(self._path)
            return View(None, path, known[name])
        return View(getattr(value, name), path, known[name])

    def at(self, index: int) -> View:
        """A member of a list by its index. Raises TemplateFault where there is none."""
        value = self.read()
        if not isinstance(value, tuple):
            raise TemplateFault(f"{self._path} 不是列表，不能用 [{index}]", "not-a-list")
        if not -len(value) <= index < len(value):
            raise TemplateFault(f"{self._path} 只有 {len(value)} 项，没有 [{index}]", "no-such-item")
        return self._item(index % len(value))

    def picked(self, keep: Callable[[View], bool]) -> View:
        """The members of a list for which keep is true, each under its own path."""
        self.items()
        return self._subset([i for i in range(len(self._value)) if keep(self._item(i))])

    def _subset(self, chosen: list[int]) -> View:
        places = tuple(self._item_path(i) for i in chosen)
        return View(tuple(self._value[i] for i in chosen), self._path, self._hint, paths=places)

    def items(self) -> list[View]:
        """All members of a list. Raises TemplateFault where it is none."""
        value = self.read()
        if value is None:
            return []
        if not isinstance(value, tuple):
            raise TemplateFault(f"{self._path} 不是列表，不能逐项写", "not-a-list")
        return [self._item(i) for i in range(len(value))]

    def _item_path(self, index: int) -> str:
        if self._paths is not None:
            return self._paths[index]
        return self._path if self._derived else f"{self._path}[{index}]"

    def _item(self, index: int) -> View:
        hint = _member(self._hint, index)
        return View(self._value[index], self._item_path(index), hint, derived=self._derived)

    # --- what a template does with it ---

    def text(self) -> str:
        """The words that are printed. Raises TemplateFault where there are none."""
        value = self._value
        if value is None or value == "" or value == ():
            raise TemplateFault(
                f"{self._path} 没有填，不能直接写出",
                "empty-fact",
                fix=_guarded(self._path),
            )
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise TemplateFault(
                f"{self._path} 不能直接写出", "not-a-text", found=_kind(value), fix=_advice(value)
            )
        return printable(str(value))

    def __html__(self) -> Markup:
        return Markup(f'<fact path="{escape(self._path)}">{escape(self.text())}</fact>')

    def __str__(self) -> str:
        return self.__html__()

    def __bool__(self) -> bool:
        return bool(self.read())

    def __len__(self) -> int:
        value = self.read()
        if not isinstance(value, tuple | str):
            raise TemplateFault(f"{self._path} 没有长度", "not-a-list")
        return len(value)

    def __iter__(self) -> Iterator[View]:
        return iter(self.items())

    def __getitem__(self, index: slice) -> View:
        self.items()
        plain = slice(*(_index(part) for part in (index.start, index.stop, index.step)))
        return self._subset(list(range(len(self._value or ())))[plain])

    def __contains__(self, other: object) -> bool:
        value = self.read()
        return bool(value is not None and plain_value(other) in value)

    def __hash__(self) -> int:
        return hash(self.read())

    def __eq__(self, other: object) -> bool:
        self._expect(other)
        return bool(self.read() == plain_value(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: a >= b)

    def _compare(self, other: object, operation: Callable[[Any, Any], bool]) -> bool:
        value = self.read()
        if value is None:
            raise TemplateFault(f"{self._path} 没有填，不能比较大小", "empty-fact")
        return operation(value, plain_value(other))

    def _expect(self, other: object) -> None:
        if get_origin(self._hint) is Literal and isinstance(other, str):
            known = [str(word) for word in get_args(self._hint)]
            if other not in known:
                raise TemplateFault(
                    f"{self._path} 不会等于“{other}”", "unknown-word", fix=suggestion(other, known)
                )


def plain_value(value: object) -> Any:
    """The value behind a view (noted as read), or the value itself; lists too."""
    if isinstance(value, View):
        return value.read()
    if isinstance(value, list | tuple):
        current().step(1 + len(value) // 4)
        return tuple(plain_value(item) for item in value)
    return value


def weighed(value: Any) -> Any:
    """The value as it is; a list is counted with all that it holds, for lists can hold one another many times."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list | tuple):
            current().step(1 + len(item) // 4)
            waiting.extend(item)
    return value


def _index(value: object) -> int | None:
    plain = plain_value(value)
    if plain is not None and (not isinstance(plain, int) or isinstance(plain, bool)):
        raise TemplateFault("方括号里要写整数", "not-a-number")
    return plain


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "是或否"
    if isinstance(value, datetime.date):
        return "日期"
    if isinstance(value, tuple):
        return "列表"
    return "一组事实"


def _guarded(path: str) -> str:
    """How to print a fact only where it is given; within a loop it goes by the loop's name, which we do not know."""
    above, _, leaf = path.rpartition("]")
    condition = f"…{leaf}" if above else path
    advice = f"放进 {{% if {condition} %}}…{{% endif %}}"
    return f"{advice}，“…”照这一行 {{{{ }}}} 里的写法" if above else advice


def _advice(value: object) -> str:
    if isinstance(value, datetime.date):
        return "加过滤器 day 或 month_day"
    if isinstance(value, tuple):
        return "加过滤器 names、grades、joined，或用 for 逐项写"
    if isinstance(value, bool):
        return "用 if 分开写"
    return "写出它下面的某一项"
