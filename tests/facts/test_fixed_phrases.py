"""Fixed phrases are printed exactly, only when confirmed for the term, and never retyped in a template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from planforge.check import CheckFailed, check_plain
from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core.resources import templates_root
from planforge.document.tree import facts_of
from planforge.facts import Facts, describe, resolve
from planforge.policy import RulePacks, load_packs
from planforge.profile.profile_reader import read_profile_text

KINDS = find_kinds([templates_root()])
OPENED = ("work_plan", "implementation_scheme", "measures", "teaching_office_plan")
THOUGHT = "习近平新时代中国特色社会主义思想"
TASK = "立德树人根本任务"
Text = Callable[..., str]
UNPROVEN = """\
schema: 1
id: own
title: 区里的提法
phrases:
  - id: own-meeting
    short: 区教育大会
    kind: meeting
    text: {value: 榆园区教育大会精神, confirmed: memory, source: 未见原文}
    origin: 2026-03 榆园区教育大会
    from: 2026-03-20
"""


def guided(small: Text, packs: RulePacks, entries: str, year: str = "2026-2027", more: str = "") -> Facts:
    reading = read_profile_text(small(more=f"guidance:\n{entries}{more}", year=year), "school.yaml")
    assert reading.ok, reading.problems
    return resolve(reading, packs)


@pytest.mark.parametrize("name", [TASK, "立德树人", "moral-task", f"“{TASK}”"])
def test_a_phrase_is_asked_for_by_any_of_its_names_and_told_exactly(
    name: str, small: Text, packs: RulePacks
) -> None:
    facts = guided(small, packs, f"  - {{text: {name}, checked: 2026-08-20}}\n")
    assert [(one.text, one.kind) for one in facts.guidance] == [(TASK, "task")]
    assert facts.notices == ()
    lines = {line.path: line for line in describe(facts)}
    assert lines["guidance[0].text"].source.rule == "moral-task"
    assert lines["guidance[0].kind"].text == "任务"
    assert {line.title for path, line in lines.items() if path.startswith("guidance")} >= {
        "提法", "核对日期", "类别",
    }  # fmt: skip


# The term starts on 2026-09-01: half a year before it is 2026-03-01.
@pytest.mark.parametrize(("checked", "printed"), [("2026-03-01", True), ("2026-02-28", False), ("", False)])
def test_a_wording_is_confirmed_each_term(checked: str, printed: bool, small: Text, packs: RulePacks) -> None:
    day = f", checked: {checked}" if checked else ""
    facts = guided(small, packs, f"  - {{text: {TASK}{day}}}\n")
    assert bool(facts.guidance) is printed
    told = [(one.code, one.severity) for one in facts.notices]
    assert told == ([] if printed else [("facts.phrase-unconfirmed", "notice")])


@pytest.mark.parametrize(
    ("name", "year", "code", "severity", "fix"),
    [
        ("德智体美全面发展", "2026-2027", "phrase-old", "error", "德智体美劳全面发展"),
        ("二十届三中全会", "2026-2027", "phrase-old", "error", "党的二十大和二十届历次全会精神"),
        ("二十届四中全会", "2024-2025", "phrase-early", "error", "删去"),
        ("习近平新时代社会主义思想", "2026-2027", "phrase-unknown", "error", THOUGHT),
        ("立德树人的根本任务", "2026-2027", "phrase-unknown", "error", TASK),
        ("党的二十届五中全会精神", "2026-2027", "phrase-early", "error", "删去"),
    ],
)
def test_what_is_not_said_this_term_is_told_with_what_is(
    name: str, year: str, code: str, severity: str, fix: str, small: Text, packs: RulePacks
) -> None:
    facts = guided(small, packs, f"  - {{text: {name}, checked: {year[:4]}-08-20}}\n", year)
    assert facts.guidance == ()
    told = facts.notices[0]
    assert (told.code, told.severity) == (f"facts.{code}", severity)
    assert fix in told.fix and told.place is not None and told.place.line


def test_an_unproven_wording_is_not_printed(tmp_path: Path, small: Text) -> None:
    path = tmp_path / "区.yaml"
    path.write_text(UNPROVEN, encoding="utf-8")
    facts = guided(small, load_packs([path]), "  - {text: 区教育大会, checked: 2026-08-20}\n")
    assert facts.guidance == ()
    told = facts.notices[0]
    assert (told.code, told.severity) == ("facts.phrase-unproven", "notice") and "核对" in told.fix


# The first and last day of each phrase, as the meeting, the news or the text that the packs name says.
DAYS = [
    ("new-era-thought", date(2017, 10, 24), None),
    ("congress-20", date(2022, 10, 22), None),
    ("plenum-20-3", date(2024, 7, 18), date(2025, 10, 22)),
    ("plenum-20-4", date(2025, 10, 23), None),
    ("plenums-20", date(2025, 10, 23), None),
    ("plenum-20-5", date(2026, 10, 29), None),
    ("education-conference-2024", date(2024, 9, 10), None),
    ("basic-education-instruction", date(2026, 7, 22), None),
    ("basic-education-conference", date(2026, 7, 22), None),
    ("education-policy", date(2002, 11, 8), None),
    ("moral-task", date(2012, 11, 8), None),
    ("health-first", date(2025, 2, 14), None),
    ("educator-spirit", date(2023, 9, 9), None),
    ("for-party-and-nation", date(2020, 9, 9), None),
    ("five-sided", date(2018, 9, 10), None),
    ("four-sided", date(2002, 11, 8), date(2018, 9, 9)),
    ("leading-group", date(2018, 3, 21), None),
]


@pytest.mark.parametrize(("name", "first", "last"), DAYS, ids=[one[0] for one in DAYS])
def test_a_phrase_is_said_from_its_first_day_to_its_last(
    name: str, first: date, last: date | None, packs: RulePacks
) -> None:
    phrase = packs.phrases.find(name)
    assert phrase is not None
    assert phrase.in_use(first) and not phrase.in_use(first - timedelta(days=1))
    assert phrase.in_use(last or date(2026, 12, 1))
    assert last is None or not phrase.in_use(last + timedelta(days=1))


def test_every_phrase_is_held_to_its_days(packs: RulePacks) -> None:
    assert [one.id for one in packs.phrases.all] == [name for name, _, _ in DAYS]


@pytest.mark.parametrize(
    "name", ["基础教育重要指示", "全国基础教育工作会议精神", "全国教育大会", "健康第一", "教育家精神"]
)
def test_what_was_said_in_2026_can_be_asked_for(name: str, small: Text, packs: RulePacks) -> None:
    facts = guided(small, packs, f"  - {{text: {name}, checked: 2026-08-20}}\n")
    assert len(facts.guidance) == 1 and facts.notices == ()


def test_nobody_is_told_to_write_the_fourth_plenum_for_the_fifth(packs: RulePacks) -> None:
    def told(text: str) -> list[str]:
        found = check_plain(text, "旧稿.txt", None, packs.in_force(date(2026, 12, 1)))
        return [one.limit for one in found if one.rule == "text.fixed-phrase"]

    assert told("贯彻党的二十大五中全会精神。") == ["党的二十届五中全会精神"]
    assert told("贯彻党的二十届五中全会精神。") == []


def test_a_phrase_of_ones_own_needs_its_source_and_no_slip(small: Text, packs: RulePacks) -> None:
    own = "  - {text: 全县教育工作会议精神, kind: 会议精神, source: 县教育局工作要点, checked: 2026-08-20}\n"
    facts = guided(small, packs, own)
    assert [(one.text, one.kind, one.source) for one in facts.guidance] == [
        ("全县教育工作会议精神", "meeting", "县教育局工作要点")
    ]
    slip = "  - {text: 习近平新时代中国特色社会主义理论, source: 旧稿, checked: 2026-08-20}\n"
    refused = guided(small, packs, slip)
    assert refused.guidance == () and THOUGHT in refused.notices[0].fix


def test_an_old_phrase_stops_the_build(tmp_path: Path, small: Text) -> None:
    from tests.support.ways import build

    profile = tmp_path / "school.yaml"
    profile.write_text(small(more="guidance:\n  - {text: 德智体美, checked: 2026-08-20}\n"), encoding="utf-8")
    with pytest.raises(CheckFailed) as stopped:
        build(profile, tmp_path / "out", only=["work_plan"], formats=["txt"])
    assert "德智体美劳全面发展" in str(stopped.value)


@pytest.mark.parametrize("name", OPENED)
def test_papers_open_with_the_phrases_as_one_sentence(name: str, small: Text, packs: RulePacks) -> None:
    rows = "".join(
        f"  - {{text: {one}, checked: 2026-08-20}}\n" for one in ("新时代思想", "教育方针", "立德树人")
    )
    kind = KINDS[name]
    made = compose(kind, guided(small, packs, rows), choose(kind)).document
    told = [one.text for one in facts_of(made) if one.path.startswith("guidance")]
    assert told == [THOUGHT, "党的教育方针", TASK]
    off = Choices(options={"guiding": False} if any(one.id == "guiding" for one in kind.card.options) else {})
    plain = compose(kind, resolve(read_profile_text(small()), packs), choose(kind, off))
    assert not any("guidance" in path for path in plain.printed)
    assert not [one for one in facts_of(plain.document) if "思想" in one.text]


@pytest.mark.parametrize("name", ["work_plan", "implementation_scheme", "teaching_office_plan"])
def test_a_plan_has_the_usual_sentence_where_the_school_named_no_phrase(
    name: str, small: Text, packs: RulePacks
) -> None:
    kind = KINDS[name]
    made = compose(kind, resolve(read_profile_text(small()), packs), choose(kind)).document
    told = [one.text for one in facts_of(made) if one.path.startswith("usual_guidance")]
    assert told == [THOUGHT, "党的教育方针", TASK]
    assert "全会" not in "".join(told), "a meeting stands only where it is named"


def test_no_template_says_a_phrase_itself(packs: RulePacks) -> None:
    words = [one.text.value for one in packs.phrases.all]
    assert len(words) > 8
    for file in sorted(templates_root().rglob("*.j2")) + sorted(templates_root().rglob("*.yaml")):
        text = file.read_text("utf-8")
        assert not [word for word in words if word in text], file


def test_every_phrase_has_its_source_and_only_confirmed_ones_are_printable(packs: RulePacks) -> None:
    for one in packs.phrases.all:
        assert one.origin and one.text.source
        assert one.printable == (one.text.confirmed != "memory")
        assert not any(other.missed_by(one.text.value) for other in packs.phrases.all), one.id


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("以习近平新时代中国特设社会主义思想为指导。", THOUGHT),
        ("以习近平新时代中国特色社会主义理论为指导。", THOUGHT),
        ("以习近新时代中国特色社会主义思想为指导。", THOUGHT),
        ("落实立德树人基本任务。", TASK),
        ("落实立德树入根本任务。", TASK),
        ("坚持为党育人，为国育才。", "为党育人、为国育才"),
        ("坚持为国育人、为党育才。", "为党育人、为国育才"),
        ("贯彻党的二十大四中全会精神。", "党的二十届四中全会精神"),
        ("促进学生德智体美劳全面展。", "德智体美劳全面发展"),
    ],
)
def test_a_near_miss_in_a_text_is_told_with_the_exact_words(text: str, say: str, packs: RulePacks) -> None:
    found = check_plain(text, "旧稿.txt", None, packs.in_force(date(2026, 9, 1)))
    assert [one.limit for one in found if one.rule == "text.fixed-phrase"] == [say]


@pytest.mark.parametrize(
    "text",
    [
        "以习近平新时代中国特色社会主义思想为指导。",
        "落实立德树人的根本任务。",
        "立德树人是根本任务。",
        "立德树人根本在教师。",
        "“为党育人”“为国育才”。",
        "坚持为党育人、为国育才的方向。",
        "学生德智体美劳全面、和谐发展。",
        "学生德智体美劳得到全面发展。",
        "德、智、体、美、劳全面发展。",
        "贯彻党的二十届三中全会精神。",
        "学习党的二十大报告。",
        "贯彻国家的教育方针。",
        "以习近平新时代中国特色社会主义\n思想为指导。",
    ],
)
def test_what_only_looks_like_a_phrase_is_left_alone(text: str, packs: RulePacks) -> None:
    found = check_plain(text, "旧稿.txt", None, packs.in_force(date(2026, 9, 1)))
    assert [one.found for one in found if one.rule == "text.fixed-phrase"] == []
