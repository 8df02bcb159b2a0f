"""红头, 主送机关 and 版记 around a document, where its look has them and the school gives what they print.

Every kind can go out under a red head, so no template speaks of it; one that writes its own is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from planforge.compose.kinds import Shape
from planforge.document.look import Look, find_look
from planforge.document.tree import Block, Fact, Imprint, Inlines, Masthead, Paragraph, Text, Title
from planforge.facts.model import Facts


def dispatched(blocks: Sequence[Block], facts: Facts, shape: Shape, search: Sequence[Path]) -> list[Block]:
    """The blocks with what goes before and behind them in the shape's look."""
    found = list(blocks)
    look = _look(shape.look, search)
    if look is None or look.red_head is None:
        return found
    given = facts.dispatch
    if given.to and not any(isinstance(one, Paragraph) and one.role == "salutation" for one in found):
        at = next((number for number, one in enumerate(found, 1) if isinstance(one, Title)), 0)
        ending = "" if given.to.endswith("：") else "："
        found.insert(at, Paragraph((Fact("dispatch.to", given.to), Text(ending)), "salutation"))
    if given.issuer and shape.document_number and not any(isinstance(one, Masthead) for one in found):
        found.insert(0, _masthead(facts, shape.document_number))
    day, path = (given.day, "dispatch.day") if given.day is not None else (facts.approval.day, "approval.day")
    if given.office and day is not None and not any(isinstance(one, Imprint) for one in found):
        copies: Inlines = (Fact("dispatch.copies", given.copies),) if given.copies else ()
        found.append(Imprint((Fact("dispatch.office", given.office),), (Fact(path, _day(day)),), copies))
    return found


def _masthead(facts: Facts, number: str) -> Masthead:
    signer = facts.approval.issued_by if facts.dispatch.upward else None
    return Masthead(
        (Fact("dispatch.issuer", facts.dispatch.issuer),),
        (Text(number),),
        (Fact("approval.issued_by.name", signer.name),) if signer is not None else (),
    )


def _look(name: str, search: Sequence[Path]) -> Look | None:
    there = any((root / "styles" / f"{name}.yaml").is_file() for root in search)
    return find_look(name, search) if there else None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
