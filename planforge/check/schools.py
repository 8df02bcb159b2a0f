"""Names of other schools: what is left where a text was taken over from one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of, words_of
from planforge.check.literals import sought
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_RANKED = pattern_of("schools.ranked")
"""A place and a school: 石桥镇中心小学."""
_SUBJECT = re.compile(words_of("schools.subject"), re.MULTILINE)
"""A school of which something is told, or that signs: 清河湾小学是一所……."""
_BARE = re.compile(words_of("schools.bare"), re.MULTILINE)
"""A school that is called by its kind alone: 实验小学自……起."""
_CALLED = sought(words_of("schools.called"), re.MULTILINE)
"""A school by its short name: 城关一小."""
_TITLED = re.compile(words_of("schools.titled"), re.MULTILINE)
_GENERAL = pattern_of("schools.general")
"""What says that a kind of school is meant, not a school."""
_LEADS = re.compile(
    r"(?:学习|参照|按照|根据|依据|来到|走访|关于|以及|由|在|向|请|到|为|和|与|对)(?=[\u4e00-\u9fff]{4})"
)
_INNOCENT = pattern_of("schools.innocent")


def other_schools(passages: Passages, context: Context) -> Iterator[Found]:
    """Schools that are not the profile's own, unless a sentence says what the two have to do with each other."""
    if context.facts is None:
        return
    own = context.own_words
    taken: set[int] = set()
    for pattern in (_RANKED, _SUBJECT, _BARE, _CALLED, _TITLED):
        for match in pattern.finditer(passages.text):
            led = _LEADS.match(match[1])
            start = match.start(1) + (led.end() if led else 0)
            name = passages.text[start : match.end(1)]
            hit = passages.at(start, match.end(1))
            if start in taken or name in own or any(part in name for part in context.school_names):
                continue
            if (
                _GENERAL.search(name)
                or hit.history
                or hit.passage.role == "cell"
                or _INNOCENT.search(hit.sentence)
            ):
                continue
            if passages.text[match.end(1) - 3 : match.end(1)] == "中小学":
                continue
            taken.add(start)
            yield Found("text.other-school", start, match.end(1))
