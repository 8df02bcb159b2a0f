"""Word files as LibreOffice lays them out, by the plain conversion that anybody can run, with the same fonts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support import soffice


def to_pdf(words: Sequence[bytes]) -> list[bytes]:
    """Word files as PDF, in one run of LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="planforge-plain-") as name:
        folder = Path(name)
        paths = [folder / f"{number:04}.docx" for number in range(len(words))]
        for path, data in zip(paths, words, strict=True):
            path.write_bytes(data)
        return [path.read_bytes() for path in soffice.to_pdf(paths, folder / "out")]
