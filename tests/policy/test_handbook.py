"""docs/policy.md says what the packs say."""

from __future__ import annotations

from pathlib import Path

from planforge.policy import load_packs
from planforge.policy.handbook import explain, handbook

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"


def test_the_page_is_not_stale() -> None:
    """To mend: planforge rules --markdown > docs/policy.md."""
    assert PAGE.read_text(encoding="utf-8") == handbook(load_packs())


def test_every_rule_stands_in_it_with_source_and_days() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for rule in load_packs().rules:
        part = page.split(f"#### `{rule.id}`\n")[1].split("####")[0]
        assert rule.statement in part and f"自 {rule.from_day}" in part and "依据" in part
        assert ("未核实" in part) or rule.printable


def test_what_is_unconfirmed_says_so() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "中办发〔2021〕40号（未核实）" in page
    assert "教基厅函〔2021〕13号 |" in page, "a bureau's answer of 2025 names it"
    assert "未核实" in explain(load_packs(), "zhejiang.six-strict.2010")


def test_a_rule_says_when_it_was_checked() -> None:
    assert "核对：2026-12-01" in explain(load_packs(), "day.break.2026")


def test_the_example_of_a_local_pack_works(tmp_path: Path) -> None:
    text = (PAGE.parent / "rules.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "区.yaml").write_text(text, encoding="utf-8")
    packs = load_packs([tmp_path / "区.yaml"])
    assert packs.rule("yuyuan.homework").region == packs.packs[-1].region is not None


def test_the_example_of_local_phrases_works(tmp_path: Path) -> None:
    first, second = (PAGE.parent / "rules.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
    (tmp_path / "区.yaml").write_text(f"{first.split('```')[0]}\n{second.split('```')[0]}", encoding="utf-8")
    phrase = load_packs([tmp_path / "区.yaml"]).phrases.find("区教育大会")
    assert phrase is not None and phrase.printable and phrase.missed_by("榆园区教育会议精神")
