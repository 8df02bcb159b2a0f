"""What is sent to one parent tells nothing of the others; what is printed on a screen tells of nobody."""

from __future__ import annotations

import io
import logging
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from planforge.output import Store
from planforge.output.listed_folder import LIST_NAME
from tests.support.letter_kind import KIND, PEOPLE, PROFILE, roster, templates
from tests.support.positions import signs
from tests.support.small_runs import files, hears_ctrl_c, made

THREE = ("丁一禾", "喆堃翀", "买买提·阿不都")
ONE_EACH: dict[str, Any] = {"merge": {"docx": "each", "pdf": "each"}}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Letters to three parents, one file each, in both formats."""
    output = tmp_path_factory.mktemp("sent")
    made(output, THREE, **ONE_EACH)
    return dict(files(output))


def drawn(descriptor: Any) -> set[int]:
    """Glyphs of an embedded font that show something, by their numbers in the page's content."""
    if "/FontFile2" in descriptor:
        with TTFont(io.BytesIO(descriptor["/FontFile2"].read_bytes())) as font:
            names = enumerate(font.getGlyphOrder())
            return {number for number, name in names if font["glyf"][name].numberOfContours and number}
    bare = CFFFontSet()
    bare.decompile(io.BytesIO(descriptor["/FontFile3"].read_bytes()), None)
    strings = bare[0].CharStrings
    found = set()
    for name in strings.keys():  # noqa: SIM118 - it is no mapping
        pen = BoundsPen(None)
        strings[name].draw(pen)
        if pen.bounds is not None and name.startswith("cid"):
            found.add(int(name[3:]))
    return found


def spoken(font: Any) -> dict[int, str]:
    """What a font's glyphs are said to be."""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", font["/ToUnicode"].read_bytes())
    return {
        int(one, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for one, text in pairs
        if one != b"0000"
    }


@pytest.mark.parametrize("seat", [1, 2, 3])
def test_a_parents_pdf_holds_no_glyph_that_is_not_on_its_page(sent: dict[str, bytes], seat: int) -> None:
    data = sent[f"三（1）班/{seat:02d}号.pdf"]
    shown = {one.text for one in signs(data)} | set("0123456789")  # figures are in every letter
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = {one.objgen: one for page in pdf.pages for one in page.Resources.Font.values()}
        assert fonts
        for font in fonts.values():
            words = spoken(font)
            assert {sign for text in words.values() for sign in text if not sign.isspace()} <= shown
            assert drawn(font["/DescendantFonts"][0]["/FontDescriptor"]) <= words.keys()


@pytest.mark.parametrize("seat", [1, 2, 3])
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_parents_file_names_no_other_child(sent: dict[str, bytes], seat: int, suffix: str) -> None:
    data = sent[f"三（1）班/{seat:02d}号.{suffix}"]
    if suffix == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            everything = b"".join(package.read(name) for name in package.namelist())
    else:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            everything = b"".join(one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))
            with pdf.open_outline() as outline:
                assert [one.title for one in outline.root] == [f"{seat}号 {THREE[seat - 1]}"]
            assert "/Metadata" not in pdf.Root
            everything += repr(dict(pdf.docinfo)).encode()
    for other in (name for number, name in enumerate(THREE, 1) if number != seat):
        assert not any(other.encode(code) in everything for code in ("utf-8", "utf-16-be", "gb18030"))


def test_the_list_of_a_run_has_no_names(sent: dict[str, bytes]) -> None:
    listed = sent[LIST_NAME].decode()
    assert not any(name in listed for name in THREE)


def test_a_run_logs_nothing_of_anybody(tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        made(tmp_path, THREE, **ONE_EACH)
    spoken_of = caplog.text + "".join(capfd.readouterr())
    assert not any(name in spoken_of for name in THREE)


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    own = templates(tmp_path / "own")
    people = roster(
        tmp_path / "名单.xlsx",
        [*PEOPLE, *((f"三（{n}）班", 1, "丁一二三"[: n % 3 + 2]) for n in range(3, 40))],
    )
    return [sys.executable, "-m", "planforge", "batch", str(PROFILE), KIND, str(people),
            "--templates", str(own), "-o", str(tmp_path / "out"), "--no-lists", "--jobs", "1"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_stopped_it_ends_with_a_sentence_that_says_how_to_go_on(
    command: list[str], tmp_path: Path, how: str
) -> None:
    with subprocess.Popen(
        [*command, "--format", "pdf"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hears_ctrl_c,
    ) as run:
        deadline = time.monotonic() + 60
        while (
            len(list((tmp_path / "out").rglob("*.pdf"))) < 3
            and time.monotonic() < deadline
            and run.poll() is None
        ):
            time.sleep(0.01)
        run.send_signal(getattr(signal, how))
        told, complaints = (one.decode() for one in run.communicate())
    assert run.returncode == 1, complaints
    assert "已停下：写好了 pdf" in told and "--resume" in told
    assert "Traceback" not in complaints and not list((tmp_path / "out").rglob("*.part"))


def test_a_second_run_is_refused_with_one_sentence(command: list[str], tmp_path: Path) -> None:
    with Store(tmp_path / "out").run("澄川市望湖区听松路小学", "2026—2027学年第一学期"):
        done = subprocess.run([*command, "--format", "docx"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("另一次生成正在写这个文件夹") == 1 and "Traceback" not in done.stderr
    assert not list((tmp_path / "out").rglob("*.docx"))
