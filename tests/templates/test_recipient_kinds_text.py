"""The Chinese of letters home, pledges, agreements and the table of work: one ask, nothing forbidden, no empty words."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from planforge.check import check_school
from planforge.core import resources
from planforge.document.tree import (
    Blank,
    Closing,
    Document,
    Field,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    inlines_of,
    plain,
)
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.templates.composed import FULL, SCHOOLS, packs, school
from tests.templates.readable import FORBIDDEN, SENTENCE_FAULTS, thinned
from tests.templates.recipient_kinds import ASKS, KINDS, LEVELS, TOPICS, body, kinds, made, of, shapes

# What no paper of a school says any more, and what a letter home may not ask of parents.
NEVER = (
    "一票否决", "扣发", "罚款", "没收", "升学率", "名次表", "大力支持", "携手", "共同努力", "衷心感谢", "此致", "必须参加", "要求购买",
)  # fmt: skip
NEVER_ASKED = ("检查作业", "批改作业", "监督孩子写作业", "辅导孩子", "拍照上传", "家长签字", "下载")


def lines(document: Document) -> list[str]:
    return [plain(content) for block in document.blocks for content in inlines_of(block)]


def assert_reads_well(document: Document) -> None:
    for block in document.blocks:
        for content in inlines_of(block):
            line = plain(content)
            if not isinstance(block, Closing | Slip | Signatures | Table):
                assert line.strip()
            for fault, wrong in SENTENCE_FAULTS.items():
                assert not re.search(wrong, line), f"{fault}: {line}"
            for word in (*FORBIDDEN, *NEVER, *(NEVER_ASKED if document.kind.endswith("letter") else ())):
                assert word not in line, f"{word}: {line}"
            sentences = [one for one in line.split("。") if len(one) > 6]
            assert len(set(sentences)) == len(sentences), f"said twice: {line}"
        if isinstance(block, NumberedList):
            for item in block.items:
                assert not plain(item.content)[:1].isdigit(), plain(item.content)
                assert plain(item.content).endswith("。"), plain(item.content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SCHOOLS)
def test_every_shape_reads_well_and_keeps_the_rules(name: str, kind: str) -> None:
    reading, facts = school(name)
    documents = []
    for options, sections in shapes(kind):
        document = made(name, kind, options, sections).document
        assert_reads_well(document)
        documents.append((f"{kind} {options}", document))
    found = check_school(reading, facts, packs(), documents)
    assert [str(one) for one in found if one.document and one.severity in {"error", "warning"}] == []


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_school_leaves_out_the_rest_reads_well(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    source = resources.profiles_root() / f"{FULL[seed % len(FULL)]}.yaml"
    form = thinned(yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader), rng)
    form.pop("documents", None)
    file = tmp_path / "profile.yaml"
    file.write_text(yaml.safe_dump(form, allow_unicode=True, sort_keys=False), encoding="utf-8")
    reading = read_profile(file)
    assert reading.ok, [str(problem) for problem in reading.problems]
    facts = resolve(reading, packs())
    for kind in KINDS:
        options, sections = rng.choice(list(shapes(kind)))
        assert_reads_well(of(facts, kind, options, sections).document)


# --- the letter home ---


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_letter_is_as_long_as_parents_read(name: str) -> None:
    for ask in ASKS:
        assert 300 <= len(body(made(name, "parent_letter", {"ask": ask}).document)) <= 600
        assert len(body(made(name, "parent_letter", {"ask": ask}, TOPICS).document)) <= 640


@pytest.mark.parametrize("name", SCHOOLS)
@pytest.mark.parametrize("kind", ["parent_letter", "holiday_letter"])
def test_a_letter_asks_for_one_thing(name: str, kind: str) -> None:
    for options, sections in shapes(kind):
        text = "\n".join(lines(made(name, kind, options, sections).document))
        assert text.count("请您做一件事：") == 1


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_slip_is_there_only_where_an_answer_is_needed(name: str) -> None:
    for options, sections in shapes("parent_letter"):
        document = made(name, "parent_letter", options, sections).document
        slips = [block for block in document.blocks if isinstance(block, Slip)]
        needed = options.get("reply") == "是" or options.get("ask") == "after_school"
        assert len(slips) == int(needed), options


def test_a_slip_says_what_it_answers_by_when_and_to_whom() -> None:
    document = made(
        "junior", "parent_letter", {"heading": "notice", "reply": "是", "reply_by": "9月11日"}
    ).document
    slip = document.blocks[-1]
    assert isinstance(slip, Slip)
    text = [plain(content) for content in inlines_of(slip)]
    assert text[0] == "《告家长书》回执"
    assert text[1] == "请沿虚线剪下，9月11日前交班主任。"
    assert [label for label in ("班级：", "座号：", "学生姓名：") if label in text[2]] == [
        "班级：",
        "座号：",
        "学生姓名：",
    ]
    assert "家长签名：" in text[-1]


def test_a_slip_for_the_service_lets_the_parent_choose_freely() -> None:
    slip = made("city-primary", "parent_letter", {"ask": "after_school"}).document.blocks[-1]
    assert isinstance(slip, Slip)
    choice = next(plain(content) for content in inlines_of(slip) if "□" in plain(content))
    assert choice == "课后服务：□参加　□不参加"


def test_a_school_without_the_service_asks_for_something_else(tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    base = "schema: 1\nschool: {name: 云亭县河西小学, grades: 1-6}\nterm: {year: 2026-2027, number: 1}\n"
    file.write_text(base + "after_school: {offered: 否}\n", encoding="utf-8")
    document = of(resolve(read_profile(file), packs()), "parent_letter", {"ask": "after_school"}).document
    text = "\n".join(lines(document))
    assert "课后服务" not in text and "停笔" in text
    assert not any(isinstance(block, Slip) for block in document.blocks)


def test_a_primary_and_a_junior_school_write_their_own_limits() -> None:
    primary, junior = (
        "\n".join(lines(made(name, "parent_letter").document)) for name in ("village-primary", "junior")
    )
    assert (
        "一、二年级不布置，三至五年级平均每天不超过60分钟" in primary and "睡够10小时，21:20前上床" in primary
    )
    assert "七年级平均每天不超过70分钟，八、九年级平均每天不超过90分钟" in junior
    assert "睡够9小时，22:00前上床" in junior and "一、二年级" not in junior


def test_a_letter_may_name_the_pupil_or_every_parent() -> None:
    named = made("junior", "parent_letter").document.blocks[1]
    assert isinstance(named, Paragraph) and any(isinstance(node, Blank) for node in named.content)
    plainly = made("junior", "parent_letter", {"salutation": "plain"}).document.blocks[1]
    assert isinstance(plainly, Paragraph) and plain(plainly.content) == "尊敬的家长："


def test_the_holiday_letter_lists_the_tasks_by_grade() -> None:
    document = made("city-primary", "holiday_letter").document
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    rows = [[plain(cell.content) for cell in row] for row in table.rows]
    tasks = school("city-primary")[1].holiday.tasks
    assert [row[1] for row in rows] == [task.what for task in tasks]
    assert rows[0][0] == "各年级" and rows[-1] == [
        "三至六年级",
        "语文写三篇日记，数学记一周的家庭开支",
        "约30分钟",
    ]
    text = "\n".join(lines(document))
    assert "2027年1月23日到2月21日，2月22日返校上课" in text
    assert "一、二年级没有书面作业" in text


# --- pledges, agreements, the table of work ---


@pytest.mark.parametrize("kind", ["pledge", "teacher_pledge"])
@pytest.mark.parametrize("name", SCHOOLS)
def test_a_pledge_has_six_or_eight_promises(name: str, kind: str) -> None:
    for word, count in (("six", 6), ("eight", 8)):
        (promises,) = [
            block
            for block in made(name, kind, {"items": word}).document.blocks
            if isinstance(block, NumberedList)
        ]
        assert len(promises.items) == count


def test_a_teacher_promises_no_paid_tutoring() -> None:
    for name in SCHOOLS:
        assert "不组织、不参加有偿补课" in "\n".join(lines(made(name, "teacher_pledge").document))


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_is_signed_by_its_own_two_or_four(level: str) -> None:
    signed = {
        "deputy": ["校长", "副校长"],
        "year_head": ["副校长", "年级组长"],
        "class_teacher": ["年级组长", "班主任"],
        "subject_teacher": ["班主任", "任课教师"],
        "class": ["班　级", "学校负责人", "班主任", "课任教师"],
    }[level]
    (block,) = [
        one
        for one in made("city-primary", "responsibility_agreement", {"level": level}).document.blocks
        if isinstance(one, Signatures)
    ]
    assert [plain(party.name).split("（")[0].split("：")[0] for party in block.parties] == signed


def test_an_agreement_of_two_parties_names_them_so() -> None:
    document = made(
        "junior", "responsibility_agreement", {"form": "parties", "level": "deputy", "copies": "3"}
    ).document
    text = "\n".join(lines(document))
    assert "（甲方）" in text and "乙方履行下列责任" in text and "一式三份" in text


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_teacher_finds_all_work_on_one_sheet(name: str) -> None:
    facts = school(name)[1]
    document = made(name, "division_of_work").document
    tables = [block for block in document.blocks if isinstance(block, Table)]
    work = [plain(row[0].content) for table in tables for row in table.rows]
    assert "任课教师负责备课、上课、批改和答疑。" in "\n".join(lines(document))
    for act in facts.acts:
        assert act.what in work
    for check in facts.supervision.checks:
        assert f"检查{check.what}" in work
    assert "责任书" not in "\n".join(lines(document)), "what is signed is the school's to decide"


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_is_printed_by_its_name(kind: str) -> None:
    for options, sections in shapes(kind):
        document = made("city-primary", kind, options, sections).document
        assert not any(
            isinstance(node, Field) for block in document.blocks for one in inlines_of(block) for node in one
        )
        assert not any("「" in line for line in lines(document))


def test_kinds_for_recipients_say_what_they_print() -> None:
    for kind, fields in {
        "parent_letter": {"name", "class", "seat"},
        "teacher_pledge": {"name", "subject"},
        "responsibility_agreement": {"name", "superior", "class"},
    }.items():
        card = kinds()[kind].card
        assert card.audience == "recipient" and set(card.prints) == fields


@pytest.mark.parametrize("form", ["posts", "parties"])
def test_all_who_sign_have_a_line_and_a_copy(form: str) -> None:
    options = {"level": "subject_teacher", "superiors": "2", "form": form}
    document = made("city-primary", "responsibility_agreement", options).document
    (signatures,) = (block for block in document.blocks if isinstance(block, Signatures))
    assert len(signatures.parties) == 3
    assert "一式三份" in "\n".join(lines(document))


def test_deputies_answer_for_what_they_lead() -> None:
    duties = ("分管教学", "分管德育")
    teaching, pupils = (
        "\n".join(lines(made("city-primary", "responsibility_agreement", options).document))
        for options in ({"level": "deputy", "duty": duty} for duty in duties)
    )
    assert "考试和评价" in teaching and "考试和评价" not in pupils
    assert "手机" in pupils and "手机" not in teaching
