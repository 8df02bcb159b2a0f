"""Slips of the keyboard that a Chinese office makes in YAML, found line by line before parsing.

Each is reported and mended in the text, so that the rest of the file can still be read and all mistakes
come at once. `SourceText.place` leads from the mended text back to what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from planforge.core.problems import Place, Problem

_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile(r"(?:^|[\r\n])[ ]*[\t\u3000\xa0]|[A-Za-z_]\s?：|[A-Za-z_]:[^\s]", re.MULTILINE)
_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_KEY = re.compile(r"((?:-\s+)*)([A-Za-z_][A-Za-z0-9_]*)(\s*：[ \u3000]*|:(?=[^\s]))")
_BLOCK = re.compile(r"(?:^|[:\-]\s+)[|>][0-9+-]*\s*(?:#.*)?$")

MAX_SLIPS = 200
"""After so many the file is not a form with slips, and is left to the parser."""

_CONTROL = 0x10F000
_SURROGATE = 0x10E000
_NEVER = 0x10F0FE
"""Private-use code points that stand for characters YAML itself would choke on, until values are looked at."""


@dataclass(slots=True)
class SourceText:
    """The text to parse, and its lines as typed and as parsed. shifts: for a line, from which column on how many characters were put in."""

    text: str
    lines: list[str]
    parsed: list[str]
    shifts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def place(self, file: str, line: int, column: int) -> Place:
        """The place as typed, for a mark (counted from 0) in the mended text."""
        for start, extra in self.shifts.get(line, ()):
            if column >= start + extra:
                column -= extra
            elif column > start:
                column = start
        return Place(file, line + 1, column + 1)


def _stand_in(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code >= 0xFFFE:
        return chr(_NEVER + code - 0xFFFE)
    return chr(_SURROGATE + code - 0xD800 if code >= 0xD800 else _CONTROL + code)


def hide(text: str) -> str:
    """The text with unreadable characters swapped for stand-ins of the same length."""
    return _UNREADABLE.sub(_stand_in, text)


def shown(character: str) -> int:
    """The code point that a stand-in hides; of any other character its own."""
    code = ord(character)
    if code in (_NEVER, _NEVER + 1):
        return code - _NEVER + 0xFFFE
    if _SURROGATE <= code < _SURROGATE + 0x800:
        return code - _SURROGATE + 0xD800
    return code - _CONTROL if _CONTROL <= code < _CONTROL + 0xA0 else code


def mend_slips(text: str, file: str, known: Collection[str], report: Callable[[Problem], None]) -> SourceText:
    """Look for tabs, full-width colons and spaces; report each, and return text that can be parsed."""
    if _UNREADABLE.search(text):
        text = hide(text)
    lines = _BREAK.split(text)
    source = SourceText(text, lines, lines)
    if not _SUSPECT.search(text):
        return source
    mended: list[str] = []
    block = -1
    slips = 0

    def slip(problem: Problem) -> None:
        nonlocal slips
        slips += 1
        report(problem)

    for index, line in enumerate(lines):
        if slips >= MAX_SLIPS:
            mended += lines[index:]
            break
        width = len(_INDENT.match(line)[0])  # type: ignore[index]
        body = line[width:]
        if block >= 0 and (not body or width > block):
            mended.append(line)
            continue
        block = -1
        if body and not body.startswith("#"):
            line = _mend_line(line, width, index, source, file, known, slip)
            if _BLOCK.search(line):
                block = len(line) - len(line.lstrip(" "))
        mended.append(line if body else "")
    source.parsed = mended
    source.text = "\n".join(mended)
    return source


def _mend_line(
    line: str,
    width: int,
    index: int,
    source: SourceText,
    file: str,
    known: Collection[str],
    report: Callable[[Problem], None],
) -> str:
    indent, body = line[:width], line[width:]
    shifts: list[tuple[int, int]] = []
    if indent.strip(" "):
        tab = "\t" in indent
        column = indent.index("\t") if tab else re.search(r"[\u3000\xa0]", indent).start()  # type: ignore[union-attr]
        if tab:
            name = "Tab"
            code, message, fix = "yaml.tab", "缩进里用了制表符（Tab）", "删去 Tab，每级改用两个空格"
        else:
            name = "全角空格" if indent[column] == "\u3000" else "网页里的空格（不换行空格）"
            code, message, fix = "yaml.wide_space", f"缩进里用了{name}", "改用半角空格，每级两个"
        report(Problem(message, Place(file, index + 1, column + 1), "", name, "半角空格", fix, code))
        wide = re.sub(r"[\t\u3000]", "  ", indent).replace("\xa0", " ")
        if len(wide) > len(indent):
            shifts.append((0, len(wide) - len(indent)))
        indent = wide
    match = _KEY.match(body)
    if match and match[2] in known:
        dash, key, mark = match.groups()
        column = width + len(dash) + len(key)
        if "：" in mark:
            column += mark.index("：")
            code, message = "yaml.wide_colon", "键后面用了全角冒号"
            report(_colon(code, message, file, index, column, key, "：", "半角冒号加一个空格"))
        else:
            message = "冒号后面少一个空格"
            report(_colon("yaml.colon_space", message, file, index, column, key, ":", "冒号后空一格再写内容"))
        if len(mark) == 1:
            shifts.append((len(indent) + len(dash) + len(key) + 1, 1))
        tail = ": " + " " * (len(mark) - 2)
        body = f"{dash}{key}{tail}{body[match.end() :]}"
    if shifts:
        source.shifts[index] = sorted(shifts, reverse=True)
    return indent + body


def _colon(
    code: str, message: str, file: str, line: int, column: int, key: str, found: str, expected: str
) -> Problem:
    fix = f"写成“{key}: ……”"
    return Problem(message, Place(file, line + 1, column + 1), "", f"{key}{found}", expected, fix, code)
