"""The fast PDF is the plain PDF for three independent readers, on rosters that nobody chose, on every kind of paper."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from PIL import ImageChops

from planforge.document.look import Look
from planforge.document.tree import (
    Document,
    Field,
    Heading,
    Text,
)
from planforge.imposition.paper import Paper
from planforge.imposition.scaled_look import for_part, on_part
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.letters_pdf import sections
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.roster.person_names import clean_text
from planforge.writers.fonts import Fonts, choose
from tests.support.exploring import examples
from tests.support.letters import CLASSES, SEATS, VALUES, WORD_NAMES, letter, look, singly
from tests.support.pdf_readers import READERS, drawn_by_mupdf, drawn_by_pdfium, drawn_by_poppler
from tests.support.positions import Sign
from tests.support.same_pdf import assert_same, outline, tags
from tests.support.small_letter import SLIP, SMALL

NEAR = 0.01
"""Points."""

MEASURED = Document("letter", "短信", (Heading(1, (Field("name"), Text("家长"))), SLIP))
"""A field where the layout is reckoned from its words: such letters are laid out whole."""

ROWS = st.one_of(VALUES, VALUES, st.fixed_dictionaries({"name": WORD_NAMES, "class": CLASSES, "seat": SEATS}))
MERGED, BOTH_SIDES, TWO_UP = Paper(), Paper(duplex=True), Paper(up=2)


@cache
def on(up: int) -> tuple[Look, Fonts, PdfLetterWriter]:
    """The look on a sheet or a part of it, and what prints it."""
    chosen = for_part(look(), up)
    chosen = chosen.fit.steps[-1] if up > 1 and chosen.fit else chosen
    fonts = choose(chosen)
    return chosen, fonts, PdfLetterWriter(chosen, fonts)


@cache
def parted(document: int) -> Document:
    return on_part((SMALL, MEASURED)[document], 2)


def read(values: dict[str, str]) -> dict[str, str]:
    """A row as it comes out of a roster: no signs that cannot be seen, no spaces but plain ones."""
    return {name: clean_text(word) for name, word in values.items()}


def printable(values: dict[str, str]) -> bool:
    """Rows with characters that no font has are told, not made."""
    faces = [one.face for one in on(1)[1].all()]
    return all(c.isspace() or any(c in face for face in faces) for word in values.values() for c in word)


def written(letters: Sequence[Letter], paper: Paper) -> bytes:
    file = io.BytesIO()
    on(paper.up)[2].write(letters, file, paper)
    return file.getvalue()


def slow(letters: Sequence[Letter], paper: Paper = MERGED, up: int = 1) -> bytes:
    return plain.pdf(letters, *on(up)[:2], paper)


def assert_read_alike(fast: Sequence[Sign], slow: Sequence[Sign]) -> None:
    assert [(one.text, one.page) for one in fast] == [(one.text, one.page) for one in slow]
    apart = [max(abs(a.x - b.x), abs(a.y - b.y)) for a, b in zip(fast, slow, strict=True)]
    assert max(apart, default=0) <= NEAR


def assert_all_read_alike(fast: bytes, slow: bytes) -> None:
    assert_same(fast, slow)  # PDFium, tags, outline, syntax
    for name in ("MuPDF", "poppler"):
        assert_read_alike(READERS[name](fast), READERS[name](slow))


def laid_side_by_side(
    pages: dict[tuple[int, int], list[Any]], count: int, paper: Paper
) -> list[list[tuple[float, float, Any]]]:
    """What each side of the sheets must hold, from single pages: the place's corner, and what lies there.

    pages: by letter and page of it.
    """
    found = []
    for row in paper.rows(count):
        there = [one for one in row if one is not None]
        longest = max(page for number, page in pages if number in there)
        for face in range(1, longest + 1):
            found.append(
                [
                    (*paper.corner(place, back=False), pages[number, face])
                    for place, number in enumerate(row)
                    if number is not None and (number, face) in pages
                ]
            )
    return found


def assert_imposed(fast: bytes, alone: bytes, count: int) -> None:
    """Two letters on a sheet stand as the plain ones do, each in its place; the order of words and tags is theirs."""
    first = [page for _, page, _ in outline(alone)]
    assert len(first) == count
    of = {
        page: (max(n for n in range(count) if first[n] <= page), page) for page in range(first[0], 4 * count)
    }

    def by_letter(found: Sequence[tuple[int, Any]]) -> dict[tuple[int, int], list[Any]]:
        pages: dict[tuple[int, int], list[Any]] = {}
        for page, one in found:
            number = of[page][0]
            pages.setdefault((number, page - first[number] + 1), []).append(one)
        return pages

    for name, read in READERS.items():
        theirs = by_letter([(one.page - 1, one) for one in read(alone)])
        wanted = [
            Sign(one.text, one.x + x, one.y + y, page)
            for page, places in enumerate(laid_side_by_side(theirs, count, TWO_UP), 1)
            for x, y, signs in places
            for one in signs
        ]
        ours = list(read(fast))
        if name == "poppler":  # it reads across the sheet
            ours, wanted = (sorted(some, key=_where) for some in (ours, wanted))
        assert_read_alike(ours, wanted)
    (document,) = tags(alone)
    tagged = by_letter([(one[1], one) for one in document[2]])
    expected = [
        _bare(one)
        for places in laid_side_by_side(tagged, count, TWO_UP)
        for _, _, elements in places
        for one in elements
    ]
    assert [_bare(one) for one in tags(fast)[0][2]] == expected
    assert [title for title, _, _ in outline(fast)] == [title for title, _, _ in outline(alone)]


def _where(one: Sign) -> tuple[Any, ...]:
    return one.page, round(one.x), round(one.y), one.text


def _bare(element: Any) -> Any:
    """An element without its page and the numbers of its marked content."""
    return (
        element
        if isinstance(element, str)
        else [element[0], [_bare(one) for one in element[2] if isinstance(one, list)]]
    )


WAYS = st.sampled_from(("merged", "both sides", "single", "single in copies", "two up"))


@pytest.fixture(scope="module", autouse=True)
def every_sheet_is_a_section() -> Iterator[None]:
    """So that two letters are read from a file that was put together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sections, "SECTION", 1)
        yield


ROSTERS = given(
    rows=st.lists(ROWS.map(read).filter(printable), min_size=1, max_size=2),
    kinds=st.lists(st.booleans(), min_size=2, max_size=2),
    way=WAYS,
)


ANY: dict[str, Any] = {"phases": [Phase.explicit, Phase.generate], "suppress_health_check": list(HealthCheck)}


@examples(40, **ANY)
@ROSTERS
def test_any_roster_is_read_alike_by_all(rows: list[dict[str, str]], kinds: list[bool], way: str) -> None:
    assert_fast_is_slow(rows, kinds, way)


@pytest.mark.slow
@pytest.mark.long
@examples(200, **ANY)
@ROSTERS
def test_two_hundred_rosters_are_read_and_drawn_alike(
    rows: list[dict[str, str]], kinds: list[bool], way: str
) -> None:
    fast, theirs = assert_fast_is_slow(rows, kinds, way)
    if way in ("merged", "both sides"):
        for ours, page in zip(drawn_by_mupdf(fast), drawn_by_mupdf(theirs), strict=True):
            assert ours.size == page.size and ours.tobytes() == page.tobytes()


def assert_fast_is_slow(rows: list[dict[str, str]], kinds: list[bool], way: str) -> tuple[bytes, bytes]:
    """Both files, once all readers have found them alike."""
    documents = [parted(one) if way == "two up" else (SMALL, MEASURED)[one] for one in kinds]
    letters = [Letter(one, row, str(n)) for n, (one, row) in enumerate(zip(documents, rows, strict=False))]
    match way:
        case "single":
            (fast,), theirs = singly(on(1)[2], letters[:1]), slow(letters[:1])
            assert_all_read_alike(fast, theirs)
        case "single in copies":
            twice = Paper(copies=2, duplex=True)
            (fast,), theirs = singly(on(1)[2], letters[:1], twice), slow(letters[:1], twice)
            assert_all_read_alike(fast, theirs)
        case "two up":
            fast, theirs = written(letters, TWO_UP), slow(letters, up=2)
            assert_imposed(fast, theirs, len(letters))
        case _:
            paper = BOTH_SIDES if way == "both sides" else MERGED
            fast, theirs = written(letters, paper), slow(letters, paper)
            assert_all_read_alike(fast, theirs)
    return fast, theirs


NAMED = [
    letter(name, seat=str(seat), document=SMALL)
    for seat, name in enumerate(("丁一禾", "买买提·阿不都", "钱𬱖", "Anna Li"), 7)
]


def test_a_character_that_no_font_has_sends_a_file_the_plain_way() -> None:
    chosen, fonts, _ = on(1)
    by = PdfLetterWriter(chosen, fonts)
    for name in (
        "丁一禾",
        "丁\u2028禾",
        "卞小舟",
    ):  # the font of the first is known when the second asks for more
        file = io.BytesIO()
        by.write([letter(name, document=SMALL)], file)
        assert_all_read_alike(file.getvalue(), slow([letter(name, document=SMALL)]))
    assert by.fallbacks.total() == 1


@pytest.mark.parametrize("single", [False, True])
def test_all_draw_the_same_page(single: bool) -> None:
    letters = NAMED[1:2] if single else NAMED
    (fast,) = singly(on(1)[2], letters) if single else [written(letters, MERGED)]
    theirs = slow(letters)
    for draw in (drawn_by_mupdf, drawn_by_poppler):
        for ours, page in zip(draw(fast), draw(theirs), strict=True):
            assert ours.size == page.size and ours.tobytes() == page.tobytes()
    # PDFium fits the outlines of a bare CFF program to the grid, those of WeasyPrint's OpenType files not.
    for ours, page in zip(drawn_by_pdfium(fast), drawn_by_pdfium(theirs), strict=True):
        difference = ImageChops.difference(ours, page).histogram()
        assert sum(difference[64:]) == 0 and sum(difference[16:]) < 300


def test_heads_of_tables_tell_their_scope_and_no_name_repeats() -> None:
    import pikepdf

    (single,) = singly(on(1)[2], NAMED[:1])
    for data in (written(NAMED, MERGED), slow(NAMED), single):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            cells = [
                one
                for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and one.get("/S") in ("/TH", "/TD")
            ]
            heads = [one for one in cells if one["/S"] == "/TH"]
            assert len(heads) in (2, 2 * len(NAMED)) and all(
                one["/A"]["/Scope"] == "/Column" for one in heads
            )
            assert not any("/ID" in one or "/Headers" in one["/A"] for one in cells)
