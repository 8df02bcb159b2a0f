"""A look's file: based on another, told wrong with its place, found in a school's own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.document.look import find_look, read_look

BUILT_IN = templates_root()
OFFICIAL = find_look("official", [BUILT_IN])
NAMES = sorted(path.stem for path in (BUILT_IN / "styles").glob("*.yaml"))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "styles" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def wrong(path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(InputError) as caught:
        read_look(path)
    found = []
    for problem in caught.value.problems:
        assert problem.place is not None and problem.place.file == str(path)
        found.append((problem.place.line, problem.field, str(problem)))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_look_says_where_its_numbers_come_from(name: str) -> None:
    look = find_look(name, [BUILT_IN])
    groups: list[Any] = [look.page, look.tables, look.numbering, look.page_number, look.line_breaking]
    groups += [*look.fonts.values(), *look.styles.values()]
    groups += [group for group in (look.red_head, look.seal, look.fit) if group is not None]
    assert look.name == name
    assert all(group.source for group in groups)


def test_a_look_gives_only_what_differs(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "own",
        "based_on: official\nname: own\ntitle: 本校式样\nstyles:\n  body: {pitch: 26, size: 15}\n"
        "page_number: {sides: centre}\n",
    )
    look = read_look(path)
    assert look.styles["body"].pitch == look.styles["item1"].pitch == look.styles["title"].pitch == 26
    assert look.styles["body"].size == look.styles["heading2"].size == 15
    assert look.styles["title"].size == 22 and look.styles["table_cell"].pitch == 18
    assert look.styles["title"].after == 26  # one line of the body text
    assert look.page_number.sides == "centre" and look.page_number.pattern == "— {page} —"
    assert look.fonts == OFFICIAL.fonts and look.page.lines == OFFICIAL.page.lines
    assert look.page.characters == 29  # (442.2 - 15) / 14.75 + 1


def test_a_group_that_was_changed_says_so_and_keeps_what_it_came_from(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "own",
        "based_on: official\nname: own\ntitle: 本校式样\npage: {top_mm: 30}\ntables: {rule: 1, source: 校办}\n",
    )
    look = read_look(path)
    assert look.page.source == f"{OFFICIAL.page.source}；本校式样有改动"
    assert look.tables.source == "校办"
    assert look.numbering.source == OFFICIAL.numbering.source


def test_a_page_counts_its_lines_and_characters(tmp_path: Path) -> None:
    """22 lines of 28 characters by GB/T 9704-2012 5.2.3; 247 mm and 160 mm hold 29 lines of 24 pt, 32 of 14 pt."""
    assert (OFFICIAL.page.lines, OFFICIAL.page.characters) == (22, 28)
    letter = find_look("letter", [BUILT_IN])
    assert (letter.page.lines, letter.page.characters) == (29, 32)


def test_a_school_may_change_a_built_in_look_under_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "official", "based_on: official\ntitle: 本校公文\nstyles:\n  body: {pitch: 27}\n")
    look = find_look("official", [tmp_path, BUILT_IN])
    assert (look.title, look.styles["body"].pitch, look.styles["body"].size) == ("本校公文", 27, 16)


def test_looks_of_a_school_may_build_on_each_other(tmp_path: Path) -> None:
    write(tmp_path, "one", "based_on: county\nname: one\ntitle: 一\nstyles: {title: {size: 20}}\n")
    write(tmp_path, "two", "based_on: one\nname: two\ntitle: 二\nstyles: {title: {after_lines: 2}}\n")
    look = find_look("two", [tmp_path, BUILT_IN])
    title = look.styles["title"]
    assert (look.fonts["fangsong"].word, title.size, title.after) == ("仿宋_GB2312", 20, 56)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("based_on: official\nstyles:\n  body: {pich: 26}\n", 3, "是不是 pitch"),
        ("based_on: official\nstyles:\n  titel:\n    size: 20\n", 3, "是不是 title"),
        ("based_on: official\nstyles:\n  title:\n    size: 大\n", 4, "应是数"),
        ("based_on: official\nstyles:\n  title:\n    size: 900\n", 4, "太大了"),
        ("based_on: official\nstyles:\n  title:\n    align: middle\n", 4, "不在可用的词里"),
        ("based_on: official\nstyles:\n  title:\n    font: fangsung\n", 4, "没有定义的字体角色"),
        ("based_on: official\nstyles:\n  title:\n    like: bodi\n", 4, "没有 bodi 这种式样"),
        ("based_on: official\nstyles:\n  body: {like: item1}\n", 3, "转了一圈"),
        ("based_on: official\npage:\n  left_mm: 150\n  right_mm: 150\n", 2, "页边距太大"),
        ("based_on: official\npage_number: {pattern: 第页}\n", 2, "写法不对"),
        ("based_on: offical\n", 1, "没有这种版式"),
        ("based_on: own\n", 1, "以自己为底"),
        ("based_on: official\nname: a\nname: b\n", 3, "写了两次"),
        ("based_on: official\npage: &a {top_mm: 3}\n", 2, "不能用 &"),
        ("based_on: official\n  title: [\n", 2, "YAML 写法有误"),
        ("based_on: official\npage:\n\ttop_mm: 30\n", 3, "制表符"),
        ("based_on：official\nname: own\n", 1, "全角冒号"),
        ("based_on: official\nfit: {pages: 1, source: 本校, steps: [{pitch: 20}, {leading: 3}]}\n", 2, "一级只能写"),
        ("- a\n", 1, "若干行"),
        ("name: own\ntitle: 自己\n", 1, "缺少这一项"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = wrong(write(tmp_path, "own", text))
    assert any(at == line and says in shown for at, _, shown in found), found


def test_one_mistake_is_told_once_though_every_step_of_the_ladder_has_it(tmp_path: Path) -> None:
    assert len(wrong(write(tmp_path, "own", "based_on: letter\ntables: {rule: -1}\n"))) == 1


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    path = tmp_path / "styles" / "own.yaml"
    with pytest.raises(InputError, match="打不开"):
        read_look(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_look(path)


def test_county_is_what_offices_ask_for() -> None:
    look = find_look("county", [BUILT_IN])
    words = {role: look.fonts[role].word for role in ("xiaobiaosong", "fangsong", "kaiti", "heiti")}
    assert words == {
        "xiaobiaosong": "方正小标宋简体", "fangsong": "仿宋_GB2312", "kaiti": "楷体_GB2312", "heiti": "黑体",
    }  # fmt: skip
    assert {look.styles[name].pitch for name in ("title", "body", "heading1", "item2", "closing")} == {28}
    assert (look.fonts["fangsong"].substitute, look.fonts["kaiti"].substitute) == ("仿宋", "楷体")
    assert (look.styles["title"].size, look.styles["body"].size) == (22, 16)
