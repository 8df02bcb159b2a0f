"""A paper set anew: every character as it was, title, headings, tables and closing recognised, nothing written over."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from planforge.app.restyle import restyle
from planforge.core.problems import InputError, MissingPart
from planforge.document.tree import Closing, Heading, Table, Title, plain
from planforge.readers import read_paper_bytes
from planforge.readers.paper_tree import tree_of
from tests.support.commands import planforge
from tests.support.exploring import examples


def saved(document: docx.document.Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def as_wps_leaves_it() -> docx.document.Document:
    """No style but the first: a large centred title, bold typed numbers, spaces for an indent, a date on the right."""
    document = docx.Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("云台小学减负工作计划")
    run.bold, run.font.size = True, Pt(22)
    for words, bold in (
        ("一、指导思想", True),
        ("　　认真落实作业管理规定，减轻学生负担。", False),
        ("二、工作措施", True),
        ("（一）作业", True),
        ("　　1.每天公示作业。2.教师先做一遍。", False),
        ("　　3、控制总量。", False),
    ):
        document.add_paragraph().add_run(words).bold = bold
    table = document.add_table(3, 3)
    for number, cell in enumerate(table._cells):
        cell.text = ("月份", "工作", "负责")[number] if number < 3 else f"第{number}格"
    table.cell(1, 0).merge(table.cell(2, 0))
    for words in ("云台小学", "2026年9月1日"):
        document.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return document


def bare(text: str) -> str:
    return "".join(text.split())


def test_what_a_paper_consists_of_is_recognised_by_its_look() -> None:
    tree = tree_of(read_paper_bytes(saved(as_wps_leaves_it()), "稿.docx"))
    assert (
        plain(tree.blocks[0].content) == "云台小学减负工作计划"
        if isinstance(tree.blocks[0], Title)
        else False
    )
    headings = [(block.level, plain(block.content)) for block in tree.blocks if isinstance(block, Heading)]
    assert headings == [(1, "一、指导思想"), (1, "二、工作措施"), (2, "（一）作业")]
    assert any(isinstance(block, Table) for block in tree.blocks)
    assert isinstance(tree.blocks[-1], Closing)


@pytest.mark.parametrize("look", ["公文式样", "county"])
def test_no_character_changes(look: str) -> None:
    data = saved(as_wps_leaves_it())
    made = restyle(data, "稿.docx", look, ("docx", "pdf", "txt"))
    old = bare(read_paper_bytes(data, "稿.docx").text)
    assert bare(read_paper_bytes(made.files["docx"], "新.docx").text) == old
    pdf = read_paper_bytes(made.files["pdf"], "新.pdf")
    assert bare("".join(piece.text for piece in pdf.pieces)) == old
    assert "标题 1 处" in made.changes[0]


def test_numbers_that_word_counted_are_typed_out() -> None:
    document = docx.Document()
    document.add_paragraph("作业规定")
    for words in ("每天公示。", "当天批改。"):
        document.add_paragraph(words, style="List Number")
    made = restyle(saved(document), "稿.docx", formats=("docx",))
    pieces = read_paper_bytes(made.files["docx"], "新.docx").pieces
    assert [piece.number + piece.text for piece in pieces if piece.kind != "outside"] == [
        "作业规定",
        "1.每天公示。",
        "2.当天批改。",
    ]
    assert not any(piece.number for piece in pieces)


def test_what_is_not_taken_over_is_told() -> None:
    document = as_wps_leaves_it()
    document.sections[0].header.paragraphs[0].text = "旧校名"
    made = restyle(saved(document), "稿.docx", formats=("docx",))
    assert any("页眉“旧校名”" in line for line in made.changes)


WORDS = st.text(
    st.one_of(
        st.sampled_from("一二三、（）1.：。作业减负年月日\t"),
        st.characters(categories=["Lo", "Ll", "Nd", "Po"], max_codepoint=0x9FFF),
    ),
    min_size=1,
    max_size=60,
)


@examples(40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "h1", "h3", "centre", "bold", "cell", "list"]), WORDS),
        min_size=1,
        max_size=12,
    )
)
def test_any_paper_is_set_with_all_its_characters_or_refused(parts: list[tuple[str, str]]) -> None:
    document = docx.Document()
    for way, words in parts:
        match way:
            case "cell":
                document.add_table(1, 2).cell(0, 1).text = words
            case "list":
                document.add_paragraph(words, style="List Number")
            case "h1" | "h3":
                document.add_heading(words, int(way[1]))
            case _:
                paragraph = document.add_paragraph()
                paragraph.add_run(words).bold = way == "bold"
                if way == "centre":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    data = saved(document)
    try:
        made = restyle(data, "稿.docx", formats=("docx",))
    except InputError as error:
        assert {problem.code for problem in error.problems} <= {"restyle.empty"}
        return
    assert bare(read_paper_bytes(made.files["docx"], "新.docx").text) == bare(
        read_paper_bytes(data, "稿.docx").text
    )


Grid = list[list[str]]
GRIDS = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from(["", "", "项目", "不超过60分钟"]), min_size=columns, max_size=columns),
        min_size=1,
        max_size=5,
    )
)


@examples(30)
@given(GRIDS, st.data())
def test_cells_stay_in_their_rows_and_columns(grid: Grid, data: st.DataObject) -> None:
    """Empty cells and rows are there to be filled in by hand: none goes, and no word moves under another heading."""
    document = docx.Document()
    document.add_paragraph("作业登记表")
    table = document.add_table(len(grid), len(grid[0]))
    for cell, words in zip(table._cells, (words for row in grid for words in row), strict=True):
        cell.text = words
    row, column = data.draw(st.integers(0, len(grid) - 1)), data.draw(st.integers(0, len(grid[0]) - 1))
    last = data.draw(st.integers(row, len(grid) - 1)), data.draw(st.integers(column, len(grid[0]) - 1))
    if last[0] == row or (column, last[1]) != (
        0,
        len(grid[0]) - 1,
    ):  # a row wholly merged into another is none
        merged = table.cell(row, column).merge(table.cell(*last))
        merged.text = merged.text.replace("\n", "")
    made = restyle(saved(document), "稿.docx", formats=("docx",))
    (anew,) = docx.Document(io.BytesIO(made.files["docx"])).tables
    assert [[cell.text for cell in row.cells] for row in anew.rows] == [
        [cell.text for cell in row.cells] for row in table.rows
    ]


def test_a_table_may_come_first() -> None:
    document = docx.Document()
    document.add_table(2, 2).cell(1, 1).text = "登记"
    made = restyle(saved(document), "稿.docx", formats=("docx",))
    assert docx.Document(io.BytesIO(made.files["docx"])).tables[0].cell(1, 1).text == "登记"


def test_a_format_that_cannot_be_written_is_told() -> None:
    document = as_wps_leaves_it()
    document.add_paragraph("没有字体收的字：\U000f1234")
    made = restyle(saved(document), "稿.docx")
    assert set(made.files) == {"docx"} and any("U+F1234" in line for line in made.changes)
    with pytest.raises(MissingPart, match=r"U\+F1234"):
        restyle(saved(document), "稿.docx", formats=("pdf",))


def test_words_that_the_reader_passes_over_are_refused_not_lost() -> None:
    """An element that no reader knows, with words in it: they are found by another way of counting."""
    document = as_wps_leaves_it()
    run = document.paragraphs[1].runs[0]._r
    unknown = parse_xml('<x:new xmlns:x="urn:planforge:test"/>')
    run.addprevious(unknown)
    unknown.append(run)
    with pytest.raises(InputError) as refused:
        restyle(saved(document), "稿.docx", formats=("docx",))
    (problem,) = refused.value.problems
    assert problem.code == "restyle.unread" and "6 个字：一、指导思想" in problem.found


def test_the_command_sets_a_folder_and_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "旧稿").mkdir()
    for name in ("甲.docx", "乙.docx"):
        (tmp_path / "旧稿" / name).write_bytes(saved(as_wps_leaves_it()))
    done = planforge(
        "restyle", "旧稿", "-o", "新稿", "--look", "县区公文式样", "--format", "docx", at=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "新稿").iterdir()) == [
        "乙（重排）.docx",
        "甲（重排）.docx",
    ]
    again = planforge("restyle", "旧稿/甲.docx", "-o", "新稿", at=tmp_path)
    assert again.returncode == 2 and "已经在了" in again.stderr
    wrong = planforge("restyle", "旧稿/甲.docx", "--look", "没有的", at=tmp_path)
    assert wrong.returncode == 2 and "公文式样" in wrong.stderr
