"""A figure is sharp and has its alternative text in Word; in the PDF it is drawn, not a picture."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from planforge.document.look import read_look
from planforge.document.tree import Bar, Document, Figure, FigureKind, Inlines, Text, Title
from planforge.resources import templates_root
from planforge.writers import pdf, text, word

LOOK = read_look(templates_root() / "styles" / "official.yaml", (templates_root(),))


def t(words: str) -> Inlines:
    return (Text(words),) if words else ()


def chart(kind: FigureKind = "columns") -> Document:
    bars = (
        Bar(t("三年级"), (t("38"), t("")), t("45")),
        Bar(t("能在21:20前就寝"), (t("82%"), t("5")), ()),
    )
    figure = Figure(
        kind,
        t("作业用时"),
        t("三年级38分钟，<限量>45分钟。"),
        (t("本学期"), t("上学期")),
        bars,
        "分钟",
        "限量",
    )
    return Document("any", "总结", (Title(t("总结")), figure))


@pytest.mark.parametrize("kind", ["columns", "shares"])
def test_in_word_a_figure_is_sharp_and_described(kind: FigureKind) -> None:
    data = word.write(chart(kind), LOOK)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
        (name,) = (one for one in package.namelist() if one.startswith("word/media/"))
        with Image.open(io.BytesIO(package.read(name))) as image:
            pixels, dpi = image.size, image.info["dpi"]
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    (described,) = root.iter(f"{drawing}docPr")
    assert described.get("descr") == "三年级38分钟，<限量>45分钟。"
    (extent,) = root.iter(f"{drawing}extent")
    assert pixels[0] / (int(extent.get("cx", "0")) / 914400) == pytest.approx(300, abs=1)
    assert round(dpi[0]) == 300


@pytest.mark.parametrize("kind", ["columns", "shares"])
def test_in_the_pdf_a_figure_is_drawn_and_described(kind: FigureKind) -> None:
    data = pdf.write(chart(kind), LOOK)
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert not [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        said = [
            str(one["/Alt"])
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert said == ["三年级38分钟，<限量>45分钟。"]


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert word.write(chart(), LOOK) == word.write(chart(), LOOK)
    assert pdf.write(chart(), LOOK) == pdf.write(chart(), LOOK)


def test_plain_text_says_what_the_figure_shows() -> None:
    assert "［图］作业用时：三年级38分钟，<限量>45分钟。" in text.write(chart(), LOOK)
