"""What this machine lacks, what is silently slow on it, and how to mend either.

Whatever is missing, the examination itself runs: nothing heavy is imported before it is asked for, and a
question that cannot be answered is an answer too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from planforge.app.doctor.diagnosis import Diagnosis, State
from planforge.app.doctor.font_report import fonts
from planforge.app.doctor.machine import (
    encoding,
    libraries,
    memory,
    output_folder,
    programs,
    python,
    templates,
)
from planforge.app.doctor.pdf_libraries import printing

__all__ = ["Diagnosis", "State", "examine"]


def examine(output: Path = Path("output")) -> list[Diagnosis]:
    """All that building depends on, in the order in which it should be mended.

    Args:
        output: the folder where files will go.
    """
    questions: tuple[tuple[str, Callable[[], Iterator[Diagnosis]]], ...] = (
        ("Python", python),
        ("Python 库", libraries),
        ("自带的模板", templates),
        ("内存", memory),
        ("PDF 排版", printing),
        ("字体", fonts),
        ("输出文件夹", lambda: output_folder(output)),
        ("文字编码", encoding),
        ("测试用的程序", programs),
    )
    diagnoses: list[Diagnosis] = []
    for name, question in questions:
        try:
            diagnoses.extend(question())
        except Exception as error:
            diagnoses.append(
                Diagnosis(
                    name, "missing", f"查不出来：{type(error).__name__}：{error}", "请把这一行报告给维护者"
                )
            )
    return diagnoses
