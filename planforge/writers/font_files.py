"""The font files of this machine and what is in them: families, coverage, advances.

fontconfig's `fc-list` is asked where it is there (it knows what Pango will find); elsewhere the
system's font folders are read. Of a file only the tables asked for are read, once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_LIST = "%{family}\\t%{weight}\\t%{slant}\\t%{index}\\t%{file}\\n"
# fontconfig's weights (FC_WEIGHT_*) as the numbers of CSS and OS/2.
_WEIGHTS = ((0, 100), (40, 200), (50, 300), (55, 350), (75, 380), (80, 400), (100, 500), (180, 600), (200, 700),
            (205, 800), (210, 900))  # fmt: skip
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file. families: its names in all languages; weight: 100 to 900."""

    families: tuple[str, ...]
    weight: int
    slanted: bool
    file: str
    index: int = 0

    def __contains__(self, character: str) -> bool:
        return self.glyph(character) is not None

    def glyph(self, character: str) -> int | None:
        """The number of a character's glyph; None where the face lacks it."""
        font = _opened(self.file, self.index)
        number = font.glyphs.get(character)
        if number is None:
            number = font.glyphs[character] = font.font.get_nominal_glyph(ord(character)) or 0
        return number or None

    def advance(self, character: str) -> float:
        """Width of a character in em; of .notdef where the face lacks it."""
        return self.glyph_advance(self.glyph(character) or 0)

    def glyph_advance(self, glyph: int) -> float:
        """Width of a glyph in em."""
        font = _opened(self.file, self.index)
        width: float = font.font.get_glyph_h_advance(glyph) / font.face.upem
        return width

    def extent(self) -> tuple[float, float]:
        """Ascent and descent of a line in em, both positive, as HarfBuzz and so Pango reckon them."""
        font = _opened(self.file, self.index)
        extents, units = font.font.get_font_extents("ltr"), font.face.upem
        return extents.ascender / units, -extents.descender / units

    def opened(self) -> Any:
        """HarfBuzz's face of it."""
        return _opened(self.file, self.index).face


class _OpenedFont:
    """A font as HarfBuzz has it: nothing of the file is read but what is asked for."""

    def __init__(self, file: str, index: int) -> None:
        import uharfbuzz as hb

        self.face = hb.Face(hb.Blob.from_file_path(file), index)
        self.font = hb.Font(self.face)
        self.glyphs: dict[str, int] = {}  # 0: none


@cache
def _opened(file: str, index: int) -> _OpenedFont:
    return _OpenedFont(file, index)


@cache
def installed() -> tuple[Face, ...]:
    """Every face installed on this machine, in a fixed order; asked once per process."""
    program = shutil.which("fc-list")
    faces = list(_listed(program)) if program else []
    return tuple(sorted(faces or _scanned(), key=lambda face: (face.families, face.file, face.index)))


def _listed(program: str) -> Iterator[Face]:
    answer = subprocess.run([program, "--format", _LIST], capture_output=True, check=False)
    for line in answer.stdout.decode("utf-8", "replace").splitlines():
        names, weight, slant, index, file = (line.split("\t") + [""] * 4)[:5]
        number = int(index) if index.isdigit() else 0
        if number >= 0x10000 or not weight.replace(".", "").isdigit():
            continue  # named instances and ranges of variable fonts
        yield Face(
            tuple(name.replace("\\", "") for name in names.split(",")),
            min(_WEIGHTS, key=lambda pair: abs(pair[0] - float(weight)))[1],
            slant not in ("", "0"),
            file,
            number,
        )


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


def _scanned() -> Iterator[Face]:
    for folder in _folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in _SUFFIXES:
                yield from faces_in(path)


def faces_in(path: Path) -> Iterator[Face]:
    """The faces of one font file; nothing where it cannot be read."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with path.open("rb") as file:
            if path.suffix.lower() in (".ttc", ".otc"):
                fonts = TTCollection(file, lazy=True).fonts
            else:
                fonts = [TTFont(file, lazy=True)]
            faces = [_face(font, path, index) for index, font in enumerate(fonts)]
    except (TTLibError, OSError, KeyError, AssertionError):
        return
    yield from faces


def _face(font: Any, path: Path, index: int) -> Face:
    names = {str(record) for record in font["name"].names if record.nameID in (1, 16)}
    os2 = font["OS/2"]
    return Face(tuple(sorted(names)), os2.usWeightClass, bool(os2.fsSelection & 1), str(path), index)
