"""Every look: valid Word files, and the same words, pages, lines and places in Word and in PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ooxml_integrity
import pytest
from openxml_audit import OpenXmlValidator

from planforge.compose import choose, compose, find_kinds
from planforge.document.look import find_look
from planforge.document.tree import Document
from planforge.facts import resolve
from planforge.facts.model import Dispatch
from planforge.policy import load_packs
from planforge.profile import read_profile
from planforge.resources import profiles_root, templates_root
from planforge.writers import word
from planforge.writers.pdf.fitting import tightest
from tests.looks.red_head_tree import NUMBER, downward, upward
from tests.support.parity import Parity, measure
from tests.support.sample_tree import items_alone, prose_document, sample_document

LOOKS = sorted(path.stem for path in (templates_root() / "styles").glob("*.yaml"))
OTHERS = [name for name in LOOKS if name != "official"]  # the official one has tests of its own


def samples(name: str) -> dict[str, Document]:
    if name == "red-head":
        return {"sample": downward(), "prose": upward()}
    whole = sample_document()
    return {"sample": whole, "numbers written out": replace(whole, numbering="text")}


def plans(name: str) -> dict[str, Document]:
    """The work plan of each of the invented schools."""
    kind, packs = find_kinds([templates_root()])["work_plan"], load_packs()
    found = {}
    for path in sorted(profiles_root().glob("*.yaml")):
        facts = resolve(read_profile(path), packs)
        given = Dispatch(f"{facts.school.name}文件", "各处室", "区教育局", f"{facts.school.name}办公室")
        shape = replace(choose(kind), look=name, document_number=NUMBER)
        found[path.stem] = compose(kind, replace(facts, dispatch=given), shape).document
    return found


@pytest.mark.parametrize("name", LOOKS)
def test_word_files_are_valid(name: str, tmp_path: Path) -> None:
    look = find_look(name, [templates_root()])
    for title, document in {**samples(name), "lists": items_alone()}.items():
        for step in (look, tightest(look)) if look.fit else (look,):
            path = tmp_path / f"{title}.docx"
            path.write_bytes(word.write(document, step))
            assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
            assert [str(finding) for finding in ooxml_integrity.check(path)] == []


@pytest.fixture(scope="module", params=OTHERS)
def figures(request: pytest.FixtureRequest) -> dict[str, Parity]:
    """A letter is a page long; whole plans are printed in the looks that are meant for them."""
    name = request.param
    documents = {**samples(name), **(plans(name) if name != "letter" else {})}
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
def test_lines_end_at_the_same_character_and_stand_in_the_same_place(figures: dict[str, Parity]) -> None:
    lines, same = (sum(getattr(one, name) for one in figures.values()) for name in ("lines", "same"))
    assert same / lines >= 0.99
    for name, parity in figures.items():
        assert parity.across(98) < 0.7, (name, parity)
        assert parity.down(90) < 0.5, (name, parity)


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
