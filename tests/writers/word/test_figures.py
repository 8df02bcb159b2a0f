"""A figure is sharp and has its alternative text in Word; in the PDF it is drawn, not a picture; both show the same."""

from __future__ import annotations

import io
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.shared import Mm
from PIL import Image, ImageChops, ImageStat

from planforge.core.resources import templates_root
from planforge.document.look import read_look
from planforge.document.tree import Bar, Document, Figure, FigureKind, Inlines, Paragraph, Text, Title
from planforge.writers import pdf, plain_text, word
from planforge.writers.word.base_file import checked
from tests.support import faithful
from tests.support.school_docx import school_file

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


Box = tuple[float, float, float, float]


def drawn_at(page: pypdfium2.PdfPage, kind: int) -> Box:
    """Where a page's pictures (or strokes and fillings) lie, in points: left, bottom, right, top."""
    boxes = [one.get_bounds() for one in page.get_objects([kind])]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def seen(data: bytes, box: Box, dpi: int = 150) -> Image.Image:
    """A part of the first page as it looks."""
    page = pypdfium2.PdfDocument(data)[0]
    crop = (box[0], box[1], page.get_width() - box[2], page.get_height() - box[3])
    picture: Image.Image = page.render(scale=dpi / 72, crop=crop).to_pil()
    return picture


def unlike(first: Image.Image, second: Image.Image) -> float:
    """How different two pictures look, from 0 to 1; each is first made a little smaller, as an eye would."""
    both = [one.convert("L").resize((first.width // 3, first.height // 3)) for one in (first, second)]
    return float(ImageStat.Stat(ImageChops.difference(*both)).mean[0]) / 255


@pytest.mark.slow
def test_word_shows_the_same_figure_at_the_same_place_and_sharp(tmp_path: Path) -> None:
    kinds: tuple[FigureKind, ...] = ("columns", "shares")
    files = faithful.to_pdf([word.write(chart(kind), LOOK) for kind in kinds])
    for kind, theirs in zip(kinds, files, strict=True):
        ours = pdf.write(chart(kind), LOOK)
        place = drawn_at(pypdfium2.PdfDocument(theirs)[0], pdfium.FPDF_PAGEOBJ_IMAGE)
        inside = drawn_at(pypdfium2.PdfDocument(ours)[0], pdfium.FPDF_PAGEOBJ_PATH)
        # The drawing reaches to both sides; above and below it leaves some room.
        assert (place[0], place[2]) == pytest.approx((inside[0], inside[2]), abs=5)
        assert place[1] - 1 <= inside[1] and inside[3] <= place[3] + 1
        assert unlike(seen(theirs, place), seen(ours, place)) < 0.02
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(theirs)
        listing = subprocess.run(["pdfimages", "-list", path], check=True, capture_output=True, text=True)
        across = listing.stdout.splitlines()[2].split()[12]
        assert int(across) >= 295


def test_a_figure_is_black_white_and_grey_and_its_series_are_told_apart() -> None:
    """Neighbouring fillings differ by the 3 to 1 that WCAG 2.1 (1.4.11) asks of what carries meaning."""
    for kind in ("columns", "shares"):
        data = pdf.write(chart(kind), LOOK)
        page = pypdfium2.PdfDocument(data)[0]
        picture = seen(data, drawn_at(page, pdfium.FPDF_PAGEOBJ_PATH)).convert("RGB")
        colours = picture.getcolors(1 << 20)
        assert colours and all(max(one) - min(one) <= 1 for _, one in colours)  # type: ignore[arg-type]
        found: list[float] = []
        for one in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH]):
            levels = [pdfium.c_uint() for _ in range(4)]
            pdfium.FPDFPageObj_GetFillColor(one, *levels)
            left, bottom, right, top = one.get_bounds()
            if right - left > 12 and top - bottom > 5:
                found.append(levels[0].value / 255)
        shades = sorted({round(one, 2) for one in found if one < 0.99})
        assert len(shades) == 2
        bright = [(one / 12.92 if one <= 0.04 else ((one + 0.055) / 1.055) ** 2.4) + 0.05 for one in shades]
        assert all(lighter / darker >= 3 for darker, lighter in pairwise(bright))


def ink(data: bytes, band: int) -> Image.Image:
    """What stands in one of the lines of a page (counted from the last above the page number), cut to its ink."""
    page = pypdfium2.PdfDocument(data)[0]
    picture = ImageChops.invert(page.render(scale=10, crop=(0, 90, 0, 0)).to_pil().convert("L"))
    dark = [picture.crop((0, y, picture.width, y + 1)).getbbox() is not None for y in range(picture.height)]
    starts = [y for y in range(1, len(dark)) if dark[y] and not dark[y - 1]]
    top = starts[-band]
    line = picture.crop((0, top, picture.width, dark.index(False, top)))
    return line.crop(line.getbbox()).resize((64, 64))


@pytest.mark.parametrize("character", "课睡")
def test_the_words_of_a_figure_are_in_the_fonts_of_the_text(character: str) -> None:
    """A name below its column looks like the text's own character, and not like one in the font of headings."""
    figure = Figure("columns", t("图"), t("图"), (t("数"),), (Bar(t(character), (t("1"),)),))
    drawn = ink(pdf.write(Document("any", "图", (figure,)), LOOK), 2)
    plain, strong = (
        ink(pdf.write(Document("any", "文", (Paragraph((Text(character, strong),), "centre"),)), LOOK), 1)
        for strong in (False, True)
    )
    assert unlike(drawn, plain) < 0.05 < unlike(drawn, strong)


def test_in_a_schools_own_file_a_figure_is_a_picture_too() -> None:
    base = checked(school_file(), "校本.docx")
    for data in (
        word.write(chart(), LOOK, base),
        word.write(chart(), LOOK, checked(word.write(chart("shares"), LOOK, base), "去年的.docx")),
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            pictures = [one for one in package.namelist() if "media/" in one]
            root = ElementTree.fromstring(package.read("word/document.xml"))
        assert len(pictures) == 2  # the school's logo and ours; none of the old text
        drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
        (described,) = root.iter(f"{drawing}docPr")
        assert described.get("descr") == "三年级38分钟，<限量>45分钟。"


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert word.write(chart(), LOOK) == word.write(chart(), LOOK)
    assert pdf.write(chart(), LOOK) == pdf.write(chart(), LOOK)


def test_plain_text_says_what_the_figure_shows() -> None:
    assert "［图］作业用时：三年级38分钟，<限量>45分钟。" in plain_text.write(chart(), LOOK)


def test_another_size_of_a_figure_is_an_edit(tmp_path: Path) -> None:
    data = word.write(chart(), LOOK)
    assert word.digest(data) == word.stored_digest(data)
    file = docx.Document(io.BytesIO(data))
    file.inline_shapes[0].width = Mm(80)
    file.save(str(tmp_path / "smaller.docx"))
    assert word.digest((tmp_path / "smaller.docx").read_bytes()) != word.stored_digest(data)
