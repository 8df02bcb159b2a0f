"""A form's text into nodes: what is wrong with its YAML is told in the words of somebody who fills in a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planforge.core.problems import Problem
from planforge.core.yaml_composer import MAX_DEPTH, MAX_NODES, MAX_TEXT, Composer, Fault, FaultKind
from planforge.core.yaml_nodes import Node
from planforge.profile.fold import unfold
from planforge.profile.typing_slips import SourceText
from planforge.profile.yaml_errors import explain

Report = Callable[[Problem], None]

_COPY = "照样把内容写出来"
_WORDS: dict[FaultKind, tuple[str, str, str, str, str]] = {
    "documents": (
        "yaml.documents", "一个文件里只能有一张信息表", "{found}", "", "删去“---”和它下面的内容，或者分成两个文件",
    ),
    "long": (
        "value.long", "这一项太长，不像是信息表里的内容", "{found} 字", f"不超过 {MAX_TEXT} 字",
        "只写要点；长文另存为文件，写进附件",
    ),
    "tag": (
        "yaml.tag", "值前面有“!”开头的标记，这里不认", "{found}", "",
        "删去这个标记；内容要以“!”开头时，整个值加上引号",
    ),
    "depth": ("yaml.depth", "层次太深，不像是一张信息表", "", f"不超过 {MAX_DEPTH} 层", ""),
    "count": ("yaml.count", "内容太多，不像是一张信息表", "", f"不超过 {MAX_NODES} 个值", ""),
    "alias": (
        "yaml.alias", "“*”开头被当成引用，但没有这个名字", "{found}", "",
        '内容本来就以“*”开头时，整个值加上引号："{found}"',
    ),
    "alias_loop": ("yaml.alias_loop", "引用绕回了自己", "{found}", "", _COPY),
    "alias_flood": ("yaml.alias_flood", "引用一层套一层，展开以后大得不能用", "{found}", "", _COPY),
    "key_shape": ("yaml.key", "键只能是一个词", "", "", "内容以“{{”或“[”开头时，整个值加上引号"),
    "key_empty": ("yaml.key", "冒号前面没有键", "", "", "在冒号前写上键，或者删去这一行"),
    "key_twice": (
        "key.duplicate", "“{found}”写了两次，第一次在第 {line} 行", "{found}", "同一级里每个键只写一次",
        "两处并成一处，删去多余的",
    ),
}  # fmt: skip
"""Code, message, found, expected and fix of each fault that a form can have."""


@dataclass(frozen=True, slots=True)
class FormNodes:
    """What could be read of a form: its outermost node, and whether that is all of it."""

    root: Node | None
    whole: bool


def form_nodes(
    surface: SourceText, file: str, report: Report, *, file_index: int = 0, pure: bool = False
) -> FormNodes:
    """The nodes of a form; its mistakes go to `report`.

    Args:
        surface: the text with its typing slips mended.
        file: as the person named it, for places.
        report: takes each problem.
        file_index: of the form among the layers.
        pure: use PyYAML's own parser though libyaml's is there.
    """

    def joined(words: str, first: int, last: int) -> str:
        return unfold(words, surface.parsed[first : last + 1])

    composer = Composer(
        surface.text,
        lambda line, column: surface.place(file, line, column),
        lambda fault: report(_problem(fault)),
        aliases=True,
        join=joined,
        file_index=file_index,
        pure=pure,
    )
    if (broken := composer.broken) is not None:
        report(explain(broken.error, surface, file, broken.before, broken.bracket))
    return FormNodes(composer.root, composer.whole)


def _problem(fault: Fault) -> Problem:
    code, *words = _WORDS[fault.kind]
    line = fault.first.line if fault.first else 0
    message, found, expected, fix = (text.format(found=fault.found, line=line) for text in words)
    return Problem(message, fault.place, "", found, expected, fix, code)
