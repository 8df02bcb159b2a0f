"""WeasyPrint, Pango and HarfBuzz: what the PDF needs. Word needs none of them."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import shutil
import sys
import warnings
from collections.abc import Iterator

from planforge.app.doctor.diagnosis import Diagnosis, apt, on_this_system

_WORD_ONLY = "在此之前可以只生成 Word：planforge build --format docx"
_MSYS2 = "安装 MSYS2（msys2.org），在它的窗口里执行：pacman -S mingw-w64-x86_64-pango"


def printing() -> Iterator[Diagnosis]:
    """Can a PDF be made, and fast?"""
    if importlib.util.find_spec("weasyprint") is None:
        yield Diagnosis(
            "WeasyPrint", "missing", "没有装，生成不了 PDF", f"python -m pip install weasyprint；{_WORD_ONLY}"
        )
        yield from _fontconfig()
        return
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # both only say what is said better below
            from planforge.writers.pdf.weasyprint_adapter.loading import loaded

            loaded()
    except OSError as error:
        yield Diagnosis("Pango", "missing", f"装载不了，生成不了 PDF：{error}", f"{_pango()}；{_WORD_ONLY}")
    except ImportError as error:
        mend = f"python -m pip install --force-reinstall weasyprint；{_WORD_ONLY}"
        yield Diagnosis("WeasyPrint", "missing", f"装载不了，生成不了 PDF：{error}", mend)
    else:
        yield _weasyprint_version()
        yield from _pango_version()
        yield from _subsetting()
    yield from _fontconfig()


def _weasyprint_version() -> Diagnosis:
    """With another version files come out all the same, but each letter of a batch is laid out by itself."""
    from planforge.writers.pdf.weasyprint_adapter.support import REQUIREMENT, unsupported, version

    reason = unsupported()
    if not reason:
        return Diagnosis("WeasyPrint", "ok", version())
    explanation = f"{reason}：批量生成 PDF 时每一份都要单独排版，约慢一百倍"
    mend = f'python -m pip install "{REQUIREMENT}"'
    return Diagnosis("WeasyPrint", "slow", explanation, mend)


def _pango() -> str:
    return on_this_system(
        debian=apt("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        windows=f"{_MSYS2}；装在别处时，把环境变量 WEASYPRINT_DLL_DIRECTORIES 设为它的 bin 文件夹",
        macos="brew install pango；仍找不到时先执行 export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib",
    )


def _pango_version() -> Iterator[Diagnosis]:
    from planforge.writers.pdf.weasyprint_adapter.support import pango_version

    numbers = pango_version()
    installed = ".".join(map(str, numbers))
    if numbers < (1, 44):  # WeasyPrint's own requirement
        yield Diagnosis("Pango", "missing", f"{installed}，需要 1.44 或更新的版本", _pango())
    else:
        yield Diagnosis("Pango", "ok", installed)


def _subsetting() -> Iterator[Diagnosis]:
    """Without HarfBuzz's own subsetting WeasyPrint falls back, with a warning at most, to a way 35 times slower.

    Measured on a plan in Noto CJK: 0.8 s with it, 27 s without.
    """
    from planforge.writers.pdf.weasyprint_adapter.support import subsets_by_harfbuzz

    if subsets_by_harfbuzz():
        yield Diagnosis("字体裁剪（HarfBuzz）", "ok", "已装好")
        return
    mend = on_this_system(
        debian=apt("libharfbuzz-subset0"),
        windows=f"{_MSYS2}（其中带有 libharfbuzz-subset-0.dll）",
        macos="brew install harfbuzz",
    )
    explanation = "没有装：每份 PDF 约要半分钟，装上后不到一秒"
    yield Diagnosis("字体裁剪（HarfBuzz）", "slow", explanation, mend)


def _fontconfig() -> Iterator[Diagnosis]:
    place = shutil.which("fc-list")
    if place:
        yield Diagnosis("fontconfig", "ok", place)
    elif sys.platform in ("win32", "darwin"):
        yield Diagnosis("fontconfig", "ok", "没有 fc-list，改为直接查看系统的字体文件夹")
    else:
        explanation = "没有 fc-list，每次都要逐个打开字体文件"
        yield Diagnosis("fontconfig", "slow", explanation, apt("fontconfig"))
