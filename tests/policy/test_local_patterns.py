"""Patterns of people's own packs: any that the linear engine runs is taken, and none takes time without end."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.check import check_plain
from planforge.core.problems import InputError
from planforge.policy import load_packs
from planforge.policy.patterns import MOST_MATCHES, Pattern
from tests.policy.district import PACK, write


def pack(*patterns: str) -> str:
    listed = "".join(f"      - {quoted(pattern)}\n" for pattern in patterns)
    return f"{PACK}    passages:\n{listed}"


def quoted(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("作业(?=评比)", "前后查找"),
        ("(?<!书面)作业", "前后查找"),
        (r"(甲|乙)作业\1", "反向引用"),
        ("(?P<n>甲)(?P=n)", "反向引用"),
        ("(甲)?(?(1)乙|丙)", "条件"),
        ("(?>甲+)乙", "占有式"),
        ("作业{5000}", "1000 次"),
        ("(作业", "不是合格的正则表达式"),
    ],
)
def test_what_the_linear_engine_does_not_know_is_refused_with_the_reason_and_its_line(
    tmp_path: Path, pattern: str, says: str
) -> None:
    path = write(tmp_path, pack("抄写", pattern))
    with pytest.raises(InputError) as caught:
        load_packs([path])
    (problem,) = caught.value.problems
    assert problem.place is not None and problem.place.line == PACK.count("\n") + 3
    assert says in problem.message and pattern in problem.message
    assert problem.field == "rules.0.passages.1"


POLYNOMIAL = ("作业.*作业.*作业.*作业.*Z", "((作业)+)+$", "(?:[甲乙]+)*丙", r"(\w+\s?)*$", "作(?:.*业|)")


@pytest.mark.parametrize("pattern", POLYNOMIAL)
def test_no_pattern_takes_more_than_time_in_proportion(tmp_path: Path, pattern: str) -> None:
    """With Python's engine the first takes hours on this text; the run ends, and says how many it left out."""
    rules = load_packs([write(tmp_path, pack(pattern))]).in_force(date(2026, 9, 1))
    found = check_plain("作业" * 20_000, "旧稿.txt", rules=rules)
    own = [finding for finding in found if finding.rule == "qingshi.homework"]
    assert len(own) <= MOST_MATCHES
    assert all("其余没有列出" in finding.message for finding in own) or len(own) < MOST_MATCHES


ALIKE = (
    r"第\d+次作业", r"[^。，]{2,4}作业", r"\w+作业", r"作业[\s　]*本", "(?:抄写|默写)作业", r"作业\u672c", r"[\d一二]份作业",
    "[]作业[]{2}", r"[^\]]作业", r"\S\D作业$", "作业.{0,3}?本",
)  # fmt: skip


@pytest.mark.parametrize("pattern", ALIKE)
@given(
    text=st.lists(st.sampled_from([*"第次份本抄写默，。　 \n[]１2三", "作业"]), max_size=30)
    .map("".join)
    .map(str.rstrip)
)
def test_both_engines_understand_a_pattern_alike(pattern: str, text: str) -> None:
    """A text is its passages joined by line feeds: none ends on one, where the engines' `$` differs."""
    ours, linear = (Pattern(pattern, linear=linear) for linear in (False, True))
    assert [match.span() for match in linear.finditer(text)] == [
        match.span() for match in ours.finditer(text)
    ]


def test_built_in_patterns_keep_the_engine_that_they_were_written_for() -> None:
    packs = load_packs()
    patterns = [pattern for rule in packs.rules for pattern in (*rule.passages, *rule.unless)]
    assert patterns and not any(pattern.linear for pattern in patterns)
    assert all(isinstance(pattern.compiled(), re.Pattern) for pattern in patterns)


def test_the_linear_engine_is_loaded_only_for_patterns_of_ones_own(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from planforge.policy import load_packs\n"
        "load_packs([Path(name) for name in sys.argv[1:]]); print('re2' in sys.modules)"
    )

    def loaded(*files: Path) -> str:
        call = [sys.executable, "-c", code, *map(str, files)]
        return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()

    assert loaded() == "False"
    assert loaded(write(tmp_path, PACK)) == "False"
    assert loaded(write(tmp_path, pack("抄写"))) == "True"


def test_words_to_choose_from_are_told_in_chinese_marks(tmp_path: Path) -> None:
    path = write(tmp_path, PACK + "    severity: fatal\n")
    with pytest.raises(InputError) as caught:
        load_packs([path])
    assert [one.expected for one in caught.value.problems] == ["error、warning、note"]


def test_a_pack_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_packs([tmp_path / "none.yaml"])
    assert ["没有这个文件" in one.message for one in caught.value.problems] == [True]


def test_a_file_that_is_no_pack_is_not_quoted(tmp_path: Path) -> None:
    path = write(tmp_path, "姓名 班级 张三 一班\n")
    with pytest.raises(InputError) as caught:
        load_packs([path])
    assert "张三" not in str(caught.value)
