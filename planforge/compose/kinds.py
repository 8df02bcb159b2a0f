"""The kinds of document there are, and the shape that a school chooses for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planforge.compose.card import NO_FRAMEWORK, Card, Option, Section, read_card
from planforge.compose.frameworks import Framework, framework_named, gather_frameworks
from planforge.compose.looks import FOLDER, look_named, looks
from planforge.compose.template_faults import alike, suggestion
from planforge.core.problems import InputError, Place, Problem
from planforge.core.resources import templates_root
from planforge.document.tree import NumberingKind

SUFFIXES = (".xml.j2", ".j2")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. search: the folders its files are looked for in, earlier ones first.

    frameworks: those that its option of type framework may choose from; empty where it has none.
    """

    card: Card
    folder: Path
    search: tuple[Path, ...]
    frameworks: Mapping[str, Framework] = field(default_factory=dict)

    def template(self, section: str) -> str | None:
        """The name of a section's template; None where no search folder has it."""
        for suffix in SUFFIXES:
            for root in self.search:
                if (root / self.card.id / f"{section}{suffix}").is_file():
                    return f"{self.card.id}/{section}{suffix}"
        return None


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind as a school wants it: its sections in their order, every option with its value.

    Attributes:
        name: of the file.
        title: the school's own, line by line, empty where the kind's is printed.
        document_number: 发文字号, printed where the look has a red head.
        base: the school's own Word file that it is written on.
        look_place: where the look was chosen, for problems that show later.
        dated: which of the profile's documents it is, where that has a day of its own.
    """

    sections: tuple[str, ...]
    options: Mapping[str, bool | int | str]
    name: str = ""
    title: tuple[str, ...] = ()
    look: str = "official"
    numbering: NumberingKind = "native"
    document_number: str = ""
    base: str = ""
    look_place: Place | None = field(default=None, compare=False)
    dated: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a school asks for. Words are ids or Chinese names; nothing given: as the card says.

    Attributes:
        without: sections to leave out.
        name, title, look, numbering, document_number, base, dated: as in `Shape`.
        places: where each word stands, by `sections[0]`, `options.leaders`.
    """

    sections: Sequence[str] = ()
    without: Sequence[str] = ()
    options: Mapping[str, str | bool | int] | None = None
    name: str = ""
    title: Sequence[str] = ()
    look: str = ""
    numbering: NumberingKind | None = None
    document_number: str = ""
    base: str = ""
    dated: int | None = None
    places: Mapping[str, Place] | None = None
    place: Place | None = None

    def at(self, path: str) -> Place | None:
        """Where a word stands, as closely as known."""
        return (self.places or {}).get(path, self.place)


def find_kinds(search: Sequence[Path]) -> Mapping[str, Kind]:
    """All kinds of the search folders, by id.

    Args:
        search: the folders of templates, a school's own first, `planforge.core.resources.templates_root()`
            last; of two kinds with one id the earlier folder's counts.

    Raises:
        InputError: a card is wrong, or a section has no template file; it carries every mistake.
    """
    kinds, problems = gather(search)
    if problems:
        raise InputError(problems)
    return kinds


def gather(search: Sequence[Path]) -> tuple[dict[str, Kind], list[Problem]]:
    """The kinds that can be used, by id, and what is wrong with the others."""
    folders = tuple(search)
    problems: list[Problem] = []
    kinds: dict[str, Kind] = {}
    seen: set[str] = set()
    for root in folders:
        if not root.is_dir():
            problems.append(Problem("没有这个文件夹", Place(str(root)), code="search-folder"))
        for path in sorted(root.glob("*/card.yaml")):
            if path.parent.name in seen:
                continue
            seen.add(path.parent.name)
            try:
                kind = Kind(read_card(path), path.parent, folders)
            except InputError as error:
                problems.extend(error.problems)
                continue
            lacking = _without_template(kind)
            problems.extend([*lacking, *_without_look(kind)])
            if not lacking:
                kinds[kind.card.id] = kind
    if any(_framework_option(kind) for kind in kinds.values()):
        known, wrong = gather_frameworks(folders)
        problems.extend(wrong)
        kinds = {name: _with_frameworks(kind, known, problems) for name, kind in kinds.items()}
    return dict(sorted(kinds.items())), problems


def _without_look(kind: Kind) -> list[Problem]:
    """The card's look, where no search folder has it."""
    card, folders = kind.card, (*kind.search, templates_root())
    if card.look_place is None or any(
        (folder / FOLDER / f"{card.look}.yaml").is_file() for folder in folders
    ):
        return []
    known = looks(folders)
    shown = "、".join(f"{name}（{title}）" for name, title in known.items())
    return [Problem("没有这种版式", card.look_place, "look", card.look, shown, code="unknown-look")]


def _framework_option(kind: Kind) -> Option | None:
    return next((option for option in kind.card.options if option.type == "framework"), None)


def _with_frameworks(kind: Kind, known: Mapping[str, Framework], problems: list[Problem]) -> Kind:
    """The kind with the frameworks that its option may choose from."""
    option = _framework_option(kind)
    if option is None:
        return kind
    choices = {**{framework.id: framework.name for framework in known.values()}, NO_FRAMEWORK: "不用"}
    default = framework_named(known, str(option.default))
    there = any((root / "frameworks" / f"{option.default}.yaml").is_file() for root in kind.search)
    if default is None and option.default != NO_FRAMEWORK and not there:
        fix = suggestion(str(option.default), choices)
        problems.append(
            Problem(f"没有框架 {option.default}", option.place, fix=fix, code="unknown-framework")
        )
    filled = replace(
        option,
        default=default.id if default else NO_FRAMEWORK,
        choices=choices,
        also={word: framework.id for framework in known.values() for word in framework.also},
    )
    options = tuple(filled if other is option else other for other in kind.card.options)
    return replace(kind, card=replace(kind.card, options=options), frameworks=known)


def _without_template(kind: Kind) -> list[Problem]:
    return [
        Problem(
            f"section {section.id} 没有模板文件",
            section.place,
            expected=f"{kind.card.id}/{section.id}{SUFFIXES[0]}",
            code="section-file",
        )
        for section in kind.card.sections
        if kind.template(section.id) is None
    ]


def named(kinds: Mapping[str, Kind], word: str, place: Place | None = None) -> Kind:
    """The kind that a person calls by this word.

    Args:
        kinds: the kinds there are, by id.
        word: the kind's id, its name, or another name that its card gives.
        place: where the word stands, for the message.

    Raises:
        InputError: there is no such kind.
    """
    for kind in kinds.values():
        if word in (kind.card.id, kind.card.name, *kind.card.also):
            return kind
    known = [kind.card.name for kind in kinds.values()]
    raise InputError(
        [Problem(f"没有“{word}”这种文件", place, fix=suggestion(word, known), code="unknown-kind")]
    )


def choose(kind: Kind, choices: Choices | None = None) -> Shape:
    """The shape that a school asks for, held against the card.

    Args:
        kind: the kind of document.
        choices: what the school asks for; as the card says where None.

    Raises:
        InputError: the card does not have or allow a section or option; it carries every mistake.
    """
    wanted = choices or Choices()
    problems: list[Problem] = []
    sections = _sections(kind.card, wanted, problems)
    options = _options(kind.card, wanted, problems)
    look = _look(kind, wanted, problems)
    if problems:
        raise InputError(problems)
    return Shape(
        sections,
        options,
        wanted.name or kind.card.name,
        tuple(wanted.title),
        look,
        wanted.numbering or "native",
        wanted.document_number,
        wanted.base,
        wanted.at("look") or kind.card.look_place,
        wanted.dated,
    )


def _look(kind: Kind, wanted: Choices, problems: list[Problem]) -> str:
    if not wanted.look:
        return kind.card.look
    known = looks(kind.search)
    look_id = look_named(wanted.look, known)
    if look_id is None:
        near = alike(wanted.look, (*known.values(), *known))
        shown = "、".join(f"{title}（{name}）" for name, title in known.items())
        fix = f"是不是 {near}？" if near else f"可用的有：{shown}"
        problems.append(
            Problem(f"没有“{wanted.look}”这种版式", wanted.at("look"), fix=fix, code="unknown-look")
        )
    return look_id or kind.card.look


def _sections(card: Card, wanted: Choices, problems: list[Problem]) -> tuple[str, ...]:
    def find(word: str, path: str) -> Section | None:
        for section in card.sections:
            if word in (section.id, section.title):
                return section
        fix = suggestion(word, [section.title for section in card.sections])
        problems.append(
            Problem(f"{card.name}没有“{word}”这一部分", wanted.at(path), fix=fix, code="unknown-section")
        )
        return None

    chosen: list[Section] = [section for section in card.sections if section.default]
    if wanted.sections:
        chosen = []
        for index, word in enumerate(wanted.sections):
            section = find(word, f"sections[{index}]")
            if section is not None and section in chosen:
                where = wanted.at(f"sections[{index}]")
                problems.append(Problem(f"“{word}”写了两次", where, code="duplicate-section"))
            elif section is not None:
                chosen.append(section)
    for index, word in enumerate(wanted.without):
        section = find(word, f"without[{index}]")
        if section is not None and section.required:
            where = wanted.at(f"without[{index}]")
            problems.append(Problem(f"{card.name}不能没有“{section.title}”", where, code="required-section"))
        elif section in chosen:
            chosen = [other for other in chosen if other != section and other.under != section.id]
    for section in card.sections:
        if section.required and section not in chosen:
            chosen.insert(_slot(card, section, chosen), section)
    for section in card.sections:
        below = [index for index, other in enumerate(chosen) if other.under == section.id]
        if below and section not in chosen[: below[0]]:
            chosen = [other for other in chosen if other != section]
            first = next(index for index, other in enumerate(chosen) if other.under == section.id)
            chosen.insert(first, section)
    return tuple(section.id for section in chosen)


def _slot(card: Card, section: Section, chosen: list[Section]) -> int:
    """Where a required section that nobody listed goes: before the first that the card has after it."""
    later = card.sections[card.sections.index(section) + 1 :]
    return next((index for index, other in enumerate(chosen) if other in later), len(chosen))


def _options(card: Card, wanted: Choices, problems: list[Problem]) -> dict[str, bool | int | str]:
    values: dict[str, bool | int | str] = {option.id: option.default for option in card.options}
    for word, given in (wanted.options or {}).items():
        where = wanted.at(f"options.{word}")
        option = _option(card, word)
        if option is None:
            fix = suggestion(word, [offered.title for offered in card.options])
            problems.append(Problem(f"{card.name}没有选项“{word}”", where, fix=fix, code="unknown-option"))
            continue
        value = option.parse(given)
        if value is None:
            near = alike(str(given), (*option.choices.values(), *option.also))
            problems.append(
                Problem(
                    f"选项“{option.title}”不能这样写",
                    where,
                    found=str(given),
                    expected=option.expected(),
                    fix=f"是不是 {near}？" if near else "",
                    code="wrong-option",
                )
            )
        else:
            values[option.id] = value
    return values


def _option(card: Card, word: str) -> Option | None:
    return next((option for option in card.options if word in (option.id, option.title)), None)
