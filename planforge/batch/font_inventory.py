"""The fonts of a run's PDF files: the same from its beginning to its end, or it stops.

A font that is removed while a run is at work is replaced silently, character by character, by another one; half of
the letters would look otherwise. Told by the files' contents, so that no clock matters.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from planforge.core.problems import InputError, Problem
from planforge.document.look import Look

_ENDS = 1 << 16  # bytes at the beginning and at the end that are looked at


class FontsAtHand:
    """The font files that print a look."""

    def __init__(self, look: Look) -> None:
        """Raises MissingPart where a font is missing from the beginning."""
        from planforge.writers.fonts import choose

        files = sorted({str(font.face.file) for font in choose(look).all()})
        self._files = {file: font_digest(Path(file)) for file in files}

    def require(self) -> None:
        """Raises InputError where a font is no longer what it was."""
        for file, before in self._files.items():
            now = font_digest(Path(file))
            if now != before:
                what = "换成了另一个" if now else "不见了"
                raise InputError(
                    [
                        Problem(
                            f"生成到一半，字体 {Path(file).name} {what}；没有用别的字体代替，从这里起的 PDF 没有写",
                            fix="装回原来的字体，再用同一条命令加上 --resume 接着做",
                            code="font-gone",
                        )
                    ]
                )


def font_digest(file: Path) -> str:
    """Tells a font file from others of its name; empty where there is none. Reads its ends only."""
    try:
        with file.open("rb") as read:
            state = hashlib.sha256(read.read(_ENDS))
            size = read.seek(0, 2)
            read.seek(max(0, size - _ENDS))
            state.update(read.read())
    except OSError:
        return ""
    state.update(str(size).encode())
    return state.hexdigest()[:16]
