"""红头, 主送机关 and 版记 around a document, where its look has them and the school gives what they print.

Every kind can go out under a red head, so no template speaks of it; one that writes its own is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from planforge.compose.kinds import Shape
from planforge.document.look import Look, find_look
from planforge.document.tree import Block, Fact, Imprint, Inlines, Masthead, Paragraph, Text, Title
from planforge.facts.model import Facts

READS = frozenset({"dispatch", "approval.day", "approval.issued_by"})
"""The facts that a red head asks for, whether they are given or not."""


def dispatched(
    blocks: Sequence[Block], facts: Facts, shape: Shape, search: Sequence[Path]
) -> tuple[list[Block], frozenset[str]]:
    """The blocks with what goes before and behind them in the shape's look, and the facts that this asked for."""
    look = _look(shape.look, search)
    if look is None or look.red_head is None:
        return list(blocks), frozenset()
    return _headed(blocks, facts, shape), READS


def _headed(blocks: Sequence[Block], facts: Facts, shape: Shape) -> list[Block]:
    headed = list(blocks)
    given = facts.dispatch
    if given.to and not any(isinstance(block, Paragraph) and block.role == "salutation" for block in headed):
        at = next((number for number, block in enumerate(headed, 1) if isinstance(block, Title)), 0)
        ending = "" if given.to.endswith("：") else "："
        headed.insert(at, Paragraph((Fact("dispatch.to", given.to), Text(ending)), "salutation"))
    if given.issuer and shape.document_number and not any(isinstance(block, Masthead) for block in headed):
        headed.insert(0, _masthead(facts, shape.document_number))
    day, path = (given.day, "dispatch.day") if given.day is not None else (facts.approval.day, "approval.day")
    if given.office and day is not None and not any(isinstance(block, Imprint) for block in headed):
        copies: Inlines = (Fact("dispatch.copies", given.copies),) if given.copies else ()
        headed.append(Imprint((Fact("dispatch.office", given.office),), (Fact(path, _day(day)),), copies))
    return headed


def _masthead(facts: Facts, number: str) -> Masthead:
    signer = facts.approval.issued_by if facts.dispatch.upward else None
    return Masthead(
        (Fact("dispatch.issuer", facts.dispatch.issuer),),
        (Text(number),),
        (Fact("approval.issued_by.name", signer.name),) if signer is not None else (),
    )


def _look(name: str, search: Sequence[Path]) -> Look | None:
    files = [path for root in search for path in sorted((root / "styles").glob("*.yaml"))]
    if not any(path.stem == name for path in files):
        return None
    return _read(name, tuple(search), tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=64)
def _read(name: str, search: tuple[Path, ...], stamps: tuple[tuple[Path, int], ...]) -> Look:
    """A look is read once for as long as no file of any changes: a document is composed faster than that."""
    return find_look(name, search)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
