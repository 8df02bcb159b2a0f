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
class ElementRule:
    """An element: what may stand in it, whether words may, its attributes (True: must be there)."""

    children: frozenset[str] = frozenset()
    words: bool = False
    attributes: Mapping[str, bool] = field(default_factory=dict)


_RUNNING = ElementRule(INLINE, True)
_ROW = ElementRule(frozenset({"row"}))

RULES: Mapping[str, ElementRule] = {
    "": ElementRule(BLOCKS),
    "title": _RUNNING,
    "h1": _RUNNING,
    "h2": _RUNNING,
    "h3": _RUNNING,
    "h4": _RUNNING,
    "p": ElementRule(INLINE, True, {"role": False}),
    "list": ElementRule(frozenset({"item"})),
    "item": ElementRule(INLINE | {"list"}, True),
    "labelled": ElementRule(INLINE, True, {"label": True}),
    "table": ElementRule(frozenset({"caption", "head", "row"}), False, {"widths": True}),
    "caption": _RUNNING,
    "head": _ROW,
    "row": ElementRule(frozenset({"cell"})),
    "cell": ElementRule(INLINE, True, {"align": False, "span": False, "rows": False}),
    "figure": ElementRule(
        frozenset({"caption", "alternative", "series", "bar"}),
        False,
        {"kind": True, "unit": False, "limit": False},
    ),
    "alternative": _RUNNING,
    "series": _RUNNING,
    "bar": ElementRule(frozenset({"name", "value", "limit"})),
    "value": _RUNNING,
    "limit": _RUNNING,
    "closing": ElementRule(frozenset({"issuer", "date"})),
    "issuer": _RUNNING,
    "date": _RUNNING,
    "masthead": ElementRule(frozenset({"issuer", "number", "signer"})),
    "number": _RUNNING,
    "signer": _RUNNING,
    "imprint": ElementRule(frozenset({"copies", "office", "date"})),
    "copies": _RUNNING,
    "office": _RUNNING,
    "signatures": ElementRule(frozenset({"party"})),
    "party": ElementRule(frozenset({"name", "line"})),
    "name": _RUNNING,
    "line": _RUNNING,
    "slip": ElementRule(_SLIP | {"caption"}),
    "attachment": ElementRule(_ATTACHED | {"caption"}),
    "strong": ElementRule(frozenset({"fact", "field"}), True),
    "cut": ElementRule(words=True),
    "blank": ElementRule(attributes={"width": True}),
    "br": ElementRule(),
    "fact": ElementRule(words=True, attributes={"path": True}),
    "field": ElementRule(attributes={"name": True}),
}
