"""Word, as LibreOffice lays it out, and our PDF: the same words, pages, lines and places."""

from __future__ import annotations

import pytest

from planforge.document.look import Look
from tests.support.parity import Parity, compare, documents, measure
from tests.support.positions import Sign
from tests.support.school_parity import beyond

pytestmark = pytest.mark.slow

NAMES = tuple(documents())


@pytest.fixture(scope="module")
def figures(look: Look) -> dict[str, Parity]:
    found = measure(documents(), look)
    for name, parity in found.items():
        print(f"{name}: {parity}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_same_words_in_the_same_order_on_the_same_pages(figures: dict[str, Parity], name: str) -> None:
    parity = figures[name]
    assert parity.same_text, parity.first_difference
    assert parity.same_pages, parity.pages


@pytest.mark.parametrize("name", NAMES)
def test_every_line_ends_at_the_same_character(figures: dict[str, Parity], name: str) -> None:
    assert figures[name].lines >= 25
    assert figures[name].share == 1, figures[name].differing


@pytest.mark.parametrize("name", NAMES)
def test_lines_stand_at_the_same_height(figures: dict[str, Parity], name: str) -> None:
    assert figures[name].down() < 0.5


@pytest.mark.parametrize("name", NAMES)
def test_every_glyph_stands_in_the_same_place(figures: dict[str, Parity], name: str) -> None:
    """Within 0.5 pt, those in tables and behind blanks too."""
    assert list(beyond(figures[name])) == []


def _line(words: str, y: float, x: float = 80.0, page: int = 1) -> list[Sign]:
    return [Sign(word, x + 16 * count, y, page) for count, word in enumerate(words)]


def test_the_measure_sees_a_moved_line_end_a_shift_and_other_words() -> None:
    first = _line("国家教育", 100) + _line("部门", 130)
    assert compare(first, first).share == 1
    assert compare(first, _line("国家教", 100) + _line("育部门", 130)).same == 1
    assert compare(first, _line("国家教育", 100, 80.4) + _line("部门", 130)).across() == pytest.approx(0.4)
    assert not compare(first, _line("国家教育", 100) + _line("部问", 130)).same_text
    assert not compare(first, _line("国家教育", 100) + _line("部门", 130, page=2)).same_pages
