"""Which documents a profile's list and a call ask for, and in what a composed one falls short of its card."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.core.named_file import is_relative_name
from planforge.core.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from planforge.compose import Choices, Composition, Kind
    from planforge.document.look import Look
    from planforge.facts.model import Facts
    from planforge.profile import ReadProfile

_RANK = ("school", "staff", "recipient")


def asked(
    kinds: Mapping[str, Kind], reading: ReadProfile, only: Sequence[str], problems: list[Problem]
) -> list[tuple[Kind, Choices]]:
    """What is to be composed: of the profile's documents those the call asks for, or what the call adds.

    Args:
        kinds: the kinds there are, by id.
        reading: the form as read.
        only: names of files or kinds; all documents where empty.
        problems: what is wrong is added to them.
    """
    from planforge.compose import Choices, named

    listed: list[tuple[Kind, Choices]] = []
    names: dict[str, Place | None] = {}
    for number, wanted in enumerate(reading.profile.documents):
        path = f"documents[{number}]"
        try:
            kind = named(kinds, wanted.kind or "", reading.place(f"{path}.kind"))
        except InputError as error:
            problems += error.problems
            continue
        base_place = reading.place(f"{path}.base")
        if wanted.base and not is_relative_name(wanted.base):
            fix = "从这张信息表所在的文件夹算起，如 底稿/信笺.docx"
            problems.append(
                Problem("底稿要写相对路径", base_place, "底稿", wanted.base, "", fix, "base.path")
            )
            continue
        choices = Choices(
            sections=wanted.sections,
            without=wanted.without,
            options=wanted.options,
            name=wanted.name,
            title=wanted.title,
            look=wanted.look,
            numbering=wanted.numbering,
            document_number=wanted.document_number,
            base=_beside(wanted.base, base_place),
            dated=number if wanted.day else None,
            places={
                at.removeprefix(f"{path}."): place
                for at, place in reading.places.items()
                if at.startswith(f"{path}.")
            },
            place=reading.place(path),
        )
        name = wanted.name or kind.card.name
        if name in names:
            problems.append(
                Problem(
                    f"有两份文件都叫“{name}”（另一份在 {names[name]}）",
                    choices.at("name"),
                    fix="给其中一份写上 name（文件名）",
                    code="document-name",
                )
            )
        names.setdefault(name, reading.place(path))
        listed.append((kind, choices))
    chosen: list[tuple[Kind, Choices]] = []
    for word in only:
        matching = [entry for entry in listed if word in (entry[1].name, entry[0].card.id)]
        try:
            kind = matching[0][0] if matching else named(kinds, word)
        except InputError as error:
            problems += error.problems
            continue
        matching = matching or [entry for entry in listed if entry[0].card.id == kind.card.id]
        chosen += [entry for entry in matching or [(kind, Choices())] if entry not in chosen]
    if only or listed:
        return chosen if only else listed
    stands = {rule.title for rule in reading.profile.standing}
    return [(kind, Choices()) for kind in term_pack(kinds, stands)]


def term_pack(kinds: Mapping[str, Kind], standing: Collection[str] = ()) -> list[Kind]:
    """The few kinds that a school gets which lists none: the school's own first, longer ones before shorter.

    Args:
        kinds: the kinds there are, by id.
        standing: names of rules that stay in force; they are not issued anew.
    """
    pack = [
        kind
        for kind in kinds.values()
        if kind.card.pack == "term" and not {kind.card.name, *kind.card.also} & set(standing)
    ]
    return sorted(pack, key=lambda kind: (_RANK.index(kind.card.audience), -(kind.card.length or (0, 0))[1]))


def fit_for_pack(
    composed: Sequence[tuple[Kind, Composition]],
) -> tuple[list[tuple[Kind, Composition]], list[Problem]]:
    """Of a pack that nobody chose, what has something to say; a notice for each document left out.

    One that lacks what its card needs would be paper without contents. The first stays in any case.
    """
    from planforge.profile.field_titles import title

    kept, notices = [*composed[:1]], []
    for kind, made in composed[1:]:
        if not made.unmet:
            kept.append((kind, made))
            continue
        lacking = "、".join(title(tuple(path.split("."))) or path for path in made.unmet)
        notices.append(
            Problem(
                f"没有生成{made.shape.name}：信息表里还没有{lacking}",
                fix=f"补上以后会自动生成；现在就要，写 --only {kind.card.name}",
                code="document-left-out",
                severity="notice",
            )
        )
    return kept, notices


def _beside(name: str, place: Place | None) -> str:
    """A file named in a profile, as a path from here: it is looked for beside the file that names it."""
    return str(Path(place.file).parent / name.replace("\\", "/")) if name and place is not None else name


def wanting(composed: Sequence[tuple[Kind, Composition]], place: Place | None = None) -> list[Problem]:
    """A notice for each document outside the length that its card wants, or without facts that its card needs.

    place: the profile, in which more would have to stand.
    """
    from planforge.profile.field_titles import title

    notices = []
    for kind, made in composed:
        least, most = kind.card.length or (0, made.characters)
        if not least <= made.characters <= most:
            short = made.characters < least
            notices.append(
                Problem(
                    f"{made.shape.name}{'偏短' if short else '偏长'}",
                    place,
                    found=f"{made.characters} 字",
                    expected=f"{least}～{most} 字",
                    fix="没有填的内容不写进文件，不必凑字数；要写全，补上还没有填的内容" if short else "",
                    code="document-length",
                    severity="notice",
                )
            )
        lacking = [title(tuple(path.split("."))) or path for path in made.unmet]
        if lacking:
            notices.append(
                Problem(
                    f"{made.shape.name}缺少要紧的内容：{'、'.join(lacking)}",
                    place,
                    fix="在信息表里补上",
                    code="document-needs",
                    severity="notice",
                )
            )
    return notices


def headless(
    composed: Sequence[tuple[Kind, Composition]], looks: Mapping[str, Look], facts: Facts
) -> list[Problem]:
    """A notice for each document whose look has a red head and that goes out without: what it would take."""
    from planforge.document.tree import Masthead

    notices = []
    for _, made in composed:
        red = looks[made.shape.look].red_head is not None
        if not red or any(isinstance(block, Masthead) for block in made.document.blocks):
            continue
        lacking = [] if facts.dispatch.issuer else ["发文机关标志（dispatch 的 issuer）"]
        lacking += [] if made.shape.document_number else ["这份文件的发文字号（document_number）"]
        notices.append(
            Problem(
                f"{made.shape.name}选了有红头的版式，没有印出红头",
                made.shape.look_place,
                found=f"没有写{'、'.join(lacking)}",
                fix="在信息表里补上；不用红头的，改用别的版式",
                code="no-red-head",
                severity="notice",
            )
        )
    return notices
