"""Every look: valid Word files, and the same words, pages, lines and places in Word and in PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ooxml_integrity
import pytest
from openxml_audit import OpenXmlValidator

from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.tree import Document
from planforge.writers import word
from planforge.writers.pdf.fitting import tightest
from tests.support import school_parity
from tests.support.parity import Parity, measure, tables_document
from tests.support.red_head_tree import downward, upward
from tests.support.sample_tree import items_alone, prose_document, sample_document

LOOKS = sorted(path.stem for path in (templates_root() / "styles").glob("*.yaml"))
OTHERS = [name for name in LOOKS if name != "official"]  # the official one has tests of its own


def samples(name: str) -> dict[str, Document]:
    if name == "red-head":
        return {"sample": downward(), "prose": upward()}
    whole = sample_document()
    tables = {"tables": tables_document()} if name == "letter" else {}
    return {"sample": whole, "numbers written out": replace(whole, numbering="text"), **tables}


@pytest.mark.parametrize("name", LOOKS)
def test_word_files_are_valid(name: str, tmp_path: Path) -> None:
    look = find_look(name, [templates_root()])
    for title, document in {**samples(name), "lists": items_alone()}.items():
        for step in (look, tightest(look)) if look.fit else (look,):
            path = tmp_path / f"{title}.docx"
            path.write_bytes(word.write(document, step))
            assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
            assert [str(finding) for finding in ooxml_integrity.check(path)] == []


@pytest.fixture(scope="module", params=LOOKS)
def figures(request: pytest.FixtureRequest) -> dict[str, Parity]:
    """Plan and scheme of all schools, and what shows every kind of block; the official look has tests of its own."""
    name = request.param
    documents = {**(samples(name) if name in OTHERS else {}), **school_parity.documents(name)}
    found = measure(documents, find_look(name, [templates_root()]))
    for title, parity in found.items():
        print(f"{name} {title}: {parity}")
    return found


@pytest.mark.slow
def test_the_same_words_and_numbers_on_the_same_pages(figures: dict[str, Parity]) -> None:
    for name, parity in figures.items():
        assert parity.same_text, (name, parity.first_difference)
        assert parity.same_pages, (name, parity.pages)


@pytest.mark.slow
def test_lines_end_at_the_same_character_and_every_glyph_stands_in_its_place(
    figures: dict[str, Parity],
) -> None:
    """Not one character of running text further than half a point from its twin."""
    for name, parity in figures.items():
        assert parity.share >= 0.99, (name, parity.differing)
        assert list(school_parity.beyond(parity)) == [], name


@pytest.mark.parametrize("name", ["official", "county"])
@pytest.mark.slow
def test_a_page_of_prose_has_22_lines_of_28_characters(name: str) -> None:
    """GB/T 9704-2012 5.2.3; the first line of a paragraph has 26."""
    from planforge.writers import pdf
    from tests.support.positions import lines, signs

    found = signs(pdf.write(prose_document(12), find_look(name, [templates_root()])))
    foot = 262 * 72 / 25.4
    page = [line for line in lines([sign for sign in found if sign.y < foot]) if line.page == 2]
    assert len({round(line.y) for line in page}) == 22
    assert max(len(line.text) for line in page) >= 28
