"""Putting values into the row of an entry, so that everything else of the workbook stays as it is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from planforge.core.problems import Place
from planforge.core.unreadable import Unreadable
from planforge.profile.field_titles import title
from planforge.profile.text_edit import NotEditable
from planforge.profile.workbook.cells import to_cell
from planforge.sheets.patch import NotPatched, patched


def with_cells(data: bytes, entry: str, places: Mapping[str, Place], keys: Mapping[str, str]) -> bytes:
    """The workbook with these values in the row of `entry` (its path, schedule[2]).

    places: where the keys of the profile stand, blank ones too. keys: with their values; "" empties a cell.
    Raises NotEditable.
    """
    texts: dict[str, str] = {}
    sheet = ""
    for key, value in keys.items():
        place = places.get(f"{entry}.{key}")
        if place is None or not place.cell:
            if not value:
                continue
            name = title((entry.partition("[")[0], 0, key)).rpartition("·")[2]
            raise NotEditable(f"表里没有“{name}”这一列，不能代写")
        sheet, _, address = place.cell.rpartition("!")
        texts[address] = to_cell(value)
    try:
        return patched(data, sheet, texts)
    except NotPatched as reason:
        raise NotEditable(str(reason)) from None
    except (Unreadable, zipfile.BadZipFile, UnicodeDecodeError, KeyError):
        raise NotEditable("工作簿的写法不够规整，不能代写") from None
