"""The blank form, the form by questions, and the schema: all say what the model says."""

import json
import re
from collections.abc import Iterator

import pytest

from planforge.profile import Profile, ask, blank_form, json_schema, read_profile_text
from planforge.profile.ask import QUESTIONS
from planforge.profile.field_titles import keys
from planforge.profile.fields import FormGroup


def groups(model: type[FormGroup] = Profile) -> Iterator[type[FormGroup]]:
    yield model
    for entry in keys(model).values():
        if entry.kind is not None:
            yield from groups(entry.kind)


def filled_in(form: str) -> str:
    """The form as someone fills it in who takes every example."""
    lines, example = [], ""
    for line in form.splitlines():
        if line.lstrip().startswith("# ") or line.strip() == "#":
            found = re.search("。例：(.*)$", line)
            example = found[1] if found else example
        else:
            line = re.sub(r"^(\s*)#", r"\1", line)
            if example and re.fullmatch(r"\s*(- )?\w+:", line):
                line, example = f"{line} {example}", ""
        lines.append(line)
    return "\n".join(lines)


def test_the_blank_form_reads_without_error() -> None:
    reading = read_profile_text(blank_form())
    assert reading.ok
    assert {problem.code for problem in reading.problems} == {"required.missing"}


def test_every_example_can_be_used_at_once() -> None:
    reading = read_profile_text(filled_in(blank_form()))
    assert [str(problem) for problem in reading.problems] == []
    assert reading.profile.school.name
    assert reading.profile.group.heads[0].post == "校长"
    assert reading.profile.documents[0].options


def test_every_key_is_in_the_form_and_filled_in() -> None:
    data = read_profile_text(filled_in(blank_form())).profile.model_dump()

    def empty(value: object, path: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from empty(inner, f"{path}.{key}")
        elif isinstance(value, (list, tuple)) and value:
            yield from empty(value[0], f"{path}[]")
        elif value in ("", None, (), {}):
            yield path

    known = ".campus", ".duty", ".minutes", ".since", ".until"
    assert [path for path in empty(data, "") if not path.endswith(known)] == []


def test_every_field_is_explained_in_chinese() -> None:
    for model in groups():
        for entry in keys(model).values():
            assert re.search("[一-鿿]", entry.title), entry.key
            assert re.search("[一-鿿]", entry.description), entry.key
            assert entry.description.endswith("。"), entry.description
            assert entry.kind or entry.sample is not None, entry.key
            assert entry.title in blank_form()


def test_first_things_come_first() -> None:
    open_keys = [line for line in blank_form().splitlines() if re.match(r" +(- )?\w+:$", line)]
    assert [line.strip() for line in open_keys[:2]] == ["name:", "stage:"]
    assert blank_form().index("\nschool:") < blank_form().index("\nterm:") < blank_form().index("\nhomework:")


class Scripted:
    """Somebody who types what a script says."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.told: list[str] = []

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)

    def tell(self, message: str) -> None:
        self.told.append(message)


GOOD = ["青石区临溪小学", "小学", "", "1-5", "青石区", "2026-2027", "1", "2026年9月1日", "周明远（校长）",
        "林远（副校长）", "沈知行、许青（教师）", "0571-00000000", "15:40", "17:40"]  # fmt: skip


def test_questions_fill_the_form() -> None:
    somebody = Scripted(*GOOD)
    form = ask(somebody)
    reading = read_profile_text(form)
    assert not reading.problems
    profile = reading.profile
    assert profile.school.grades == (1, 2, 3, 4, 5)
    assert profile.school.region.district == "青石区"
    assert [person.name for person in profile.group.members] == ["沈知行", "许青"]
    assert (profile.after_school.starts, profile.after_school.until) == ("15:40", "17:40")
    assert 10 <= len(somebody.asked) <= 14
    assert "#short_name" in form, "the rest stays in the form, to be filled in later"


@pytest.mark.parametrize(
    ("number", "wrong", "reason"),
    [
        (0, "", "一定要填"),
        (1, "高中", "小学、初中、九年一贯制"),
        (3, "1-7", "没有 7 年级"),
        (5, "2026", "2026-2027"),
        (7, "2027-09-01", "2026-2027 学年第一学期"),
        (10, "林远", "已经是副组长"),
        (11, "6060203628974192", "16 位数字"),
        (13, "15:00", "15:40"),
        (0, "青\x07石", "控制字符"),
    ],
)
def test_a_wrong_answer_is_asked_again_with_the_reason(number: int, wrong: str, reason: str) -> None:
    somebody = Scripted(*GOOD[:number], wrong, *GOOD[number:])
    assert not read_profile_text(ask(somebody)).problems
    assert somebody.asked[number] == somebody.asked[number + 1] == QUESTIONS[number].text
    assert reason in somebody.told[-1]
    assert not re.search(r"第 \d+ 行", somebody.told[-1]), "who answers questions sees no lines"


@pytest.mark.parametrize(
    "name",
    [
        "# 一小",
        "- 一小",
        "a: b",
        "{{ x }}",
        '"一小"',
        "'一小'",
        "@一小",
        "[一小]",
        "no",
        "一小 #2",
        "<b>&",
        "a\\nb",
    ],
)
def test_any_answer_is_written_as_it_was_typed(name: str) -> None:
    reading = read_profile_text(ask(Scripted(name, *GOOD[1:])))
    assert reading.profile.school.name == name


def test_the_schema_explains_every_key_in_chinese() -> None:
    schema = json_schema()
    json.dumps(schema, ensure_ascii=False)
    assert schema["properties"].keys() == keys(Profile).keys()
    for definition in (schema, *schema["$defs"].values()):
        plain = definition.get("anyOf", [definition])[0]
        if "properties" not in plain:
            continue
        assert plain["additionalProperties"] is False
        for name, value in plain["properties"].items():
            assert re.search("[一-鿿]", value["title"]), name
            assert re.search("[一-鿿]", value["description"]), name
            assert {"type": "null"} in value["anyOf"], name


def test_the_schema_offers_chinese_choices() -> None:
    schema = json_schema()
    stage = schema["$defs"]["School"]["properties"]["stage"]["anyOf"][0]
    assert stage["enum"] == ["小学", "初中", "九年一贯制"]
    how = schema["$defs"]["Band"]["properties"]["how"]["anyOf"][0]
    assert "尽量不布置" in how["enum"]
