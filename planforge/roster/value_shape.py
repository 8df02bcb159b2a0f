"""What a cell of somebody's row looks like, for messages: its shape, never what stands there."""

from __future__ import annotations

import re

from planforge.core.surnames import has_surname
from planforge.core.text_folding import compact

_KINDS = (
    ("位数字", re.compile(r"\d")),
    ("个汉字", re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")),
    ("个字母", re.compile(r"[^\W\d_]")),
)
_CLASS_LIKE = re.compile(r"[一二三四五六七八九十初高小中学年级届班第()（）\[\]、.\-\d]{1,12}")
_HEADING_WORDS = re.compile(
    r"[名号班级话机期年月日址注籍别族组项目类型科课绩分评语数英史地物化生政音体美劳德育间数]"
)


def shape_of(text: str) -> str:
    """The shape of a value: 18 位数字, 3 个汉字, 2 个汉字和 11 位数字; 空 where nothing can be seen."""
    signs = compact(text)
    counts = dict.fromkeys([unit for unit, _ in _KINDS] + ["个符号"], 0)
    order: list[str] = []
    for sign in signs:
        unit = next((unit for unit, kind in _KINDS if kind.match(sign)), "个符号")
        counts[unit] += 1
        if unit not in order:
            order.append(unit)
    return "和 ".join(f"{counts[unit]} {unit}" for unit in order) or "空"


def class_as_told(text: str) -> str:
    """What a message may say of a cell under 班级: its words where they can only be a class, else its shape."""
    signs = compact(text)
    own = not re.search(r"\d{5}", signs) and re.search(r"[班级届年]|^\d{1,4}$|^\d{1,2}[.\-]\d{1,2}$", signs)
    return signs if own and _CLASS_LIKE.fullmatch(signs) else shape_of(text)


def heading_as_told(text: str) -> str:
    """What a message may say of a heading: its words, but the shape of what may be somebody's name or number."""
    signs = compact(text)
    if re.search(r"\d{5}", signs) or len(signs) > 30:
        return f"（{shape_of(text)}）"
    name = 2 <= len(signs) <= 4 and has_surname(signs) and not _HEADING_WORDS.search(signs)
    return f"（{shape_of(text)}）" if name else text
