"""Where a bureau's workbook may go: to a new file, or over one that an earlier check wrote, never over anything else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from planforge.check.report import MARK
from planforge.core.problems import InputError, Problem


def may_write(target: Path, read: Iterable[Path]) -> None:
    """Refuse a target where writing the workbook would destroy something.

    Args:
        target: where the workbook is to go.
        read: the files that the same command reads: forms, rules, the list of schools.

    Raises:
        InputError: the name does not end with .xlsx, or the target is one of `read`, a folder, or a file that
            no earlier check wrote.
    """
    message, expected = "", ""
    if target.suffix.lower() != ".xlsx":
        message, expected = "汇总表的文件名应以 .xlsx 结尾", "如 汇总.xlsx"
    elif any(_same(target, source) for source in read):
        message, expected = "汇总表不能写到这次要读的文件上，否则原来的内容就没有了", "另起一个文件名"
    elif target.is_dir():
        message, expected = "汇总表的位置上是一个文件夹", "写明文件名，如 汇总.xlsx"
    elif (target.exists() or target.is_symlink()) and not _ours(target):
        message = "这个文件已经有了，又不是检查写的汇总表，没有覆盖它"
        expected = "另起一个文件名，或先把它移走"
    if message:
        raise InputError([Problem(message, found=str(target), expected=expected, code="report-not-ours")])


def _same(path: Path, other: Path) -> bool:
    try:
        return path.resolve() == other.resolve() or path.samefile(other)
    except OSError:
        return False


def _ours(path: Path) -> bool:
    """Whether the file is a workbook that bears the mark of an earlier check."""
    from openpyxl import load_workbook

    try:
        book: Any = load_workbook(path, read_only=True)
    except (OSError, BadZipFile, KeyError, ValueError, TypeError):
        return False
    try:
        return any(name == MARK for name in book.custom_doc_props.names)
    finally:
        book.close()
