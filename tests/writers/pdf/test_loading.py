"""WeasyPrint is loaded without what is hardly ever used, and has it when it is."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_means_of_subsetting_that_harfbuzz_makes_needless_are_not_loaded() -> None:
    run(
        """
        import sys
        from planforge.writers.pdf import load
        load()
        loaded = {"fontTools.subset", "fontTools.varLib.instancer"} & set(sys.modules)
        assert not loaded, loaded
        import fontTools.subset, fontTools.varLib.instancer
        assert fontTools.subset.__file__ and fontTools.varLib.instancer.__file__
        """
    )


def test_without_harfbuzz_fonts_are_subset_all_the_same() -> None:
    page = '<p style="font-family: Liberation Serif">abc'
    sizes = run(
        f"""
        from planforge.writers.pdf.weasyprint_adapter.loading import loaded
        weasyprint = loaded()
        from weasyprint.pdf import fonts
        print(len(weasyprint.HTML(string={page!r}).write_pdf()))
        fonts.harfbuzz_subset = None
        print(len(weasyprint.HTML(string={page!r}).write_pdf()))
        print(len(weasyprint.HTML(string={page!r}).write_pdf(full_fonts=True)))
        """
    ).split()
    harfbuzz, tools, full = map(int, sizes)
    assert abs(harfbuzz - tools) < 5_000
    assert max(harfbuzz, tools) * 5 < full
