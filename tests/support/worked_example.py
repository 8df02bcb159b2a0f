"""The worked example of docs/templates.md, copied so that a test may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"


def copied(folder: Path) -> Path:
    """The example in a folder of its own; returns its `templates`."""
    shutil.copytree(EXAMPLE, folder / "example")
    return folder / "example" / "templates"


def change(path: Path, old: str, new: str) -> None:
    """Make a mistake in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
