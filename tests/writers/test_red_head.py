"""红头, seal place and 版记 stand where GB/T 9704-2012 7.2 to 7.4 has them, in Word as in PDF."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from planforge.compose import choose, compose, find_kinds
from planforge.core.problems import InputError
from planforge.core.resources import profiles_root, templates_root
from planforge.document.closing import closing_indents
from planforge.document.look import find_look
from planforge.document.masthead import mark_size
from planforge.document.tree import Closing, Document, Imprint, Masthead, Paragraph, plain
from planforge.facts import resolve
from planforge.facts.model import Dispatch, Facts
from planforge.policy import load_packs
from planforge.profile import read_profile
from planforge.writers import pdf, plain_text, word
from tests.support.positions import Sign, signs
from tests.support.red_head_tree import NUMBER, downward, upward
from tests.support.sample_tree import SCHOOL, prose_document, sample_document
from tests.support.sample_tree import text as words

LOOK = find_look("red-head", [templates_root()])
OFFICIAL = find_look("official", [templates_root()])
MM = 72 / 25.4
LEFT, RIGHT, TOP, FOOT = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM


def on_page(found: list[Sign], page: int, letters: str) -> list[Sign]:
    """The first place on a page where these letters stand one after the other."""
    here = [sign for sign in found if sign.page == page]
    at = "".join(sign.text for sign in here).index(letters)
    return here[at : at + len(letters)]


@pytest.fixture(scope="module")
def down() -> list[Sign]:
    return signs(pdf.write(downward(), LOOK))


@pytest.fixture(scope="module")
def up() -> list[Sign]:
    return signs(pdf.write(upward(), LOOK))


def test_the_mark_stands_35_mm_below_the_type_areas_top(down: list[Sign]) -> None:
    """A Song face's characters rise about 0.85 em above their base line."""
    size = mark_size(downward().blocks[0], LOOK)  # type: ignore[arg-type]
    mark = on_page(down, 1, "云岭市清溪区桐花小学文件")
    assert mark[0].y - 0.85 * size == pytest.approx(TOP + 35 * MM, abs=1)
    assert mark[0].x - LEFT == pytest.approx(RIGHT - (mark[-1].x + size), abs=1)
    assert len({sign.y for sign in mark}) == 1


def test_the_number_stands_two_lines_below_and_the_title_two_below_the_red_line(down: list[Sign]) -> None:
    mark, number = on_page(down, 1, "小学文件"), on_page(down, 1, NUMBER)
    title = on_page(down, 1, "云岭市清溪区桐花小学2026")
    pitch = LOOK.styles["body"].pitch
    assert 2 * pitch < number[0].y - mark[0].y < 4 * pitch
    assert number[0].x - LEFT == pytest.approx(RIGHT - number[-1].x - 16, abs=1)
    assert 3 * pitch < title[0].y - number[0].y < 4 * pitch


def test_upward_the_number_stands_left_and_the_signer_right_each_a_character_from_the_edge(
    up: list[Sign],
) -> None:
    number, signer = on_page(up, 1, NUMBER), on_page(up, 1, "签发人：方晴")
    assert number[0].x == pytest.approx(LEFT + 16, abs=0.5)
    assert signer[-1].x + 16 == pytest.approx(RIGHT - 16, abs=0.5)
    assert number[0].y == signer[0].y


def test_the_imprint_ends_at_the_type_areas_foot_of_the_last_page(down: list[Sign], up: list[Sign]) -> None:
    for found in (down, up):
        last = found[-1].page
        office = on_page(found, last, "桐花小学办公室")
        assert FOOT - 12 < office[0].y < FOOT
    copies = on_page(down, down[-1].page, "抄送：")
    assert copies[0].x == pytest.approx(LEFT + 14, abs=0.5)


def test_text_keeps_clear_of_the_imprint() -> None:
    """Whatever the length of the text, its last line stands above the imprint's first."""
    for count in range(3, 9):
        found = signs(pdf.write(upward(count), LOOK))
        last = [sign for sign in found if sign.page == found[-1].page]
        office = on_page(found, found[-1].page, "云岭市清溪区桐花小学办公室")[0]
        text_above = [sign.y for sign in last if sign.y < office.y - 1]
        assert not text_above or max(text_above) < office.y - 14


def test_the_mark_shrinks_to_one_line_but_not_below_the_title() -> None:
    def sized(name: str) -> float:
        return mark_size(Masthead(words(name)), LOOK)

    assert sized("桐花小学文件") == 42
    assert sized("某" * 13) == 34  # 442.2 pt hold 13 characters of 34 pt
    assert sized("某" * 40) == 22
    assert pdf.write(Document("k", "t", (Masthead(words("某" * 40), words(NUMBER)),)), LOOK)


def test_the_mark_and_the_line_are_red_and_nothing_else() -> None:
    with zipfile.ZipFile(io.BytesIO(word.write(downward(), LOOK))) as package:
        styles = package.read("word/styles.xml").decode()
        body = package.read("word/document.xml").decode()
    red = [one for one in re.findall(r"<w:style .*?</w:style>", styles, re.DOTALL) if "FF0000" in one]
    assert sorted(re.findall(r'w:styleId="(\w+)"', "".join(red))) == ["DocumentNumber", "Masthead"]
    assert "FF0000" not in body


def test_a_seal_has_its_place_and_is_not_drawn() -> None:
    """Date four characters from the edge, the name centred on it, two free lines above (7.3.5.1)."""
    closing = Closing((words("桐花小学"),), words("2026年9月12日"))
    indents = closing_indents(closing, 4.0)
    assert indents.date == 4
    assert indents.issuers == (4 + (6.5 - 4) / 2,)
    document = replace(prose_document(1), blocks=(*prose_document(1).blocks, closing))
    found = signs(pdf.write(document, LOOK))
    name, above = on_page(found, 1, "桐花小学"), found[:-16]
    date = on_page(found, 1, "2026年9月12日")
    assert date[-1].x + 16 == pytest.approx(RIGHT - 64, abs=1)
    assert name[0].y - max(sign.y for sign in above if sign.y < name[0].y - 1) == pytest.approx(
        3 * 28.95, abs=0.2
    )
    assert b"/XObject" not in pdf.write(document, LOOK)


def test_a_name_too_long_to_be_centred_stays_on_the_page() -> None:
    indents = closing_indents(Closing((words("某" * 26),), words("2026年9月1日")), 4.0)
    assert min(indents.issuers) >= 0
    assert indents.date == pytest.approx((26 - 6) / 2)


def test_another_look_prints_none_of_it() -> None:
    document = downward()
    assert word.write(replace(sample_document()), OFFICIAL) == word.write(document, OFFICIAL)
    assert NUMBER not in plain_text.write(document, OFFICIAL) and "抄送" not in plain_text.write(
        document, OFFICIAL
    )
    printed = plain_text.write(upward(), LOOK)
    assert f"{NUMBER}　　签发人：方　晴" in printed and "2026年9月1日印发" in printed


@pytest.fixture(scope="module")
def facts() -> Facts:
    reading = read_profile(profiles_root() / "two-campus-primary.yaml")
    given = Dispatch("某校文件", "各年级组、各教研组", "区教育局。", "某校办公室", None, True)
    return replace(resolve(reading, load_packs()), dispatch=given)


def made(facts: Facts, look: str, number: str = NUMBER) -> Document:
    kind = find_kinds([templates_root()])["work_plan"]
    return compose(kind, facts, replace(choose(kind), look=look, document_number=number)).document


def test_any_kind_goes_out_under_a_red_head(facts: Facts) -> None:
    document = made(facts, "red-head")
    head, foot = document.blocks[0], document.blocks[-1]
    assert isinstance(head, Masthead) and isinstance(foot, Imprint)
    assert (plain(head.issuer), plain(head.number)) == ("某校文件", NUMBER)
    assert plain(head.signer) == (facts.approval.issued_by.name if facts.approval.issued_by else "")
    assert plain(foot.date) == "2026年8月27日"
    to = next(one for one in document.blocks if isinstance(one, Paragraph) and one.role == "salutation")
    assert plain(to.content).endswith("：")
    assert "区教育局。\n" in plain_text.write(document, LOOK)


def test_it_is_shown_only_where_look_issuer_and_number_are_there(facts: Facts) -> None:
    def heads(document: Document) -> list[type]:
        return [type(one) for one in document.blocks if isinstance(one, Masthead | Imprint)]

    assert heads(made(facts, "official")) == []
    assert heads(made(facts, "red-head", "")) == [Imprint]
    assert heads(made(replace(facts, dispatch=Dispatch()), "red-head")) == []


@pytest.mark.parametrize(
    "typed",
    ["桐小〔2026〕5号", "桐小[2026]5号", "桐小（2026）第05号", "桐小【2026】 5 号", "桐小〔2026年〕5号"],
)
def test_a_number_is_written_as_the_standard_writes_it(tmp_path: Path, typed: str) -> None:
    """Hexagonal brackets, the whole year, no 第 and no leading zero (7.2.5)."""
    path = tmp_path / "a.yaml"
    path.write_text(f"documents:\n  - kind: 减负工作计划\n    document_number: {typed}\n", encoding="utf-8")
    assert read_profile(path).profile.documents[0].document_number == NUMBER


@pytest.mark.parametrize("typed", ["第5号", "桐小26-5号", "〔2026〕5号", "桐小〔2026〕号"])
def test_what_is_no_number_is_told(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"documents:\n  - kind: 减负工作计划\n    document_number: {typed}\n", encoding="utf-8")
    reading = read_profile(path)
    problem = next(one for one in reading.problems if one.code == "document_number.form")
    assert problem.place is not None and problem.place.line == 3
    assert isinstance(InputError([problem]), InputError) and SCHOOL.text
