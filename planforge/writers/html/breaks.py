"""Where a line may end, by the two sets of rules that LibreOffice has for Chinese text (7.4, measured).

Which set holds is a matter of the place where the measure ends. Among Chinese characters the look's lists say what
may neither begin nor end a line. In a Latin word or number, and in signs directly behind one (12％。“), Unicode's
rules hold (UAX #14, in LibreOffice's version), lists or not. Where these leave no place in a portion (a run of
characters of one script and style), the search goes on in the portion before it, by that one's own rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from planforge.document.look import LineBreaking
from planforge.writers.html.runs import TextGlyph

_EXCLAMATIONS = frozenset("；：！？")
_LEADERS = frozenset("…‥")
_UNITS = frozenset("％℃‰°′″±№￥￡￠＄")
_DASH = "—"


def last_break(glyphs: Sequence[TextGlyph], start: int, cut: int, rules: LineBreaking) -> int:
    """Where a line ends that begins at `start` and whose measure ends before character `cut`.

    Returns `start` where it may end nowhere.
    """
    while cut > start:
        begin = _portion_start(glyphs, start, cut)
        by_lists = not _is_latin_there(glyphs, begin, cut)
        for place in range(cut, max(begin, start + 1) - 1, -1):
            if _may_break(glyphs[place - 1], glyphs[place], rules if by_lists else None):
                return place
        cut = begin - 1
    return start


def _portion_start(glyphs: Sequence[TextGlyph], start: int, place: int) -> int:
    portion = glyphs[place].portion
    while place > start and glyphs[place - 1].portion == portion:
        place -= 1
    return place


def _is_latin_there(glyphs: Sequence[TextGlyph], begin: int, cut: int) -> bool:
    """Whether Unicode's rules hold: it goes by the last letter or digit, if only signs stand between."""
    if glyphs[cut].kind != "chinese":
        return True
    place = cut
    while place > 0 and not glyphs[place].text.isalnum():
        place -= 1
    return place < begin and glyphs[place].kind == "latin"


def _may_break(before: TextGlyph, after: TextGlyph, rules: LineBreaking | None) -> bool:
    """Whether a line may end between two characters, by the lists or (without) by Unicode's rules."""
    if after.text == " ":
        return False
    if before.text == " " or before.mark.blank or after.mark.blank:
        return True
    if rules is not None:
        return after.text not in rules.not_first and before.text not in rules.not_last
    first, second = _unicode_class(before), _unicode_class(after)
    if second in ("closing", "exclamation") or first == "opening" or "quote" in (first, second):
        return False
    match first:
        case "letter":
            if second == "letter":
                return before.kind == after.kind == "latin" and (
                    (before.text == "-" and after.text.isalnum())
                    or (before.text == "/" and after.text.isalpha())
                )
            return second in ("dash", "ideograph") or (second == "unit" and before.kind == "sign")
        case "closing":
            return second not in ("letter", "unit") or _is_counted(after)
        case "leader" | "dash":
            return first != second
        case "unit":
            return second != "letter"
        case "ideograph":
            return second not in ("leader", "unit")
        case _:
            return True


def _unicode_class(glyph: TextGlyph) -> str:
    """The line breaking class of a character, as far as rules tell classes apart; digits are letters."""
    sign = glyph.text
    if glyph.kind == "latin":
        return "letter"
    category = unicodedata.category(sign)
    if category in ("Pi", "Pf"):
        return "quote"
    if category == "Ps":
        return "opening"
    if category == "Pe" or sign in "，、。":
        return "closing"
    if sign in _EXCLAMATIONS:
        return "exclamation"
    if sign in _LEADERS:
        return "leader"
    if sign == _DASH:
        return "dash"
    if sign in _UNITS:
        return "unit"
    return "letter" if glyph.kind == "sign" else "ideograph"


def _is_counted(glyph: TextGlyph) -> bool:
    """①, Ⅲ and their like, which closing signs let go, unlike other letters."""
    return glyph.kind == "sign" and glyph.text.isnumeric()
