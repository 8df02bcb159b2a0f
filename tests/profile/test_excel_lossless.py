"""From YAML to Excel and back nothing is lost but comments, and nothing is added."""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from planforge.core.problems import InputError
from planforge.core.resources import profiles_root
from planforge.profile import Profile, blank_form, read_profile
from planforge.profile.consistency.common import steps
from planforge.profile.field_titles import Described, at, keys
from planforge.profile.fields import FormGroup
from planforge.profile.form import choices
from planforge.profile.workbook.blocks import Shape, blocks
from planforge.profile.workbook.cells import ERASED, tidy, to_cell, written
from planforge.profile.workbook.convert import convert, workbook_of
from planforge.profile.workbook.sheet_state import SheetState, ValueCount
from planforge.sheets.grid import SheetCell, SheetGrid
from tests.support.exploring import examples

CATALOGUE = Path(__file__).parents[1] / "catalogue"
QUICK = {"city-primary-summary", "two-campus-primary", "s000-3", "s003-5"}
"""Profiles that hold something of everything; the others are converted in the full run."""
OURS = [*sorted(profiles_root().glob("*.yaml")), *sorted(CATALOGUE.glob("*/profile.yaml"))]

TRAPS = (
    "=1+1", "+86", "-5", "@家长", "'引号", '"甲"', "■ 学校", "■■", "（空）", "（（空））", "（空", "• 一", "•", "第2条",
    "_x0041_", "_x005F_", "<b>&amp;", "0571", "010", "7:50", "2026-09-01", "1e5", "一、二，三；四", "甲：乙", "学校全称",
    "填写内容", "项目", "序号", "#REF!", "TRUE", "𠮷野", "甲　乙", "a\xa0b", "青石小学（北校区）", "是", "{{ x }}", "# 号", "a: b",
    "第一行\n第二行", "一\n\n  二", "- 甲\n- 乙", "• 甲\n• 乙", "■ 甲\n乙", "=甲\n=乙", "—", "、", "，—",
)  # fmt: skip
ONE_LINE = (
    "林远（副校长）", "沈知行", "周明远（校长）、沈知行（教导主任）", "—", "林远（—）", "—（—）", "（校长）", "许 青", "林远、、—",
    "林远(副校长)；沈知行", "• 林远",
)  # fmt: skip
"""People as they are written in one line, well or not."""


def fits(kind: type[FormGroup], key: str, value: object) -> bool:
    try:
        kind.model_validate({key: value})
    except ValidationError:
        return False
    return True


@cache
def candidates(kind: type[FormGroup], key: str) -> tuple[Any, ...]:
    """What may stand behind a key: its sample, its choices, and every trap that it takes."""
    entry = keys(kind)[key]
    lists = [
        ["一、二"],
        ["甲"],
        ["甲", "乙，丙"],
        ["• 甲", "• 乙"],
        ["• 甲"],
        [" 甲 ", "乙"],
        ["1", "2-3"],
        ["5", "8"],
    ]
    options = [{"领导小组": "表格"}, {"甲": "乙：丙", "丁": "=1"}]
    tried = [entry.sample, *choices(entry.info), *TRAPS, *lists, *options, "1", "3", "16:30", "12%"]
    return tuple(one for one in tried if fits(kind, key, one))


class Invented:
    """A profile of anything that the model takes, by chance.

    share: of the keys that are written, at the top and inside groups. emptied: of the values that are written empty.
    """

    def __init__(self, seed: int, share: float = 0.8, inner: float = 0.6, emptied: float = 0) -> None:
        self._random = random.Random(seed)
        self._shares = (share, inner)
        self._emptied = emptied

    def profile(self) -> dict[str, Any]:
        return self._group(Profile, self._shares[0])

    def _group(self, kind: type[FormGroup], share: float) -> dict[str, Any]:
        written = {}
        for key, entry in keys(kind).items():
            if key not in ("extends", "schema") and self._random.random() < share:
                value = self._value(kind, entry)
                if value not in ({}, []) or self._emptied:
                    written[key] = value
        return written

    def _value(self, kind: type[FormGroup], entry: Described) -> Any:
        if entry.key != "id" and self._random.random() < self._emptied:
            return [] if entry.listed else {} if entry.kind else ""
        if entry.kind is None:
            return self._random.choice(candidates(kind, entry.key))
        people = [text for text in ONE_LINE if fits(kind, entry.key, text)]
        if people and self._random.random() < 0.2:
            return self._random.choice(people)
        if not entry.listed:
            return self._group(entry.kind, self._shares[1])
        entries: list[Any] = []
        for _ in range(self._random.randint(1, 4)):
            lines = [text for text in ONE_LINE if fits(kind, entry.key, [text])]
            if lines and self._random.random() < 0.2:
                entries.append(self._random.choice(lines))
            else:
                entries.append(self._group(entry.kind, self._shares[1]))
        return [one for one in entries if one]


UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""An example takes a second: what fails is made smaller by hand, not by some hundred tries."""


def profiles(emptied: float = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Profiles of every size: all of the form, a part of it, a key here and there."""
    shares = st.sampled_from([0.8, 0.3, 0.1])
    drawn = st.tuples(st.integers(0, 2**32), shares, shares)
    return drawn.map(lambda seed_and_shares: Invented(*seed_and_shares, emptied).profile())


def test_the_traps_reach_every_kind_of_value() -> None:
    fields = [(block.kind, one) for block in blocks().values() for one in block.fields if len(one.path) == 1]
    assert all(candidates(kind, one.path[0]) for kind, one in fields)
    assert len(candidates(keys(Profile)["school"].kind or Profile, "retention")) > len(TRAPS)
    assert any(
        isinstance(one, list) for one in candidates(keys(Profile)["after_school"].kind or Profile, "clubs")
    )


@example({"subject_groups": [{"schedule": [{"until": "2026-09-04"}]}]})
@example(
    {
        "subject_groups": [
            {"name": "甲"},
            {"schedule": [{"month": "9"}]},
            {"tasks": [{}]},
            {"tasks": [{"what": "乙"}]},
        ]
    }
)
@example({})
@example({"sport": {"activities": ["•"]}, "policy": ["—"]})
@example({"group": {"heads": ["林远（—）"], "deputies": "—", "members": "林远、、—", "office_head": "—"}})
@example({"approval": {"drafted_by": "—（—）"}, "documents": ["—", "工作计划"]})
@examples(6, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
@given(profiles())
def test_any_profile_comes_back(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_comes_back(Path(folder), data)


@example({"acts": [{"id": "a1", "what": "统筹", "who": "甲"}]}, {"acts": [{"id": "a1", "who": ""}]})
@example(
    {"home": {"school": "讲睡眠"}, "attachments": [{"title": "办法"}]},
    {"home": {"school": ""}, "attachments": []},
)
@example({"approval": {"reviewed_by": "林远（副校长）"}}, {"approval": {"reviewed_by": {}}})
@examples(6, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
@given(profiles(), profiles(emptied=0.2))
def test_any_profile_over_another_comes_back(upper: dict[str, Any], data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "上.yaml").write_text(json.dumps(upper, ensure_ascii=False), encoding="utf-8")
        assert_comes_back(Path(folder), {"extends": "上.yaml", **data})


def assert_comes_back(folder: Path, data: Mapping[str, Any]) -> None:
    """What the profile says, its notices and their titles are the same from YAML, from Excel and from YAML again."""
    first = folder / "甲.yaml"
    first.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    excel = convert(first, folder / "甲.xlsx").path
    second = convert(excel, folder / "乙.yaml").path
    readings = [read_profile(path) for path in (first, excel, second)]
    assert readings[1].profile == readings[0].profile
    assert readings[2].profile == readings[0].profile
    codes = [
        sorted((problem.code, problem.field, problem.severity) for problem in reading.problems)
        for reading in readings
    ]
    assert codes[0] == codes[1] == codes[2]
    for problem in readings[1].problems:
        assert problem.place is not None and ("!" in problem.place.cell or problem.place.file != str(excel))
    with zipfile.ZipFile(excel) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "sheet" in name)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            one,
            marks=() if QUICK & {one.stem, one.parent.name} else (pytest.mark.slow, pytest.mark.long),
            id=f"{one.parent.name}-{one.stem}",
        )
        for one in OURS
    ],
)
def test_our_own_profiles_come_back(tmp_path: Path, path: Path) -> None:
    for one in path.parent.glob("*.yaml"):  # with the ones that they extend
        shutil.copy(one, tmp_path)
    source = tmp_path / path.name
    excel = convert(source, tmp_path / "经过.xlsx").path
    back = convert(excel, tmp_path / "回来.yaml").path
    before, between, after = (read_profile(one) for one in (source, excel, back))
    assert before.ok and between.profile == before.profile and after.profile == before.profile
    assert values(between.places) == values(before.places) == values(after.places)


def values(places: Mapping[str, object]) -> set[str]:
    """The paths of what was written, without groups (a blank one stands in the workbook too), people in one
    line, and the members of lists that fit on one line.
    """
    entries = {path: at(steps(path)) for path in places}
    return {
        re.sub(r"\[\d+\]$", "", path) if entry and entry.kind is None else path
        for path, entry in entries.items()
        if entry and entry.kind is None and not re.search(r"\.(name|post|kind)$", path)
    }


@given(
    st.sampled_from(["text", "long", "texts", "lines"]),
    st.one_of(
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]) | st.sampled_from("■•（空）、，；："), max_size=12),
        st.lists(st.text(st.characters(categories=["L", "N", "P"]) | st.sampled_from("■•（空）、"), max_size=5), max_size=3),
    ),
)  # fmt: skip
def test_any_text_comes_back_from_its_cell(shape: Shape, value: str | list[str]) -> None:
    if isinstance(value, list) and shape not in ("texts", "lines"):
        return
    meant = tidy(value if isinstance(value, str) else tuple(value), shape)
    field = next(one for block in blocks().values() for one in block.fields if one.shape == shape)
    problems: list[object] = []
    state = SheetState("", SheetGrid(""), problems.append, 0, ValueCount())
    node = state.node(1, 1, field, SheetCell(to_cell(meant)))
    read = tuple(getattr(one, "text", "") for one in node.items) if hasattr(node, "items") else node.text  # type: ignore[union-attr]
    assert (read or "") == (meant or "") and not problems
    if meant == "" or meant == ():
        assert to_cell(meant) == ""
    assert to_cell(meant) != ERASED and written(SheetCell(to_cell(meant)), shape) != ERASED


def test_the_blank_form_becomes_the_blank_workbook(tmp_path: Path) -> None:
    (tmp_path / "空.yaml").write_text(blank_form(), encoding="utf-8")
    convert(tmp_path / "空.yaml", tmp_path / "空.xlsx")
    assert read_profile(tmp_path / "空.xlsx").profile == read_profile(tmp_path / "空.yaml").profile
    path = tmp_path / "问.xlsx"
    path.write_bytes(workbook_of(blank_form({"school.name": "青石小学", "group.heads": ["周明远（校长）"]})))
    profile = read_profile(path).profile
    assert profile.school.name == "青石小学" and profile.group.heads[0].post == "校长"


def test_what_a_layer_takes_away_stays_taken_away(tmp_path: Path) -> None:
    (tmp_path / "上.yaml").write_text(
        "home: {school: 讲睡眠}\nphones: {place: 柜}\nattachments: [{title: 办法}]\n", "utf-8"
    )
    own = 'extends: 上.yaml\nhome: {school: ""}\nphones: {place: }\nattachments: []\n'
    (tmp_path / "校.yaml").write_text(own, encoding="utf-8")
    for source, target in (("校.yaml", "校.xlsx"), ("校.xlsx", "回.yaml")):
        convert(tmp_path / source, tmp_path / target)
    for name in ("校.yaml", "校.xlsx", "回.yaml"):
        profile = read_profile(tmp_path / name).profile
        assert (profile.home.school, profile.phones.place, profile.attachments) == ("", "柜", ()), name


def test_mistakes_and_files_that_are_there_stop_the_conversion(tmp_path: Path) -> None:
    source = tmp_path / "校.yaml"
    source.write_text("school: {name: 甲校, stgae: 小学}\nterm: {starts: 九月}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        convert(source, tmp_path / "校.xlsx")
    assert [one.code for one in caught.value.problems] == ["key.unknown", "date.form"]
    assert list(tmp_path.iterdir()) == [source]
    source.write_text("school: {name: 甲校}\n", encoding="utf-8")
    for target, code in (
        ("校.yaml", "convert.kinds"),
        ("校.docx", "convert.kinds"),
        ("有.xlsx", "convert.exists"),
    ):
        (tmp_path / "有.xlsx").write_bytes(b"kept")
        with pytest.raises(InputError) as caught:
            convert(source, tmp_path / target)
        assert [one.code for one in caught.value.problems] == [code]
    assert (tmp_path / "有.xlsx").read_bytes() == b"kept"
