"""Numbers typed into a text: that they begin at one, skip nothing, and do not start over without cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from planforge.check.numerals import CIRCLED, DOTTED, PARENTHESISED, number
from planforge.check.passages import Passage, Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第一章", re.compile(rf"第({_HAN})(?:章|部分)")),
    ("第一节", re.compile(rf"第({_HAN})节(?!课)")),
    ("第一条", re.compile(rf"第({_HAN})条")),
    ("一、", re.compile(rf"({_HAN})[、.．](?!\d)")),
    ("（一）", re.compile(rf"[（(]({_HAN})[）)]")),
    ("第一，", re.compile(rf"第({_HAN})[、，,：:](?![一二三四五六七八九十])")),
    ("1.", re.compile(r"(\d{1,2})[.、．](?![\d%])")),
    ("（1）", re.compile(rf"[（(](\d{{1,2}}|[０-９]{{1,2}})[）)]|([{PARENTHESISED}])")),
    ("1）", re.compile(r"(\d{1,2})[）)]")),
    ("第一阶段", re.compile(rf"第({_HAN})(?:阶段|步|讲|篇)")),
    ("⒈", re.compile(f"([{DOTTED}])")),
    ("①", re.compile(f"([{CIRCLED}])")),
)
_ARABIC = next(style for style, (name, _) in enumerate(_STYLES) if name == "1.")
_BEGINS_INSIDE = re.compile(r"(?:附件?|注)[:：]\s*1[.．、]")
"""A list whose first item stands behind its announcement: 附件：1.……"""
_EXCERPT = re.compile(r"节选|摘录|摘编|选登|[（(]续")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_GRADES = re.compile(r"[一二三四五六七八九](?:、[一二三四五六七八九])*(?:年级|班|[上下])")
_MAYBE = re.compile(rf"{_HAN}是|第{_HAN}[，,、：:]|\d[）).、．]|[{CIRCLED}{PARENTHESISED}]")
_INLINE = (
    re.compile(rf"(?:(?<=[：:；;，,。、\s“])|^)({_HAN})是(?!年级|班|个|种)"),
    re.compile(rf"(?:(?<=[：:；;，,。.\s])|^)第({_HAN})[，,、：:]"),
    re.compile(r"(?:(?<=[：:；;。，,])|^)[（(](\d{1,2})[）)]"),
    re.compile(f"([{CIRCLED}])"),
    re.compile(f"([{PARENTHESISED}])"),
    re.compile(r"(?:(?<=[：:；;。，,、])(?<!\d[：:])|^)\s*(\d{1,2})[）)]"),
    re.compile(r"(?:(?<=[：:；;。])|^)\s*(\d{1,2})[.、．](?![\d%])"),
)


def broken_numbering(passages: Passages, context: Context) -> Iterator[Found]:
    """Labels at the beginning of passages, in order of their styles, and sequences within a passage."""
    counts: dict[int, int] = {}
    fresh: set[int] = set()
    marks: dict[int, str] = {}
    slips: dict[int, int] = {}  # by style, the number that a wrong one should have been
    quoted = bool(passages.passages) and _EXCERPT.search(passages.passages[0].text) is not None
    for passage in passages.passages:
        if passage.role in ("cell", "free", "closing", "form", "label", "rest"):
            yield from _inside(passage)
            continue
        labelled = label(passage)
        if passage.numbered or (labelled is None and _divides(passage)):
            fresh = set(counts)
        if labelled is None:
            if _BEGINS_INSIDE.search(passage.text):
                counts[_ARABIC] = 1
            yield from _inside(passage)
            continue
        style, value, length = labelled
        # What stands within this one may begin again, or count on.
        fresh.update(inner for inner in counts if inner > style)
        rest = passage.text[length:].lstrip()
        if rest.startswith(passage.text[:length]) and not _grades(rest):
            message = "编号写了两次"
            yield Found("text.numbering", passage.start, passage.start + 2 * length, "", message)
        expected = counts.get(style, 0) + 1
        # Of rules, some articles may be quoted; an excerpt begins where it likes.
        article = _STYLES[style][0] == "第一条"
        excerpt = (style not in counts and (article or quoted)) or (quoted and article)
        after_slip = value == slips.pop(style, -1) + 1
        if value != expected and not (value == 1 and style in fresh) and not excerpt and not after_slip:
            slips[style] = expected
            name = _STYLES[style][0]
            message = f"这里应当是第{expected}项（{name}）" if value > 1 else "编号重新从一开始"
            yield Found("text.numbering", passage.start, passage.start + length, "", message)
        mark = passage.text[length - 1]
        if mark in CIRCLED + PARENTHESISED + DOTTED:
            mark = ""  # the sign is its own mark
        if value == expected and value > 1 and marks.get(style, mark) not in (mark, ""):
            message = f"同一级编号前面用“{marks[style]}”，这里用“{mark}”"
            yield Found("text.numbering", passage.start, passage.start + length, "", message, "note")
            mark = ""  # said once
        marks[style] = mark if marks.get(style) != "" else ""
        counts[style] = value
        fresh.discard(style)
        yield from _inside(passage)


def label(passage: Passage) -> tuple[int, int, int] | None:
    """Style, value and length of the number that a passage begins with."""
    for style, (_, pattern) in enumerate(_STYLES):
        match = pattern.match(passage.text)
        if match and not _grades(passage.text):
            return style, _value(match[match.lastindex or 1]), match.end()
    return None


def _grades(text: str) -> bool:
    """Whether a passage begins with grades that rise (一、二年级), not with a number before grades (二、一、二年级)."""
    match = _GRADES.match(text)
    if match is None:
        return False
    named = ["一二三四五六七八九".index(sign) for sign in match[0] if sign in "一二三四五六七八九"]
    return all(earlier < later for earlier, later in pairwise(named))


def _value(sign: str) -> int:
    if sign in PARENTHESISED:
        return PARENTHESISED.index(sign) + 1
    if sign in DOTTED:
        return DOTTED.index(sign) + 1
    return CIRCLED.index(sign) + 1 if sign in CIRCLED else int(number(sign.translate(_DIGITS)))


def _divides(passage: Passage) -> bool:
    """Whether a passage without a label begins something new: a heading, a title line, a new text."""
    if passage.role in ("heading", "title"):
        return True
    return passage.role == "plain" and len(passage.text) <= 30 and passage.text[-1] not in "。；，、;,."


def _inside(passage: Passage) -> Iterator[Found]:
    """一是…三是…, ①②④ within one passage."""
    if not _MAYBE.search(passage.text):
        return
    for pattern in _INLINE:
        last, seen = 0, 0
        for match in pattern.finditer(passage.text):
            value = _value(match[1])
            if value == 1:
                last, seen = 1, 1
                continue
            if seen and value not in (last + 1, seen + 1):
                start = passage.start + match.start()
                yield Found("text.numbering", start, passage.start + match.end(), "", f"前一项是第{last}项")
            elif not seen and value > 1:
                break
            last, seen = value, seen + 1
