"""Characters that cannot be printed: controls, direction marks, invisible ones, lost rare characters."""

from __future__ import annotations

import re
import unicodedata

from planforge.core.problems import Place, Problem
from planforge.core.yaml_nodes import Scalar
from planforge.profile.typing_slips import shown

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\xad\u115f\u1160\u180e\u200b-\u200d\u2028\u2029\u2060-\u2064\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_SUSPECT = re.compile(
    f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_DIRECTION}{_INVISIBLE}"
    "\ud800-\udfff\ue000-\uf8ff\ufffc-\uffff\ufdd0-\ufdef\U000f0000-\U0010ffff]"
)


def _kind(code: int) -> tuple[str, str, str]:
    """Code, message and fix for an unprintable code point."""
    character = chr(code)
    if 0xD800 <= code <= 0xDFFF:
        return "char.surrogate", "内容里有半个字符（编码损坏）", "删去后重新输入这个字"
    if code in (0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF) or 0xFDD0 <= code <= 0xFDEF:
        return "char.lost", "内容里有已经丢失的字符", "删去后重新输入这个字"
    if unicodedata.category(character) == "Co" or code > 0xEFFFF:
        return (
            "char.private",
            "内容里有自造字（私用区字符），别的电脑上显示不出来",
            "换成正式编码的字，或者用别的写法",
        )
    if re.match(f"[{_DIRECTION}]", character):
        return "char.direction", "内容里有看不见的文字方向控制符", "删去后重新输入，不要从网页复制"
    if re.match(f"[{_INVISIBLE}]", character):
        return "char.invisible", "内容里有看不见的字符", "删去后重新输入，不要从网页复制"
    if code == 9:
        return "char.control", "内容里有制表符（Tab）", "换成空格或标点"
    return "char.control", "内容里有控制字符", "删去后重新输入，不要从别处复制"


def unprintable(scalar: Scalar) -> Problem | None:
    """The problem with the first character of the value that cannot be printed, None where all can."""
    match = _SUSPECT.search(scalar.text)
    if match is None:
        return None
    code = shown(match[0])
    name, message, fix = _kind(code)
    place = scalar.place
    if scalar.plain:
        place = Place(place.file, place.line, place.column + match.start())
    written = f"第 {match.start() + 1} 个字符 U+{code:04X}"
    return Problem(message, place, "", written, "能看见、能打印的文字", fix, name)
