"""Whatever a person does to a Word file changes its digest: not only its words."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from planforge.core import resources
from planforge.document.look import read_look
from planforge.writers import word
from tests.support import sample_tree

LOOK = read_look(resources.templates_root() / "styles" / "official.yaml")
DATA = word.write(sample_tree.sample_document(), LOOK)


def text(file: Document) -> Paragraph:
    """The first paragraph of running text."""
    return next(paragraph for paragraph in file.paragraphs if len(paragraph.text) > 30)


def worked_on(work: Callable[[Document], object]) -> word.Digest:
    file = docx.Document(io.BytesIO(DATA))
    work(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return word.digest(buffer.getvalue())


WORK: dict[str, Callable[[Document], object]] = {
    "a comment": lambda file: file.add_comment(text(file).runs, "请再核对", "教导处", "教"),
    "a header": lambda file: file.sections[0].header.paragraphs[0].add_run("校训"),
    "a footer": lambda file: file.sections[0].footer.paragraphs[0].add_run("存档"),
    "a margin": lambda file: setattr(file.sections[0], "left_margin", Mm(40)),
    "a line pitch": lambda file: setattr(text(file).paragraph_format, "line_spacing", Pt(26)),
    "a style's line pitch": lambda file: setattr(text(file).style.paragraph_format, "line_spacing", Pt(26)),  # type: ignore[union-attr]
    "room after": lambda file: setattr(text(file).paragraph_format, "space_after", Pt(12)),
    "a new page": lambda file: setattr(text(file).paragraph_format, "page_break_before", True),
    "a page break": lambda file: text(file).runs[0].add_break(WD_BREAK.PAGE),
    "a row's height": lambda file: setattr(file.tables[0].rows[1], "height", Mm(20)),
    "a colour": lambda file: setattr(text(file).runs[0].font.color, "rgb", RGBColor(255, 0, 0)),
    "a size": lambda file: setattr(text(file).runs[0].font, "size", Pt(15)),
    "an empty paragraph": lambda file: file.add_paragraph(""),
}


@pytest.mark.parametrize("name", WORK)
def test_it_is_told_from_a_file_that_was_merely_saved(name: str) -> None:
    assert worked_on(WORK[name]) != word.digest(DATA)


def test_a_file_that_was_merely_saved_is_the_same() -> None:
    assert worked_on(lambda file: None) == word.digest(DATA)


def test_the_page_number_of_the_day_is_nobodys_work() -> None:
    changed = []

    def number(file: Document) -> None:
        for field in file.sections[0].footer.paragraphs[0]._p.iter("{*}fldChar"):
            if field.get(f"{{{field.nsmap['w']}}}fldCharType") == "separate":
                run = field.getparent().getnext()
                for words in run.iter("{*}t"):
                    words.text = "7"
                    changed.append(words)

    assert worked_on(number) == word.digest(DATA) and changed


def test_a_package_with_something_behind_its_end_is_no_office_programs_work() -> None:
    with pytest.raises(ValueError, match="behind its end"):
        word.digest(DATA + b"more")
