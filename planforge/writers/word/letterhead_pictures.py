"""Pictures in the headers and footers of a school's file: where they stand, and whether a PDF can show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planforge.document.look.letterhead import Picture, Placed, Side
from planforge.writers.word.base_file import BaseFile, number, parse, rels_of, resolved

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_POINT = 12700  # English metric units
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_LENGTH = re.compile(r"(?:^|;)\s*(width|height|position)\s*:\s*([\d.]+|absolute)\s*(pt|in|mm|cm)?")
_UNITS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4}


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """The page that pictures are placed on, in points. header: from the paper's edge to the header."""

    width: float
    height: float
    left: float
    right: float
    top: float
    header: float


class Pictures:
    """The pictures of one part. leave: told in Chinese what cannot be shown."""

    def __init__(
        self, base: BaseFile, part: str, frame: PictureFrame, side: Side, leave: Callable[[str], None]
    ) -> None:
        self._base, self._frame, self._side, self._leave = base, frame, side, leave
        self._targets = {
            relation.get("Id", ""): resolved(part, relation.get("Target", ""))
            for relation in parse(base.parts.get(rels_of(part), b"<none/>"), base.name, base.place)
        }

    def of(self, element: _Element) -> Iterator[Picture | Placed]:
        """The picture of a drawing, in its words or placed on the page."""
        blips = list(element.iter(f"{_A}blip"))
        if not blips:
            yield from self._old(element)
            return
        holder = next((child for child in element if child.tag in (f"{_WP}inline", f"{_WP}anchor")), None)
        if holder is None or len(blips) > 1:
            self._leave("组合图形")
            return
        extent, about = holder.find(f"{_WP}extent"), holder.find(f"{_WP}docPr")
        size = (0.0, 0.0) if extent is None else (number(extent.get("cx")), number(extent.get("cy")))
        words = "" if about is None else about.get("descr", "")
        made = self._picture(blips[0].get(f"{_R}embed", ""), size[0] / _POINT, size[1] / _POINT, words)
        if made is None:
            return
        cut = next(iter(element.iter(f"{_A}srcRect")), None)
        if cut is not None and any(number(value) for value in cut.attrib.values()):
            self._leave("图片的裁剪（PDF 印整张图）")
        if holder.tag == f"{_WP}inline":
            yield made
            return
        x, y = self._along(holder, "H", made.width), self._along(holder, "V", made.height)
        if x is None or y is None:
            self._leave("浮动图片的位置（PDF 里排在文字中间）")
            yield made
        else:
            yield Placed(made, x, y)

    def _old(self, element: _Element) -> Iterator[Picture]:
        """A picture as old Word wrote it (VML), in its words."""
        data = next(iter(element.iter(f"{_V}imagedata")), None)
        if data is None:
            boxes = any(
                str(inner.tag).endswith(("txbxContent", "textbox", "txbx")) for inner in element.iter()
            )
            marks = any(True for _ in element.iter(f"{_V}textpath"))
            self._leave("文本框" if boxes else "艺术字水印" if marks else "图形")
            return
        shape = data.getparent()
        style = "" if shape is None else shape.get("style", "")
        lengths = {name: (value, unit) for name, value, unit in _LENGTH.findall(style)}
        if "position" in lengths:
            self._leave("浮动图片（旧格式）")
            return
        width, height = (
            number(lengths.get(name, ("0", ""))[0]) * _UNITS.get(lengths.get(name, ("", "pt"))[1], 0.75)
            for name in ("width", "height")
        )
        made = self._picture(data.get(f"{_R}id", ""), width, height, "")
        if made is not None:
            yield made

    def _picture(self, identity: str, width: float, height: float, words: str) -> Picture | None:
        data = self._base.parts.get(self._targets.get(identity, ""))
        kind = next((kind for start, kind in _KINDS if data is not None and data.startswith(start)), "")
        if data is None or not kind or not width or not height:
            self._leave("图片（不是 PNG 或 JPEG）")
            return None
        return Picture(data, kind, width, height, words)

    def _along(self, anchor: _Element, axis: str, length: float) -> float | None:
        """Where an anchored picture begins, from the paper's edge; None where that depends on the words."""
        position = anchor.find(f"{_WP}position{axis}")
        if position is None:
            return None
        offset, align = position.find(f"{_WP}posOffset"), position.find(f"{_WP}align")
        from_what, frame = position.get("relativeFrom", ""), self._frame
        if axis == "H":
            edges = {
                "page": (0.0, frame.width),
                "margin": (frame.left, frame.width - frame.right),
                "column": (frame.left, frame.width - frame.right),
                "leftMargin": (0.0, frame.left),
                "rightMargin": (frame.width - frame.right, frame.width),
            }
        else:
            edges = {
                "page": (0.0, frame.height),
                "margin": (frame.top, frame.height),
                "topMargin": (0.0, frame.top),
            }
            if self._side == "header":
                edges |= {"paragraph": (frame.header, frame.top), "line": (frame.header, frame.top)}
        if from_what not in edges:
            return None
        begin, end = edges[from_what]
        if offset is not None:
            return begin + number(offset.text) / _POINT
        word = "" if align is None else align.text or ""
        places = {"left": begin, "top": begin, "center": (begin + end - length) / 2}
        return places.get(word, end - length if word in ("right", "bottom") else None)
