"""LibreOffice as an independent reader, with the fonts that the PDF takes for Word's names.

Both writers' tests convert Word files here, so that the same stand-in fonts are laid out on both sides.
Each test process has its own LibreOffice profile; many files go into one call, since starting it is slow.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# Word's name: (installed family, set in bold)
STAND_INS: dict[str, tuple[str, bool]] = {
    "仿宋": ("FandolFang", False),
    "FangSong": ("FandolFang", False),
    "仿宋_GB2312": ("FandolFang", False),
    "楷体": ("LXGW WenKai", False),
    "KaiTi": ("LXGW WenKai", False),
    "楷体_GB2312": ("LXGW WenKai", False),
    "黑体": ("Noto Sans CJK SC", False),
    "SimHei": ("Noto Sans CJK SC", False),
    "宋体": ("Noto Serif CJK SC", False),
    "SimSun": ("Noto Serif CJK SC", False),
    "方正小标宋简体": ("Noto Serif CJK SC", True),
    "华文中宋": ("Noto Serif CJK SC", True),
    "Times New Roman": ("Liberation Serif", False),
}


def to_pdf(paths: Sequence[Path], out: Path) -> list[Path]:
    """Convert Word files to PDF in one call; returns the PDFs in `out`, in the same order.

    LibreOffice 7.4 misreads some of what the files say about line breaking; where lines matter, see
    `tests.support.faithful`.
    """
    return _convert(paths, out, "pdf", "pdf:writer_pdf_Export")


def to_docx(paths: Sequence[Path], out: Path) -> list[Path]:
    """Let LibreOffice open Word files and save them again as Word files, into `out`."""
    return _convert(paths, out, "docx", "docx:MS Word 2007 XML")


def to_text(paths: Sequence[Path], out: Path) -> list[str]:
    """The text of Word files as LibreOffice writes it out, with the numbers of headings and lists."""
    made = _convert(paths, out, "txt", "txt:Text (encoded):UTF8")
    return [path.read_text(encoding="utf-8-sig") for path in made]


def pdf_text(pdf: Path, *, layout: bool = False) -> str:
    """The text of a PDF as poppler reads it; pages end in form feeds."""
    command = ["pdftotext", "-enc", "UTF-8", *(["-layout"] if layout else []), str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def pdf_fonts(pdf: Path) -> set[str]:
    """The names of the fonts in a PDF, without their subset prefixes."""
    listing = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
    names = (line.split()[0] for line in listing.splitlines()[2:] if line.strip())
    return {name.split("+", 1)[-1] for name in names}


def _convert(paths: Sequence[Path], out: Path, suffix: str, target: str) -> list[Path]:
    names = [path.stem for path in paths]
    if len(set(names)) != len(names):
        raise ValueError("files converted together need different names")
    out.mkdir(parents=True, exist_ok=True)
    home = _home()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf"), "LC_ALL": "C.UTF-8"},
    )
    made = [out / f"{name}.{suffix}" for name in names]
    absent = [path.name for path in made if not path.is_file()]
    if absent:
        raise RuntimeError(f"LibreOffice did not write {absent}")
    return made


@cache
def _home() -> Path:
    """A profile of this process's own, with the font aliases beside it; removed at exit."""
    home = Path(tempfile.mkdtemp(prefix="planforge-soffice-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "fonts.conf").write_text(_fonts_conf(), encoding="utf-8")
    return home


def _fonts_conf() -> str:
    rules = []
    for name, (family, bold) in STAND_INS.items():
        weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if bold else ""
        rules.append(
            f'<match target="pattern"><test name="family" compare="eq"><string>{name}</string></test>'
            f'<edit name="family" mode="assign" binding="same"><string>{family}</string></edit>{weight}</match>'
        )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        + "\n".join(rules)
        + "\n</fontconfig>\n"
    )
