"""The parser's complaints about YAML, in the words of someone who has the file open in an editor."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from planforge.core.problems import Place, Problem
from planforge.core.yaml_composer import MAX_DEPTH
from planforge.profile.typing_slips import SourceText

_QUOTE_FIX = "值里有特殊符号时，整个值前后加上英文双引号"


def explain(
    error: yaml.YAMLError, source: SourceText, file: str, before: Any = None, bracket: Place | None = None
) -> Problem:
    """One Chinese problem for what the YAML parser could not read.

    before: where the last value began (a mark). bracket: where the outermost open bracket stands.
    """
    what = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem("文件里有不能识别的字符", Place(file), code="yaml.character", fix="删去后重新输入")

    def at(where: Any, code: str, message: str, expected: str = "", fix: str = "") -> Problem:
        line = min(where.line, len(source.lines) - 1)
        wide = re.match(r"\s*(?:- +)?[^\s：#]{1,20}：", source.lines[line])
        if wide and code == "yaml.no_colon":
            place = Place(file, line + 1, wide.end())
            fix = "改成半角冒号加一个空格"
            return Problem("键后面用了全角冒号", place, "", wide[0].strip(), ": ", fix, "yaml.wide_colon")
        found = source.lines[line].strip()[:40]
        return Problem(message, source.place(file, line, where.column), "", found, expected, fix, code)

    if "nesting depth" in what:  # libyaml's own limit, of which PyYAML 6.0.4 and later know
        place = source.place(file, mark.line, mark.column)
        return Problem(
            "层次太深，不像是一张信息表", place, expected=f"不超过 {MAX_DEPTH} 层", code="yaml.depth"
        )
    quote = _open_quote(source, mark.line)
    if "end of stream" in what and "quoted" in context:
        return at(start, "yaml.quote", "引号没有配对", "前后各一个引号", "在这个值的末尾补上引号")
    if quote and ("expected" in what or "not allowed" in what):
        line, column = quote
        place = source.place(file, line, column)
        found = source.lines[line].strip()[:40]
        return Problem(
            "引号没有配对", place, "", found, "前后各一个引号", "在这个值的末尾补上引号", "yaml.quote"
        )
    if "escape" in what or "hexdecimal" in what or "hexadecimal" in what:
        fix = "不用反斜杠，直接写出文字；或者改用单引号"
        return at(mark, "yaml.escape", "双引号里的反斜杠写法没有写对", fix=fix)
    if "\\t" in repr(what) or "tab character" in what or _character(source, mark) == "\t":
        return at(mark, "yaml.tab", "缩进里用了制表符（Tab）", "半角空格", "删去 Tab，每级改用两个空格")
    if "flow" in context:
        opening = _at(source, bracket) or ("[" if "sequence" in context else "{")
        closing = "]" if opening == "[" else "}"
        fix = f"补上“{closing}”，或者整个值加上引号"
        problem = at(start, "yaml.bracket", "括号没有配对", f"以“{closing}”结束", fix)
        return replace(problem, place=bracket, found=_line(source, bracket)) if bracket else problem
    if "cannot start any token" in what or "anchor" in context or "alias" in context or "tag" in context:
        where = start if "cannot" not in what else mark
        first = _character(source, where)
        return at(where, "yaml.start", f"值不能以“{first}”开头", "普通文字", _QUOTE_FIX)
    if "block scalar" in context:
        return at(mark, "yaml.start", "“|”和“>”后面要换行再写内容", "普通文字", _QUOTE_FIX)
    lone = before is not None and not source.parsed[before.line][: before.column].strip(" -")
    if "mapping values" in what and lone and before.line < mark.line:
        fix = "写成“键: 内容”；是上一行的续行时多缩进两格"
        return at(before, "yaml.no_colon", "这一行不是“键: 内容”的样子", "键、半角冒号、空格、内容", fix)
    text = source.parsed[min(mark.line, len(source.parsed) - 1)][: mark.column]
    return at(*_structure(what, context, mark, start, text))


_Finding = tuple[Any, str, str, str, str]


def _structure(what: str, context: str, mark: Any, start: Any, text: str) -> _Finding:
    """Mark, code, message, expected and fix for a line that does not fit where it stands."""
    aligned = "同一级左边对齐"
    if "mapping values" in what:
        if ": " in text:
            fix = "内容里的冒号改用全角“：”，或者整个值加上英文双引号"
            return mark, "yaml.colon", "一行里有两个“冒号加空格”", "一行一个键", fix
        fix = "下一级只写在“键:”的下面，缩进两个空格"
        return mark, "yaml.indent", "这一行的缩进和上一行对不上", aligned, fix
    if "':'" in what:
        fix = "写成“键: 内容”；是上一行的续行时多缩进两格"
        return start, "yaml.no_colon", "这一行不是“键: 内容”的样子", "键、半角冒号、空格、内容", fix
    if "block sequence entries" in what:
        fix = "在冒号后换行，再写“- ”"
        return mark, "yaml.dash", "“- ”前面不能有别的内容", "每条另起一行", fix
    if "'-' indicator" in what or "block collection" in context or "block sequence" in context:
        fix = "列表的每一条都以“- ”开头，左边对齐"
        return mark, "yaml.indent", "列表里夹进了别的内容，或者缩进没有对齐", "以“- ”开头的行", fix
    if "block mapping" in context:
        fix = "同一级的键左边对齐；以引号开头的值，引号要把整个值包住"
        return mark, "yaml.indent", "这一行和上面的内容对不上", aligned, fix
    if "document start" in what:
        return mark, "yaml.indent", "这一行的缩进比开头还少，或者多出了内容", aligned, aligned
    return mark, "yaml.other", "这一行不合信息表（YAML）的写法", "键、半角冒号、空格、内容", ""


def _character(source: SourceText, mark: Any) -> str:
    lines = source.parsed
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _line(source: SourceText, place: Place) -> str:
    return source.lines[place.line - 1].strip()[:40] if place.line <= len(source.lines) else ""


def _at(source: SourceText, place: Place | None) -> str:
    if place is None or place.line > len(source.lines):
        return ""
    return source.lines[place.line - 1][place.column - 1 : place.column]


def _open_quote(source: SourceText, last: int) -> tuple[int, int] | None:
    """Line and column of the first value, up to line `last`, that opens a quote and does not close it."""
    for index, line in enumerate(source.lines[: last + 1]):
        for mark in "\"'":
            column = line.find(mark)
            if line.count(mark) == 1 and line[:column].rstrip().endswith((":", "-")):
                return index, column
    return None
