"""Names of people: spaces and dots made one way, lost characters found. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from planforge.core.text_folding import visible

_DOTS = re.compile(r"[\u2022\uff0e\u2027\u30fb\uff65\u2219\u22c5\u0387\u16eb\u2e31\u25cf\u2981]")
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_IS_HAN = re.compile(f"[{_HAN}]")
NOBODY = frozenset(("无", "空", "缺", "待定", "待聘", "暂缺", "空缺", "暂无", "同上"))
"""What stands where a name is still to come."""
_SIGNS = frozenset("·' .()（）-〇")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SPELT_OUT = re.compile(rf"[{_HAN}][（(][{_HAN}]{{2,}}[）)].*")
_IDEOGRAPHIC = re.compile(r"[\u2ff0-\u2fff]")


class NameFault(NamedTuple):
    """What is wrong with a name: a stable code, Chinese words without the name itself, and the mend."""

    code: str
    message: str
    found: str
    fix: str


def clean_text(text: str) -> str:
    """A cell's text in one line, without control and invisible characters, spaces at the ends or doubled."""
    return re.sub(r"\s+", " ", visible(text))


def clean_name(text: str) -> str:
    """A name as it is printed: 李　明 → 李明, dots → ·, Latin names keep single spaces."""
    name = unicodedata.normalize("NFC", _DOTS.sub("·", clean_text(text)).translate(_WIDE))
    name = re.sub(rf"(?<=[{_HAN}])\.(?=[{_HAN}])", "·", name.replace("’", "'"))
    name = re.sub(rf"\s+(?=[{_HAN}·(（])|(?<=[{_HAN}·)）])\s+", "", name)
    return name.strip("·")


def name_fault(name: str) -> NameFault | None:
    """What keeps a cleaned name from being printed, None where nothing does."""
    fix = "在花名册里重新输入这个字；打不出来的字，用输入法的生僻字或手写输入"
    if not name:
        return NameFault("name.odd", "这一格里没有看得见的字", "", "写出姓名")
    for at, sign in enumerate(name, 1):
        code = ord(sign)
        if sign in "?？□■☐▢\ufffd":
            return NameFault("name.lost", "姓名里有字丢了", f"第 {at} 个字是“{sign}”", fix)
        if unicodedata.category(sign) in ("Co", "Cs"):
            written = f"第 {at} 个字是 U+{code:04X}"
            return NameFault("name.private", "姓名里有自造字，别的电脑上显示不出来", written, fix)
        if sign in "*＊○◯×●※":
            return NameFault(
                "name.masked", "姓名被遮住了一部分", f"第 {at} 个字是“{sign}”", "换用完整的花名册"
            )
        spelt = sign in "（(" and at == 2 and _SPELT_OUT.fullmatch(name)
        if spelt or _IDEOGRAPHIC.match(sign) or sign in "+＋[]［］{}":
            return NameFault("name.composed", "姓名里有拼写的字，不是真正的字", f"第 {at} 个字", fix)
    if any(sign.isdigit() for sign in name):
        return NameFault("name.odd", "姓名里有数字", "", "只写姓名；分大小可以写成“李明（大）”")
    if odd := next(((n, s) for n, s in enumerate(name, 1) if not _of_a_name(s)), None):
        at, sign = odd
        found = f"第 {at} 个字是“{sign}”（U+{ord(sign):04X}）"
        return NameFault("name.odd", "这不像姓名", found, "只写姓名，其他内容写在备注里")
    if not any(sign.isalpha() for sign in name):
        return NameFault("name.odd", "这不像姓名", "", "写出姓名")
    if len(name) > (60 if not _IS_HAN.search(name) else 25):
        return NameFault("name.odd", "这不像姓名：太长", f"{len(name)} 个字", "只写姓名")
    return None


def _of_a_name(sign: str) -> bool:
    """Whether a sign may stand in a name: a letter of any script (山田さくら, Иван), with its accents, or a dot."""
    return (
        sign in _SIGNS
        or sign.isalpha()
        or bool(_IS_HAN.match(sign))
        or unicodedata.category(sign) in ("Mn", "Mc")
    )


def private_use(text: str) -> str:
    """The first character of a text that only one computer can show, or that was lost; "" for none."""
    for sign in text:
        if sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cs"):
            return sign
    return ""
