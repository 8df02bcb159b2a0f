"""Less paper: two documents on one matter, slips that only want a signature, length, records written long after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from planforge.check.data_files import read_data
from planforge.check.finding import Finding
from planforge.check.passages import Passages, of_blocks
from planforge.check.rule_findings import told
from planforge.document.tree import Document, Slip
from planforge.facts.model import Facts
from planforge.facts.paths import source_of

_SAME = 0.5
"""Share of a document's running text that stands in another one word for word, from which one of them is too many."""
_LEAST = 200
"""Characters of running text below which a share says nothing."""
_LONG_AFTER = timedelta(days=30)
_SIGNING = re.compile(r"签[名字章]|日期|班级|姓名|座号|学号|沿虚线|月.?日")


def check_paper(
    documents: Sequence[tuple[str, Document]], texts: Sequence[Passages], facts: Facts
) -> Iterator[Finding]:
    """What a school's documents have too much of.

    Args:
        documents: each with its Chinese name.
        texts: the passages of the same documents, in the same order.
        facts: of the school; its calendar and its approval are looked through for records made long after.
    """
    yield from _one_matter(documents, texts)
    yield from _slips(documents)
    yield from _late(facts)


@cache
def _families() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (family["about"], frozenset(family["kinds"])) for family in read_data("paper.yaml")["families"]
    )


def _one_matter(documents: Sequence[tuple[str, Document]], texts: Sequence[Passages]) -> Iterator[Finding]:
    """Two kinds of one family, or two documents with the same words."""
    running = [_running(passages) for passages in texts]
    for (first, here), (second, there) in combinations(enumerate(documents), 2):
        family = next((about for about, kinds in _families() if {here[1].kind, there[1].kind} <= kinds), "")
        if family and here[1].kind != there[1].kind:
            message = f"“{here[0]}”和“{there[0]}”说的是同一件事：{family}"
            yield told("paper.same-topic", message, found=there[0], document=there[0])
            continue
        mine, yours = running[first], running[second]
        if mine.isdisjoint(yours):
            continue
        least = min(sum(map(len, mine)), sum(map(len, yours)))
        share = sum(map(len, mine & yours)) / least if least >= _LEAST else 0.0
        if share >= _SAME:
            message = f"“{there[0]}”与“{here[0]}”有{share:.0%}的文字相同"
            yield told("paper.same-topic", message, found=there[0], document=there[0])


def _running(passages: Passages) -> frozenset[str]:
    return frozenset(
        "".join(re.findall(r"\w", passage.text))
        for passage in passages.passages
        if passage.role in ("body", "item")
    )


def _slips(documents: Iterable[tuple[str, Document]]) -> Iterator[Finding]:
    """Of several documents with slips those that want nothing but a signature."""
    with_slip = [
        (name, slip)
        for name, document in documents
        for slip in [next((block for block in document.blocks if isinstance(block, Slip)), None)]
        if slip is not None
    ]
    if len(with_slip) > 1:
        for name, slip in with_slip:
            asks = [
                passage.text
                for passage in of_blocks(slip.blocks).passages
                if "□" in passage.text or not _SIGNING.search(passage.text)
            ]
            if not asks:
                yield told("paper.slips", place=slip.place, found=name, document=name)


def check_length(name: str, characters: int, most: int) -> Iterator[Finding]:
    """A document that is longer than its kind should be.

    Args:
        name: its Chinese name.
        characters: how many it has.
        most: how many its kind may have.
    """
    if characters > most:
        yield told("paper.length", found=f"{name}，{characters}字", limit=f"不超过{most}字")


def _late(facts: Facts) -> Iterator[Finding]:
    """Things entered as done, and decisions written down, long after their day."""
    for index, item in enumerate(facts.schedule):
        planned = item.until or item.day
        if planned and item.done_on and item.status == "done":
            yield from _apart(facts, f"schedule[{index}].done_on", planned, item.done_on, item.what)
    approval = facts.approval
    if approval.meeting_day and approval.day:
        yield from _apart(facts, "approval.day", approval.meeting_day, approval.day, "成文")


def _apart(facts: Facts, path: str, due: date, noted: date, what: str) -> Iterator[Finding]:
    if noted - due > _LONG_AFTER:
        source = source_of(facts.sources, path)
        message = f"记的日子比安排或议定的日子晚了{(noted - due).days}天"
        shown = f"{noted}（{what}，原定{due}）"
        yield told("paper.late", message, source.place if source else None, "日期", shown)
