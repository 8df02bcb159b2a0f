"""The blank form: every key of the model with its explanation, in an office's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile

Answers = Mapping[str, str | Sequence[str]]

_HEAD = """\
# 学校信息表
#
# 怎样填：
# 1. 内容写在半角冒号“:”的后面，冒号后空一格；每一级比上一级多缩进两个空格，不用 Tab。
# 2. 先填前面三组里没有“#”的几项，就能生成第一份工作计划；其余的以后慢慢补。
# 3. 行首有“#”的项现在不起作用。要填哪一项，删去它前面的一个“#”，把示例改成本校的内容。
# 4. 不知道的就空着，不要编。没有填的，按现行规定写，或者不写。
# 5. 学校、人名和电话都是示例，不是真的。
"""

_PARTS = {
    "schema": "一、先填这几项",
    "posts": "二、人和依据",
    "problems": "三、本学期的重点",
    "homework": "四、学校怎样做",
    "schedule": "五、日程和签发",
    "survey": "六、写总结和其他文件时用",
}

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<\ufeff][^\n]*")
_ODD = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]")


def written(value: str) -> str:
    """A value as YAML, in quotes only where it needs them."""
    clear = _PLAIN.fullmatch(value) and value == value.strip() and not _ODD.search(value)
    if clear and ": " not in value and " #" not in value and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=bool(_ODD.search(value)) and all(ord(c) < 0x10000 for c in value))


def choices(info: FieldInfo) -> tuple[str, ...]:
    """The Chinese words that a field takes, () where it takes any."""
    schemas: list[WithJsonSchema] = []

    def visit(part: Any) -> None:
        if isinstance(part, WithJsonSchema):
            schemas.append(part)
        for inner in (*get_args(part), *getattr(part, "__metadata__", ())):
            visit(inner)

    for part in (*info.metadata, info.annotation):
        visit(part)
    words = schemas[0].json_schema.get("enum", []) if schemas and schemas[0].json_schema else []
    return tuple(word for word in words if isinstance(word, str) and not word.isascii())


def blank_form(answers: Answers | None = None) -> str:
    """The form as YAML text. answers: by dotted path, values to be filled in (people as a list of texts)."""
    return _Form(answers or {}).text()


class _Form:
    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._explained: set[type[FormGroup]] = set()

    def text(self) -> str:
        lines = [_HEAD.rstrip("\n")]
        for key, entry in keys(Profile).items():
            lines.append("")
            if key in _PARTS:
                lines += ["", f"# ━━━━━━ {_PARTS[key]} ━━━━━━", ""]
            lines += self._entry(entry, key, 0)
        return "\n".join(lines) + "\n"

    def _group(self, entry: Described, path: str, depth: int) -> Iterator[str]:
        assert entry.kind is not None
        explain = entry.kind not in self._explained
        self._explained.add(entry.kind)
        given = entry.sample if isinstance(entry.sample, dict) else {}
        entries = list(keys(entry.kind).values())
        for inner in (*(e for e in entries if e.first), *(e for e in entries if not e.first)):
            if explain or inner.key in given:
                sample = given.get(inner.key, inner.sample)
                yield from self._entry(inner, f"{path}.{inner.key}", depth, sample, explain=explain)

    def _entry(
        self, entry: Described, path: str, depth: int, sample: Any = None, *, explain: bool = True
    ) -> Iterator[str]:
        indent = "  " * depth
        sample = entry.sample if sample is None else sample
        answer = self._answers.get(path)
        blank = entry.first and entry.kind is None and path != "schema" and answer is None
        if explain:
            yield _comment(entry, indent, sample if blank else None)
        if path == "schema":
            yield "schema: 1"
        elif answer is not None:
            yield from _answered(entry.key, answer, indent)
        elif entry.kind is not None:
            yield f"{indent}{entry.key}:"
            if entry.listed:
                yield from self._item(entry, indent + "  ")
            else:
                yield from self._group(entry, path, depth + 1)
        elif blank:
            yield f"{indent}{entry.key}:"
        else:
            yield from _sampled(entry.key, sample, f"{indent}#", f"{indent}  #")

    def _item(self, entry: Described, indent: str) -> Iterator[str]:
        """One entry of a list, its keys explained the first time that such entries occur."""
        assert entry.kind is not None
        given = entry.sample[0] if isinstance(entry.sample, list) else {}
        explain = entry.kind not in self._explained
        self._explained.add(entry.kind)
        start, comment = f"{indent}#- ", indent
        for inner in keys(entry.kind).values():
            if not explain and inner.key not in given:
                continue
            open_now = entry.key == "heads" and inner.key in given
            if explain:
                yield _comment(inner, comment, given.get(inner.key) if open_now else None)
            if open_now:
                yield f"{start.replace('#', '')}{inner.key}:"
            else:
                yield from _sampled(inner.key, given.get(inner.key, inner.sample), start, f"{indent}    #")
            comment = f"{indent}  "
            start = f"{comment}#"


def _sampled(key: str, sample: Any, start: str, below: str) -> Iterator[str]:
    """A commented-out line with a sample value; lines below it where the value is a mapping."""
    if isinstance(sample, dict):
        yield f"{start}{key}:"
        for inner, value in sample.items():
            yield f"{below}{inner}: {written(value)}"
    elif isinstance(sample, list):
        yield f"{start}{key}: [{', '.join(map(_inline, sample))}]"
    else:
        yield f"{start}{key}: {written(str(sample))}"


def _inline(sample: str | dict[str, str]) -> str:
    """A member of a list in one line."""
    if isinstance(sample, dict):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in sample.items()) + "}"
    return written(sample)


def _comment(entry: Described, indent: str, example: Any = None) -> str:
    words = choices(entry.info)
    allowed = (
        "" if not words or all(word in entry.description for word in words) else f"可填：{'、'.join(words)}。"
    )
    shown = f"例：{example}" if isinstance(example, str) else ""
    return f"{indent}# {entry.title}：{entry.description}{allowed}{shown}"


def _answered(key: str, value: str | Sequence[str], indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{indent}{key}: {written(value)}"
        return
    yield f"{indent}{key}:"
    for text in value:
        yield f"{indent}  - {written(text)}"
