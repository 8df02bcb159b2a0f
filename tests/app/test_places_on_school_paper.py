"""Open places in the header and footer of a school's own Word file: filled, or told; its words are checked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import ooxml_integrity
import pypdfium2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator

from planforge.app.letterhead_places import MOST_HEADS, letterhead_paper, too_many_heads
from planforge.app.master_letter import MasterOrder
from planforge.app.school import School
from planforge.check import CheckFailed
from planforge.core.problems import Place
from planforge.core.resources import profiles_root
from planforge.roster import Recipient
from planforge.writers.word import filled_places
from planforge.writers.word.base_file import checked
from tests.support.commands import planforge
from tests.support.school_docx import letterhead_file
from tests.support.soffice import pdf_text
from tests.support.ways import batch, build

PROFILE = profiles_root() / "city-primary.yaml"
SCHOOL = "澄川市望湖区听松路小学"
LETTER = "致家长的一封信"
PUPILS = (
    ("三（1）班", "丁一禾"), ("三（1）班", "卞小舟"), ("三（2）班", "甘雨桐"), ("三（2）班", "阿依古丽·买买提")
)  # fmt: skip
_BOX = (
    '<w:r {ns}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="box" style="position:absolute;width:90pt;'
    'height:20pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox>'
    "</v:shape></w:pict></w:r>"
)


def paper(header: str | Sequence[str] = "", footer: str = "", box: str = "") -> bytes:
    """A school's file. header: its words, or the words of its runs; box: of a text box in the header."""
    file = docx.Document()
    section = file.sections[0]
    for run in [header] if isinstance(header, str) else header:
        section.header.paragraphs[0].add_run(run)
    section.footer.paragraphs[0].add_run(footer)
    if box:
        section.header.paragraphs[0]._p.append(parse_xml(_BOX.format(ns=nsdecls("w"), words=box)))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def filled(words: str | Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What the header says where 校名 and the date are known, and what nobody knew."""
    known = {"校名": "云栖县柳塘镇中心小学", "____年____月": "2026年9月", "__年__月__日": "2026年9月1日"}
    base, unknown = filled_places(checked(paper(words), "校本.docx"), known.get)
    return letterhead_paper(base).pieces[0].text, unknown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("{{校名}}", "云栖县柳塘镇中心小学"),
        ("{{ 校名 }}教导处", "云栖县柳塘镇中心小学教导处"),
        ("${校名}", "云栖县柳塘镇中心小学"),
        ("〔校名〕〔2026〕3号", "云栖县柳塘镇中心小学〔2026〕3号"),
        ("【校名】　[校名]", "云栖县柳塘镇中心小学　云栖县柳塘镇中心小学"),
        ("«校名»＜校名＞", "云栖县柳塘镇中心小学云栖县柳塘镇中心小学"),
        (("{{", "校", "名}", "} 教导处"), "云栖县柳塘镇中心小学 教导处"),
        ("第1页　____年____月", "第1页　2026年9月"),
        ("__年__月__日", "2026年9月1日"),
    ],
)
def test_a_place_is_filled_however_it_is_marked(words: str, says: str) -> None:
    assert filled(words) == (says, ())


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("{{经办人}}", ("{{经办人}}",)),
        ("{{ 校名 }} {{x}}", ("{{ x }}".replace(" ", ""),)),
        ("______年__月", ("______年__月",)),
        ("〔2026〕3号　【通知】", ()),
        ("2026年9月　听松路小学", ()),
    ],
)
def test_what_nobody_knows_stays_and_is_told(words: str, unknown: tuple[str, ...]) -> None:
    said, told = filled(words)
    assert told == unknown and all(one in said for one in unknown)


def _roster(path: Path) -> Path:
    book = Workbook()
    for row in (("班级", "姓名", "座号"), *((*pupil, seat) for seat, pupil in enumerate(PUPILS, 1))):
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def _headers(data: bytes) -> list[tuple[str, str]]:
    return [
        (section.header.paragraphs[0].text, section.footer.paragraphs[0].text)
        for section in docx.Document(io.BytesIO(data)).sections
    ]


def test_each_letter_has_its_recipient_above_it_in_word_and_pdf(tmp_path: Path) -> None:
    base = tmp_path / "校本.docx"
    base.write_bytes(paper("{{school_name}}　{{班级}}　{{姓名}}", "〔校名〕 ____年____月"))
    roster = _roster(tmp_path / "a.xlsx")
    made = batch(PROFILE, LETTER, roster, tmp_path / "one", merge="each", base=base)
    singles = sorted((tmp_path / "one").rglob("*.docx"))
    assert not made.outcome.problems and len(singles) == len(PUPILS)
    wanted = [(f"{SCHOOL}　{room}　{name}", f"{SCHOOL} 2026年8月") for room, name in PUPILS]
    assert sorted(_headers(file.read_bytes())[0] for file in singles) == sorted(wanted)
    texts = ["".join(pdf_text(file).split()) for file in sorted((tmp_path / "one").rglob("*.pdf"))]
    assert sorted(words for words, _ in wanted) == sorted(
        next(words for words, _ in wanted if "".join(words.split()) in text) for text in texts if SCHOOL in text
    )  # fmt: skip
    batch(PROFILE, LETTER, roster, tmp_path / "all", merge="all", base=base)
    (whole,) = [file for file in (tmp_path / "all").rglob("*.docx") if file.stem.startswith(LETTER)]
    assert _headers(whole.read_bytes()) == wanted
    assert [str(error) for error in OpenXmlValidator().validate(whole).errors] == []
    assert [str(finding) for finding in ooxml_integrity.check(whole)] == []


def test_one_class_one_header_in_a_merged_file(tmp_path: Path) -> None:
    base = tmp_path / "校本.docx"
    base.write_bytes(paper("{{校名}}　{{class}}"))
    batch(PROFILE, LETTER, _roster(tmp_path / "a.xlsx"), tmp_path / "out", merge="all", base=base)
    (whole,) = [file for file in (tmp_path / "out").rglob("*.docx") if file.stem.startswith(LETTER)]
    with zipfile.ZipFile(whole) as package:
        assert sum("header" in name and name.endswith(".xml") for name in package.namelist()) == 2
    (printed,) = [file for file in (tmp_path / "out").rglob("*.pdf") if file.stem.startswith(LETTER)]
    assert pdf_text(printed).count("三（2）班") >= 2


def test_more_headers_than_a_file_can_have_are_told_with_what_to_do() -> None:
    people = [
        Recipient({"name": f"甲{n}", "class": f"三（{n % 9}）班"}, "", n, Place("a.xlsx"))
        for n in range(MOST_HEADS + 1)
    ]
    (problem,) = too_many_heads(("name",), people, "all")
    assert f"{MOST_HEADS + 1} 种页眉，最多 {MOST_HEADS} 种" in problem.message and "--each" in problem.fix
    assert not list(too_many_heads(("name",), people, ("class",)))
    assert not list(too_many_heads(("class",), people, "all"))
    assert not list(too_many_heads(("name",), people, "each"))


@pytest.mark.parametrize(
    ("own", "rule"),
    [
        (paper("{{经办人}}"), "text.todo"),
        (paper("【姓名】"), "text.placeholder"),
        (paper("", "某某学校"), "text.placeholder"),
        (paper("", "", "某某学校"), "text.placeholder"),
    ],
    ids=["header", "bracket", "footer", "box"],
)
def test_what_is_left_open_stops_a_build(own: bytes, rule: str, tmp_path: Path) -> None:
    (tmp_path / "校本.docx").write_bytes(own)
    with pytest.raises(CheckFailed) as refused:
        build(PROFILE, tmp_path / "out", ("减负工作计划",), ("docx",), base=tmp_path / "校本.docx")
    assert {problem.code for problem in refused.value.problems} == {rule}
    assert all("校本.docx 页" in str(problem.place) for problem in refused.value.problems)
    assert not list((tmp_path / "out").rglob("*.docx"))


def test_check_reads_the_paper_that_a_form_names(tmp_path: Path) -> None:
    (tmp_path / "校本.docx").write_bytes(paper("青石县临河小学", "2019—2020学年第一学期"))
    form = PROFILE.read_text(encoding="utf-8")
    listed = "\ndocuments:\n  - 减负工作计划\n"
    assert listed in form
    own = "\ndocuments:\n  - kind: 减负工作计划\n    base: 校本.docx\n"
    (tmp_path / "本校.yaml").write_text(form.replace(listed, own), encoding="utf-8")
    run = planforge("check", tmp_path / "本校.yaml")
    said = run.stdout + run.stderr
    assert "青石县临河小学" in said and "规则：text.other-school" in said and "规则：text.year" in said
    assert "校本.docx 页眉" in said and "校本.docx 页脚" in said


def test_a_batch_does_not_print_another_schools_name(tmp_path: Path) -> None:
    base = tmp_path / "校本.docx"
    base.write_bytes(paper("【姓名】家长：某某小学"))
    with pytest.raises(CheckFailed):
        batch(PROFILE, LETTER, _roster(tmp_path / "a.xlsx"), tmp_path / "out", base=base)


def test_pdf_letters_and_masters_stand_under_the_schools_header(tmp_path: Path) -> None:
    """By the fast way, logo and all: no letter need be laid out by itself."""
    base = tmp_path / "校本.docx"
    base.write_bytes(letterhead_file())
    roster = _roster(tmp_path / "a.xlsx")
    made = batch(PROFILE, LETTER, roster, tmp_path / "out", merge="all", base=base, formats=("pdf",))
    assert not made.outcome.fallbacks and made.outcome.sampled
    (printed,) = [file for file in (tmp_path / "out").rglob("*.pdf") if file.stem.startswith(LETTER)]
    text = pdf_text(printed)
    assert text.count("首页的页眉") == len(PUPILS) and "".join(text.split()).count("第1页共1页") == len(
        PUPILS
    )
    pictures = pypdfium2.PdfDocument(printed)
    assert all(any(found.type == 3 for found in pictures[page].get_objects()) for page in range(len(PUPILS)))
    School.open(PROFILE, base=base).master(LETTER, None, tmp_path / "master", MasterOrder(formats=("pdf",)))
    (one,) = [file for file in (tmp_path / "master").rglob("*.pdf") if "印数单" not in file.stem]
    assert "首页的页眉" in pdf_text(one)
