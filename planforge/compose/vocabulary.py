"""The vocabulary of the markup: which elements there are, where each may stand, which attributes it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planforge.document.tree import Align, FigureKind, ParagraphRole

ROLES: tuple[str, ...] = ParagraphRole.__args__  # type: ignore[attr-defined]
FIGURES: tuple[str, ...] = FigureKind.__args__  # type: ignore[attr-defined]
ALIGNS: tuple[str, ...] = Align.__args__  # type: ignore[attr-defined]

INLINE = frozenset({"strong", "cut", "blank", "br", "fact", "field"})
_SLIP = frozenset({"p", "list", "labelled", "table", "signatures"})
_ATTACHED = _SLIP | {"figure", "h1", "h2", "h3", "h4", "closing"}
BLOCKS = _ATTACHED | {"title", "slip", "attachment", "masthead", "imprint"}


@dataclass(frozen=True, slots=True)
class Rule:
    """An element: what may stand in it, whether words may, its attributes (True: must be there)."""

    children: frozenset[str] = frozenset()
    words: bool = False
    attributes: Mapping[str, bool] = field(default_factory=dict)


_RUNNING = Rule(INLINE, True)
_ROW = Rule(frozenset({"row"}))

RULES: Mapping[str, Rule] = {
    "": Rule(BLOCKS),
    "title": _RUNNING,
    "h1": _RUNNING,
    "h2": _RUNNING,
    "h3": _RUNNING,
    "h4": _RUNNING,
    "p": Rule(INLINE, True, {"role": False}),
    "list": Rule(frozenset({"item"})),
    "item": Rule(INLINE | {"list"}, True),
    "labelled": Rule(INLINE, True, {"label": True}),
    "table": Rule(frozenset({"caption", "head", "row"}), False, {"widths": True}),
    "caption": _RUNNING,
    "head": _ROW,
    "row": Rule(frozenset({"cell"})),
    "cell": Rule(INLINE, True, {"align": False, "span": False, "rows": False}),
    "figure": Rule(
        frozenset({"caption", "alternative", "series", "bar"}),
        False,
        {"kind": True, "unit": False, "limit": False},
    ),
    "alternative": _RUNNING,
    "series": _RUNNING,
    "bar": Rule(frozenset({"name", "value", "limit"})),
    "value": _RUNNING,
    "limit": _RUNNING,
    "closing": Rule(frozenset({"issuer", "date"})),
    "issuer": _RUNNING,
    "date": _RUNNING,
    "masthead": Rule(frozenset({"issuer", "number", "signer"})),
    "number": _RUNNING,
    "signer": _RUNNING,
    "imprint": Rule(frozenset({"copies", "office", "date"})),
    "copies": _RUNNING,
    "office": _RUNNING,
    "signatures": Rule(frozenset({"party"})),
    "party": Rule(frozenset({"name", "line"})),
    "name": _RUNNING,
    "line": _RUNNING,
    "slip": Rule(_SLIP | {"caption"}),
    "attachment": Rule(_ATTACHED | {"caption"}),
    "strong": Rule(frozenset({"fact", "field"}), True),
    "cut": Rule(words=True),
    "blank": Rule(attributes={"width": True}),
    "br": Rule(),
    "fact": Rule(words=True, attributes={"path": True}),
    "field": Rule(attributes={"name": True}),
}
