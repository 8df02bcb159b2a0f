"""Tables in tagged files of many letters: which head stands above a cell is told by the head's scope.

WeasyPrint names each head and lists the names with the cells. The names repeat from letter to letter where pages are
copied, and each must be there once (ISO 32000-1, 14.7.2); without an IDTree no reader finds them anyway. All heads
of ours stand above their columns, which one word says (14.8.5.7, Scope).
"""

from __future__ import annotations

from typing import Any


def heads_by_scope(_: Any, pdf: Any) -> None:
    """For WeasyPrint, just before it writes a file: heads without names, each over its column."""
    for one in pdf.objects:
        if not isinstance(one, dict) or one.get("Type") != "/StructElem" or "A" not in one:
            continue
        if one["S"] == "/TH":
            one.pop("ID", None)
            one["A"]["Scope"] = "/Column"
        elif one["S"] == "/TD":
            one["A"].pop("Headers", None)
