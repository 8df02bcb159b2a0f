"""The summary says of the plan what was recorded, counts it right, and makes nothing up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core.resources import profiles_root, templates_root
from planforge.document.tree import Document, Figure, Paragraph, Table, plain
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile
from planforge.profile.recording import Record, entries, record
from tests.catalogue.shape import text_of

KIND = find_kinds([templates_root()])["year_end_summary"]
EXAMPLE = profiles_root() / "city-primary-summary.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The demo school's plan, of which nothing is recorded yet."""
    path = tmp_path / "school.yaml"
    path.write_bytes((profiles_root() / "city-primary.yaml").read_bytes())
    return path


def summary(path: Path, **options: str) -> Document:
    facts = resolve(read_profile(path), load_packs())
    return compose(KIND, facts, choose(KIND, Choices(options=options))).document


def states(document: Document) -> list[str]:
    """The fourth column of the first table: what became of each item."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [plain(row[3].content) for row in table.rows]


def test_a_plan_without_records_claims_nothing(plan: Path) -> None:
    document = summary(plan)
    assert states(document) == ["未记录"] * 15
    text = text_of(document)
    assert "计划安排15项工作，尚未记录进展" in text and "尚未记录进展的工作和目标有24项" in text
    assert "完成1" not in text and "达到4" not in text


def test_a_plan_that_was_done_whole(plan: Path) -> None:
    for entry in list(entries(read_profile(plan).profile)):
        record(plan, entry.id, Record("done", evidence="记录"))
    text = text_of(summary(plan))
    assert "计划安排15项工作，全部完成" in text and "5项目标，全部达到" in text
    assert "存在的问题" not in text


def test_every_state_is_counted_once(plan: Path) -> None:
    record(plan, "s1", Record("done", evidence="公示照片"))
    record(plan, "s2", Record("done", evidence="签到表"))
    record(plan, "s7", Record("postponed", reason="连日降雨"))
    record(plan, "s10", Record("cancelled", reason="并入家长开放日"))
    record(plan, "s3", Record("open", reason="没有排出时间"))
    document = summary(plan)
    text = text_of(document)
    assert "完成2项，推迟1项，取消1项，未完成1项，未记录10项" in text
    assert [states(document).count(one) for one in ("完成", "推迟", "取消", "未完成", "未记录")] == [
        2,
        1,
        1,
        1,
        10,
    ]
    assert "未按计划完成的工作有3项" in text and "补做推迟的工作：秋季运动会" in text
    assert "连日降雨" in text and "签到表" in text


def test_items_added_during_the_term_are_counted_apart(plan: Path) -> None:
    text = plan.read_text("utf-8").replace(
        "\napproval:", "\n  - {id: s16, day: 2026-11-12, what: 重排预习日, added: 是}\n\napproval:", 1
    )
    plan.write_text(text, "utf-8")
    record(plan, "s16", Record("done", evidence="安排表"))
    said = text_of(summary(plan))
    assert "计划安排15项工作，中途增加1项，共16项，完成1项，未记录15项" in said
    assert "重排预习日（中途增加）" in said


SPRING = """
term: {year: 2026-2027, number: 2, starts: 2027-02-22, ends: 2027-07-02}
schedule:
  - {id: t1, month: 3, what: 春季家长会, who: 德育处, status: 完成, evidence: 签到表}
  - {id: t2, day: 2027-05-14, what: 体质测试, who: 体育教研组}
  - {id: t3, day: 2027-05-20, what: 减负开放周, status: 完成, added: 是}
"""


def test_a_years_summary_counts_the_items_of_both_terms(plan: Path) -> None:
    record(plan, "s1", Record("done", evidence="公示照片"))
    record(plan, "s7", Record("postponed", reason="连日降雨"))
    plan.with_name("spring.yaml").write_text(SPRING, "utf-8")
    year = plan.with_name("year.yaml")
    both = "schema: 1\nextends: [school.yaml, spring.yaml]\n"
    year.write_text(both + "term: {whole_year: 是}\n", "utf-8")
    assert read_profile(year).ok
    document = summary(year, span="year")
    assert "计划安排17项工作，中途增加1项，共18项，完成3项，推迟1项，未记录14项" in text_of(document)
    table = next(block for block in document.blocks if isinstance(block, Table))
    work = [plain(row[1].content) for row in table.rows]
    assert work[0].startswith("公布作息时间") and work[-3:] == [
        "春季家长会",
        "体质测试",
        "减负开放周（中途增加）",
    ]
    # Without that word the first term's months are strange ones in the second.
    year.write_text(both, "utf-8")
    assert not read_profile(year).ok


def test_the_short_version_is_short_and_says_the_same() -> None:
    document = summary(EXAMPLE, length="short")
    words = "".join(plain(one.content) for one in document.blocks if isinstance(one, Paragraph))
    assert 150 <= len(words) <= 300
    assert "完成14项，推迟1项，取消1项" in words


def test_the_short_version_stays_short_however_much_was_put_off_and_however_long_the_reasons(
    plan: Path,
) -> None:
    """It says of how many how many were done, and leaves out the longest; no sentence is cut."""
    reason = "十一月上旬流感流行，缺课学生多，场地又在维修，教导处同德育处商量以后改到下学期开学以后再做"
    for entry in list(entries(read_profile(plan).profile)):
        record(plan, entry.id, Record("postponed", reason=f"{entry.id}：{reason}"))
    example = EXAMPLE.read_text("utf-8")
    more = example[example.index("\nhomework_minutes:") : example.index("\ndocuments:")]
    text = plan.read_text("utf-8")
    plan.write_text(
        text[: text.index("\ndocuments:")] + more.replace("复习单", "复习单和预习单" * 9), "utf-8"
    )
    document = summary(plan, length="short")
    words = "".join(plain(one.content) for one in document.blocks if isinstance(one, Paragraph))
    assert 150 <= len(words) <= 300
    assert "计划安排15项工作，完成0项，推迟15项" in words and "未达到的目标是" in words
    assert words.endswith("。") and reason not in words


def test_the_one_line_version_is_one_sentence() -> None:
    document = summary(EXAMPLE, length="line")
    (only,) = (plain(one.content) for one in document.blocks if isinstance(one, Paragraph))
    assert only.count("。") == 1 and "完成14项，推迟1项，取消1项" in only


def test_figures_stand_only_where_it_is_said_how_they_were_found(tmp_path: Path) -> None:
    drawn = [block for block in summary(EXAMPLE).blocks if isinstance(block, Figure)]
    assert [one.kind for one in drawn] == ["columns", "shares"]
    assert "五年级52分钟，上学期64分钟，限量60分钟" in plain(drawn[0].alternative)
    for lost in (r"(?m)^  method: .*\n", r"(?m)^  when: .*\n"):
        text = re.sub(lost, "", EXAMPLE.read_text("utf-8"))
        path = tmp_path / "school.yaml"
        path.write_text(text.replace("city-primary.yaml", "base.yaml"), "utf-8")
        (tmp_path / "base.yaml").write_bytes((profiles_root() / "city-primary.yaml").read_bytes())
        assert not [block for block in summary(path).blocks if isinstance(block, Figure)]
    assert not [block for block in summary(EXAMPLE, figures="否").blocks if isinstance(block, Figure)]
