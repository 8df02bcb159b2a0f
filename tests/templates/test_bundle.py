"""The archive: one PDF with right page numbers, and a zip that is the same each time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from planforge.app.archive import archive
from planforge.core.resources import profiles_root
from tests.support.ways import build

KINDS = ("work_plan", "division_of_work", "parent_letter")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle")
    return build(profiles_root() / "city-primary.yaml", out, KINDS, bundle=True).folder


def test_the_contents_name_the_page_on_which_each_document_begins(folder: Path) -> None:
    pdf = pypdfium2.PdfDocument(folder / "减负工作文件汇编.pdf")
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf]
    singles = [pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in names(pages[1])]
    assert len(pages) == 2 + sum(len(one) for one in singles)
    start = 3
    for (name, printed), single in zip(names(pages[1]).items(), singles, strict=True):
        assert printed == start, name
        first = re.sub(r"\s", "", single[0].get_textpage().get_text_range())[:40]
        assert pages[start - 1].startswith(first)
        start += len(single)
    for number, text in enumerate(pages[1:], 2):
        assert text.endswith(f"—{number}—")


def test_each_line_of_the_contents_leads_to_its_document(folder: Path) -> None:
    pdf = pypdfium2.PdfDocument(folder / "减负工作文件汇编.pdf")
    printed = list(names(re.sub(r"\s", "", pdf[1].get_textpage().get_text_range())).values())
    with pikepdf.open(folder / "减负工作文件汇编.pdf") as opened:
        leaves = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        targets = opened.Root.Names.Dests.Names
        named = {str(targets[at]): targets[at + 1] for at in range(0, len(targets), 2)}
        leads: dict[float, int] = {}
        for link in opened.pages[1].Annots:
            place = link.A.D if "/A" in link else link.Dest
            place = named[str(place)] if isinstance(place, pikepdf.String) else place
            leads[-float(link.Rect[3])] = leaves[place[0].objgen]
    assert list(dict.fromkeys(leads[height] for height in sorted(leads))) == printed


def names(contents: str) -> dict[str, int]:
    """The names in the contents with their pages."""
    return {
        name: int(page)
        for name, page in re.findall(
            r"\d(减负工作计划|减负工作分工表|致家长的一封信)(\d+?)(?=[1-9]减|[1-9]致|—)", contents
        )
    }


def test_the_outline_leads_to_every_document(folder: Path) -> None:
    with pikepdf.open(folder / "减负工作文件汇编.pdf") as pdf, pdf.open_outline() as outline:
        tops = [str(one.title) for one in outline.root]
        assert tops[0] == "目录"
        assert set(tops[1:]) == {"减负工作计划", "减负工作分工表", "致家长的一封信"}
        assert any(one.children for one in outline.root)
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "zh-CN"


def test_the_zip_holds_every_file_and_no_clock(folder: Path) -> None:
    data = (folder / "减负工作文件汇编.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        held = {one.filename: packed.read(one) for one in packed.infolist()}
    there = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix in (".docx", ".pdf")}
    assert held == there
    assert archive(held) == data


SEVERAL = """
import planforge.core.processes as processes
import planforge.app.render as rendering
from planforge.document.look import find_look
from planforge.core.resources import templates_root
from tests.templates.composed import own

root = [templates_root()]
jobs = [
    rendering.Job(own("junior", kind), find_look(look, root), ("docx", "pdf"))
    for kind, look in (("division_of_work", "official"), ("pledge", "letter"), ("day_timetable", "official"))
]
assert processes.can_copy()
together = rendering.write_all(jobs, 2)
assert processes.can_copy()  # nothing was laid out in this process
alone = rendering.write_all(jobs, 1)
assert [one.files for one in alone] == [one.files for one in together]
assert all(len(one.files) == 2 for one in alone)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="several processes are used where they can be copied")
def test_several_processes_write_what_one_writes() -> None:
    # A process of its own, in which no PDF has been laid out yet.
    done = subprocess.run([sys.executable, "-c", SEVERAL], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
