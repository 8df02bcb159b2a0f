"""The rule packs that a profile names: each sought from the form that names it, a bureau's beside the bureau's form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planforge.core.named_file import is_relative_name
from planforge.core.problems import InputError, Problem

if TYPE_CHECKING:
    from planforge.profile import ReadProfile


def rules_named_by(profile: Path, reading: ReadProfile) -> tuple[Path, ...]:
    """The files of local rules of a profile and of the forms that it extends.

    Args:
        profile: where the form was read from.
        reading: the form as read.

    Raises:
        InputError: files are not there; it carries each of them, at its place in the form.
    """
    paths: list[Path] = []
    problems: list[Problem] = []
    for number, name in enumerate(reading.profile.policy):
        place = reading.place(f"policy[{number}]")
        path = (Path(place.file) if place is not None else profile).parent / name.replace("\\", "/")
        message, fix = "", "核对文件名和所在文件夹"
        if not is_relative_name(name):
            message, fix = "本地规则文件要写相对路径", "从这张信息表所在的文件夹算起，如 rules/local.yaml"
        elif path.is_dir():
            message, fix = "这是一个文件夹，不是规则文件", "写出文件夹里规则文件的文件名"
        elif not path.is_file():
            message = "找不到这个规则文件"
        if message:
            problems.append(Problem(message, place, "本地规则", name, "", fix, "policy.file"))
        paths.append(path)
    if problems:
        raise InputError(problems)
    return tuple(paths)
