"""docs/profile.md, made from the model: every key of the form with its title, meaning, values and an example.

Run `python -m planforge.profile.manual` to write it anew after the model has changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.form import choices, written
from planforge.profile.model import Profile

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "profile.md"

_HEAD = """\
# 信息表各项

<!-- 由 python -m planforge.profile.manual 生成，不要手改。 -->

信息表是一个 YAML 文件（也可以是 Excel 工作簿，见 [excel.md](excel.md)）：写“键: 内容”，下级比上级多缩进两个空格，列表每条以“- ”开头。每一项都可以不写；没有写的，按现行规定写，或者略去有关的话。`planforge new` 给出空白的信息表，`planforge check` 检查填得对不对。

带 ★ 的是第一次就要填的。“可填”列出只能从中选的词；没有列的，写文字、数、日期（2026-09-01）、时刻（7:50）、年级（1-6）或“是”“否”，照例子的样子。
"""


def manual() -> str:
    """The manual as Markdown."""
    parts = [_HEAD]
    plain = [entry for entry in keys(Profile).values() if entry.kind is None]
    parts += ["## 最外层\n", *_table(plain, {})]
    for entry in keys(Profile).values():
        if entry.kind is not None:
            parts += _group(entry, entry.key, 2)
    return "\n".join(parts).rstrip("\n") + "\n"


def _group(entry: Described, path: str, level: int) -> Iterator[str]:
    assert entry.kind is not None
    listed = "（可以有几条）" if entry.listed else ""
    yield f"\n{'#' * level} {entry.title} `{path}`{listed}\n"
    yield f"{entry.description}{_mark(entry)}\n"
    inner = keys(entry.kind)
    yield from _table(inner.values(), _given(entry), entry.kind)
    for field in inner.values():
        if field.kind is not None:
            yield from _group(
                field, f"{path}[].{field.key}" if entry.listed else f"{path}.{field.key}", min(level + 1, 4)
            )


def _given(entry: Described) -> dict[str, Any]:
    """The samples that a group gives for its keys, where it gives some."""
    sample = entry.sample[0] if isinstance(entry.sample, list) and entry.sample else entry.sample
    return sample if isinstance(sample, dict) else {}


def _table(entries: Any, given: dict[str, Any], kind: type[FormGroup] | None = None) -> Iterator[str]:
    yield "| 键 | 名称 | 说明 | 可填 | 例 |"
    yield "|---|---|---|---|---|"
    for field in entries:
        words = "、".join(choices(field.info))
        example = _example(field.key, given.get(field.key, field.sample))
        shown = f"`{example}`" if field.kind is None else "见下"
        cells = (f"`{field.key}`{_mark(field)}", field.title, field.description, words, shown)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _mark(entry: Described) -> str:
    return " ★" if entry.first else ""


def _example(key: str, sample: Any) -> str:
    return f"{key}: {_yaml(sample)}"


def _yaml(sample: Any) -> str:
    if isinstance(sample, dict):
        return "{" + ", ".join(f"{key}: {_yaml(value)}" for key, value in sample.items()) + "}"
    if isinstance(sample, list | tuple):
        return "[" + ", ".join(_yaml(value) for value in sample) + "]"
    return written(str(sample))


def main() -> int:
    """Write docs/profile.md."""
    MANUAL.write_text(manual(), encoding="utf-8")
    print(MANUAL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
