"""What counts as a line of code."""

from __future__ import annotations

from pathlib import Path

from scripts.count_lines import code_lines, rooms

MODULE = '''\
"""A docstring
of two lines."""

# a comment
LIMIT = 3  # counted
"""What it means."""

TEXT = """
a text that is used, also its empty line

"""


def work(
    value: int,
) -> int:
    """Why."""
    return value + LIMIT
'''


def test_blanks_comments_and_docstrings_are_no_code() -> None:
    assert code_lines(MODULE) == 1 + 4 + 3 + 1
    assert code_lines("") == 0


def test_lines_are_counted_for_each_room(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "room" / "deep").mkdir(parents=True)
    (package / "loose.py").write_text("a = 1\n", "utf-8")
    (package / "room" / "one.py").write_text("a = 1\nb = 2\n", "utf-8")
    (package / "room" / "deep" / "two.py").write_text("c = 3\n", "utf-8")
    assert rooms(package) == {"package": 1, "room": 3}
