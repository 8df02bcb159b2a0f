"""Wrong profiles, one file each; beside it, line:column, severity, code and words of every message."""

from pathlib import Path

import pytest

from planforge.profile import read_profile

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
