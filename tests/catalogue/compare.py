"""Hold a composed document against an entry of the catalogue: section for section, item for item, fact by fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core.resources import templates_root
from planforge.document.tree import Document
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile
from tests.catalogue.entry import Entry
from tests.catalogue.shape import PHONE, Part, Shape, months, people, shape_of


def composed(entry: Entry) -> Document:
    """The document of an entry's profile, in the shape that the profile asks for."""
    reading = read_profile(entry.folder / "profile.yaml")
    assert reading.ok, [str(problem) for problem in reading.problems]
    facts = resolve(reading, load_packs())
    assert not facts.notices, [str(problem) for problem in facts.notices]
    own = entry.folder / "templates"
    kind = find_kinds([*([own] if own.is_dir() else []), templates_root()])[entry.kind]
    (wanted,) = reading.profile.documents
    assert wanted.kind in (kind.card.id, kind.card.name, *kind.card.also)
    return compose(
        kind, facts, choose(kind, Choices(wanted.sections, wanted.without, wanted.options))
    ).document


def differences(entry: Entry, document: Document) -> list[str]:
    """What a document lacks or has too much of; empty where it is what the entry says."""
    outline = entry.outline
    shape = shape_of(document, outline["closing"] or "")
    return [
        *_opening(outline["opening"], shape),
        *_sections(outline["sections"], shape.parts),
        *_closing(outline["closing"], shape),
        *_leaders(outline, shape),
        *_schedule(outline, shape),
        *_phone(outline["phone"], shape),
        *_signatures(outline.get("signatures", []), shape),
        *_facts(entry, shape.text),
    ]


def _opening(wanted: dict[str, Any], shape: Shape) -> Iterator[str]:
    if wanted["titled"] and shape.opening:
        yield "the opening has no heading"
    if not wanted["titled"] and len(shape.opening) != wanted.get("paragraphs", 1):
        yield f"the opening has {len(shape.opening)} paragraphs, not {wanted.get('paragraphs', 1)}"


def _sections(wanted: list[dict[str, Any]], there: list[Part]) -> Iterator[str]:
    if len(wanted) != len(there):
        yield f"{len(there)} sections, not {len(wanted)}: {[part.heading for part in there]}"
    for one, part in zip(wanted, there, strict=False):
        where = f"section {one['id']}"
        if one["level"] != part.level:
            yield f"{where} stands at level {part.level}, not {one['level']}"
        words = one["heading"] or []
        if bool(words) != bool(part.heading) or any(word not in part.heading for word in words):
            yield f"{where} is called “{part.heading}”, which does not say {words}"
        for key, count in (("items", len(part.items)), ("lines", len(part.labelled)), ("parts", part.parts)):
            if one.get(key, 0) != count:
                yield f"{where} has {count} {key}, not {one.get(key, 0)}"
        for number, (word, item) in enumerate(zip(one.get("about", ()), part.items, strict=False), 1):
            if word not in item:
                yield f"{where}, item {number}, does not speak of {word}: {item[:30]}"
        if one.get("subitems", {}) != part.subitems:
            yield f"{where} has {part.subitems} below its items, not {one.get('subitems', {})}"
        if not (part.text or part.parts):
            yield f"{where} is empty"


def _closing(wanted: str | None, shape: Shape) -> Iterator[str]:
    if wanted and not shape.closing:
        yield f"no closing words beginning with {wanted}"
    if not wanted and "总之" in shape.text:
        yield "closing words that the source does not have"


def _part(outline: dict[str, Any], name: str, shape: Shape) -> Part:
    place = next(i for i, one in enumerate(outline["sections"]) if one["id"] == name)
    return shape.parts[place] if place < len(shape.parts) else Part("", 0)


def _leaders(outline: dict[str, Any], shape: Shape) -> Iterator[str]:
    wanted = outline["leaders"]
    if wanted is None:
        if re.search("副?组长[：　]|，成员", shape.text):
            yield "leaders that the source does not name"
        return
    part = _part(outline, wanted["section"], shape)
    found = people(part, wanted["form"])
    for office in ("heads", "deputies", "members"):
        if len(found[office]) != wanted[office]:
            yield f"{len(found[office])} {office}, not {wanted[office]}"
    campuses = {place for head in found["heads"] for place in re.findall("[^（，]*校区", head)}
    if len(campuses) != wanted.get("campuses", 0):
        yield f"heads of {len(campuses)} campuses, not {wanted.get('campuses', 0)}"


def _schedule(outline: dict[str, Any], shape: Shape) -> Iterator[str]:
    wanted = outline["schedule"]
    if wanted is None:
        if any("安排" in part.heading for part in shape.parts):
            yield "a calendar that the source does not have"
        return
    found = months(_part(outline, wanted["section"], shape))
    if found != wanted["months"]:
        yield f"the calendar's months are {found}, not {wanted['months']}"


def _phone(wanted: bool, shape: Shape) -> Iterator[str]:
    numbers = set(PHONE.findall(shape.text))
    if wanted and len(numbers) != 1:
        yield f"{len(numbers)} telephone numbers, not 1"
    if not wanted and numbers:
        yield "a telephone number that the source does not have"


def _signatures(wanted: list[str], shape: Shape) -> Iterator[str]:
    there = list(shape.signatures)
    if len(there) != len(wanted) or any(
        word not in name.replace("　", "") for word, name in zip(wanted, there, strict=False)
    ):
        yield f"signed by {there}, not {wanted}"


def _facts(entry: Entry, text: str) -> Iterator[str]:
    for fact in entry.facts:
        for words in fact.get("says") or ():
            if not re.search(pattern(words), text):
                yield f"fact {fact['id']}: “{words}” is not said"
        for words in fact.get("never") or ():
            if found := re.search(words, text):
                yield f"fact {fact['id']}: “{found[0]}” is said"
    known = [pattern(words) for fact in entry.facts for words in fact.get("says") or ()]
    for limit in re.findall(r"[^，。；\n]*年级[^，。；\n]*作业[^，。；\n]*\d分钟", text):
        if not any(re.search(words, limit) for words in known):
            yield f"a limit that no fact gives: “{limit}”"


def pattern(words: str) -> str:
    """The words as a pattern: … stands for anything within one sentence."""
    return "[^。\n]*?".join(re.escape(part) for part in words.split("…"))
