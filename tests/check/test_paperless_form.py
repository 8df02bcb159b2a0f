"""A test on paper under the heading of tests without paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.check_files import check_files

FORM = """\
schema: 1
school: {name: 青石区桐花小学, stage: 小学}
term: {year: 2026-2027, number: 1, starts: 2026-09-01}
group: {heads: 周明远（校长）}
assessment: {paperless_form: PAPER}
"""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("期末笔试", True),
        ("单元小卷", True),
        ("一张试卷，当堂做完", True),
        ("单元测验", True),
        ("游园闯关", False),
        ("非纸笔测评", False),
        ("不用试卷，口头展示", False),
        ("用游园活动代替考试", False),
    ],
)
def test_paper_is_told_at_its_place(tmp_path: Path, said: str, wrong: bool) -> None:
    form = tmp_path / "我校.yaml"
    form.write_text(FORM.replace("PAPER", said), encoding="utf-8")
    (checked,) = check_files([form], documents=False)
    told = [one for one in checked.findings if one.found == said]
    assert ("exams.paperless.2021" in [one.rule for one in told]) is wrong
    assert wrong or not told
    assert all(one.severity == "error" and one.place is not None and one.place.line == 5 for one in told)
