"""The file as a package: valid, slim, the same each time, and its styles say everything."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import ooxml_integrity
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from planforge.document.look import Look
from planforge.document.tree import (
    Attachment,
    Cell,
    Closing,
    Document,
    Fact,
    Field,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Title,
)
from planforge.writers.word import write
from tests.support.parity import figures_document
from tests.support.sample_tree import cells, items_alone, prose_document, sample_document, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "</w:t>&<甲>{{ x }}%(a)s$b\x07\x00\u202e𬍛䶮\ud800"


def table(*rows: tuple[Cell, ...], head: tuple[tuple[Cell, ...], ...] = ()) -> Table:
    return Table((1.0, 2.0), head, rows)


DOCUMENTS = {
    "sample": sample_document(),
    "prose": prose_document(4),
    "lists": items_alone(),
    "figures": figures_document(),
    "nothing": Document("k", "", ()),
    "hostile": Document(
        "k",
        HOSTILE,
        (Title(text(HOSTILE)), Paragraph((Fact("school.name", HOSTILE), Field(HOSTILE)))),
        author=HOSTILE,
        subject=HOSTILE * 50,
    ),
    "tables that touch and end": Document(
        "k", "t", (table(cells("甲", "乙")), table(cells("丙", "丁"), head=(cells("头", "头"),)))
    ),
    "a table first, 落款 after": Document("k", "t", (table(cells("甲", "乙")), Closing((text("某校"),), ()))),
    "a list in a list of its own level": Document(
        "k",
        "t",
        (NumberedList((Item(text("甲"), NumberedList((Item(text("乙")),), 1)), Item(text("丙")))),),
    ),
    "headings in a slip": Document(
        "k",
        "t",
        (Heading(1, text("甲")), Slip(text("回执"), (Heading(1, text("乙")),)), Heading(1, text("丙"))),
    ),
    "empty parts": Document(
        "k", "t", (Signatures(()), Slip((), ()), Attachment((), ()), Closing((), ()), NumberedList(()))
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_validators_find_nothing(name: str, look: Look, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(write(DOCUMENTS[name], look))
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []
    assert result.is_valid
    assert [str(finding) for finding in ooxml_integrity.check(path)] == []


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_no_theme_font_no_stock_ballast(sample_file: bytes) -> None:
    """Theme fonts win over named ones; customXml, Japanese and hundreds of latent styles are dead weight."""
    found = parts(sample_file)
    everything = b"".join(found.values())
    for unwanted in (b"Theme=", b"ja-JP", b"latentStyles", b"w:rsid", b"MS Mincho", b"Calibri"):
        assert unwanted not in everything
    assert not any("customXml" in name or "thumbnail" in name for name in found)
    assert len(sample_file) < 20_000


def test_no_empty_paragraph_for_spacing(sample_file: bytes) -> None:
    """The only ones are those that Word needs: between tables that touch, below one at the end."""
    body = docx.Document(io.BytesIO(sample_file)).element.body
    empty = [p for p in body.iterchildren(f"{W}p") if not "".join(p.itertext())]
    assert all(
        p.getprevious().tag == f"{W}tbl" and p.getnext().tag in (f"{W}tbl", f"{W}sectPr") for p in empty
    )
    assert len(empty) == 1


def test_runs_carry_nothing_that_styles_say(sample_file: bytes) -> None:
    """So text typed afterwards looks the same: size, fonts, spacing and indents stand in the styles."""
    document = etree.fromstring(parts(sample_file)["word/document.xml"])
    said = {child.tag.removeprefix(W) for rpr in document.iter(f"{W}rPr") for child in rpr}
    assert said == {"rFonts", "rStyle"}
    for run in document.iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        if fonts is not None and set(fonts.attrib) != {f"{W}hint"}:
            # The one exception: signs that are neither Chinese nor Latin, for programs that ignore the hint.
            assert set("".join(run.itertext())) <= set("“”‘’…—·～※×÷°′″§")
            assert fonts.get(f"{W}hint") == "eastAsia"


def test_styles_follow_the_look(sample_file: bytes, look: Look) -> None:
    styles = etree.fromstring(parts(sample_file)["word/styles.xml"])
    by_name = {style.find(f"{W}name").get(f"{W}val"): style for style in styles.iter(f"{W}style")}
    names = {style.title for style in look.styles.values()}
    assert {"一级标题", "正文", "称呼"} <= names
    assert {"顶格正文", "条目", "标签行", "表格文字", "落款", "回执标题", "附件标记"} <= set(by_name)
    body = by_name["Normal"]
    fonts = body.find(f"{W}rPr/{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == "仿宋"
    assert fonts.get(f"{W}ascii") == fonts.get(f"{W}hAnsi") == "Times New Roman"
    assert body.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    indent = body.find(f"{W}pPr/{W}ind")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "640")
    spacing = body.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    assert by_name["heading 1"].find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "黑体"
    assert by_name["heading 2"].find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "楷体"
    assert by_name["heading 3"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "2"


def test_every_style_keeps_punctuation_within_the_margin_and_gaps_between_scripts(sample_file: bytes) -> None:
    """For Word by the choice, for LibreOffice, which reads the property the wrong way round, by the fallback."""
    styles = etree.fromstring(parts(sample_file)["word/styles.xml"])
    compatible = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph" and style.find(f"{W}basedOn") is None:
            properties = style.find(f"{W}pPr")
            choice = properties.find(f"{compatible}AlternateContent/{compatible}Choice")
            assert choice.get("Requires") == "w15"
            assert choice.find(f"{W}overflowPunct").get(f"{W}val") == "0"
            fallback = properties.find(f"{compatible}AlternateContent/{compatible}Fallback")
            assert fallback.find(f"{W}overflowPunct").get(f"{W}val") is None
            assert properties.find(f"{W}widowControl") is not None
        assert style.find(f".//{W}autoSpaceDE") is style.find(f".//{W}autoSpaceDN") is None


def test_settings_break_lines_in_chinese(sample_file: bytes, look: Look) -> None:
    settings = etree.fromstring(parts(sample_file)["word/settings.xml"])
    before, after = settings.find(f"{W}noLineBreaksBefore"), settings.find(f"{W}noLineBreaksAfter")
    assert before.get(f"{W}val") == look.line_breaking.not_first
    assert after.get(f"{W}val") == look.line_breaking.not_last
    assert before.get(f"{W}lang") == after.get(f"{W}lang") == "zh-CN"
    assert settings.find(f"{W}characterSpacingControl").get(f"{W}val") == "doNotCompress"
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert settings.find(f"{W}updateFields") is None
    modes = [s for s in settings.iter(f"{W}compatSetting") if s.get(f"{W}name") == "compatibilityMode"]
    assert [mode.get(f"{W}val") for mode in modes] == ["15"]


def test_a_missing_font_has_its_substitute_named(sample_file: bytes) -> None:
    fonts = etree.fromstring(parts(sample_file)["word/fontTable.xml"])
    substitutes = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val")
        for font in fonts
        if font.find(f"{W}altName") is not None
    }
    assert substitutes["方正小标宋简体"] == "华文中宋"


def test_page_as_the_standard_has_it(sample_file: bytes) -> None:
    """GB/T 9704-2012 5.1 and 5.2.1: A4; 37, 35, 28 and 26 mm; a grid of 22 lines."""
    section = docx.Document(io.BytesIO(sample_file)).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm, 1) for size in sizes if size is not None] == [210.0, 297.0, 37.0, 35.0]
    assert section.left_margin is not None and round(section.left_margin.mm) == 28
    assert section.right_margin is not None and round(section.right_margin.mm) == 26
    grid = section._sectPr.find(f"{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")


def test_properties(sample_file: bytes, sample: Document) -> None:
    properties = docx.Document(io.BytesIO(sample_file)).core_properties
    assert properties.title == sample.title
    assert properties.author == "云岭市清溪区桐花小学"
    assert properties.subject == "工作计划"
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified


def test_same_input_same_bytes(sample_file: bytes, sample: Document, look: Look) -> None:
    """Whatever the clock and the hash seed: written once more, and by a Python of another seed."""
    assert write(sample, look) == sample_file
    code = (
        "import sys; from planforge.document.look import read_look; from planforge.writers.word import write;"
        "from planforge.core.resources import templates_root; from tests.support.sample_tree import sample_document;"
        "look = read_look(templates_root() / 'styles' / 'official.yaml');"
        "sys.stdout.buffer.write(write(sample_document(), look))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"},
    )
    assert other.stdout == sample_file


def test_tables_have_real_widths_and_repeat_their_heads(sample_file: bytes) -> None:
    tables = docx.Document(io.BytesIO(sample_file)).tables
    calendar, limits = tables[0]._tbl, tables[1]._tbl
    widths = [int(column.get(f"{W}w")) for column in calendar.iter(f"{W}gridCol")]
    assert sum(widths) == 8845
    assert widths[1] == pytest.approx(4 * widths[0], abs=2)
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in calendar.iter(f"{W}tr")] == [True] + [
        False
    ] * 5
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in calendar.iter(f"{W}tr"))
    assert [merge.get(f"{W}val") for merge in limits.iter(f"{W}vMerge")] == [
        "restart", "restart", "continue", "continue", "restart", "continue",
    ]  # fmt: skip
    for row in limits.iter(f"{W}tr"):
        spans = [int(span.get(f"{W}val")) for span in row.iter(f"{W}gridSpan")]
        assert len(list(row.iter(f"{W}tc"))) + sum(spans) - len(spans) == 4


def test_words_are_never_dropped_from_a_row(look: Look) -> None:
    with pytest.raises(ValueError, match="more than columns: 丙"):
        write(Document("k", "t", (table(cells("甲", "乙", "丙")),)), look)


def test_importing_the_writer_does_not_load_python_docx() -> None:
    code = "import sys, planforge.writers.word; sys.exit(int('docx' in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
