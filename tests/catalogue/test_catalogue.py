"""Every source document can be made again: same sections, same items, same facts, less what is named as repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from planforge.check import check_school
from planforge.document.tree import (
    Block,
    Document,
    Heading,
    Inlines,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Text,
    plain,
)
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile
from tests.catalogue.compare import composed, differences, pattern
from tests.catalogue.entry import FOLDER, Entry, Mistake, from_data, ids, load
from tests.catalogue.shape import led_by, text_of

SOURCES = [
    "s000-1", "s000-2", "s000-3", "s000-4", "s000-5",
    "s001-1", "s001-2", "s001-3", "s001-4", "s001-5a", "s001-5b", "s001-5c", "s003-3",
    "s002-1c", "s003-2", "s004-1a", "s004-1b", "s004-1c", "s004-5",
]  # fmt: skip


@cache
def entry(name: str) -> Entry:
    return load(name)


@cache
def document(name: str) -> Document:
    return composed(entry(name))


def test_no_source_is_left_out() -> None:
    assert set(SOURCES) <= set(ids())


@pytest.mark.parametrize("name", ids())
def test_the_document_is_what_the_source_was(name: str) -> None:
    assert differences(entry(name), document(name)) == []


@pytest.mark.parametrize("name", ids())
def test_what_is_made_of_it_keeps_the_rules_of_today(name: str) -> None:
    """Nothing that was forbidden since, no leftover, no contradiction has come along with the shape."""
    reading = read_profile(entry(name).folder / "profile.yaml")
    packs = load_packs()
    found = check_school(reading, resolve(reading, packs), packs, [(name, document(name))])
    assert [str(one) for one in found if one.severity in ("error", "warning")] == []


# --- the comparison can fail ---


def losses(made: Document) -> Iterator[tuple[str, Document]]:
    """The document with each one thing taken out of it or changed."""
    for at, block in enumerate(made.blocks):
        before, after = made.blocks[:at], made.blocks[at + 1 :]
        match block:
            case Heading():
                words = plain(block.content)
                yield f"without the heading {words}", _of(made, (*before, *after))
                renamed = replace(block, content=(Text("其他事项"),))
                yield f"with {words} renamed", _of(made, (*before, renamed, *after))
            case Paragraph() if words := led_by(block):
                yield f"without the paragraph {words}", _of(made, (*before, *after))
                other = replace(block, content=(Text("其他事项", True), Text(plain(block.content))))
                yield f"with {words} renamed", _of(made, (*before, other, *after))
            case NumberedList() | Labelled():
                yield f"without block {at}", _of(made, (*before, *after))
                if isinstance(block, NumberedList):
                    for i in range(len(block.items)):
                        rest = replace(block, items=(*block.items[:i], *block.items[i + 1 :]))
                        yield f"without item {i + 1} of block {at}", _of(made, (*before, rest, *after))
                    more = replace(block, items=(*block.items, block.items[0]))
                    yield f"with an item too many in block {at}", _of(made, (*before, more, *after))
            case Signatures():
                yield "without the signatures", _of(made, (*before, *after))
                for at_party in range(len(block.parties)):
                    rest_of = (*block.parties[:at_party], *block.parties[at_party + 1 :])
                    yield (
                        f"without party {at_party + 1}",
                        _of(made, (*before, replace(block, parties=rest_of), *after)),
                    )


def _of(made: Document, blocks: tuple[Block, ...]) -> Document:
    kept = [block for block in blocks if not (isinstance(block, NumberedList) and not block.items)]
    return replace(made, blocks=tuple(kept))


@pytest.mark.parametrize("name", ids())
def test_a_lost_or_added_heading_or_item_is_seen(name: str) -> None:
    cases = list(losses(document(name)))
    assert len(cases) > 3
    assert [what for what, damaged in cases if not differences(entry(name), damaged)] == []


@pytest.mark.parametrize("name", ids())
def test_sections_out_of_order_are_seen(name: str) -> None:
    made = document(name)
    headings = [at for at, block in enumerate(made.blocks) if isinstance(block, Heading)]
    if len(headings) < 2:
        pytest.skip("it has no two sections")
    first, second = headings[0], headings[1]
    blocks = list(made.blocks)
    blocks[first], blocks[second] = blocks[second], blocks[first]
    assert differences(entry(name), replace(made, blocks=tuple(blocks)))


def test_each_item_of_plans_and_schemes_is_known_by_what_it_is_about() -> None:
    for name in (one for one in SOURCES if one.startswith(("s000", "s001"))):
        for section in entry(name).outline["sections"]:
            assert len(section.get("about", ())) == section.get("items", 0), (name, section["id"])


@pytest.mark.parametrize("name", [one for one in SOURCES if one.startswith(("s000", "s001"))])
def test_two_items_that_changed_places_are_seen(name: str) -> None:
    made = document(name)
    for at, block in enumerate(made.blocks):
        for i in range(len(block.items) - 1 if isinstance(block, NumberedList) else 0):
            assert isinstance(block, NumberedList)
            first, second = block.items[i : i + 2]
            swapped = replace(block, items=(*block.items[:i], second, first, *block.items[i + 2 :]))
            damaged = replace(made, blocks=(*made.blocks[:at], swapped, *made.blocks[at + 1 :]))
            assert differences(entry(name), damaged), plain(first.content)


@pytest.mark.parametrize("name", ids())
def test_each_fact_that_is_no_longer_said_is_seen(name: str) -> None:
    whole = "\n".join(_words(document(name)))
    for fact in entry(name).facts:
        for words in fact.get("says") or ():
            found = re.search(pattern(words), whole)
            assert found, words
            wrong = differences(entry(name), _reworded(document(name), found[0][-2:]))
            assert any(f"fact {fact['id']}" in one for one in wrong), words


@pytest.mark.parametrize("name", ids())
def test_each_thing_that_may_not_be_said_is_seen(name: str) -> None:
    said = {
        "homework-7-9": "七至九年级书面作业每天不超过120分钟。", "homework-9": "作业不超过120分钟。",
        "exam": "除学校组织的月考外，不考试。", "veto": "实行一票否决。", "homework-2": "二、三年级不超过30分钟。",
    }  # fmt: skip
    for fact in entry(name).facts:
        if fact.get("never") and fact["id"] in said:
            blocks = (*document(name).blocks, Paragraph((Text(said[fact["id"]]),)))
            wrong = differences(entry(name), replace(document(name), blocks=blocks))
            assert any(f"fact {fact['id']}" in one for one in wrong), fact["id"]


@pytest.mark.parametrize("name", ids())
def test_a_limit_that_the_source_does_not_have_is_seen(name: str) -> None:
    blocks = (*document(name).blocks, Paragraph((Text("八年级书面作业每天不超过75分钟。"),)))
    wrong = differences(entry(name), replace(document(name), blocks=blocks))
    assert any("a limit that no fact gives" in one for one in wrong)


def _words(made: Document) -> list[str]:
    return text_of(made).split("\n")


def _reworded(made: Document, words: str) -> Document:
    """The document with these words gone from every place."""

    def without(content: Inlines) -> Inlines:
        return (Text(plain(content).replace(words, "■")),)

    def items(block: NumberedList) -> NumberedList:
        kept = (
            replace(one, content=without(one.content), items=items(one.items) if one.items else None)
            for one in block.items
        )
        return replace(block, items=tuple(kept))

    def change(block: Block) -> Block:
        match block:
            case Heading() | Paragraph() | Labelled():
                return replace(block, content=without(block.content))
            case NumberedList():
                return items(block)
            case _:
                return block

    return replace(made, blocks=tuple(change(block) for block in made.blocks))


# --- an entry that hides something is refused ---


def raw(name: str) -> dict[str, object]:
    data = yaml.safe_load((FOLDER / name / "expected.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", ids())
def test_without_its_repairs_an_entry_is_not_whole_or_does_not_match(name: str) -> None:
    data = raw(name)
    repairs = data["repairs"]
    assert isinstance(repairs, list)
    for at in range(len(repairs)):
        fewer = {**data, "repairs": [*repairs[:at], *repairs[at + 1 :]]}
        try:
            without = from_data(name, fewer)
        except Mistake:
            continue
        assert differences(without, document(name)), repairs[at]["at"]


def test_a_repair_says_what_was_wrong_and_why() -> None:
    data = raw("s001-2")
    repairs = data["repairs"]
    assert isinstance(repairs, list)
    for key in ("source", "because", "why"):
        weak = {**repairs[0], key: ""}
        with pytest.raises(Mistake):
            from_data("s001-2", {**data, "repairs": [weak, *repairs[1:]]})


def test_a_fact_that_stands_in_the_source_is_not_repaired_as_well() -> None:
    data = raw("s001-2")
    repairs = data["repairs"]
    assert isinstance(repairs, list)
    second = {
        "at": "facts.homework-1-2",
        "source": "不留",
        "because": "forbidden",
        "why": "不对",
        "now": ["不布置"],
    }
    with pytest.raises(Mistake):
        from_data("s001-2", {**data, "repairs": [*repairs, second]})


# --- nobody real, nothing shipped ---


def test_no_catalogue_profile_ships() -> None:
    from planforge.core import resources

    shipped = {path.name for path in Path(resources.profiles_root()).glob("*.yaml")}
    assert not shipped & {f"{name}.yaml" for name in ids()}


@pytest.mark.parametrize("name", ids())
def test_telephone_numbers_are_made_up(name: str) -> None:
    text = (FOLDER / name / "profile.yaml").read_text(encoding="utf-8")
    assert all(number.startswith("0300-555") for number in re.findall(r"0\d{2,3}-\d{7,8}", text))
