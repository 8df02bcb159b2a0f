"""Tries a folder of templates before a school relies on it: every kind, in many shapes, on invented facts.

What a template does wrong shows only with the facts and options that lead there. So each kind is composed
with complete, nearly complete and minimal facts, with every option at every value and every section there
and away, any two of them together; and every file is read for names that do not exist at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from planforge.compose.card import Card
from planforge.compose.clauses import clause_ids, clauses
from planforge.compose.composing import Composition, compose
from planforge.compose.frameworks import Framework, frameworks
from planforge.compose.heading_levels import childless
from planforge.compose.kinds import SUFFIXES, Kind, Shape, choose, gather
from planforge.compose.pairs import pairwise
from planforge.compose.recipients import NAME, TemplateRecipient
from planforge.compose.sandbox import sandbox
from planforge.compose.static import look_at
from planforge.compose.stray import SHARED, stray
from planforge.compose.views import View, field_types
from planforge.core.problems import InputError, Place, Problem
from planforge.document.look import read_look
from planforge.facts.invented import COMPLETE, complete_facts, facts_but_one, minimal_facts
from planforge.facts.model import Facts
from planforge.facts.paths import NOT_VALUES, leaves

_HERE = "有"
_AWAY = "无"
_TEXTS = ("试填的文字", "甲<乙>&“丙”")


def try_templates(search: Sequence[Path], only: Collection[str] | None = None) -> list[Problem]:
    """Everything that is wrong with the kinds, clauses, frameworks and looks of these folders.

    Args:
        search: the folders of templates, earlier ones first.
        only: ids of the kinds that are composed, all where None. Everything is read in either case.

    Returns:
        The problems by place. `field` of a problem that showed only in a trial says in which: the kind, the
        facts, the shape.
    """
    folders = tuple(search)
    kinds, problems = gather(folders)
    for read in (clauses, frameworks):
        try:
            read(folders)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_looks(folders))
    problems.extend(stray(folders, kinds))
    problems.extend(_static(folders, kinds))
    for kind in kinds.values():
        if only is None or kind.card.id in only:
            problems.extend(try_kind(kind))
    return _once(problems)


def concerned(own: Sequence[Path], search: Sequence[Path]) -> list[str]:
    """The kinds that a school's own folders have to do with: theirs, and all where they change what all share."""
    kinds, _ = gather(search)
    rest = [root for root in search if root not in own]
    shared = (
        path.relative_to(root) for root in own for folder in SHARED for path in (root / folder).rglob("*.*")
    )
    if any((root / path).is_file() for path in shared for root in rest):
        return list(kinds)
    return [name for name in kinds if any((root / name).is_dir() for root in own)]


def try_kind(kind: Kind) -> list[Problem]:
    """What is wrong with one kind in any of the trials."""
    plain = choose(kind)
    complete, minimal = complete_facts(), minimal_facts()
    trial = _Trial(kind)
    whole = next(iter(complete))
    base = trial.compose(complete[whole], plain, "")
    if base is not None:
        read = base.printed | base.depends
        for name, facts in facts_but_one().items():
            if _touched(_changes()[name], read):
                trial.compose(facts, plain, f"不填 {name}")
    for name, facts in [*complete.items(), *minimal.items()]:
        trial.compose(facts, plain, name)
    others = [*complete.items()][1:] or [*complete.items()]
    for number, shape in enumerate(shapes(kind, plain)):
        trial.compose(complete[whole], shape, "", plain)
        for name, facts in (others[number % len(others)], [*minimal.items()][number % len(minimal)]):
            trial.compose(facts, shape, name, plain)
    return trial.problems


class _Trial:
    """Composes one kind again and again; problems: what went wrong, each once, with the trial it showed in."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.problems: list[Problem] = []
        self._seen: set[tuple[Place | None, str, str]] = set()

    def compose(
        self, facts: Facts, shape: Shape, whose: str, plain: Shape | None = None
    ) -> Composition | None:
        """Compose for every recipient. whose: what messages call the facts; plain: the card's own shape."""
        made = None
        for recipient in _recipients(self.kind.card):
            made, problems = self._composed(facts, shape, recipient)
            for problem in problems:
                if _key(problem) not in self._seen:
                    self._seen.add(_key(problem))
                    least = shape if plain is None else self._least(facts, shape, plain, recipient, problem)
                    words = (self.kind.card.name, whose, _told(self.kind.card, plain or shape, least))
                    self.problems.append(replace(problem, field="，".join(word for word in words if word)))
        return made

    def _composed(
        self, facts: Facts, shape: Shape, recipient: Mapping[str, str] | None
    ) -> tuple[Composition | None, Sequence[Problem]]:
        try:
            made = compose(self.kind, facts, shape, recipient=recipient)
        except InputError as error:  # what is wrong in a look is told of the look itself
            return None, [problem for problem in error.problems if not problem.code.startswith("look-")]
        return made, childless(made.document.blocks)

    def _least(
        self, facts: Facts, shape: Shape, plain: Shape, recipient: Mapping[str, str] | None, problem: Problem
    ) -> Shape:
        """The shape with everything back as the card has it that the problem does not need."""
        names = [name for name, value in plain.options.items() if shape.options[name] != value]
        for name in names:
            tried = replace(shape, options={**shape.options, name: plain.options[name]})
            shape = tried if self._shows(facts, tried, recipient, problem) else shape
        for name in sorted(set(shape.sections) ^ set(plain.sections)):
            there = set(shape.sections) ^ {name}
            tried = replace(
                shape,
                sections=tuple(section.id for section in self.kind.card.sections if section.id in there),
            )
            shape = tried if self._shows(facts, tried, recipient, problem) else shape
        return shape

    def _shows(
        self, facts: Facts, shape: Shape, recipient: Mapping[str, str] | None, problem: Problem
    ) -> bool:
        return _key(problem) in {_key(shown) for shown in self._composed(facts, shape, recipient)[1]}


def _key(problem: Problem) -> tuple[Place | None, str, str]:
    return problem.place, problem.code, problem.message


def _recipients(card: Card) -> Iterator[Mapping[str, str] | None]:
    if card.audience != "recipient":
        yield None
        return
    for value in ("", "1", "甲"):
        yield dict.fromkeys(card.varies_by, value)


def shapes(kind: Kind, plain: Shape) -> Iterator[Shape]:
    """Shapes in which every option has every value and every section is there and away, in pairs."""
    factors: dict[str, Sequence[Any]] = {}
    for option in kind.card.options:
        values: Sequence[bool | int | str]
        match option.type:
            case "bool":
                values = (True, False)
            case "number":
                values = (0, 1, 2, 100)
            case "text":
                values = _TEXTS
            case _:
                values = tuple(option.choices)
        first = plain.options[option.id]
        factors[f"options.{option.id}"] = (first, *(value for value in values if value != first))
    for section in kind.card.sections:
        if not section.required:
            first_is = _HERE if section.default else _AWAY
            factors[f"sections.{section.id}"] = (first_is, _AWAY if section.default else _HERE)
    for row in pairwise(factors) if factors else []:
        chosen = {
            section.id for section in kind.card.sections if row.get(f"sections.{section.id}", _HERE) == _HERE
        }
        sections = tuple(
            section.id
            for section in kind.card.sections
            if section.id in chosen and (not section.under or section.under in chosen)
        )
        options = {option.id: row[f"options.{option.id}"] for option in kind.card.options}
        yield replace(plain, sections=sections, options=options)


def _told(card: Card, plain: Shape, shape: Shape) -> str:
    """How a shape differs from the plain one, in words."""
    titles = {section.id: section.title for section in card.sections}
    parts = [f"不要“{titles[name]}”" for name in plain.sections if name not in shape.sections]
    parts += [f"加上“{titles[name]}”" for name in shape.sections if name not in plain.sections]
    for option in card.options:
        value = shape.options[option.id]
        if value != plain.options[option.id]:
            shown = ("否", "是")[value] if isinstance(value, bool) else option.choices.get(str(value), value)
            parts.append(f"{option.title}：{shown}")
    return "；".join(parts)


@cache
def _changes() -> Mapping[str, frozenset[str]]:
    """What differs from the complete facts where one is not given, by its name; the same for every kind."""
    old = dict(leaves(complete_facts()[COMPLETE]))
    changes = {}
    for name, facts in facts_but_one().items():
        new = dict(leaves(facts))
        changes[name] = frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return changes


def _touched(changed: Collection[str], read: Collection[str]) -> bool:
    """Whether anything that was read differs."""
    return any(_within(path, read_path) or _within(read_path, path) for path in changed for read_path in read)


def _within(path: str, whole: str) -> bool:
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def _looks(search: tuple[Path, ...]) -> Iterator[Problem]:
    for path in _first(search, "styles/*.yaml"):
        try:
            read_look(path, search)
        except InputError as error:
            here = [
                problem for problem in error.problems if problem.place and problem.place.file == str(path)
            ]
            yield from here or error.problems  # what a value spoils further on is not told beside it


# --- reading without running ------------------------------------------------------------------


def _static(search: tuple[Path, ...], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    environment = sandbox(search)
    known = clause_ids(search)
    facts = {
        name: View(None, name, hint) for name, hint in field_types(Facts).items() if name not in NOT_VALUES
    }
    for kind in kinds.values():
        names: dict[str, Any] = dict(facts)
        names["options"] = View({option.id: option.default for option in kind.card.options}, "options")
        if any(option.type == "framework" for option in kind.card.options):
            names["framework"] = View(None, "framework", Framework)
        if kind.card.audience == "recipient":
            names[NAME] = TemplateRecipient(kind.card, {})
        for name, path in _files(search, kind.card.id):
            yield from look_at(environment, path, name, names, known)
    shared = {**facts, "framework": View(None, "framework", Framework), "options": None, NAME: None}
    for folder in ("clauses", "clauses/*"):
        for path in _first(search, f"{folder}/*{SUFFIXES[0]}"):
            name = "/".join(path.parts[-2 if folder == "clauses" else -3 :])
            yield from look_at(environment, path, name, shared, known)


def _files(search: tuple[Path, ...], kind: str) -> Iterator[tuple[str, Path]]:
    for suffix in SUFFIXES[:1]:
        for path in _first(search, f"{kind}/*{suffix}"):
            yield f"{kind}/{path.name}", path


def _first(search: tuple[Path, ...], pattern: str) -> list[Path]:
    """Files by a pattern; of two with one name below their folder the earlier folder's."""
    files: dict[str, Path] = {}
    for root in search:
        for path in sorted(root.glob(pattern)):
            files.setdefault(str(path.relative_to(root)), path)
    return list(files.values())


def _once(problems: Iterable[Problem]) -> list[Problem]:
    unique: dict[tuple[Any, ...], Problem] = {}
    for problem in problems:
        place = (problem.place.file, problem.place.line) if problem.place else None
        unique.setdefault((place, problem.code, problem.message), problem)
    return sorted(unique.values(), key=lambda problem: problem.place or Place(""))
