"""What a run is to make, before it makes anything: rows, the files they go into, and what each is made from."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from planforge.batch.font_inventory import font_digest
from planforge.batch.unit import LetterRow, Suffix, WorkUnit
from planforge.core.problems import InputError, MissingPart, Problem
from planforge.core.version import __version__
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.paper import SINGLE, Paper
from planforge.letters.filling import fields_of
from planforge.output import safe_name
from planforge.roster import Recipient
from planforge.roster.fields import LAYER, PRINT_ORDER, title_of
from planforge.roster.print_order import grouped
from planforge.writers.formats import known

if TYPE_CHECKING:
    from planforge.writers.word import BaseFile

Merge = Literal["each", "all"] | tuple[str, ...]
"""Which files: one for each letter, one for all, or one for all who agree in these fields."""
CHUNK = 200
"""Single letters that are made, announced and put together: about a tenth of a second's work."""


@dataclass(frozen=True, slots=True, repr=False)
class AccompanyingFile:
    """A file that goes with the letters, such as a class's list. key: of all that it is made from."""

    name: str
    key: str
    write: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be made. documents: by the values that the text varies by; merge: which files, by format.

    some: only a part of the roster was chosen; its merged files are named so, and replace no whole ones.
    pdf_look: where the PDF's pages are others than Word's. base: the school's own Word file. sort: fields to go by
    before class and seat number. named: the files of single letters bear the recipient's name. extras: further files,
    given the recipients whose letters were made. allowed: ids of the rules whose errors somebody decided to go on
    with; the list of files keeps them.
    """

    name: str
    school: str
    term: str
    documents: Mapping[tuple[str, ...], Document]
    varies_by: tuple[str, ...]
    look: Look
    formats: tuple[Suffix, ...]
    merge: Mapping[Suffix, Merge] = dataclasses.field(
        default_factory=lambda: {"docx": "each", "pdf": ("class",)}
    )
    some: bool = False
    pdf_look: Look | None = None
    base: BaseFile | None = None
    paper: Paper = SINGLE
    sort: tuple[str, ...] = PRINT_ORDER
    named: bool = False
    extras: Callable[[Sequence[Recipient]], Iterable[AccompanyingFile]] | None = None
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises InputError where letters are not written in one of the formats."""
        known(self.formats, "letters")


def rows_of(
    plan: Plan, ordered: Sequence[Recipient], documents: Sequence[Document], problems: list[Problem]
) -> dict[int, LetterRow]:
    """The rows that can be made; what no font at hand can print is told before anything is made."""
    place = {key: documents.index(document) for key, document in plan.documents.items()}
    head = plan.base.fields if plan.base else ()
    fields = [
        tuple(dict.fromkeys((*(field.name for field in fields_of(document)), *head)))
        for document in documents
    ]
    printed = {name for names in fields for name in names}
    unprintable = _unprintable(plan, ordered, printed) if "pdf" in plan.formats else {}
    across = _across_classes(plan.merge.get("pdf", "each"))
    rows = {}
    for number, recipient in enumerate(ordered):
        codes = sorted(
            {
                f"U+{ord(c):04X}"
                for name in printed
                for c in recipient.values.get(name, "")
                if c in unprintable
            }
            if unprintable
            else ()
        )
        if codes:
            problems.append(
                Problem(
                    f"有字没有字体能印（{'、'.join(codes)}）",
                    recipient.place,
                    fix="安装收字更多的字体（如思源宋体、全宋体），或只生成 Word：--format docx",
                    code="no-font",
                )
            )
            continue
        document = place[tuple(recipient.values.get(name, "") for name in plan.varies_by)]
        label = _label(recipient, classes=across)
        values = recipient.values  # mostly just the fields, since no more is loaded
        if values.keys() != set(fields[document]):
            values = {name: values.get(name, "") for name in fields[document]}
        rows[number] = LetterRow(number, document, values, label or f"第{recipient.row}行")
    return rows


def _across_classes(merge: Merge) -> bool:
    """Whether files may hold letters of several classes."""
    return merge != "each" and (merge == "all" or "class" not in merge)


def _label(recipient: Recipient, *, classes: bool) -> str:
    """A letter's entry in its file's outline; with its class where others' stand beside it, or where it goes to the class."""
    name = recipient.values.get("name", "")
    class_ = str(recipient.class_) if recipient.class_ is not None and (classes or not name) else ""
    seat = f"{recipient.seat}号" if recipient.seat is not None else ""
    return " ".join(filter(None, (class_, seat, name)))


def _unprintable(plan: Plan, ordered: Sequence[Recipient], printed: Iterable[str]) -> dict[str, None]:
    from planforge.writers.fonts import choose

    try:
        fonts = choose(plan.pdf_look or plan.look)
    except MissingPart as error:
        raise InputError([Problem(str(error), code="no-font")]) from error
    faces = [font.face for font in fonts.all()]
    characters = sorted(
        {
            c
            for recipient in ordered
            for name in printed
            for c in recipient.values.get(name, "")
            if not c.isspace()
        }
    )
    return {c: None for c in characters if not any(c in face for face in faces)}


def units_of(
    plan: Plan, origin: FileSources, ordered: Sequence[Recipient], rows: Mapping[int, LetterRow]
) -> Iterator[WorkUnit]:
    """The run's work in printing order: single letters in chunks, other files whole."""
    suffix = origin.suffix
    chosen = [number for number in range(len(ordered)) if number in rows]
    merge = plan.merge[suffix]
    if merge == "each":
        names = _letter_names(plan, [ordered[number] for number in chosen], suffix)
        for start in range(0, len(chosen), CHUNK):
            part = tuple(rows[number] for number in chosen[start : start + CHUNK])
            yield WorkUnit(
                suffix,
                part,
                tuple(names[start : start + CHUNK]),
                tuple(origin.key((row,)) for row in part),
            )
        return
    groups = [((), chosen)] if merge == "all" else grouped([ordered[number] for number in chosen], merge)
    taken: set[str] = set()
    for values, members in groups:
        part = tuple(rows[number if merge == "all" else chosen[number]] for number in members)
        if part:
            title = plan.name if merge == "all" else group_title(values, merge, plan.name)
            name = _free(title, f".{suffix}", "（部分）" if plan.some else "", taken)
            yield WorkUnit(suffix, part, (name,), (origin.key(part),), merged=True)


def group_title(values: Sequence[str], fields: Sequence[str], otherwise: str) -> str:
    """What a file of those who agree in these fields is called; otherwise: of people who are in no class, such as staff."""
    if not any(values) and tuple(fields) == ("class",):
        return otherwise
    return " ".join(value or f"没有{title_of(field)}的" for value, field in zip(values, fields, strict=True))


def _letter_names(plan: Plan, recipients: Sequence[Recipient], suffix: str) -> list[str]:
    """A file name for each letter: a folder a class (or layer), the seat number; the row where there is none."""
    taken: set[str] = set()
    names: list[str] = []
    for recipient in recipients:
        if recipient.class_ is not None and not recipient.values.get("name"):  # it goes to the class itself
            names.append(_free(str(recipient.class_), f".{suffix}", "", taken))
            continue
        layer = recipient.values.get(LAYER, "")
        row = "-".join(filter(None, (plan.name, layer, f"{recipient.row:03d}")))
        where = f"{recipient.seat:02d}号" if recipient.seat is not None else row
        if plan.named:
            where = f"{where} {recipient.values.get('name', '')}".strip()
        names.append(_free(where, f".{suffix}", "", taken, safe_name(_class_name(recipient)) + "/"))
    return names


def _free(title: str, suffix: str, tail: str, taken: set[str], folder: str = "") -> str:
    """A file name that no other file of the run has."""
    number = 1
    while True:
        name = folder + safe_name(title, suffix, tail=f"（{number}）{tail}" if number > 1 else tail)
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


def _class_name(recipient: Recipient) -> str:
    return recipient.values.get(LAYER, "") or (
        str(recipient.class_) if recipient.class_ is not None else "教职工"
    )


@dataclass(frozen=True, slots=True)
class FileSources:
    """What files of one format are made from. common: all of them; documents: each composition's digest."""

    suffix: Suffix
    common: str
    documents: tuple[str, ...]

    def key(self, rows: Sequence[LetterRow]) -> str:
        """A digest of all that a file with these rows is made from."""
        said = [(self.documents[row.document], row.label, sorted(row.values.items())) for row in rows]
        return digest(json.dumps([self.common, self.suffix, said]))


def file_sources(plan: Plan, documents: Sequence[Document]) -> list[FileSources]:
    """What the files of each format are made from, in the order in which they are made."""
    hashes = tuple(digest(repr(told(document))) for document in documents)
    base = plan.base and sorted(
        (name, hashlib.sha256(data).hexdigest()) for name, data in plan.base.parts.items()
    )
    common = f"{__version__}\0{plan.look.model_dump_json()}\0{base}"
    sources = []
    if "docx" in plan.formats:
        paper = plan.paper if plan.merge["docx"] != "each" else SINGLE
        sources.append(FileSources("docx", digest(f"{common}\0{paper.copies} {paper.duplex}"), hashes))
    if "pdf" in plan.formats:
        look = plan.pdf_look or plan.look
        said = f"{common}\0{look.model_dump_json()}\0{fonts_of(look)}\0{plan.paper}"
        sources.append(FileSources("pdf", digest(said), hashes))
    return sources


def digest(text: str) -> str:
    """A short digest of a text, to tell whether anything that a file is made from has changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def told(node: Any) -> Any:
    """A tree without the places of its templates: what it says, wherever it comes from."""
    if isinstance(node, tuple):
        return tuple(told(item) for item in node)
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
    files = {font.face.file: font_digest(Path(font.face.file)) for font in chosen}
    return "\0".join(
        f"{font.family} {font.bold} {font.face.index} {files[font.face.file]}" for font in chosen
    )
