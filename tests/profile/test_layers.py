"""Bureau below school below term: what is written above wins, and every value knows its file."""

from pathlib import Path

import pytest

from planforge.profile import ReadProfile, read_profile

BUREAU = """\
supervision:
  hotline: 0571-00000000
  answer_days: 5
acts:
  - id: a1
    what: 建立统筹表
    who: 年级组长
bases:
  - title: 青石区作业管理办法
"""
SCHOOL = """\
extends: ../bureau.yaml
school: {name: 青石小学, stage: 小学}
group: {heads: 周明远（校长）}
supervision:
  hotline: 0571-11111111
acts:
  - id: a1
    who: 班主任
  - id: a2
    what: 分层作业
"""
TERM = """\
extends: school.yaml
term: {year: 2026-2027, number: 1}
supervision:
  answer_days: 3
  hotline:
acts:
  - id: a2
    when: 9月
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bureau.yaml").write_text(BUREAU, encoding="utf-8")
    school = tmp_path / "学校"
    school.mkdir()
    (school / "school.yaml").write_text(SCHOOL, encoding="utf-8")
    (school / "term.yaml").write_text(TERM, encoding="utf-8")
    return school


def where(reading: ReadProfile, path: str) -> tuple[str, int, str | None]:
    place = reading.place(path)
    assert place is not None
    return Path(place.file).name, place.line, reading.layer(path)


def test_three_layers(folder: Path) -> None:
    reading = read_profile(folder / "term.yaml")
    assert not reading.problems
    profile = reading.profile
    assert profile.school.name == "青石小学"
    assert profile.supervision.hotline == "0571-11111111"
    assert profile.supervision.answer_days == 3
    assert [(act.id, act.what, act.who, act.when) for act in profile.acts] == [
        ("a1", "建立统筹表", "班主任", ""),
        ("a2", "分层作业", "", "9月"),
    ]
    assert where(reading, "supervision.hotline") == ("school.yaml", 5, "school")
    assert where(reading, "supervision.answer_days") == ("term.yaml", 4, "term")
    assert where(reading, "acts[0].what") == ("bureau.yaml", 6, "bureau")
    assert where(reading, "acts[0].who") == ("school.yaml", 8, "school")
    assert where(reading, "acts[1].when") == ("term.yaml", 8, "term")
    assert where(reading, "bases[0].title") == ("bureau.yaml", 9, "bureau")


def test_one_file_is_the_school(folder: Path) -> None:
    path = folder / "alone.yaml"
    path.write_text("school: {name: 青石小学}\n", encoding="utf-8")
    assert set(read_profile(path).layers.values()) == {"school"}


def test_mistakes_in_a_lower_layer_name_its_file(folder: Path) -> None:
    (folder.parent / "bureau.yaml").write_text(
        "supervision:\n  hotline: 123\n  answer_days: 五\n", encoding="utf-8"
    )
    problems = read_profile(folder / "term.yaml").problems
    found = [(problem.place.file, problem.place.line, problem.code) for problem in problems if problem.place]
    assert (str(folder.parent / "bureau.yaml"), 3, "number.form") not in found, (
        "the term says 3, so 五 does not count"
    )
    (folder / "term.yaml").write_text(
        "extends: school.yaml\nterm: {year: 2026-2027, number: 1}\n", encoding="utf-8"
    )
    problems = read_profile(folder / "term.yaml").problems
    found = [(problem.place.file, problem.place.line, problem.code) for problem in problems if problem.place]
    assert (str(folder.parent / "bureau.yaml"), 3, "number.form") in found


def test_a_missing_layer_is_named_where_it_is_asked_for(folder: Path) -> None:
    (folder.parent / "bureau.yaml").unlink()
    (problem,) = (one for one in read_profile(folder / "term.yaml").problems if one.severity == "error")
    assert problem.code == "file.missing"
    assert problem.place is not None
    assert (Path(problem.place.file).name, problem.place.line, problem.place.column) == ("school.yaml", 1, 10)
    assert "bureau.yaml" in problem.found


def test_cycles_end(folder: Path) -> None:
    (folder.parent / "bureau.yaml").write_text("extends: 学校/term.yaml\n", encoding="utf-8")
    reading = read_profile(folder / "term.yaml")
    assert [problem.code for problem in reading.problems if problem.severity == "error"] == ["extends.cycle"]
    assert reading.profile.school.name == "青石小学"


def test_a_layer_reached_twice_is_read_once(folder: Path) -> None:
    (folder / "term.yaml").write_text(
        "extends: [../bureau.yaml, school.yaml]\n" + TERM.split("\n", 1)[1], encoding="utf-8"
    )
    reading = read_profile(folder / "term.yaml")
    assert not reading.problems
    assert len(reading.profile.acts) == 2


def test_too_many_layers(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n", encoding="utf-8")
    codes = [
        problem.code for problem in read_profile(tmp_path / "0.yaml").problems if problem.severity == "error"
    ]
    assert codes == ["extends.depth"]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "C:/x.yaml", "https://example.org/a.yaml", "~/a.yaml", "\\\\server\\a"]
)
def test_only_relative_paths(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.yaml").write_text(f"extends: {path}\n", encoding="utf-8")
    problems = read_profile(tmp_path / "a.yaml").problems
    assert "extends.path" in {problem.code for problem in problems}
