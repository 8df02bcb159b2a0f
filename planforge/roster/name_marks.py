"""Marks that people write beside a name: （班长）, 学习委员, (住校), ★. They are no part of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from planforge.core.text_folding import compact, visible
from planforge.roster.status_marks import away

_POSTS = (
    r"(?:正|副)?班长|[一-龥]{2}委员|(?:[一-龥]{2,4})?课?代表|(?:小|大|中|行政|路|护旗)?[组队]长|团支部?书记|团支书|升?旗手|[宿室舍]舍?长|值日生"
    r"|体育生|特长生|留守儿童|建档立卡|随班就读"
)
_LIVING = r"住校生?|住宿生?|寄宿生?|走读生?|通学生?|借读生?|插班生?|午托生?|托管生?"
_FAMILY = r"父亲?|母亲?|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|姥姥|姥爷|监护人|家长"
_TITLES = r"老师|同学|同志|女士|先生|小朋友"
_WORD = re.compile(
    rf"(?:{_POSTS}|{_LIVING}|{_FAMILY}|{_TITLES}|新生|转入|复学|留级|留守|低保|特困|贫困|请假|病假|免试|缺考|第?[一二三四五六七八九十\d]+组|[男女])"
)
_ENDING = re.compile(
    rf"(?:{_LIVING}|副?班长|(?:学习|体育|文艺|劳动|生活|宣传|组织|纪律|卫生)委员|[语数英科]?[一-龥]?课代表|[小中大]队长|小组长|团支书"
    r"|已?转[出学走]|休学|退学|辍学|停学|老师|同学)$"
)
"""Words that can be no given name and may stand right behind one."""
_BRACKETS = re.compile(r"(.*?)\s*[（(【〔]([^（()）【】〔〕]{0,20})[）)】〕]", re.DOTALL)
_APART = re.compile(r"(.+?)[\s,，、;；:：/／\-—_|]+([^\s,，、;；:：/／\-—_|]+)", re.DOTALL)
_BEFORE = re.compile(r"([^\s,，、;；:：/／\-—_|]+?)[\s,，、;；:：/／\-—_|]+(.+)", re.DOTALL)
_SIGNS = "★☆▲△▼▽◆◇◎√✓✔☑♀♂▶►➤●•#＃^"
_NUMBERED = re.compile(r"(?:\d{1,3}[、.．)）]\s*|[①-⑳㈠-㈩])(?=[\u3400-\u9fff]{2})")
_CIRCLED_END = re.compile(r"(?<=[\u3400-\u9fff]{2})[①-⑳㈠-㈩]$")
_TELLS_APART = re.compile(r"[大小老中甲乙丙丁上下长幼一二三四兄弟姐妹东西南北]|[A-Za-z][A-Za-z .·'’\-]*")
"""What tells two of one name apart, or is the name in other letters: it stays."""


class MarkedName(NamedTuple):
    """A name and the marks that stood beside it."""

    name: str
    marks: tuple[str, ...] = ()

    @property
    def away(self) -> str:
        """The word among the marks that says somebody has left, "" for none."""
        return next((word for mark in self.marks if (word := away(mark))), "")


@lru_cache(maxsize=4096)
def split_marks(text: str) -> MarkedName:
    """A name without the marks beside it. Brackets that tell two of one name apart stay: 李明（大）."""
    name, marks = " ".join(visible(text).split("\n")), list[str]()
    while True:
        bare, mark = _split_once(name)
        if not mark:
            return MarkedName(name, tuple(marks))
        name = bare
        marks.append(mark)


def _split_once(name: str) -> tuple[str, str]:
    if (found := _BRACKETS.fullmatch(name)) and not (
        _TELLS_APART.fullmatch(compact(found[2])) or re.search(r"\d", compact(found[2]))
    ):
        if len(compact(found[1])) >= 2 or _is_mark(found[2]):
            return found[1], found[2] or "（）"
        return name, ""
    signs = name.strip(_SIGNS + " ")
    if signs != name and len(compact(signs)) >= 2:
        return signs, name.replace(signs, "", 1)
    if found := _NUMBERED.match(name) or _CIRCLED_END.search(name):
        return name.replace(found[0], "", 1), found[0]
    for pattern, kept, mark in ((_APART, 1, 2), (_BEFORE, 2, 1)):
        found = pattern.fullmatch(name)
        if found and len(compact(found[kept])) >= 2 and _is_mark(found[mark]):
            return found[kept], found[mark]
    ending = _ENDING.search(compact(name))
    if ending and ending.start() >= 2:
        return compact(name)[: ending.start()], ending[0]
    return name, ""


def _is_mark(text: str) -> bool:
    return bool(_WORD.fullmatch(compact(text)) or away(text))
