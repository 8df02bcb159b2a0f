"""Tables in tagged files of many letters: which header stands above a cell is told by the header's scope.

WeasyPrint names each header and lists the names with the cells. The names repeat from letter to letter where pages are
copied, and each must be there once (ISO 32000-1, 14.7.2); without an IDTree no reader finds them anyway. All headers
of ours stand above their columns, which one word says (14.8.5.7, Scope).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planforge.writers.pdf.weasyprint_adapter.support import version


def headers_by_scope(_: Any, pdf: Any) -> None:
    """A finisher for WeasyPrint, just before it writes a file: headers without names, each over its column."""
    for element in pdf.objects:
        if not isinstance(element, dict) or element.get("Type") != "/StructElem":
            continue
        if element["S"] == "/TH":
            element.pop("ID", None)
            if "A" not in element:  # before WeasyPrint 70
                element["A"] = type(element)({"O": "/Table"})
            element["A"]["Scope"] = "/Column"
        elif element["S"] == "/TD" and "A" in element:
            element["A"].pop("Headers", None)


def repeatable() -> Callable[[Any, Any], None] | None:
    """A finisher where it takes one for the same input to give the same bytes.

    Before 70 WeasyPrint names headers by places in memory.
    """
    return headers_by_scope if int(version().split(".")[0]) < 70 else None
