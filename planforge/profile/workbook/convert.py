"""A form from YAML to Excel and back. Nothing is lost but comments; what was written is read again and compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_nodes import Mapping, copied
from planforge.profile.emit import as_yaml
from planforge.profile.extending import read_alone, read_text
from planforge.profile.form_file import beside, locked_form
from planforge.profile.one_line import open_lines
from planforge.profile.validate import drop_blanks, printable, validate
from planforge.profile.workbook.blocks import KeyPath
from planforge.profile.workbook.content import Content, content_of
from planforge.profile.workbook.form_writer import workbook

EXCEL = ".xlsx"
YAML = (".yaml", ".yml")
_RELATIVE: tuple[KeyPath, ...] = (("extends",), ("policy",))


@dataclass(frozen=True, slots=True)
class Converted:
    """What was made. notices: what the person should know of the source. moved: relative paths that now lead elsewhere."""

    path: Path
    notices: tuple[Problem, ...]
    moved: tuple[str, ...] = ()


def convert(source: Path, target: Path) -> Converted:
    """Write a form as a workbook, or a workbook as YAML; only the file itself, not those that it extends.

    Args:
        source: The form, .yaml or .xlsx.
        target: The file to write, of the other kind.

    Returns:
        What was made, with the notices of the source.

    Raises:
        InputError: The source has mistakes, the target is there already, or something would be lost; nothing is
            written then.
        OSError: The target cannot be written.
    """
    _fitting(source, target)
    problems: list[Problem] = []
    root = read_alone(source, problems.append)
    if root is not None:
        _check(root, problems)
    problems.sort(key=lambda problem: problem.place or Place(""))
    errors = [problem for problem in problems if problem.severity == "error"]
    if root is None or errors:
        raise InputError(errors or problems)
    content = content_of(root)
    data = workbook(content) if target.suffix.lower() == EXCEL else as_yaml(content.data()).encode()
    _write(target, data, content)
    moved = () if target.resolve().parent == source.resolve().parent else _relative(content)
    return Converted(target, tuple(problems), moved)


def workbook_of(text: str) -> bytes:
    """The form in YAML text, which must be without mistakes, as an .xlsx file."""
    root = read_text(text, "<text>", lambda problem: None).root
    assert root is not None
    return workbook(content_of(root))


def _fitting(source: Path, target: Path) -> None:
    kinds = [path.suffix.lower() for path in (source, target)]
    if sorted(kind == EXCEL for kind in kinds) != [False, True] or not any(kind in YAML for kind in kinds):
        message = "只能在 .yaml 和 .xlsx 之间转换"
        found = f"{source.name} → {target.name}"
        raise InputError(
            [Problem(message, found=found, expected="一个 .yaml，一个 .xlsx", code="convert.kinds")]
        )
    _vacant(target)


def _vacant(target: Path) -> None:
    """Raise InputError where the target is there already."""
    if target.exists():
        raise InputError(
            [
                Problem(
                    "这个文件已经在了，没有动它",
                    Place(str(target)),
                    fix="换一个文件名",
                    code="convert.exists",
                )
            ]
        )


def _check(root: Mapping, problems: list[Problem]) -> None:
    """Look for mistakes in a copy, so that what was written stays as it was."""
    tried = copied(root)
    assert isinstance(tried, Mapping)
    printable(tried, problems.append)
    open_lines(tried)
    drop_blanks(tried, problems.append)
    validate(tried, problems.append)


def _write(target: Path, data: bytes, content: Content) -> None:
    """Write beside, read again, compare, and only then give the file its name."""
    with locked_form(target), beside(target, data) as part:
        again = read_alone(part, lambda problem: None)
        if again is None or content_of(again) != content:
            message = "转换以后和原来不一样，所以没有写"
            fix = "这是程序的毛病，请把这份信息表报给我们"
            raise InputError([Problem(message, Place(str(target)), fix=fix, code="convert.lossy")])
        _vacant(target)
        part.replace(target)


def _relative(content: Content) -> tuple[str, ...]:
    paths: list[str] = []
    for path in _RELATIVE:
        value = content.groups[()].get(path, ())
        paths += [value] if isinstance(value, str) else list(value)
    for row in content.rows.get(("documents",), []):
        base = row.values.get(("base",), "")
        paths += [base] if isinstance(base, str) and base else []
    return tuple(paths)
