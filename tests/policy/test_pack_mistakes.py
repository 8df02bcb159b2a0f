"""A pack that a bureau writes: its mistakes with file and line, and how it stands beside the national one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.policy import load_packs
from tests.policy.district import PACK, write


def problems(tmp_path: Path, text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        load_packs([write(tmp_path, text)])
    found = []
    for problem in caught.value.problems:
        assert problem.place is not None
        assert problem.place.file.endswith("local.yaml")
        found.append((problem.code, problem.place.line, problem.field))
    return found


def test_a_stricter_local_rule_goes_before_the_national_one(tmp_path: Path) -> None:
    rules = load_packs([write(tmp_path, PACK)]).in_force(date(2026, 9, 1)).limits("homework.minutes", "6-3")
    assert [rules[grade].limit.number for grade in (3, 4, 5)] == [40, 40, 60]


def test_a_looser_local_rule_does_not_loosen_the_national_one(tmp_path: Path) -> None:
    text = PACK.replace("value: 40", "value: 80")
    rules = load_packs([write(tmp_path, text)]).in_force(date(2026, 9, 1)).limits("homework.minutes", "6-3")
    assert rules[3].limit.number == 60


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "field"),
    [
        ("kind: average", "kind: mean", "pack.literal_error", 17, "rules.0.limit.kind"),
        ("value: 40, ", "", "pack.value_error", 17, "rules.0.limit"),
        ("value: 40", "value: 很少", "pack.value_error", 17, "rules.0.limit"),
        ("grades: {6-3: 3-4, 5-4: 3-4}", "grades: {6-3: 3-9}", "pack.value_error", 12, "rules.0"),
        ("from: 2026-07-01", "from: 七月一日", "pack.date_from_datetime_parsing", 19, "rules.0.from"),
        ("topic: homework", "topic: homwork", "pack.literal_error", 13, "rules.0.topic"),
        ("    statement:", "    statment:", "pack.missing", 12, "rules.0.statement"),
        ("{document: qingshi-homework}", "{document: nowhere}", "pack.no_document", 18, "document"),
        ("  - id: qingshi.homework", "  - id: homework.upper.2021", "pack.duplicate_id", 12, "id"),
        ("title: 青石区规定", "title: 青石区规定\nid: again", "pack.duplicate_key", 4, ""),
    ],
)
def test_a_mistake_names_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, field: str
) -> None:
    assert old in PACK
    assert (code, line, field) in problems(tmp_path, PACK.replace(old, new, 1))


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = PACK.replace("rank: 6", "rank: 0").replace("topic: homework", "topic: homwork")
    assert len(problems(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: [", "pack.yaml"),
        ("a: &x {b: c}\nd: *x\n", "pack.alias"),
        ("", "pack.model_type"),
        ("- 1\n", "pack.model_type"),
        ("schema: !!python/object/apply:os.system ['true']\n", "pack.alias"),
    ],
)
def test_what_is_no_pack_is_said_so(tmp_path: Path, text: str, code: str) -> None:
    assert code in {found[0] for found in problems(tmp_path, text)}


def test_a_file_that_is_not_there_or_no_text_is_a_mistake_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError) as caught:
        load_packs([tmp_path / "none.yaml", tmp_path / "binary.yaml"])
    assert [problem.code for problem in caught.value.problems] == ["pack.unreadable"] * 2


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (PACK.replace("id: qingshi\n", "id：qingshi\n", 1), 2, "全角冒号"),
        (PACK.replace("    topic: homework", "\ttopic: homework"), 13, "制表符"),
        (PACK.replace("40, unit: minutes, confirmed: text_read}", "40, unit: minutes"), 18, "花括号没有配对"),
    ],
)
def test_a_slip_in_the_writing_is_explained_where_it_is_mended(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_packs([write(tmp_path, text)])
    (problem,) = caught.value.problems
    assert problem.place is not None and problem.place.line == line and says in problem.message


def test_deep_nesting_is_a_mistake_not_a_crash(tmp_path: Path) -> None:
    assert problems(tmp_path, "a: " + "[" * 20_000)


def test_a_looser_rule_is_told_even_where_the_pack_is_stricter_in_another_grade(tmp_path: Path) -> None:
    looser = PACK.replace("value: 40", "value: 90")
    first = looser.index("  - id: qingshi.homework")
    stricter = looser[first:].replace("qingshi.homework", "qingshi.third").replace("value: 90", "value: 30")
    path = write(
        tmp_path, looser + stricter.replace("grades: {6-3: 3-4, 5-4: 3-4}", "grades: {6-3: 3-3, 5-4: 3-3}")
    )
    rules = load_packs([path]).in_force(date(2026, 9, 1))
    assert [(rule.id, better.id) for rule, better in rules.looser("6-3")] == [
        ("qingshi.homework", "homework.upper.2021")
    ]
