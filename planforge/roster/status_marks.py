"""What says that a row is no recipient: 转出, 休学 in words, lines of totals and signatures below a list."""

from __future__ import annotations

import re

from planforge.core.text_folding import compact

_AWAY = "转出|转学|转走|转往|转至|已转(?![出学走往至入])|休学|退学|辍学|停学|借出|不在校|不在籍|不在岗"
_OUT = re.compile(_AWAY)
_ALONE = re.compile(
    r"[\d年月日号./\-—,，;；:：()（）\s已于办理手续从起学籍本人]*"
    r"(离校|外借|离职|调出|调离|借调|毕业|退休|出国|去世|注销|死亡)[\d年月日号./\-—,，;；:：()（）\s了后]*"
)
"""Words that may speak of others than the pupil (父亲去世, 中午离校): they count where nothing else is said."""
_NOT = re.compile(rf"(?:未|不|没有|拟|申请|取消|撤销|曾|原)(?:{_AWAY})|(?:由|从)[^，。；,;]{{0,20}}转学")
_BACK = re.compile(r"转入|转来|转学来|转学生|复学|返校|回校|已回|期满|返聘|借入")

_FOOTER = re.compile(
    r"(合计|总计|小计|共计|总人数|全班|全校|班主任|制表|填表|填报|审核|复核|校长|负责人|经办|统计|打印|注[:：]|说明"
    r"|备注[:：]|联系人[:：]|日期[:：]|人数|以下空白|以上|共\s*\d+\s*[人名页]|第\s*\d+\s*页)"
    r"|[^，,]{1,12}[合总小]计[:：]?$"
)
_DAY = re.compile(r"(\d{4}|[二两][〇零○O0一二三四五六七八九]{3})\s*[年./\-].{1,12}")
_SEXES = re.compile(
    r"(其中)?[:：]?\s*[男女](生|同学|性)?(人数)?\s*[:：]?\s*\d*\s*[人名]?([,、;]+.*|(其中)?[男女].*)?"
)


def away(text: str) -> str:
    """The word that says somebody has left (转出, 休学 …), "" where none does or a later word takes it back."""
    text = compact(text)
    if alone := _ALONE.fullmatch(text):
        return alone[1]
    rest = _NOT.sub(lambda found: "　" * len(found[0]), text)
    out = [found for found in _OUT.finditer(rest)]
    if not out:
        return ""
    back = [found.start() for found in _BACK.finditer(rest)]
    return out[-1][0] if not back or out[-1].start() > back[-1] else ""


def is_footer(text: str) -> bool:
    """Whether a cell begins a line of totals, signatures or notes."""
    return bool(_FOOTER.match(compact(text)))


def is_day(text: str) -> bool:
    """Whether a cell where a name should be is the day below a list: 2026年9月1日."""
    return bool(_DAY.fullmatch(compact(text)))


def is_count(text: str) -> bool:
    """Whether a cell counts boys or girls: 男 23 人, 女生：21."""
    return bool(_SEXES.fullmatch(compact(text)))
