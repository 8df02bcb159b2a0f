"""Putting texts into a few cells of a workbook by editing one part of the package, so that all the rest stays.

openpyxl would read everything and write what it understood: pictures, charts and what newer versions of
Excel put there would be lost. Here the part of the one sheet changes, and in it the cells that are named.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from planforge.sheets.grid import column_number
from planforge.sheets.xlsx_parts import RelationsPart, WorkbookPart, escaped
from planforge.sheets.xml_stream import parse

_LIMIT = 32_000_000
"""Bytes of XML of one part."""
_WHOLE = 400_000_000
"""Bytes of all parts unpacked, pictures among them."""
_ROW = re.compile(r'<row\b[^>]*?\br="(\d+)"[^>]*?(/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(/>|>.*?</c>)", re.DOTALL)
_AT = re.compile(r'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(r'\bs="(\d+)"')
_MERGED = re.compile(r'<mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


class NotPatched(Exception):
    """The cells cannot be written safely; the words say why, in Chinese."""


def patched(data: bytes, sheet: str, texts: Mapping[str, str]) -> bytes:
    """The package with these texts in the cells of a sheet; "" empties a cell, whose format stays.

    texts: by address (“K7”). Raises NotPatched; Unreadable where the package is damaged.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(buffer, "w") as made:
        if sum(info.file_size for info in given.infolist()) > _WHOLE:
            raise NotPatched("工作簿展开以后太大，不能代写")
        part = _part(given, sheet)
        for info in given.infolist():
            content = given.read(info)
            if info.filename == part:
                content = _edited(content.decode("utf-8"), texts).encode("utf-8")
            made.writestr(info, content, compress_type=info.compress_type)
    return buffer.getvalue()


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    """The name of a sheet's part."""
    names = {name.lower(): name for name in package.namelist()}
    top, contents = RelationsPart(""), WorkbookPart()
    with package.open("_rels/.rels") as source:
        parse(source, top, _LIMIT)
    book = next((target for kind, target in top.targets.values() if kind == "officeDocument"), "")
    folder, _, name = book.rpartition("/")
    inner = RelationsPart(folder)
    try:
        with package.open(names[book.lower()]) as source:
            parse(source, contents, _LIMIT)
        with package.open(names[f"{folder}/_rels/{name}.rels".lstrip("/").lower()]) as source:
            parse(source, inner, _LIMIT)
        relation = next(entry.relation for entry in contents.sheets if entry.name == sheet)
        return names[inner.targets[relation][1].lower()]
    except (KeyError, StopIteration):
        raise NotPatched("找不到这张工作表，不能代写") from None


def _edited(xml: str, texts: Mapping[str, str]) -> str:
    for address, text in texts.items():
        found = re.fullmatch(r"([A-Z]+)(\d+)", address)
        if found is None:
            raise NotPatched("找不到这一格，不能代写")
        _unmerged(xml, found[1], int(found[2]))
        for row in _ROW.finditer(xml):
            if row[1] == found[2]:
                break
        else:
            raise NotPatched("找不到这一行，不能代写")
        inner = row[3] or ""
        changed = _in_row(inner, address, text)
        if row[2] == "/>":
            whole = row[0][:-2] + f">{changed}</row>"
        else:
            whole = row[0][: row.start(3) - row.start()] + changed + "</row>"
        xml = xml[: row.start()] + whole + xml[row.end() :]
    return xml


def _in_row(inner: str, address: str, text: str) -> str:
    column = column_number(re.sub(r"\d", "", address))
    at = len(inner)
    for cell in _CELL.finditer(inner):
        place = _AT.search(cell[1])
        if place is None:
            raise NotPatched("工作簿的写法不够规整，不能代写")
        number = column_number(place[1])
        if number == column:
            if "<f" in cell[2]:
                raise NotPatched(f"{address} 里是公式，不能代写")
            style = _STYLE.search(cell[1])
            return (
                inner[: cell.start()] + _cell(address, style[0] if style else "", text) + inner[cell.end() :]
            )
        if number > column:
            at = cell.start()
            break
    return inner[:at] + _cell(address, "", text) + inner[at:]


def _cell(address: str, style: str, text: str) -> str:
    head = f'<c r="{address}"' + (f" {style}" if style else "")
    if not text:
        return f"{head}/>"
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(escaped(text))}</t></is></c>'


def _unmerged(xml: str, letters: str, row: int) -> None:
    """Refuse a cell that merged cells hide."""
    column = column_number(letters)
    for found in _MERGED.finditer(xml):
        left, right = column_number(found[1]), column_number(found[3])
        top, bottom = int(found[2]), int(found[4])
        inside = left <= column <= right and top <= row <= bottom
        if inside and (column, row) != (left, top):
            raise NotPatched(f"{letters}{row} 和别的格子合并了，不能代写")
