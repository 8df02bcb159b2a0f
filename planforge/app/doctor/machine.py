"""Python, its libraries, the built-in templates, the output folder, the encoding, the programs of the tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from planforge.app.doctor.diagnosis import Diagnosis, State, apt, on_this_system
from planforge.core import resources
from planforge.core.system_messages import why

OLDEST = (3, 11)
_LIBRARIES = {
    "jinja2": "Jinja2",
    "docx": "python-docx",
    "yaml": "PyYAML",
    "pydantic": "pydantic",
    "typer": "typer",
    "rich": "rich",
    "fontTools": "fonttools",
    "uharfbuzz": "uharfbuzz",
}
_FOR_PDF, _FOR_WORD = 400_000_000, 100_000_000
"""Bytes: the city school's pack takes 300 MB at its most with PDF, 73 MB as Word alone (GNU time, resident set)."""
_SAMPLE = "〔2026〕—“①②”，□√"


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Diagnosis]:
    """Is Python new enough?"""
    installed = ".".join(map(str, version))
    if version >= OLDEST:
        yield Diagnosis("Python", "ok", installed)
        return
    mend = on_this_system(
        debian="Debian 12 自带 3.11：" + apt("python3", "python3-venv"),
        windows="从 python.org 安装 3.11 或更新的版本，安装时勾选“Add python.exe to PATH”",
        macos="brew install python@3.12，或从 python.org 安装",
    )
    yield Diagnosis("Python", "missing", f"{installed}，需要 3.11 或更新的版本", mend)


def libraries() -> Iterator[Diagnosis]:
    """Are all Python libraries there, WeasyPrint apart?"""
    absent = []
    for module, name in _LIBRARIES.items():
        try:
            import_module(module)
        except ImportError:
            absent.append(name)
    if absent:
        mend = f"在 planforge 所用的 Python 里执行：python -m pip install {' '.join(absent)}"
        yield Diagnosis("Python 库", "missing", f"没有装：{'、'.join(absent)}", mend)
    else:
        yield Diagnosis("Python 库", "ok", f"{len(_LIBRARIES)} 个都已装好")


def memory(free: int | None = None) -> Iterator[Diagnosis]:
    """Is there memory enough to lay out pages?

    Args:
        free: bytes that a process may still take; asked of the system where None.
    """
    free = _free_memory() if free is None else free
    if free is None:
        return
    available = f"可用 {free / 1e6:.0f} MB"
    if free >= _FOR_PDF:
        yield Diagnosis("内存", "ok", available)
        return
    needed = f"{available}，生成 PDF 要 {_FOR_PDF / 1e6:.0f} MB"
    mend = "关掉别的程序再生成；只要 Word 的，写 --format docx，100 MB 就够"
    state: State = "slow" if free >= _FOR_WORD else "missing"
    yield Diagnosis("内存", state, needed, mend)


def _free_memory() -> int | None:
    """Bytes that this process may still take: what the machine has, less where it runs within limits; None: unknown."""
    limits = []
    with contextlib.suppress(OSError, ValueError, IndexError):
        words = Path("/proc/meminfo").read_text(encoding="ascii").split()
        limits.append(int(words[words.index("MemAvailable:") + 1]) * 1024)
    with contextlib.suppress(OSError, ValueError):
        group = Path("/sys/fs/cgroup")
        most = int((group / "memory.max").read_text(encoding="ascii"))
        limits.append(max(0, most - int((group / "memory.current").read_text(encoding="ascii"))))
    with contextlib.suppress(ImportError, OSError):
        import resource

        soft, _ = resource.getrlimit(resource.RLIMIT_AS)
        if soft != resource.RLIM_INFINITY:
            limits.append(soft)
    return min(limits, default=None)


def templates() -> Iterator[Diagnosis]:
    """Are the built-in templates where they belong?"""
    try:
        root = resources.templates_root()
    except FileNotFoundError:
        yield Diagnosis("自带的模板", "missing", "没有找到", "安装不完整，请重新安装 planforge")
        return
    kinds = sorted(path.parent.name for path in root.glob("*/card.yaml"))
    looks = sorted(path.stem for path in (root / "styles").glob("*.yaml"))
    if kinds and looks:
        yield Diagnosis("自带的模板", "ok", f"{root}（文档 {len(kinds)} 种，版式 {len(looks)} 种）")
    else:
        yield Diagnosis("自带的模板", "missing", f"{root} 里的文件不全", "安装不完整，请重新安装 planforge")


def output_folder(folder: Path) -> Iterator[Diagnosis]:
    """Can files be written where they will go? Tried with a file that is gone at once; no folder is made."""
    standing = next(
        (path for path in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(path)), folder
    )
    mend = "换一个输出文件夹（planforge build -o 文件夹），或请管理员开放写入权限"
    if not standing.is_dir():
        yield Diagnosis("输出文件夹", "missing", f"{standing} 不是文件夹", "移走这个文件，或换一个输出文件夹")
        return
    try:
        with tempfile.TemporaryFile(dir=standing, prefix=".planforge-"):
            pass
    except OSError as error:
        yield Diagnosis("输出文件夹", "missing", f"{standing} 写不进去（{why(error)}）", mend)
        return
    yield Diagnosis("输出文件夹", "ok", f"{folder.absolute()} 可以写入")


def encoding(screen: str | None = None, names: str | None = None) -> Iterator[Diagnosis]:
    """Do screen and file names take Chinese? screen, names: encodings, this process's own by default."""
    screen = screen or getattr(sys.stdout, "encoding", None) or "utf-8"
    names = names or sys.getfilesystemencoding()
    weak = [what for what, code in (("屏幕输出", screen), ("文件名", names)) if not _takes_chinese(code)]
    if not weak:
        yield Diagnosis("文字编码", "ok", f"屏幕 {screen}，文件名 {names}")
        return
    mend = on_this_system(
        debian="执行 export LC_ALL=C.UTF-8 后再运行，或把系统语言设为 zh_CN.UTF-8",
        windows="在命令行先执行 chcp 65001，或设环境变量 PYTHONUTF8=1",
        macos="执行 export LC_ALL=zh_CN.UTF-8 后再运行",
    )
    yield Diagnosis(
        "文字编码", "missing", f"{'、'.join(weak)}写不出全部中文（屏幕 {screen}，文件名 {names}）", mend
    )


def _takes_chinese(code: str) -> bool:
    try:
        _SAMPLE.encode(code)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def programs() -> Iterator[Diagnosis]:
    """LibreOffice and poppler: readers of the test suite; nobody needs them to build documents."""
    for name, commands in (("LibreOffice", ("soffice", "libreoffice")), ("poppler", ("pdftotext",))):
        place = next((path for command in commands if (path := shutil.which(command))), None)
        yield Diagnosis(name, "ok", place or "没有装；只有运行测试才用到，生成文档不需要")
