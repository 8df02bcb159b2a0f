"""A profile and the profiles it extends: bureau below school below term, read in that order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planforge.core.problems import Place, Problem
from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.decode import is_workbook, load
from planforge.profile.field_titles import homes
from planforge.profile.merge import lay_over
from planforge.profile.node_builder import form_nodes
from planforge.profile.typing_slips import mend_slips

MAX_LAYERS = 8

Layer = Literal["bureau", "school", "term"]
Report = Callable[[Problem], None]


@dataclass(slots=True)
class Stack:
    """All layers laid over each other. layers: by file index. whole: nothing was lost to broken YAML."""

    root: Mapping | None
    layers: tuple[Layer, ...]
    whole: bool


class _LayerReader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.roots: list[Mapping] = []
        self.whole = True
        self._seen: dict[str, bool] = {}
        self._files = 0

    def read(self, path: Path, file: str, asked: Place | None, depth: int) -> None:
        identity = os.path.realpath(path) if "\0" not in str(path) else str(path)
        if identity in self._seen:
            if not self._seen[identity]:
                self.whole = False
                message = "信息表一张接一张，绕回了自己"
                self.report(Problem(message, asked, "上级信息表", file, "", "去掉其中一处", "extends.cycle"))
            return
        if depth >= MAX_LAYERS or self._files >= MAX_LAYERS * 2:
            self.whole = False
            limit = f"不超过 {MAX_LAYERS} 层"
            self.report(
                Problem("上级信息表的层数太多", asked, "上级信息表", file, limit, "", "extends.depth")
            )
            return
        self._seen[identity] = False
        index = self._files
        self._files += 1
        root = self.one(path, file, asked, index)
        if root is not None:
            for relative, place in self._extends(root):
                below = os.path.normpath(os.path.join(os.path.dirname(file), relative))  # noqa: PTH118, PTH120
                self.read(path.parent / relative, below, place, depth + 1)
            self.roots.append(root)
        self._seen[identity] = True

    def one(self, path: Path, file: str, asked: Place | None, index: int) -> Mapping | None:
        """The nodes of one file. asked: where another file names it; index: of the file, among layers."""
        if is_workbook(path):
            return self._workbook(path, file, asked, index)
        failed: list[Problem] = []
        text = load(path, file, failed.append)
        self.whole = self.whole and text is not None
        self._told(failed, file, asked if text is None else None)
        return None if text is None else self.compose(text, file, index)

    def _workbook(self, path: Path, file: str, asked: Place | None, index: int) -> Mapping | None:
        from planforge.profile.workbook.form_reader import read_form

        reported: list[Problem] = []
        form = read_form(path, file, reported.append, index)
        self.whole = self.whole and form.whole
        self._told(reported, file, asked if form.root is None else None)
        return form.root

    def _told(self, problems: list[Problem], file: str, asked: Place | None) -> None:
        """Report what is wrong with a file. asked: where another file names it, if nothing of it could be read."""
        for problem in problems:
            if asked is not None:
                message = f"上级信息表读不了：{problem.message}"
                problem = Problem(
                    message, asked, "上级信息表", file, problem.expected, problem.fix, problem.code
                )
            self.report(problem)

    def compose(self, text: str, file: str, index: int) -> Mapping | None:
        broken = 0

        def count(problem: Problem) -> None:
            nonlocal broken
            broken += 1
            self.report(problem)

        source = mend_slips(text, file, homes(), count)
        slips = broken
        held: list[Problem] = []
        nodes = form_nodes(source, file, held.append, file_index=index)
        self.whole = self.whole and nodes.whole
        for problem in held:
            follows = (
                slips and not nodes.whole and problem.code in ("yaml.indent", "yaml.no_colon", "yaml.other")
            )
            if not follows:
                count(problem)
        if isinstance(nodes.root, Mapping):
            return nodes.root
        if not broken:
            place = nodes.root.place if nodes.root else Place(file, 1, 1)
            if nodes.root is None or (isinstance(nodes.root, Scalar) and nodes.root.blank):
                fix = "用“planforge new”生成空白信息表，填好再用"
                self.report(Problem("文件里没有内容", place, "", "", "信息表", fix, "file.empty"))
            else:
                fix = "每行写成“键: 内容”，如 school: 下一行缩进写 name: 校名"
                self.report(Problem("这不是信息表", place, "", "", "一组“键: 内容”", fix, "file.shape"))
        return None

    def _extends(self, root: Mapping) -> list[tuple[str, Place]]:
        node = root.entries.get("extends")
        nodes: list[Node] = node.items if isinstance(node, Listing) else [node] if node else []
        paths = []
        for node in nodes:
            if not isinstance(node, Scalar) or node.blank or not node.text.strip():
                continue
            name = node.text.strip()
            if re.match(r"[A-Za-z]:|[/\\~]|[A-Za-z]+://", name) or "\0" in name:
                message = "上级信息表要写相对路径"
                expected = "从这个文件所在的文件夹算起的路径，如 ../bureau.yaml"
                self.report(Problem(message, node.place, "上级信息表", name, expected, "", "extends.path"))
                continue
            paths.append((name.replace("\\", "/"), node.place))
        return paths


def read_layers(path: Path, report: Report) -> Stack:
    """Read the profile at `path` and all that it extends; problems go to `report`."""
    reader = _LayerReader(report)
    reader.read(path, str(path), None, 0)
    return _stack(reader)


def read_alone(path: Path, report: Report) -> Mapping | None:
    """The nodes of one file, without the ones it extends; None where it cannot be read."""
    return _LayerReader(report).one(path, str(path), None, 0)


def read_text(text: str, file: str, report: Report) -> Stack:
    """Read one profile from text, without the ones it extends."""
    reader = _LayerReader(report)
    root = reader.compose(text, file, 0)
    if root is not None:
        reader.roots.append(root)
    return _stack(reader)


def _stack(reader: _LayerReader) -> Stack:
    merged: Node | None = None
    for root in reader.roots:
        merged = root if merged is None else lay_over(merged, root)
    own = next((n for n, root in enumerate(reader.roots) if _names_school(root)), len(reader.roots) - 1)
    layers: dict[int, Layer] = {}
    for number, root in enumerate(reader.roots):
        layers[root.file_index] = "bureau" if number < own else "school" if number == own else "term"
    ordered = tuple(layers.get(index, "school") for index in range(max(layers, default=-1) + 1))
    return Stack(merged if isinstance(merged, Mapping) else None, ordered, reader.whole)


def _names_school(root: Mapping) -> bool:
    school = root.entries.get("school")
    name = school.entries.get("name") if isinstance(school, Mapping) else None
    return isinstance(name, Scalar) and not name.blank
