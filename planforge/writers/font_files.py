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
from struct import unpack_from
from typing import Any

from planforge.writers.coverage import Coverage, Unsupported

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
        return _tables(self.file, self.index).glyph(ord(character)) is not None

    def glyph(self, character: str) -> int | None:
        """The number of a character's glyph; None where the face lacks it."""
        return _tables(self.file, self.index).glyph(ord(character))

    def advance(self, character: str) -> float:
        """Width of a character in em; of .notdef where the face lacks it."""
        tables = _tables(self.file, self.index)
        return tables.advance(tables.glyph(ord(character)))

    def extent(self) -> tuple[float, float]:
        """Ascent and descent of a line in em, both positive, as Pango reckons them."""
        return _tables(self.file, self.index).extent


class _Tables:
    """Coverage and advances, read straight from cmap and hmtx (glyph outlines are never touched)."""

    def __init__(self, file: str, index: int) -> None:
        from fontTools.ttLib import TTFont

        with TTFont(file, fontNumber=index, lazy=True) as font:
            self._coverage: Coverage | dict[int, int]
            try:
                self._coverage = Coverage(_raw(font, "cmap"))
            except Unsupported:
                names = font.getBestCmap() or {}
                self._coverage = {code: font.getGlyphID(name) for code, name in names.items()}
            self._units: int = font["head"].unitsPerEm
            self._long: int = font["hhea"].numberOfHMetrics
            self._metrics: bytes = _raw(font, "hmtx")
            self.extent: tuple[float, float] = _extent(font, self._units)

    def glyph(self, code: int) -> int | None:
        found = self._coverage
        return (found.glyph(code) if isinstance(found, Coverage) else found.get(code, 0)) or None

    def advance(self, glyph: int | None) -> float:
        width: int = unpack_from(">H", self._metrics, 4 * min(glyph or 0, self._long - 1))[0]
        return width / self._units


def _extent(font: Any, units: int) -> tuple[float, float]:
    """HarfBuzz's choice: the typographic metrics where the font asks for them, hhea otherwise."""
    hhea, os2 = font["hhea"], font.get("OS/2")
    if os2 is not None and (os2.fsSelection & 1 << 7 or not (hhea.ascent or hhea.descent)):
        return os2.sTypoAscender / units, -os2.sTypoDescender / units
    return hhea.ascent / units, -hhea.descent / units


def _raw(font: Any, table: str) -> bytes:
    return bytes(font.reader[table])


@cache
def _tables(file: str, index: int) -> _Tables:
    return _Tables(file, index)


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
            found = [_face(font, path, index) for index, font in enumerate(fonts)]
    except (TTLibError, OSError, KeyError, AssertionError):
        return
    yield from found


def _face(font: Any, path: Path, index: int) -> Face:
    names = {str(record) for record in font["name"].names if record.nameID in (1, 16)}
    os2 = font["OS/2"]
    return Face(tuple(sorted(names)), os2.usWeightClass, bool(os2.fsSelection & 1), str(path), index)
