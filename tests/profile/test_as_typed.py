"""What people type stays what they typed; what can only be meant one way is understood."""

from datetime import date

import pytest
import yaml

from planforge.core.yaml_nodes import Mapping, Scalar
from planforge.profile import ReadProfile, read_profile_text
from planforge.profile.node_builder import form_nodes
from planforge.profile.typing_slips import mend_slips

BASE = "school: {name: 青石小学, stage: 小学}\nterm: {year: 2026-2027, number: 1}\ngroup: {heads: 周明远（校长）}\n"


def read(text: str) -> ReadProfile:
    reading = read_profile_text(BASE + text)
    assert reading.ok, [str(problem) for problem in reading.problems]
    return reading


@pytest.mark.parametrize(
    "typed",
    ["7:50", "0571", "010", "no", "yes", "on", "null", "~", "true", "1e3", "0x1F", "1_000", "2026-09-01", "1.10",
     ".5", ".inf", "1:30:00", "-0", "=", "<b>", "a & b", "{{ name }}", "{% raw %}", "𠮷野", "C:\\x", "50%"],
)  # fmt: skip
def test_text_has_no_implicit_type(typed: str) -> None:
    quoted = typed if typed[0] not in "{=~%" or typed == "~" else f"'{typed}'"
    assert read(f"supervision:\n  box: {quoted}\n").profile.supervision.box == typed


def test_clock_and_telephone() -> None:
    profile = read(
        "day:\n  arrival: 7:50\n  first_lesson: 08:30\n  end: 15：30\nsupervision:\n  hotline: 0571-00000000\n"
    ).profile
    assert (profile.day.arrival, profile.day.first_lesson, profile.day.end) == ("7:50", "8:30", "15:30")
    assert profile.supervision.hotline == "0571-00000000"


@pytest.mark.parametrize(
    "name", ["周<b>明远", "{{ 7*7 }}", "{% include 'x' %}", "A & B", "<script>", "𠮷𠀀", "欧阳·阿依古丽"]
)
def test_markup_in_names_is_only_text(name: str) -> None:
    text = BASE.replace(
        "group: {heads: 周明远（校长）}",
        f"group:\n  heads:\n    - name: '{name.replace(chr(39), chr(39) * 2)}'",
    )
    reading = read_profile_text(text)
    assert reading.ok
    assert reading.profile.group.heads[0].name == name


@pytest.mark.parametrize(
    ("typed", "grades"),
    [
        ("1-6", (1, 2, 3, 4, 5, 6)),
        ("1—5", (1, 2, 3, 4, 5)),
        ("一至六年级", (1, 2, 3, 4, 5, 6)),
        ("一年级到三年级", (1, 2, 3)),
        ("1、2、3", (1, 2, 3)),
        ("一、二年级", (1, 2)),
        ("1-2、4", (1, 2, 4)),
        ("[1, 2, 3]", (1, 2, 3)),
        ("[一年级, 2]", (1, 2)),
        ("６", (6,)),
        ("三", (3,)),
    ],
)
def test_grades_in_every_way_of_writing(typed: str, grades: tuple[int, ...]) -> None:
    text = BASE.replace(
        "{name: 青石小学, stage: 小学}", f"\n  name: 青石小学\n  stage: 小学\n  grades: {typed}"
    )
    reading = read_profile_text(text)
    assert reading.ok, [str(problem) for problem in reading.problems]
    assert reading.profile.school.grades == grades


@pytest.mark.parametrize(
    ("stage", "value"), [("小学", "primary"), ("junior", "junior"), ("九年一贯", "nine_year")]
)
@pytest.mark.parametrize(
    ("system", "kept"), [("五四", "5-4"), ("六三制", "6-3"), ("6-3", "6-3"), ("５-４", "5-4")]
)
def test_stage_and_system(stage: str, value: str, system: str, kept: str) -> None:
    school = read_profile_text(f"school: {{name: 青石学校, stage: {stage}, system: {system}}}").profile.school
    assert (school.stage, school.system) == (value, kept)


@pytest.mark.parametrize("typed", ["2026-09-01", "2026年9月1日", "2026/9/1", "2026.09.01", "２０２６-９-１"])
def test_dates(typed: str) -> None:
    text = BASE.replace(
        "{year: 2026-2027, number: 1}", f"\n  year: 2026-2027\n  number: 1\n  starts: {typed}"
    )
    assert read_profile_text(text).profile.term.starts == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "how"),
    [("不布置", "none"), ("尽量不布置", "none_soft"), ("平均不超过", "average"), ("不超过", "at_most"),
     ("有条件时不超过", "where_possible"), ("at_most", "at_most")],
)  # fmt: skip
def test_five_ways_of_limiting(typed: str, how: str) -> None:
    minutes = "" if "不布置" in typed else ", minutes: 30"
    reading = read(f"homework:\n  bands:\n    - {{grades: 3-6, how: {typed}{minutes}}}\n")
    assert reading.profile.homework.bands[0].how == how


def test_people_in_one_line_or_many() -> None:
    one_line = read("posts: 林远（副校长）、沈知行（教导主任、语文教师）、许 青\n").profile.posts
    assert [(person.name, person.post) for person in one_line] == [
        ("林远", "副校长"),
        ("沈知行", "教导主任、语文教师"),
        ("许青", ""),
    ]
    listed = read("posts:\n  - 林远（副校长）\n  - {name: 许青, post: 教师}\n").profile.posts
    assert [(person.name, person.post) for person in listed] == [("林远", "副校长"), ("许青", "教师")]


def test_one_head_a_campus_may_be_the_same_person() -> None:
    reading = read_profile_text(
        "school:\n  name: 青石小学\n  stage: 小学\n  campuses: [{name: 南校区}, {name: 北校区}]\n"
        "term: {year: 2026-2027, number: 1}\n"
        "group:\n  heads:\n    - {name: 周明远, campus: 南校区}\n    - {name: 周明远, campus: 北校区}\n"
    )
    assert not reading.problems


def test_five_four_junior_has_grade_six() -> None:
    reading = read_profile_text(
        "school: {name: 青石中学, stage: 初中, system: 五四, grades: 六至九年级}\n"
        "term: {year: 2026-2027, number: 2}\ngroup: {heads: 周明远}\n"
        "schedule:\n  - {month: 3, what: 开学}\n  - {month: 7, what: 总结}\n"
    )
    assert not reading.problems


@pytest.mark.parametrize(
    "number", ["0571-00000000", "010-00000000", "13800000000", "0898 0000000", "（021）00000000", "400-000-0000",
               "12345", "00000000", "0571-00000000-801", "0571-00000000转801", "+86 13800000000", "0571-00000000、13800000000"],
)  # fmt: skip
def test_telephones_as_people_write_them(number: str) -> None:
    assert read(f"supervision:\n  hotline: {number}\n").profile.supervision.hotline == number


def test_blank_keys_are_as_if_not_written() -> None:
    reading = read("day:\n  arrival:\n  end: ''\nhomework:\nacts:\n  -\n    what:\n    who:\n")
    assert not reading.problems
    assert reading.profile.day.arrival == ""
    assert reading.profile.acts == ()


def test_aliases_in_moderation() -> None:
    reading = read("after_school:\n  segments:\n    - &one {name: 作业辅导, grades: 1-6}\n    - *one\n")
    assert len(reading.profile.after_school.segments) == 2


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a0: &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    problems = read_profile_text("\n".join(lines)).problems
    flood = next(problem for problem in problems if problem.code == "yaml.alias_flood")
    assert flood.place is not None
    assert flood.place.line == 5
    assert "展开" in flood.message


def test_deep_nesting_is_refused() -> None:
    problems = read_profile_text("school: " + "[" * 100_000).problems
    assert [problem.code for problem in problems] == ["yaml.depth"]


@pytest.mark.parametrize(
    "text", [BASE + "day:\n  end: 15:30\n", "a: [x, {b: 'c'}]\nd: |\n  e\n  f\n", "a: 1\n b: 2\n"]
)
def test_the_parser_without_libyaml_reads_the_same(text: str) -> None:
    surface = mend_slips(text, "x", (), lambda problem: None)
    fast, pure = (form_nodes(surface, "x", lambda problem: None, pure=pure) for pure in (False, True))
    assert fast.root == pure.root
    assert fast.whole == pure.whole


def test_block_text_is_left_alone() -> None:
    reading = read(
        "homework:\n  layered: |\n    day：分层\n    name:分组\n    　　全角开头\n  weekend: 不加量\n"
    )
    assert reading.profile.homework.layered == "day：分层\nname:分组\n　　全角开头"


def test_reading_agrees_with_yaml_on_structure() -> None:
    text = "a:\n  - b: c\n    d: [e, f]\n  - g\nh: {i: j}\n"
    root = form_nodes(mend_slips(text, "x", (), lambda problem: None), "x", lambda problem: None).root

    def data(node: object) -> object:
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Mapping):
            return {key: data(value) for key, value in node.entries.items()}
        return [data(item) for item in node.items]  # type: ignore[attr-defined]

    assert data(root) == yaml.safe_load(text)


def test_lines_broken_for_the_eye_are_joined() -> None:
    reading = read(
        "homework:\n"
        "  layered: 每课设基础题\n    和选做题 A B\n    C 两层，\n    不加量\n"
        '  weekend: "周末作业\n    总量不变"\n'
        "  over_limit: >\n    当天协调\n    减量\n"
    )
    homework = reading.profile.homework
    assert homework.layered == "每课设基础题和选做题 A B C 两层，不加量"
    assert homework.weekend == "周末作业总量不变"
    assert homework.over_limit == "当天协调减量"
