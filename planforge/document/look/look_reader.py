"""Reading looks from their YAML files: what a look is based on, what a style is like, and every mistake's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planforge.core import resources
from planforge.core.problems import InputError, Place, Problem
from planforge.document.look.inheritance import NotLike, merged, resolved, steps
from planforge.document.look.look_file import LookFile, Places, load
from planforge.document.look.model import STYLE_NAMES, Look

FOLDER = "styles"

_MESSAGES = {
    "extra_forbidden": "没有这一项",
    "missing": "缺少这一项",
    "string_type": "应是文字",
    "float_type": "应是数",
    "float_parsing": "应是数",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "tuple_type": "应是列表",
    "dict_type": "应是“名称: 值”的若干行",
    "model_type": "应是“名称: 值”的若干行",
    "model_attributes_type": "应是“名称: 值”的若干行",
    "greater_than_equal": "太小了",
    "less_than_equal": "太大了",
    "string_pattern_mismatch": "写法不对",
    "literal_error": "不在可用的词里",
}


def find_look(name: str, search: Sequence[Path]) -> Look:
    """The look of a name, from the first folder that has it.

    Raises:
        InputError: none has it, or it is not a look.
    """
    for root in search:
        path = root / FOLDER / f"{name}.yaml"
        if path.is_file():
            return read_look(path, search)
    raise InputError([_unknown(name, search, None)])


def place_of_base(name: str, search: Sequence[Path]) -> Place | None:
    """Where a look, or the one that it is based on, names a school's own Word file."""
    path = next(path for root in search if (path := root / FOLDER / f"{name}.yaml").is_file())
    roots = (path.parent.parent, *search, resources.templates_root())
    for look in _chain(path, tuple(dict.fromkeys(root.resolve() for root in roots))):
        if look.data.get("base"):
            return look.base_place
    return None


def read_look(path: Path, search: Sequence[Path] = ()) -> Look:
    """Read a look from its YAML file.

    Args:
        path: the file.
        search: the folders whose `styles` may hold the look that it is based on; the file's own folder comes first,
            the built-in one last.

    Raises:
        InputError: it is not a look; all its problems, each with its place.
    """
    roots = (path.parent.parent, *search, resources.templates_root())
    chain = _chain(path, tuple(dict.fromkeys(root.resolve() for root in roots)))
    data: dict[str, Any] = {}
    places: Places = {}
    for look in reversed(chain):
        data = merged(data, look.data, look.data.get("title", "")) if data else dict(look.data)
        places = {**places, **look.places}
    data.pop("based_on", None)
    if isinstance(data.get("base"), str) and data["base"]:
        data["base"] = str(Path(places["base"].file).parent / data["base"])
    own = chain[0]
    try:
        ladder = steps(data)
        made = resolved(data)
        if ladder is not None:
            made["fit"] = {**made["fit"], "steps": [resolved(step) for step in ladder]}
        return Look.model_validate(made)
    except NotLike as error:
        told = [_nearest(places, path, own) for path in error.paths]
        where = next((place for place in told if place.file == own.file), told[0])
        raise InputError([Problem(error.message, where, code="look-invalid")]) from error
    except ValidationError as error:
        if strange := list(_strange_fonts(data, places)):
            raise InputError(strange) from error
        raise InputError(dict.fromkeys(_problems(error, places, own))) from error


def _chain(path: Path, roots: Sequence[Path]) -> list[LookFile]:
    """The look's file and all that it is based on, nearest first."""
    chain = [load(path)]
    seen = {path.resolve()}
    while name := chain[-1].data.get("based_on"):
        place = chain[-1].places.get("based_on")
        files = (root / FOLDER / f"{name}.yaml" for root in roots)
        base = next((file for file in files if file.is_file() and file.resolve() not in seen), None)
        if base is None:
            if any((root / FOLDER / f"{name}.yaml").is_file() for root in roots):
                message = "版式转了一圈又以自己为底"
                raise InputError([Problem(message, place, found=str(name), code="look-circle")])
            raise InputError([_unknown(str(name), roots, place)])
        seen.add(base.resolve())
        chain.append(load(base))
    return chain


def _unknown(name: str, search: Sequence[Path], place: Place | None) -> Problem:
    known = sorted({path.stem for root in search for path in (root / FOLDER).glob("*.yaml")})
    return Problem("没有这种版式", place, found=name, expected="、".join(known), code="look-unknown")


def _problems(error: ValidationError, places: Places, own: LookFile) -> Iterator[Problem]:
    errors = error.errors()
    of_ladder = ("fit", "steps")  # what is wrong in the look is wrong again in each of its steps
    errors = [detail for detail in errors if detail["loc"][:2] != of_ladder] or errors
    # So is what is wrong in a style that others are like: it is told where it is written.
    written = [detail for detail in errors if ".".join(map(str, detail["loc"])) in places]
    absent = [
        detail for detail in errors if detail["type"] in ("missing", "value_error") and detail not in written
    ]
    for detail in [*written, *absent] if written else errors:
        loc = [str(part) for part in detail["loc"] if part != "[key]"]
        if tuple(loc[:2]) == of_ladder:
            loc = loc[:3]
        kind, name = detail["type"], loc[-1] if loc else ""
        message = _MESSAGES.get(kind, detail["msg"].removeprefix("Value error, "))
        found = "" if kind in ("extra_forbidden", "missing", "value_error") else str(detail["input"])[:40]
        context = detail.get("ctx", {})
        expected = str(context.get("expected") or context.get("ge") or context.get("le") or "")
        fix = ""
        if kind in ("extra_forbidden", "literal_error"):
            expected = ""
            words = get_close_matches(name, [*_known(error, loc), *STYLE_NAMES], 1)
            fix = f"是不是 {words[0]}" if words else ""
        yield Problem(
            message,
            _nearest(places, ".".join(loc), own),
            field=".".join(loc),
            found=found,
            expected=expected.replace(" or ", "、"),
            fix=fix,
            code="look-invalid",
        )


def _known(error: ValidationError, loc: Sequence[str]) -> list[str]:
    """The keys that the group of a misspelt one may have."""
    fields: Any = Look
    for part in loc[:-1]:
        field = getattr(fields, "model_fields", {}).get(part)
        if field is None:
            break
        fields = field.annotation
    from planforge.document.look import model

    groups = {"styles": model.Style, "fonts": model.Font}
    if loc and loc[0] in groups and len(loc) > 2:
        fields = groups[loc[0]]
    return [*getattr(fields, "model_fields", {}), "like", "before_lines", "after_lines"]


def _strange_fonts(data: dict[str, Any], places: Places) -> Iterator[Problem]:
    """Roles of fonts that the look does not have, where they are written."""
    known = data["fonts"] if isinstance(data.get("fonts"), dict) else {}
    for path, place in places.items():
        parts = path.split(".")
        if path not in ("latin", "strong", "red_head.signer") and (parts[0], parts[-1]) != ("styles", "font"):
            continue
        value: Any = data
        for part in parts:
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, str) and value not in known:
            roles = "、".join(map(str, known))
            yield Problem("没有定义的字体角色", place, path, value, roles, code="look-invalid")


def _nearest(places: Places, path: str, own: LookFile) -> Place:
    """The place of a path, or of the innermost group around it that is written anywhere."""
    while path:
        if path in places:
            return places[path]
        path = path.rpartition(".")[0]
    return Place(own.file, 1, 1)
