"""A line of a text may have any length: it is looked at in parts, and every sign keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planforge.check import check_plain
from planforge.check.passages import of_text

LONGEST = 1000


@given(
    st.lists(st.tuples(st.sampled_from("甲（《、。；1"), st.integers(1, 1500)), max_size=6),
    st.text("甲。 \n"),
)
def test_parts_are_short_and_hold_every_sign_at_its_column(runs: list[tuple[str, int]], end: str) -> None:
    text = "".join(sign * count for sign, count in runs) + end
    said = of_text(text, "旧稿.txt")
    lines = text.splitlines()
    for passage in said.passages:
        assert len(passage.text) <= LONGEST and passage.place is not None
        start = passage.place.column - 1
        assert lines[passage.place.line - 1][start : start + len(passage.text)] == passage.text
    kept = "".join(passage.text for passage in said.passages)
    assert kept == "".join(line.strip() for line in lines)


def test_a_mistake_late_in_one_endless_line_is_found_at_its_column() -> None:
    sentence = "学校按规定安排好每天的各项工作。"
    line = sentence * 200 + "由XX老师负责。" + sentence * 200
    (found,) = check_plain(line, "旧稿.txt")
    assert found.place is not None and (found.place.line, found.place.column) == (1, line.index("XX") + 1)


def test_a_line_is_cut_between_sentences() -> None:
    line = "我们要努力工作。" * 300
    assert all(passage.text.endswith("。") for passage in of_text(line, "旧稿.txt").passages)
