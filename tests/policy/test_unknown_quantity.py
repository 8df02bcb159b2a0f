"""A local number for something that no rule knows is a mistake, not a rule that never finds anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.policy import load_packs
from tests.policy.district import PACK, write


def test_an_unknown_quantity_is_told_with_line_and_nearest_name(tmp_path: Path) -> None:
    path = write(tmp_path, PACK.replace("homework.minutes", "homework.minuts"))
    with pytest.raises(InputError) as caught:
        load_packs([path])
    (problem,) = caught.value.problems
    assert problem.place is not None and problem.place.line == PACK[: PACK.index("quantity")].count("\n") + 1
    assert problem.found == "homework.minuts" and "homework.minutes" in problem.fix


def test_with_words_to_seek_it_is_a_rule(tmp_path: Path) -> None:
    text = PACK.replace("homework.minutes", "homework.own") + "    passages: ['打卡作业']\n"
    assert load_packs([write(tmp_path, text)]).rule("qingshi.homework").passages
