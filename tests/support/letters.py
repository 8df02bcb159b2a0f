"""Letters for the tests of batches: a small one of our own, and values as rosters have them. Nobody is real."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from hypothesis import strategies as st

from planforge.core.resources import templates_root
from planforge.document.look import Look, find_look
from planforge.document.tree import (
    Blank,
    Block,
    Break,
    Cell,
    Closing,
    Document,
    Fact,
    Field,
    Item,
    NumberedList,
    Paragraph,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
)
from planforge.imposition.paper import SINGLE, Paper
from planforge.letters.plain import Letter
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.writers.fonts import Fonts, choose

FIELDS = ("name", "class", "seat")

_COMMON = "丁卞甘禾舟雨桐一小林周吴郑王李明芳晨宇涵欣怡子轩梓"
_RARE = "喆堃翀彧玥昇珺瑀镕旻㛃䶮𬱖𫖯"

HAN_NAMES = st.text(st.sampled_from(_COMMON + _RARE), min_size=2, max_size=4)
LONG_NAMES = st.builds("·".join, st.lists(HAN_NAMES, min_size=2, max_size=3))
LATIN_NAMES = st.sampled_from(("Anna Li", "O'Neil", "Zoë", "J. B. Smith", "Иван"))
ODD_NAMES = st.sampled_from(
    ("王&李", "<b>丁</b>", '卞"小"舟', "“甘”雨", "丁—禾", "李 明", "]]>甘", "丁\u200d禾", "")
)
WORD_NAMES = st.one_of(
    st.sampled_from(
        (
            "e\u0301va",
            "丁\u0301禾",
            "가나",
            "שרה",
            "علي",
            "丁\u202e禾\u202c",
            "丁\u2066Ali\u2069禾",
            "丁🙂禾",
            "👨\u200d👩\u200d👧",
            "丁\ufe0f",
            "葛\U000e0100",
            "丁　禾",
            " 丁禾 ",
            "丁\u00a0禾",
            "丁\u2028禾",
            "\u0007丁",
            "…丁…",
            "—",
            "㍿",
            "ﾜﾝ",
            "𠮷",
            "丁𱁬禾",
            "\ue000禾",
            "丁１２",
            "Ⅳ班",
            "①",
            "丁\t禾",
            "阿卜杜" * 40,
            "A" * 300,
        )
    ),
    st.text(min_size=1, max_size=6),
)
"""Names for which Word letters go every way there is; what no font at hand prints among them."""
NAMES = st.one_of(HAN_NAMES, HAN_NAMES, LONG_NAMES, LATIN_NAMES, ODD_NAMES)
CLASSES = st.sampled_from(("三（2）班", "三（10）班", "302", "九（1）班", ""))
SEATS = st.one_of(st.integers(1, 60).map(str), st.just(""))
VALUES = st.fixed_dictionaries({"name": NAMES, "class": CLASSES, "seat": SEATS})


@lru_cache(maxsize=8)
def look(name: str = "letter") -> Look:
    return find_look(name, (templates_root(),))


@cache
def fonts() -> Fonts:
    """The fonts of that look."""
    return choose(look())


def letter_tree(extra: bool = True) -> Document:
    """A letter with its fields in every kind of place: in words, beside signs and Latin, strong, in a table."""
    blocks: list[Block] = [
        Title((Text("致家长的一封信"),)),
        Paragraph((Text("尊敬的"), Field("name"), Text("家长：")), "salutation"),
        Paragraph((Text("您好！本学期作业每天不超过60分钟，" * 4), Fact("school.phone", "057100000000"))),
        Paragraph((Text("请记下："), Field("seat"), Text("“号”是座号，"), Field("name", True), Text("的班级是"),
                   Field("class"), Text("…… 谢谢。"))),
    ]  # fmt: skip
    if extra:
        blocks += [
            NumberedList((Item((Field("name"), Text("：按时睡觉"))), Item((Text("少看手机"),)))),
            Table(
                (1, 2),
                (),
                (
                    (
                        Cell((Text("姓名"),)),
                        Cell((Field("name"), Break(), Field("seat"))),
                    ),
                ),
            ),
        ]
    blocks += [
        Closing(((Text("青禾小学"),),), (Text("2026年9月1日"),)),
        Slip(
            (Text("回执"),),
            (
                Paragraph(
                    (
                        Text("班级："),
                        Field("class"),
                        Text("　座号："),
                        Field("seat"),
                        Text("　姓名："),
                        Field("name"),
                    ),
                    "flush",
                ),
                Paragraph((Text("家长签名："), Blank(8)), "flush"),
            ),
        ),
    ]
    if extra:
        blocks.append(Signatures((Party((Text("甲方："), Field("name")), ((Text("签字："), Blank(6)),)),)))
    return Document("letter", "致家长的一封信", tuple(blocks), author="青禾小学")


def letter(name: str, class_: str = "三（2）班", seat: str = "7", document: Document | None = None) -> Letter:
    return Letter(document or TREE, {"name": name, "class": class_, "seat": seat}, f"{seat} {name}")


TREE = letter_tree()
SIMPLE = letter_tree(extra=False)


def singly(pdf_writer: PdfLetterWriter, letters: Sequence[Letter], paper: Paper = SINGLE) -> list[bytes]:
    """Letters as files of their own."""
    return [b"".join(made.pieces) for made in pdf_writer.singles(letters, paper)]
