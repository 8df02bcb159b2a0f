"""Days, times and percentages as the sheet shows them: people mean what they see, the file holds a number."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 31: "yyyy年m月d日", 32: "h时mm分",
    33: "h时mm分ss秒", 34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""Built-in number formats as a Chinese Excel shows them: ECMA-376 part 1, 18.8.30."""

_NOISE = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DAY = re.compile(r"yyyy|yy|mm|m|dd|d", re.IGNORECASE)


def plain_code(code: str) -> str:
    """A number format's first section, quotes and colours taken off."""
    first = code.split(";")[0]
    return _NOISE.sub(lambda found: found[1] or found[2] or "", first).rstrip("@").strip()


def shows_clock(code: str) -> bool:
    """Whether a number format shows a time of day."""
    return "h" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", code.lower())


def clock(value: float) -> str:
    """A fraction of a day as 7:50, or 7:50:30 where there are seconds; "" for what is no time of day."""
    if not 0 <= value < 1:
        return ""
    seconds = round(value * 86_400)
    if seconds >= 86_400:
        return ""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if seconds else f"{hours}:{minutes:02d}"


def percent(text: str) -> str:
    """A number's text as a percentage: 0.965 → 96.5%."""
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        return text
    shown = f"{value.quantize(Decimal('0.0001')).normalize():f}"
    return f"{shown}%"


def day_as_shown(iso: str, code: str) -> str:
    """A day as its format shows it (2026年6月, 9月7日); 2026年9月7日 where the format says more than a day."""
    day = date.fromisoformat(iso)
    parts = {"yyyy": f"{day.year}", "yy": f"{day.year % 100:02d}", "mm": f"{day.month:02d}", "m": f"{day.month}",
             "dd": f"{day.day:02d}", "d": f"{day.day}"}  # fmt: skip
    plain = plain_code(code).lower()
    left = _DAY.sub("", plain)
    if re.search(r"[a-zaeg0#?@]", left) or "mmm" in plain or "ddd" in plain:
        return f"{day.year}年{day.month}月{day.day}日"
    return _DAY.sub(lambda found: parts[found[0]], plain)
