"""Names of another school where the form asks for the school's own."""

from __future__ import annotations

import pytest

from planforge.check.own_names import foreign_names
from tests.check.schools import profile, read


def found(name: str, short: str = "", more: str = "") -> list[tuple[int, str]]:
    text = profile(more).replace("青石区临溪学校", f"{name}\n  short_name: {short}" if short else name)
    return [(one.place.line if one.place else 0, one.found) for one in foreign_names(read(text)[1])]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青石区临溪实验小学", "临溪实小"),
        ("青石区第二初级中学", "青石二中"),
        ("青石区第2小学", "第二小学"),
        ("青石区临溪小学", ""),
    ],
)
def test_a_short_name_is_made_of_the_full_one(name: str, short: str) -> None:
    office = f"dispatch: {{issuer: {name}文件, office: {short or name}办公室}}\n"
    assert found(name, short, office) == []


def test_another_schools_names_are_told_at_their_lines() -> None:
    office = "dispatch: {issuer: 望山区柳岸小学文件, office: 柳岸小学办公室}\n"
    told = [(9, "望山区柳岸小学文件"), (9, "柳岸小学办公室")]
    assert found("青石区临溪小学", "临溪小学", office) == told
    assert found("青石区临溪小学", "柳岸小学", office) == [(3, "柳岸小学"), *told]


def test_an_authority_may_issue() -> None:
    assert not found("青石区临溪小学", "", "dispatch: {issuer: 青石区教育局, office: 教导处}\n")
