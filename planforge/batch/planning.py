"""What a run is to make, before it makes anything: rows, the files they go into, and what each is made from."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from planforge.batch.roster import Recipient
from planforge.batch.work import Row, Suffix, Unit
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.output import safe_name
from planforge.problems import InputError, MissingPart, Problem

Merge = Literal["each", "class", "all"]
CHUNK = 200
"""Word letters that are made, announced and put together: about a tenth of a second's work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made. documents: by the values that the text varies by; merge: which PDF files.

    some: only a part of the roster was chosen; its merged files are named so, and replace no whole ones.
    """

    name: str
    school: str
    term: str
    documents: Mapping[tuple[str, ...], Document]
    varies_by: tuple[str, ...]
    look: Look
    formats: tuple[Suffix, ...]
    merge: Merge = "class"
    some: bool = False


def rows_of(
    plan: Plan, ordered: Sequence[Recipient], documents: Sequence[Document], problems: list[Problem]
) -> dict[int, Row]:
    """The rows that can be made; what no font at hand can print is told before anything is made."""
    place = {document: number for number, document in enumerate(documents)}
    unprintable = _unprintable(plan, ordered) if "pdf" in plan.formats else {}
    rows = {}
    for number, one in enumerate(ordered):
        codes = sorted(
            {f"U+{ord(c):04X}" for value in one.values.values() for c in value if c in unprintable}
        )
        if codes:
            problems.append(
                Problem(
                    f"有字没有字体能印（{'、'.join(codes)}）",
                    one.place,
                    fix="安装收字更多的字体（如思源宋体、全宋体），或只生成 Word：--format docx",
                    code="no-font",
                )
            )
            continue
        document = plan.documents[tuple(one.values.get(name, "") for name in plan.varies_by)]
        label = " ".join(
            filter(None, (f"{one.seat}号" if one.seat is not None else "", one.values.get("name", "")))
        )
        rows[number] = Row(number, place[document], dict(one.values), label or f"第{one.row}行")
    return rows


def _unprintable(plan: Plan, ordered: Sequence[Recipient]) -> dict[str, None]:
    from planforge.writers.fonts import choose

    try:
        fonts = choose(plan.look)
    except MissingPart as error:
        raise InputError([Problem(str(error), code="no-font")]) from error
    faces = [font.face for font in fonts.all()]
    characters = sorted(
        {c for one in ordered for value in one.values.values() for c in value if not c.isspace()}
    )
    return {c: None for c in characters if not any(c in face for face in faces)}


def units_of(
    plan: Plan, origin: Origin, ordered: Sequence[Recipient], rows: Mapping[int, Row]
) -> Iterator[Unit]:
    """The run's work in printing order: Word letters in chunks, PDF files whole."""
    suffix = origin.suffix
    chosen = [(one, rows[number]) for number, one in enumerate(ordered) if number in rows]
    if suffix == "docx" or plan.merge == "each":
        names = _letter_names([one for one, _ in chosen], suffix)
        size = CHUNK if suffix == "docx" else 1
        for start in range(0, len(chosen), size):
            part = tuple(row for _, row in chosen[start : start + size])
            yield Unit(
                suffix,
                part,
                tuple(names[start : start + size]),
                tuple(origin.key((row,)) for row in part),
            )
        return
    tail = "（部分）" if plan.some else ""
    groups = (
        [(plan.name, chosen)]
        if plan.merge == "all"
        else [(title, list(group)) for title, group in groupby(chosen, key=lambda pair: _class_name(pair[0]))]
    )
    for title, group in groups:
        if group:
            part = tuple(row for _, row in group)
            name = safe_name(title, f".{suffix}", tail=tail)
            yield Unit(suffix, part, (name,), (origin.key(part),))


def _letter_names(recipients: Sequence[Recipient], suffix: str) -> list[str]:
    """A file name for each letter: a folder a class, the seat number; the row where there is none."""
    names: list[str] = []
    taken: set[str] = set()
    for one in recipients:
        where = f"{one.seat:02d}号" if one.seat is not None else f"{one.sheet} 第{one.row}行".strip()
        folder = safe_name(_class_name(one))
        number = 1
        while True:
            tail = f"（{number}）" if number > 1 else ""
            name = f"{folder}/{safe_name(where, f'.{suffix}', tail=tail)}"
            if name.casefold() not in taken:
                break
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _class_name(one: Recipient) -> str:
    return str(one.class_) if one.class_ is not None else "名单"


@dataclass(frozen=True, slots=True)
class Origin:
    """What files of one format are made from. common: all of them; documents: each composition's digest."""

    suffix: Suffix
    common: str
    documents: tuple[str, ...]

    def key(self, rows: Sequence[Row]) -> str:
        """A digest of all that a file with these rows is made from."""
        said = [(self.documents[row.document], row.label, sorted(row.values.items())) for row in rows]
        return digest(json.dumps([self.common, self.suffix, said]))


def digest(text: str) -> str:
    """A short digest of a text, to tell whether anything that a file is made from has changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def told(node: Any) -> Any:
    """A tree without the places of its templates: what it says, wherever it comes from."""
    if isinstance(node, tuple):
        return tuple(told(one) for one in node)
    if dataclasses.is_dataclass(node):
        return (
            type(node).__name__,
            *(told(getattr(node, f.name)) for f in dataclasses.fields(node) if f.compare),
        )
    return node


def fonts_of(look: Look) -> str:
    """The fonts that print a look here: with others, a PDF is another."""
    from planforge.writers.fonts import choose

    chosen = choose(look).all()
    return "\0".join(f"{one.family} {one.bold} {Path(one.face.file).name} {one.face.index}" for one in chosen)
