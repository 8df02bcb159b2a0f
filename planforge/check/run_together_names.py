"""Names of several people without anything between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of
from planforge.check.literals import sought
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found
from planforge.core.surnames import surnames

_LIST = pattern_of("run_together_names.list")
_REVERSED = sought(r"(?<=[\u3400-\u9fff])(?:同志)?(?:为|担任|任)[^。；，\n]{0,8}?(?:员|组长|委员|干事)")
_AND_OTHERS = sought(r"(?<=[\u3400-\u9fff])等[^。；，\n]{0,4}(?:教师|老师|同志|同学|干部|学生)")
"""What follows a run of names that nothing announces: ……任成员, ……等教师."""
_HAN_BEFORE = re.compile(r"[\u3400-\u9fff·]{4,16}$")
_BEFORE = "由以与和同请派让对，"
"""What may stand before a run of names in a sentence."""
_POSTS = re.compile(r"组\s*长[:：][\u4e00-\u9fff]{2,4}(?:副\s*组\s*长|成\s*员)[:：]")
_NAME = re.compile(r"[\u3400-\u9fff·]{4,}")
_POST = re.compile(
    r"教师|主任|组长|班主|全体|各|处|室|校|年级|老师|教研|代表|科任|干部|家长|同志|部|科|委|书记|队|员|会|人|班|中层|学生|工|和|及|与|等|分管|负责"
)


def names_together(passages: Passages, context: Context) -> Iterator[Found]:
    """Runs in a list of people that are two names or more: 王小明李大伟."""
    for match in _POSTS.finditer(passages.text):
        yield Found("text.names", match.start(), match.end(), "", "两个职务连在一起，中间没有分开")
    for listing in _LIST.finditer(passages.text):
        for token in _NAME.finditer(passages.text, listing.start(1), listing.end(1)):
            word = token[0].partition("等")[0]
            if passages.text[listing.end() - 1] in "为有" and token.start() > listing.start(1):
                break  # 成员为……: the names follow at once, or it is an ordinary sentence
            if len(word) >= 4 and word not in context.names and not _POST.search(word) and _several(word):
                yield Found("text.names", token.start(), token.start() + len(word))

    for pattern, least in ((_REVERSED, 4), (_AND_OTHERS, 6)):
        for match in pattern.finditer(passages.text):
            before = _HAN_BEFORE.search(passages.text[max(0, match.start() - 16) : match.start()])
            begin = _run_of_names(before[0]) if before else None
            if before and begin is not None and len(before[0]) - begin >= least:
                names = before[0][begin:]
                if names not in context.names:
                    yield Found("text.names", match.start() - len(names), match.start())


def _run_of_names(words: str) -> int | None:
    """Where, at the end of some words, a run of names begins: 我校与 王芳李娜刘洋."""
    for begin in range(len(words) - 3):
        run = words[begin:]
        if (begin == 0 or words[begin - 1] in _BEFORE) and not _POST.search(run) and _several(run):
            return begin
    return None


def _several(word: str) -> bool:
    """Whether a word can be cut into names that begin with surnames, and is too long for a single one."""
    single, compound = surnames()
    if "·" in word or (len(word) == 4 and (word.startswith(compound) or word[2] not in single)):
        return False

    def cut(at: int, count: int) -> bool:
        if at == len(word):
            return count >= 2
        two = word[at : at + 2] in compound
        if not two and word[at] not in single:
            return False
        lengths = (3, 4) if two else (2, 3)
        return any(at + length <= len(word) and cut(at + length, count + 1) for length in lengths)

    return cut(0, 0)
