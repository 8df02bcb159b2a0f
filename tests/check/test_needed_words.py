"""An expression is passed over only where it could not match: what it needs is read from it, never guessed."""

from __future__ import annotations

import re

import pytest

from planforge.check.literals import Catalogue, Sought, first_come, needed
from planforge.check.profile_rules import expression
from planforge.check.stated_numbers import _CLOCKS, _COUNTS
from planforge.check.text_rules import text_rules
from tests.check.schools import packs
from tests.check.texts_for_rules import CASES, WORDS
from tests.check.unseen import planted, texts


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("早读|晨读", ("早读", "晨读")),
        ("(?:成绩|分数)[^。]{0,6}排名", ("排名",)),
        ("家长(?:签字)?", ("家长",)),
        ("作业?本", ("作",)),
        ("(?<=每)副(?=画)", ("每副画",)),
        ("(?<![每])副(?!画)", ("副",)),
        ("成绩(?=公布)在榜", ("成绩公布",)),
        (r"\d+分钟", ("分钟",)),
        ("(?:一|二)+遍", ("遍",)),
        ("[（(]空", ("(空", "（空")),
        (r"[\]］]{2,}", None),
        (r"\d+", None),
        ("(?:周考)?", None),
        ("甲|[0-9]", None),
        (r"\u4e2d文", ("中文",)),
        ("(?:甲|(?:乙|丙丁))戊", ("丙丁戊", "乙戊", "甲戊")),
        ("[，。]{2,}", ("。。", "。，", "，。", "，，")),
        ("周{2}考{1,2}试", ("周周考",)),
        ("[^，]好(?=$|，)", ("好",)),
    ],
)
def test_what_an_expression_needs(pattern: str, words: tuple[str, ...] | None) -> None:
    assert needed(pattern) == words


def every_expression() -> list[Sought]:
    found = [one for rule in text_rules().values() for one in (*rule.seek, *(pair[0] for pair in rule.words))]
    found += [dated.seek for rule in text_rules().values() for dated in rule.dated]
    found += [expression(pattern) for rule in packs().rules for pattern in rule.passages]
    return [*found, *_COUNTS, *_CLOCKS]


def test_no_expression_is_passed_over_on_a_text_that_it_matches() -> None:
    said = [planted(text)[0] for text, _ in (*texts("dirty"), *texts("clean"))]
    said += [words for wrong, right in CASES.values() for words in (*wrong, *right)]
    said += [words for _, breaks, right in WORDS for words in (breaks, *right)]
    matched = 0
    for one in every_expression():
        for text in said:
            whole = [match.span() for match in one.pattern.finditer(text)]
            matched += bool(whole)
            assert [match.span() for match in one.finditer(text)] == whole, (one.pattern, text)
    assert matched > 200


def test_a_catalogue_finds_what_each_expression_finds_alone() -> None:
    every = every_expression()
    catalogue = Catalogue([(one, at) for at, one in enumerate(every)])
    said = ["\n".join((*wrong, *right)) for wrong, right in CASES.values()]
    said += [planted(text)[0] for text, _ in texts("dirty")]
    for text in said:
        lines = "\n".join(line.strip() for line in text.splitlines() if line.strip())
        alone = [(match.span(), at) for at, one in enumerate(every) for match in one.pattern.finditer(lines)]
        assert [(match.span(), at) for match, at in catalogue.matches(lines)] == alone


def test_most_expressions_need_a_word() -> None:
    every = every_expression()
    assert sum(one.words is not None for one in every) > 0.9 * len(every)


def test_several_expressions_find_what_one_would_without_overlaps() -> None:
    text = "统一征订练习册，集体征订资料"
    patterns = ("统一征订", "征订练习册", "集体征订")
    found = [match for pattern in patterns for match in re.finditer(pattern, text)]
    assert [match[0] for match in first_come(found)] == ["统一征订", "集体征订"]
