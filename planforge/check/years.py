"""Years that are not the term's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_YEAR = re.compile(
    r"(?<![\d.〔\[（(])((?:19|20)\d\d)(?=\s*(?:年|学年|[-—–~～至/]\s*(?:19|20)?\d\d\s*(?:学?年)))"
)
_SECOND = re.compile(r"(?<=\d[-—–~～至/])((?:19|20)\d\d)(?=\s*学?年)")
_HAN_YEAR = re.compile(r"([一二][九〇○零ＯO][〇○零Ｏ一二三四五六七八九]{2})年")
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○ＯO", "0"
)
_AFTER = pattern_of("years.after")
_BEFORE = re.compile(r"(?:自|从|早在|到|至|截至|力争|始于|创建于|始建于|成立于|建于)\s*$")
_STORY = pattern_of("years.story")


def other_years(passages: Passages, context: Context) -> Iterator[Found]:
    """Years outside the school year, unless a document, an award or the school's story is spoken of.

    Of a text about which nothing is known, those that are far from its title's, or from its first.
    """
    years = sorted(_years(passages.text), key=lambda entry: entry[1])
    current = [(year, start, end) for year, start, end in years if not _story(passages, start, end)]
    if context.facts is not None:
        facts = context.facts
        days = [facts.approval.day, facts.approval.meeting_day, *(event.day for event in facts.events)]
        right = {facts.term.year_from, facts.term.year_to, *(day.year for day in days if day is not None)}
        right |= {int(year) for year in re.findall(r"20\d\d", facts.survey.when)}
        last = facts.term.year_from - 1
    elif current:
        right, last = {current[0][0], current[0][0] + 1}, current[0][0] - 1
    for year, start, end in current:
        hit = passages.at(start, end)
        if year in right or hit.history or (year == last and (context.facts is None or "上" in hit.sentence)):
            continue
        yield Found("text.year", start, end)


def _years(text: str) -> Iterator[tuple[int, int, int]]:
    for pattern in (_YEAR, _SECOND):
        for match in pattern.finditer(text):
            yield int(match[1]), match.start(), match.end()
    for match in _HAN_YEAR.finditer(text):
        yield int("".join(_DIGITS[sign] for sign in match[1])), match.start(), match.end()


def _story(passages: Passages, start: int, end: int) -> bool:
    passage = passages.passage(start)
    here = start - passage.start
    before, after = passage.text[:here], passage.text[end - passage.start :]
    quoted = before.rfind("《") > before.rfind("》") or before.rfind("〔") > before.rfind("〕")
    if quoted or _AFTER.match(after) or _BEFORE.search(before):
        return True
    return _STORY.search(passages.at(start, end).sentence) is not None
