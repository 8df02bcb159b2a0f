"""Any document tree at all, as Hypothesis draws it: for what must hold of every file that a writer makes."""

from __future__ import annotations

from hypothesis import strategies as st

from planforge.document.tree import (
    Align,
    Attachment,
    Bar,
    Blank,
    Block,
    Break,
    Cell,
    Closing,
    Document,
    Fact,
    Field,
    Figure,
    FigureKind,
    Heading,
    Imprint,
    Inlines,
    Item,
    Labelled,
    Masthead,
    NumberedList,
    Paragraph,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
)

WORDS = st.one_of(
    st.text(
        alphabet="减负作业课堂睡眠“”‘’…—·（）《》0123456789abcQR，。；：、 　䶮喆𬍛", min_size=1, max_size=24
    ),
    st.text(min_size=1, max_size=8),
    st.sampled_from(["</w:t>", "&amp;", "{{ x }}", "<b>", "a\tb", "甲\n乙", "\x00\x1f", "\u202e", "]]>"]),
)
INLINE = st.one_of(
    st.builds(Text, WORDS, st.booleans()),
    st.builds(Fact, st.just("school.name"), WORDS, st.booleans()),
    st.builds(Field, WORDS, st.booleans()),
    st.builds(Blank, st.floats(0.5, 12)),
    st.builds(Break),
)
CONTENT: st.SearchStrategy[Inlines] = st.lists(INLINE, min_size=1, max_size=4).map(tuple)
ROLES = st.sampled_from(["body", "flush", "salutation", "centre", "right", "note", "attachment"])
ALIGNS: st.SearchStrategy[Align] = st.sampled_from(["left", "centre", "right", "justify"])


def _lists(level: int) -> st.SearchStrategy[NumberedList]:
    inner = st.none() | _lists(2) if level == 1 else st.none()
    items = st.lists(st.builds(Item, CONTENT, inner), min_size=1, max_size=3).map(tuple)
    return st.builds(NumberedList, items, st.just(level))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table in which every place is covered once: rows may have one cell that reaches across."""
    columns = draw(st.integers(1, 4))

    def row() -> tuple[Cell, ...]:
        span = draw(st.integers(1, columns))
        cells = [Cell(draw(CONTENT), draw(ALIGNS), span=span)]
        return (*cells, *(Cell(draw(CONTENT | st.just(()))) for _ in range(columns - span)))

    def rows(least: int) -> tuple[tuple[Cell, ...], ...]:
        return tuple(row() for _ in range(draw(st.integers(least, 3))))

    widths = tuple(draw(st.floats(0.5, 9)) for _ in range(columns))
    body = rows(1)
    if draw(st.booleans()) and len(body) > 1 and body[0][-1].span == body[1][-1].span == 1 and columns > 1:
        last = body[0][-1]
        body = ((*body[0][:-1], Cell(last.content, last.align, rows=2)), body[1][:-1], *body[2:])
    return Table(widths, rows(0), body, draw(CONTENT | st.just(())))


KINDS: st.SearchStrategy[FigureKind] = st.sampled_from(["columns", "shares"])
NUMBERS: st.SearchStrategy[Inlines] = st.one_of(
    st.integers(0, 300).map(lambda number: (Text(str(number)),)),
    st.floats(0, 100).map(lambda number: (Fact("survey.satisfied", f"{number:.1f}%"),)),
    st.just(()),
)


@st.composite
def charts(draw: st.DrawFn) -> Figure:
    """A figure with a value for each series at each bar; some are not known, names are any words."""
    series = tuple(draw(st.lists(CONTENT, min_size=1, max_size=3)))
    values = st.lists(NUMBERS, min_size=len(series), max_size=len(series)).map(tuple)
    bars = st.lists(st.builds(Bar, CONTENT, values, NUMBERS), min_size=1, max_size=6).map(tuple)
    return Figure(
        draw(KINDS), draw(CONTENT), draw(CONTENT), series, draw(bars), draw(WORDS | st.just("")), draw(WORDS)
    )


PARTIES = st.builds(Party, CONTENT, st.lists(CONTENT, max_size=3).map(tuple))
SIMPLE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 4), CONTENT),
    st.builds(Paragraph, CONTENT, ROLES),
    _lists(1),
    _lists(2),
    st.builds(Labelled, WORDS, CONTENT),
    tables(),
    charts(),
    st.builds(Closing, st.lists(CONTENT, min_size=1, max_size=3).map(tuple), CONTENT | st.just(())),
    st.builds(Signatures, st.lists(PARTIES, min_size=1, max_size=3).map(tuple)),
)
BLOCKS = st.lists(SIMPLE, min_size=1, max_size=6).map(tuple)
SLIPS = st.builds(Slip, CONTENT, BLOCKS)
ATTACHMENTS = st.builds(Attachment, CONTENT, BLOCKS)
MASTHEADS = st.builds(Masthead, CONTENT, CONTENT, CONTENT | st.just(()))
IMPRINTS = st.builds(Imprint, CONTENT, CONTENT, CONTENT | st.just(()))
DOCUMENTS = st.builds(
    lambda title, head, first, blocks, slips, attachments, foot, author: Document(
        "any", title, (*head, *first, *blocks, *slips, *attachments, *foot), author
    ),
    WORDS,
    st.lists(MASTHEADS, max_size=1),
    st.lists(st.builds(Title, CONTENT), max_size=1),
    BLOCKS,
    st.lists(SLIPS, max_size=1),
    st.lists(ATTACHMENTS, max_size=2),
    st.lists(IMPRINTS, max_size=1),
    WORDS,
)
