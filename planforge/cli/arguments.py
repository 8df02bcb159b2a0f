"""The words of a call, read alike by all commands; what is wrong with a call is told in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import typer


def refused(message: str) -> int:
    """Say what is wrong with a call; its exit status."""
    typer.echo(message, err=True)
    return 2


def split(given: Sequence[str] | None) -> list[str]:
    """The words of an option that may be given several times, and hold several each between commas of any kind."""
    return [word.strip() for text in given or () for word in re.split("[,，、]", text) if word.strip()]


def mapping_of(given: Sequence[str] | None) -> dict[str, str] | None:
    """What --map says: field → heading; None where it is written otherwise, which is then told."""
    mapping: dict[str, str] = {}
    for word in given or ():
        field, _, heading = (part.strip() for part in word.replace("＝", "=").partition("="))
        if not field or not heading:
            refused(f"--map {word} 没有写对：写成 字段=列名，例如 --map 联系电话=紧急联系方式。")
            return None
        mapping[field] = heading
    return mapping


def day_of(option: str, text: str) -> date | None:
    """The day that an option says, written in any way that the form takes; None where it is none, which is then told."""
    from planforge.app.errors import InputError
    from planforge.app.forms import parse_day

    try:
        return parse_day(text)
    except InputError as error:
        (problem,) = error.problems
        refused(f"{option} 的值不对：{problem.message}（{text}），应当是{problem.expected}。")
        return None
