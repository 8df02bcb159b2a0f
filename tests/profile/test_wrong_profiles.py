"""Wrong profiles, one file each; beside it, line:column, severity, code and words of every message."""

import re
from pathlib import Path

import pytest

import planforge.profile
from planforge.profile import read_profile
from planforge.profile.field_titles import at

WRONG = sorted(Path(__file__).parent.glob("wrong/*.yaml"))


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_every_mistake_is_reported_with_its_place(path: Path) -> None:
    expected = [
        line.split(" ", 3) for line in path.with_suffix(".expected").read_text("utf-8").splitlines() if line
    ]
    problems = read_profile(path).problems
    found = [
        [f"{problem.place.line}:{problem.place.column}", problem.severity, problem.code]
        for problem in problems
        if problem.place is not None
    ]
    assert found == [line[:3] for line in expected]
    for problem, (*_, words) in zip(problems, expected, strict=True):
        assert words in str(problem)


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_messages_are_chinese_and_name_the_file(path: Path) -> None:
    for problem in read_profile(path).problems:
        assert problem.place is not None
        assert problem.place.file == str(path)
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message)
        assert str(problem).startswith(str(path))


def test_every_kind_of_mistake_has_a_wrong_profile() -> None:
    package = Path(planforge.profile.__file__).parent
    # What only a workbook can get wrong is shown in test_excel_mistakes.
    files = [path for path in package.rglob("*.py") if path.parent.name != "workbook"]
    source = "\n".join(path.read_text("utf-8") for path in files)
    groups = (
        "approval|assessment|bands|campus|char|choice|clock|count|date|encoding|entry|extends|file|grade|grades|"
        "id|key|list|minutes|month|number|percent|person|phone|post|required|schedule|schema|shape|sizes|term|"
        "time|value|yaml|year|act|problems"
    )
    codes = set(re.findall(rf'"((?:{groups})\.[a-z_]+)"', source))
    shown = {
        line.split(" ")[2]
        for path in WRONG
        for line in path.with_suffix(".expected").read_text("utf-8").splitlines()
    }
    elsewhere = {code for code in codes if code.startswith(("encoding.", "file.", "extends."))}
    elsewhere |= {
        "entry.unknown",
        "entry.several",
        "entry.not_editable",
    }  # of recording progress, not of reading
    paths = {code for code in codes if planforge_path(code)}
    unreachable = {"char.surrogate", "yaml.character", "yaml.other", "shape.other", "value.empty"}
    limits = {"yaml.count", "yaml.alias_flood", "problems.many"}
    assert codes - shown - elsewhere - paths - limits == unreachable


def planforge_path(code: str) -> bool:
    """Whether the text is the path of a field, such as schedule.month, rather than the name of a mistake."""
    return at(tuple(code.split("."))) is not None
