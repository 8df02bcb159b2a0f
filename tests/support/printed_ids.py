"""The ids that the code can print, found in its syntax: whatever is given to a problem, a finding or a reader's fault."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import planforge
from planforge.facts.listing import title_of
from planforge.profile.field_titles import at

ROOMS = ("profile", "facts", "policy", "check", "compose", "core", "document", "readers", "sheets")
"""The packages whose problems a check may tell; those of letters, rosters and output it never meets."""
_POSITION = {
    "Problem": 6, "Finding": 0, "add": 1, "PydanticCustomError": 0, "Unreadable": 0,
    "TemplateFault": 1, "told": 0, "wrong": 0, "_tell": 5,
}  # fmt: skip
_ID = re.compile(r"[a-z]+(?:[.-][a-z_-]+)+")


def printed_ids() -> dict[str, str]:
    """Each id written out in the code, with a file that prints it."""
    found: dict[str, str] = {}
    root = Path(planforge.__file__).parent
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    found |= {one: str(path.relative_to(root)) for one in _of_call(node)}
    families = {one.partition(".")[0] for one in found if "." in one}
    for room in ("profile", "core", "readers"):  # tables of mistakes, whose ids no call names
        for path in sorted((root / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
                if (
                    re.fullmatch(r"[a-z]+\.[a-z_]+", text)
                    and text.partition(".")[0] in families
                    and not _path(text)
                ):
                    found.setdefault(text, str(path.relative_to(root)))
    return found


def _path(text: str) -> bool:
    """Whether it names a field of the form or of the facts."""
    return at(tuple(text.split("."))) is not None or bool(title_of(text))


def _of_call(node: ast.Call) -> set[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [word.value for word in node.keywords if word.arg in ("code", "rule")]
    place = _POSITION.get(name.lstrip("_"))
    if place is not None and len(node.args) > place:
        given.append(node.args[place])
    literals = [one for value in given for one in ast.walk(value) if isinstance(one, ast.Constant)]
    return {one.value for one in literals if isinstance(one.value, str) and _ID.fullmatch(one.value)}
