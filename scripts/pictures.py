"""Make the pictures of README: two real pages of an invented school.

Run with `make pictures`. The files are made as a user makes them, each first page is printed small by poppler, and its
shades are counted down to a few, so that a picture takes little room. The same program, fonts and poppler give the
same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[1]
SCHOOL = ROOT / "profiles" / "city-primary.yaml"
PICTURES = ROOT / "docs" / "pictures"
ROSTER = "班级,座号,姓名\n二（3）班,7,丁小满\n"
"""One pupil, invented."""
WIDTH = 720
SHADES = 24
EDGE = "#9a9a9a"


def planforge(*arguments: str | Path) -> None:
    """Run the program as a user does, without its messages."""
    subprocess.run(
        [sys.executable, "-m", "planforge", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def first_page(pdf: Path, picture: Path) -> None:
    """Print the first page of a file into a small picture with a thin edge."""
    page = picture.with_suffix("")
    size = ["-scale-to-x", str(WIDTH - 2), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-f", "1", *size, pdf, page], check=True)
    with Image.open(picture) as printed:
        small = ImageOps.expand(printed.convert("RGB"), border=1, fill=EDGE).quantize(
            SHADES, dither=Image.Dither.NONE
        )
    small.save(picture, optimize=True)


def main() -> None:
    """Write `plan.png` and `letter.png`."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        planforge("build", SCHOOL, "--only", "减负工作计划", "--format", "pdf", "-o", work / "plan")
        roster = work / "roster.csv"
        roster.write_text(ROSTER, encoding="utf-8")
        letters = ("batch", SCHOOL, "致家长的一封信", roster)
        planforge(*letters, "--each", "--no-lists", "--format", "pdf", "-o", work / "letter")
        for picture in ("plan", "letter"):
            (pdf,) = (work / picture).rglob("*.pdf")
            first_page(pdf, PICTURES / f"{picture}.png")
            print(f"{PICTURES.relative_to(ROOT)}/{picture}.png", (PICTURES / f"{picture}.png").stat().st_size)


if __name__ == "__main__":
    main()
