"""The form as a file: blank ones, ones by questions, from YAML to Excel and back, and what was done written into it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.core.problems import InputError, Problem
from planforge.core.resources import profiles_root
from planforge.output import no_folder, refusal, write_new
from planforge.profile import Prompter, ReadProfile, ask, blank_form, json_schema, read_profile
from planforge.profile.adding import NewItem
from planforge.profile.choices import StatusName
from planforge.profile.recording import PlanEntry, Record

if TYPE_CHECKING:
    from planforge.profile.workbook.convert import Converted

__all__ = [
    "NewItem",
    "PlanEntry",
    "Prompter",
    "ReadProfile",
    "Record",
    "StatusName",
    "add_item",
    "ask",
    "blank_form",
    "convert",
    "doubtful",
    "entries",
    "examples",
    "form_text",
    "json_schema",
    "no_folder",
    "parse_day",
    "read_profile",
    "record",
    "workbook",
    "write_new",
]


_EXAMPLE = "# 学校信息表（示例）"
"""How the first line of an example begins; behind it stands what kind of school it is."""


def examples() -> dict[str, str]:
    """The forms of the invented schools, in YAML, by a short Chinese name of each kind of school."""
    texts = {}
    for path in sorted(profiles_root().glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        head, _, rest = text.partition("：")
        if head == _EXAMPLE:
            texts[rest.partition("，")[0]] = text
    return texts


def workbook(text: str = "") -> bytes:
    """A form as an Excel workbook.

    Args:
        text: the form in YAML; a blank one where empty.
    """
    if text:
        from planforge.profile.workbook.convert import workbook_of

        return workbook_of(text)
    from planforge.profile.workbook.form_writer import blank_workbook

    return blank_workbook()


def form_text(data: bytes, name: str) -> str:
    """A form that somebody hands in, as YAML text.

    Args:
        data: the file, YAML or Excel.
        name: its name, whose suffix tells which.

    Raises:
        InputError: it cannot be read; all problems at once.
    """
    from planforge.core.text_file import decode
    from planforge.core.unreadable import Unreadable
    from planforge.profile.workbook.convert import EXCEL

    suffix = Path(name).suffix.lower()
    if suffix == EXCEL:
        with tempfile.TemporaryDirectory(prefix="planforge-") as folder:
            source = Path(folder) / f"信息表{EXCEL}"
            source.write_bytes(data)
            target = source.with_suffix(".yaml")
            convert(source, target)
            return target.read_text(encoding="utf-8")
    if suffix not in (".yaml", ".yml"):
        found = f"{suffix} 文件" if suffix else "没有后缀的文件"
        raise InputError(
            [
                Problem(
                    "这不是信息表", found=found, expected="填好的信息表（.xlsx 或 .yaml）", code="form.format"
                )
            ]
        )
    try:
        return decode(data)[0]
    except Unreadable as fault:
        raise InputError(
            [Problem(fault.message, found=fault.found, fix=fault.fix, code=fault.code)]
        ) from fault


def convert(source: Path, target: Path | None = None) -> Converted:
    """A form from YAML to Excel, or from Excel to YAML; nothing is lost but comments.

    Args:
        source: the form.
        target: the new file; by default the same name with the other suffix.

    Raises:
        InputError: the form cannot be read, or the new file cannot be written.
    """
    from planforge.profile.workbook.convert import EXCEL
    from planforge.profile.workbook.convert import convert as make

    if target is None:
        target = source.with_suffix(".yaml" if source.suffix.lower() == EXCEL else EXCEL)
    try:
        return make(source, target)
    except OSError as error:
        raise refusal(error, target) from error


def record(profile: Path, item: str, what: Record) -> PlanEntry:
    """Write what became of an item of the plan into the form, and touch nothing else there.

    Args:
        profile: the form.
        item: the item's id, or words that only this item has.
        what: what became of it.

    Returns:
        The item as it is now.

    Raises:
        InputError: there is no such item, or the form cannot be read or written; it is then as it was.
    """
    from planforge.profile.recording import record as write

    try:
        return write(profile, item, what)
    except OSError as error:
        raise refusal(error, profile) from error


def add_item(profile: Path, item: NewItem) -> PlanEntry:
    """Write an item that came up during the term into the form's calendar.

    Args:
        profile: the form.
        item: what came up.

    Returns:
        The item as it stands in the calendar, with its id.

    Raises:
        InputError: the calendar has such an item, or the form cannot be read or written; it is then as it was.
    """
    from planforge.profile.adding import add

    try:
        return add(profile, item)
    except OSError as error:
        raise refusal(error, profile) from error


def entries(profile: Path) -> list[PlanEntry]:
    """The form's calendar, acts and goals, with what is recorded of each.

    Raises:
        InputError: the form has errors.
    """
    from planforge.profile.recording import entries as listed
    from planforge.profile.recording import readable

    return list(listed(readable(profile).profile))


def doubtful(profile: Path, day: date, planned: date | None, *, put_off: bool = False) -> str:
    """Why a recorded day is probably mistyped, in Chinese; empty where nothing speaks against it.

    Args:
        profile: the form.
        day: when something was done, or the day that it was put off to.
        planned: the day that the plan has.
        put_off: `day` is the one that it was put off to.
    """
    from planforge.profile.consistency.progress import doubtful as doubt

    return doubt(read_profile(profile).profile, day, planned, put_off=put_off)


def parse_day(text: str) -> date:
    """A day written in any way that the form takes.

    Raises:
        InputError: it is none.
    """
    from pydantic import TypeAdapter, ValidationError

    from planforge.profile.values import Day

    try:
        day: date = TypeAdapter(Day).validate_python(text)
    except ValidationError as error:
        (detail,) = error.errors(include_url=False)
        raise InputError(
            [Problem(detail["msg"], found=text, expected=str(detail["ctx"]["expected"]), code="day")]
        ) from error
    return day
