"""From nodes to a Profile: every shape that is wrong is reported with its place, and left out."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from planforge.core.problems import Place, Problem
from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.field_titles import Path, at, group_at, homes, keys, title
from planforge.profile.model import Profile
from planforge.profile.unprintable import unprintable

Report = Callable[[Problem], None]

_SPACE = " \t\r\n\u3000"


def printable(node: Node, report: Report, path: Path = ()) -> None:
    """Report the values (and keys) below `node` that hold unprintable characters, and take them out."""
    if isinstance(node, Mapping):
        for key, value in list(node.entries.items()):
            problem = unprintable(Scalar(key, node.keys[key], plain=True))
            if problem is None and isinstance(value, Scalar):
                problem = unprintable(value)
            if problem is not None:
                report(replace(problem, field=title((*path, key)) or "键"))
                node.spoiled.add(key)
                del node.entries[key]
            else:
                printable(value, report, (*path, key))
    elif isinstance(node, Listing):
        kept: list[Node] = []
        for index, item in enumerate(node.items):
            problem = unprintable(item) if isinstance(item, Scalar) else None
            if problem is not None:
                report(replace(problem, field=title(_member(node, path, index))))
                node.spoiled = True
                continue
            printable(item, report, (*path, index))
            kept.append(item)
        node.items[:] = kept


def drop_blanks(node: Node, report: Report, path: Path = ()) -> None:
    """Take out keys and entries behind which nothing stands; an empty entry, or one of mere marks, is a notice.

    An entry behind whose keys nothing stands is one that the form offered and nobody needed.
    """
    if isinstance(node, Mapping):
        for key, value in list(node.entries.items()):
            if isinstance(value, Scalar) and (value.reported or not value.text.strip(_SPACE)):
                if value.reported:
                    node.spoiled.add(key)
                del node.entries[key]
            elif isinstance(value, Scalar) and _only_marks(value.text) and (*path, key) != ("extends",):
                report(_marks(value, (*path, key)))
                del node.entries[key]
            else:
                drop_blanks(value, report, (*path, key))
                if isinstance(value, Mapping) and _hollow(value) and _optional((*path, key)):
                    del node.entries[key]
    elif isinstance(node, Listing):
        kept: list[Node] = []
        for item in node.items:
            if isinstance(item, Scalar) and item.reported:
                node.spoiled = True
                continue
            if isinstance(item, Scalar) and _only_marks(item.text) and path != ("extends",):
                report(_marks(item, _member(node, path, len(kept))))
                continue
            if isinstance(item, Scalar) and not item.text.strip(_SPACE):
                fix = "填上内容，或者删去这一条"
                report(
                    Problem(
                        "列表里有一条是空的",
                        item.place,
                        title(path),
                        "",
                        "",
                        fix,
                        "list.empty_item",
                        "notice",
                    )
                )
                continue
            drop_blanks(item, report, (*path, len(kept)))
            if not (isinstance(item, Mapping) and _hollow(item)):
                kept.append(item)
        node.items[:] = kept


def _hollow(node: Node) -> bool:
    """Whether nothing stands below a node whose blanks have been taken out, and nothing there was wrong."""
    if isinstance(node, Scalar) or node.spoiled:
        return False
    return all(map(_hollow, node.items if isinstance(node, Listing) else node.entries.values()))


def _optional(path: Path) -> bool:
    """Whether a group may be missing as a whole: somebody who is named or not."""
    entry = at(path)
    return entry is not None and entry.info.default is None and entry.info.default_factory is None


def _member(listing: Listing, path: Path, index: int) -> Path:
    """The path of a value in a list, for its title: the only one is told without a number, as in a cell or on one line."""
    return path if len(listing.items) == 1 else (*path, index)


def _only_marks(text: str) -> bool:
    """Whether nothing but punctuation was written: a stroke for “none”, a stop left over. Stars and ticks say something."""
    said = text.strip(_SPACE)
    return bool(said) and all(unicodedata.category(sign)[0] in "PZ" for sign in said)


def _marks(value: Scalar, path: Path) -> Problem:
    fix = "填上内容；没有的，这一项空着就行"
    return Problem(
        "这里只有标点，当作没有填", value.place, title(path), value.text, "", fix, "value.marks", "notice"
    )


def plain_data(node: Node) -> Any:
    """The node as dicts, lists and text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [plain_data(item) for item in node.items]
    return {key: plain_data(value) for key, value in node.entries.items()}


def validate(root: Mapping, report: Report) -> Profile:
    """The profile that `root` holds. Wrong parts are reported and taken out of `root` itself."""
    for _ in range(20):
        try:
            return Profile.model_validate(plain_data(root))
        except ValidationError as error:
            for path, problem in _problems(error, root):
                report(problem)
                _remove(root, path)
                _meant(root, path, problem)
    return Profile()


def _problems(error: ValidationError, root: Mapping) -> list[tuple[Path, Problem]]:
    pairs: list[tuple[Path, Problem]] = []
    for details in error.errors(include_url=False):
        path = tuple(step for step in details["loc"] if step != "[key]")
        pairs.append((path, _problem(details, path, root)))
    # Deeper and later entries first, so that taking one out does not move the others.
    return sorted(
        pairs,
        key=lambda pair: [(isinstance(s, int), s if isinstance(s, int) else 0) for s in pair[0]],
        reverse=True,
    )


def _problem(error: Map[str, Any], path: Path, root: Mapping) -> Problem:
    kind = error["type"]
    node, key_place = find(root, path)
    place = node.place if node is not None else root.place
    if kind == "extra_forbidden":
        return _uncandidate(path, key_place or place)
    name = title(path)
    if "found" in (context := error.get("ctx") or {}):
        return Problem(error["msg"], place, name, context["found"], context["expected"], context["fix"], kind)
    shape = {Listing: "一个列表", Mapping: "一组“键: 内容”"}.get(type(node), "")
    found = node.text[:40] if isinstance(node, Scalar) else shape
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        group = group_at(path)
        names = "、".join(list(keys(group))[:6]) if group else ""
        expected = f"下一行缩进两格，写 {names} 等" if names else "一组“键: 内容”"
        return Problem("这里要写一组下级内容", place, name, found, expected, "", "shape.group")
    if kind in ("tuple_type", "list_type"):
        sample = _first_entry(path)
        return Problem(
            "这里要写成列表", place, name, found, "每条另起一行，以“- ”开头", f"写成“{sample}”", "shape.list"
        )
    return Problem("这里的写法不对", place, name, found, "", "", "shape.other")


def _first_entry(path: Path) -> str:
    """How an entry of the list at `path` begins: “- what: ……”."""
    entry = at(path)
    given = entry.sample[0] if entry and isinstance(entry.sample, list) and entry.sample else None
    names = [key for key in given if key != "id"] if isinstance(given, dict) else []
    return f"- {names[0]}: ……" if names else "- ……"


def _uncandidate(path: Path, place: Place) -> Problem:
    key = str(path[-1])
    parent = path[:-1]
    group = group_at(parent) or Profile
    known = keys(group)
    here = title(parent) or "信息表"
    fix = ""
    by_title = next((name for name, entry in known.items() if key.strip() == entry.title), "")
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    near = _nearest(plain, list(known))
    if by_title:
        fix = f"改成 {by_title}"
    elif near and (key not in homes() or difflib.SequenceMatcher(None, plain, near[0]).ratio() > 0.8):
        fix = f"改成 {' 或 '.join(near)}"
    elif key in homes():
        fix = f"{key} 应当写在{_homes_of(key)}"
    elif key == "<<":
        fix = "不支持“<<”，照样把内容写出来"
    elif elsewhere := _elsewhere(key.strip(), plain):
        fix = "，或者 ".join(f"{name}（{said}），写在{_homes_of(name, said)}" for name, said in elsewhere)
        fix = f"您要写的可能是 {fix}"
    names = [f"{name}（{entry.title}）" for name, entry in known.items()]
    expected = "" if fix else "、".join(names[:10]) + ("等" if len(names) > 10 else "")
    return Problem(f"没有“{key[:40]}”这个键", place, here, key[:40], expected, fix, "key.unknown")


def _homes_of(key: str, titled: str = "") -> str:
    """Where a key may stand, with its group's title; only where it bears the title, if one is given."""
    places = [
        place
        for place in homes()[key]
        if not titled or keys(group_at(_path(place)) or Profile)[key].title == titled
    ]
    if "" in places:
        return "最上一级，不缩进"
    return " " + "、".join(f"{place}（{title(_path(place))}）" for place in places[:3]) + "之下"


def _path(dotted: str) -> Path:
    return tuple(part for part in dotted.split(".") if part)


@cache
def _said() -> dict[str, tuple[str, str]]:
    """By their words, English or Chinese, all keys of the form, each with its title."""
    said: dict[str, tuple[str, str]] = {}
    for key, places in homes().items():
        for place in places:
            name = keys(group_at(_path(place)) or Profile)[key].title
            said.setdefault(key, (key, name))
            said.setdefault(name, (key, name))
    return said


def _elsewhere(key: str, plain: str) -> list[tuple[str, str]]:
    """The keys of the whole form that come nearest to one that its group does not have, each with its title."""
    known = _said()
    near = (
        [key]
        if key in known
        else [word for word in known if len(key) > 1 and key in word and not key.isascii()]
    )
    near = near or _nearest(plain, list(known))
    return list(dict.fromkeys(known[word] for word in near))[:3]


_NEAR = 0.74
"""How alike a slip and a key are at least; “with” and “without”, which are 0.73, say opposite things."""


def _nearest(key: str, known: list[str]) -> list[str]:
    """The known keys that come nearest to a misspelt one: all that are equally near."""
    near = difflib.get_close_matches(key, known, 3, _NEAR)
    ratio = {candidate: difflib.SequenceMatcher(None, key, candidate).ratio() for candidate in near}
    return [candidate for candidate in near if ratio[candidate] >= ratio[near[0]] - 0.01]


def find(root: Node, path: Path) -> tuple[Node | None, Place | None]:
    """The node at `path` (or the nearest one above it) and the place of its key."""
    node: Node = root
    key_place: Place | None = None
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            key_place = node.keys[str(step)]
            node = node.entries[str(step)]
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node, key_place


def _remove(root: Mapping, path: Path) -> None:
    """Take the node at `path` out; where the path goes on inside a value, the whole value goes."""
    node: Node = root
    for step in path[:-1]:
        below = _child(node, step)
        if below is None or isinstance(below, Scalar):
            path = path[: path.index(step) + 1]
            break
        node = below
    last = path[-1]
    if isinstance(node, Mapping):
        node.entries.pop(str(last), None)
        node.spoiled.add(str(last))
    elif isinstance(node, Listing) and isinstance(last, int) and last < len(node.items):
        del node.items[last]
        node.spoiled = True


def _meant(root: Mapping, path: Path, problem: Problem) -> None:
    """Note the key for which a misspelt one was meant, so that nobody is told as well that it is missing."""
    key = problem.fix.removeprefix("改成 ")
    parent, _ = find(root, path[:-1])
    if problem.code == "key.unknown" and key != problem.fix and isinstance(parent, Mapping):
        parent.spoiled.add(key)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.entries.get(str(step))
    if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


@dataclass(frozen=True, slots=True)
class Traces:
    """By dotted path: where each value and its key stand, which file (by index) it is in; what was lost."""

    values: dict[str, Place] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)


def traces(root: Mapping) -> Traces:
    """Walk what is left of `root` and note the traces of every value."""
    traced = Traces()

    def visit(node: Node, name: str) -> None:
        if name:
            traced.values[name] = node.place
            traced.files[name] = node.file_index
        if isinstance(node, Mapping):
            prefix = f"{name}." if name else ""
            traced.spoiled.update(prefix + key for key in node.spoiled)
            traced.keys.update((prefix + key, place) for key, place in node.keys.items())
            for key, value in node.entries.items():
                visit(value, prefix + key)
        elif isinstance(node, Listing):
            if node.spoiled:
                traced.spoiled.add(name)
            for index, item in enumerate(node.items):
                visit(item, f"{name}[{index}]")

    visit(root, "")
    return traced
