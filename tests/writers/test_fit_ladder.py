"""What must hold on one page holds there, with the longest values too, in Word as in PDF."""

from __future__ import annotations

import pypdfium2
import pytest

from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.tree import Attachment, Blank, Closing, Document, Field, Paragraph, Slip, Text, Title
from planforge.writers import pdf, word
from planforge.writers.pdf.fitting import filled, fitted, tightest
from tests.support import faithful
from tests.support.sample_tree import para, text

LOOK = find_look("letter", [templates_root()])
LONGEST = {"pupil": "阿卜杜热西提·买买提艾力", "class": "九年级（12）班"}
"""A name of twelve characters, as long as any in a register."""

_WORDS = (
    "这学期学校把作业时间公布在班级门口，您随时可以看到。孩子在家写作业超过一小时，请让他停下来睡觉，第二天告诉老师，"
    "不算没有完成。"
)


def letter(paragraphs: int) -> Document:
    slip = Slip(
        text("回　执"),
        (
            para("我已读过这封信，知道本学期作业和睡眠的安排。"),
            Paragraph((Text("班级："), Field("class"), Text("学生："), Field("pupil")), "flush"),
            Paragraph((Text("家长签字："), Blank(6), Text("日期："), Blank(6)), "flush"),
        ),
    )
    opening = Paragraph((Text("尊敬的"), Field("class"), Field("pupil"), Text("家长：")), "salutation")
    return Document(
        "letter",
        "致家长的一封信",
        (
            Title(text("致家长的一封信")),
            opening,
            *(para(_WORDS) for _ in range(paragraphs)),
            Closing((text("云岭市清溪区桐花小学"),), text("2026年9月1日")),
            slip,
        ),
    )


def pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def test_each_letter_holds_in_word_and_pdf_in_the_loosest_step_that_does() -> None:
    letters = {count: filled(letter(count), LONGEST) for count in (3, 6, 9, 11, 14)}
    looks = {count: fitted(letter(count), LOOK, widest=LONGEST) for count in letters}
    ladder = (LOOK, *LOOK.fit.steps) if LOOK.fit else ()
    chosen = [ladder.index(look) for look in looks.values()]
    assert chosen == sorted(chosen) and chosen[0] == 0 and len(set(chosen)) > 2
    made = faithful.to_pdf([word.write(letters[count], looks[count]) for count in letters])
    assert [pages(data) for data in made] == [1] * len(letters)
    for count, look in looks.items():
        assert pages(pdf.write(letters[count], look)) == 1
        if look is not LOOK:
            looser = ladder[ladder.index(look) - 1]
            assert pages(pdf.write(letters[count], looser)) == 2


def test_the_step_is_chosen_for_the_widest_values() -> None:
    count = next(
        n for n in range(1, 20) if fitted(letter(n), LOOK) != fitted(letter(n), LOOK, widest=_wide())
    )
    assert fitted(letter(count), LOOK, widest=_wide()) != LOOK


def _wide() -> dict[str, str]:
    return {"pupil": "某" * 60, "class": "班" * 20}


def test_a_letter_that_cannot_hold_says_by_how_much() -> None:
    """One more paragraph of two lines is two lines more."""

    def told(count: int) -> tuple[str, str]:
        with pytest.raises(InputError) as caught:
            fitted(letter(count), LOOK, widest=LONGEST)
        (problem,) = caught.value.problems
        assert problem.code == "does-not-fit" and "《致家长的一封信》排不进一页" in problem.message
        return problem.message, problem.fix

    first, second = told(25), told(26)
    lines = [int(message.split("还多 ")[1].split(" 行")[0]) for message, _ in (first, second)]
    assert lines[1] - lines[0] == 2
    assert "缩短" in first[1]


def test_an_attachment_cannot_be_on_the_same_page() -> None:
    whole = letter(1)
    document = Document("k", whole.title, (*whole.blocks, Attachment(text("附"), (para("文"),))))
    with pytest.raises(InputError, match="附件要另起一页"):
        fitted(document, LOOK)


def test_a_look_without_a_ladder_stays_as_it_is() -> None:
    official = find_look("official", [templates_root()])
    assert fitted(letter(40), official) is official
    assert tightest(official) is official
    assert tightest(LOOK).styles["body"].size == 12
