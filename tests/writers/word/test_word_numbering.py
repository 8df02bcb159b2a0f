"""Word's own numbering shows what the tree's labels say, as LibreOffice reads it."""

from __future__ import annotations

import io
from itertools import chain
from pathlib import Path

import docx
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from planforge.document.look import Look
from planforge.document.numbering import labels
from planforge.document.tree import (
    Attachment,
    Block,
    Document,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Slip,
    Text,
)
from planforge.writers.word import write
from tests.support.exploring import examples
from tests.support.soffice import to_text

HEADINGS = st.builds(Heading, st.integers(1, 4), st.just((Text("标题"),)))
INNER_LISTS = st.builds(
    NumberedList,
    st.lists(st.just(Item((Text("分条"),))), min_size=1, max_size=3).map(tuple),
    st.just(2),
)
LISTS = st.builds(
    NumberedList,
    st.lists(st.builds(Item, st.just((Text("条目"),)), st.none() | INNER_LISTS), min_size=1, max_size=4).map(
        tuple
    ),
    st.just(1),
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    HEADINGS, HEADINGS, LISTS, INNER_LISTS, st.just(Paragraph((Text("正文"),)))
)
RUNS = st.lists(BLOCKS, max_size=12).map(tuple)
SLIPS = st.builds(Slip, st.just((Text("回执"),)), RUNS)
ATTACHMENTS = st.builds(Attachment, st.just((Text("附件标题"),)), RUNS)
DOCUMENTS = st.builds(
    lambda body, slip, rest, attachments: Document("k", "t", (*body, *slip, *rest, *attachments)),
    RUNS,
    st.lists(SLIPS, max_size=1),
    RUNS,
    st.lists(ATTACHMENTS, max_size=3),
)


def numbered_lines(document: Document, look: Look) -> list[str]:
    """The lines that ought to be read, in order: label and words of each numbered node."""
    found = labels(document, look.numbering)
    lines: list[str] = []

    def items(numbered: NumberedList) -> None:
        for item in numbered.items:
            lines.append(found[id(item)] + item.content[0].text)  # type: ignore[union-attr]
            if item.items is not None:
                items(item.items)

    def walk(blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                lines.append(found[id(block)] + "标题")
            elif isinstance(block, NumberedList):
                items(block)
            elif isinstance(block, Slip | Attachment):
                walk(block.blocks)

    walk(document.blocks)
    return lines


def distinct(document: Document, levels: tuple[int, ...]) -> Document:
    """The document with a node of its own at every place (labels are known by identity) and a sound outline.

    levels: the heading levels it uses (一、 then 1. is allowed); none stands without the one above it.
    """

    def copies(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        depth = -1
        made: list[Block] = []
        for block in blocks:
            match block:
                case Heading(level=level, content=content):
                    depth = min(level - 1, depth + 1, len(levels) - 1)
                    made.append(Heading(levels[depth], content))
                case NumberedList():
                    made.append(copied_list(block))
                case Slip(title=title, blocks=inner):
                    made.append(Slip(title, copies(inner)))
                case Attachment(title=title, blocks=inner):
                    made.append(Attachment(title, copies(inner)))
                case _:
                    made.append(block)
        return tuple(made)

    return Document(document.kind, document.title, copies(document.blocks))


def copied_list(numbered: NumberedList) -> NumberedList:
    items = (
        Item(item.content, None if item.items is None else copied_list(item.items)) for item in numbered.items
    )
    return NumberedList(tuple(items), numbered.level)


def squeezed(line: str) -> str:
    """A line without blanks: the text export puts some for indents and after numbers."""
    return "".join(line.split())


def read_back(files: list[bytes], folder: Path) -> list[list[str]]:
    """The numbered lines of Word files as LibreOffice writes them out as text."""
    paths = []
    for count, data in enumerate(files):
        paths.append(folder / f"file{count}.docx")
        paths[-1].write_bytes(data)
    words = ("标题", "条目", "分条")
    return [
        [line for line in map(squeezed, text.splitlines()) if line.endswith(words) and line != "附件标题"]
        for text in to_text(paths, folder / "text")
    ]


def random_documents(count: int) -> list[Document]:
    """Documents as Hypothesis draws them, the same at each run; gathered, since LibreOffice starts slowly."""
    gathered: list[Document] = []

    @examples(count, phases=[Phase.generate])
    @given(DOCUMENTS, st.sampled_from([(1, 2, 3, 4), (1, 3), (1, 3, 4)]))
    def gather(document: Document, levels: tuple[int, ...]) -> None:
        gathered.append(distinct(document, levels))

    gather()
    return gathered


@pytest.mark.slow
def test_libreoffice_counts_as_the_tree(look: Look, tmp_path: Path) -> None:
    documents = random_documents(40)
    read = read_back([write(document, look) for document in documents], tmp_path)
    expected = [numbered_lines(document, look) for document in documents]
    assert sum(map(len, expected)) > 200
    for found, wanted in zip(read, expected, strict=True):
        assert found == wanted


def heading(level: int) -> Heading:
    return Heading(level, (Text("标题"),))


def items(count: int, level: int = 1) -> NumberedList:
    return NumberedList(tuple(Item((Text("条目"),)) for _ in range(count)), level)


@pytest.mark.slow
def test_numbers_after_an_edit_by_hand_and_beyond_ten(look: Look, tmp_path: Path) -> None:
    """A heading put in renumbers; 十一, 二十一 are written as people write them; each list starts at 1."""
    long = Document("k", "t", tuple(chain([heading(1) for _ in range(21)], [items(12), items(2)])))
    edited = docx.Document(
        io.BytesIO(write(Document("k", "t", (heading(1), heading(2), heading(1), heading(2))), look))
    )
    edited.paragraphs[1].insert_paragraph_before("插入的标题", style="heading 1")
    edited.paragraphs[3].insert_paragraph_before("又一个标题", style="heading 2")
    buffer = io.BytesIO()
    edited.save(buffer)
    (first, second) = read_back([write(long, look), buffer.getvalue()], tmp_path)
    assert first[10:12] == ["十一、标题", "十二、标题"]
    assert first[20] == "二十一、标题"
    assert [line.removesuffix("条目") for line in first[21:]] == [f"{n}." for n in (*range(1, 13), 1, 2)]
    assert second == [
        "一、标题",
        "二、插入的标题",
        "（一）标题",
        "（二）又一个标题",
        "三、标题",
        "（一）标题",
    ]


@pytest.mark.slow
def test_a_heading_added_by_hand_to_an_attachment_counts_there(look: Look, tmp_path: Path) -> None:
    attachments = tuple(Attachment((Text("附件标题"),), (heading(1), heading(2))) for _ in range(2))
    edited = docx.Document(io.BytesIO(write(Document("k", "t", (heading(1), *attachments)), look)))
    last = edited.paragraphs[-1]
    assert last.text == "标题"
    last.insert_paragraph_before("添的标题", style="heading 1")
    buffer = io.BytesIO()
    edited.save(buffer)
    (read,) = read_back([buffer.getvalue()], tmp_path)
    assert read == [
        "一、标题",
        "一、标题",
        "（一）标题",
        "一、标题",
        "二、添的标题",
        "（一）标题",
    ]


def test_numbers_are_never_typed(look: Look) -> None:
    document = Document("k", "t", (heading(1), heading(2), heading(3), heading(4), items(2), items(1, 2)))
    file = docx.Document(io.BytesIO(write(document, look)))
    assert {paragraph.text for paragraph in file.paragraphs} == {"标题", "条目"}


def test_headings_are_words_own(sample_file: bytes) -> None:
    """The navigation pane and the outline know headings by Word's own styles."""
    file = docx.Document(io.BytesIO(sample_file))
    names = {paragraph.style.name for paragraph in file.paragraphs if paragraph.style is not None}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "Title"} <= names
