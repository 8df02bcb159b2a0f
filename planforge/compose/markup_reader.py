"""The strict reader: elements → the blocks of the document tree, with every mistake at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planforge.compose.elements import Element, MarkupText
from planforge.compose.markup_validity import Checker
from planforge.compose.table_shape import fill
from planforge.compose.vocabulary import ALIGNS, FIGURES, INLINE, ROLES
from planforge.document.tree import (
    Attachment,
    Bar,
    Blank,
    Block,
    Break,
    Cell,
    Closing,
    Fact,
    Field,
    Figure,
    Heading,
    Imprint,
    Inline,
    Inlines,
    Item,
    Labelled,
    Masthead,
    NumberedList,
    Paragraph,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    plain,
)

NUMBER = re.compile(r"\d{1,6}(\.\d{1,3})?%?")
"""A value that can be drawn."""
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})?")


class Reader(Checker):
    """Reads the checked elements of one section; the tree is of use only where there are no problems."""

    def _word(self, element: Element, name: str, words: Iterable[str], default: str) -> Any:
        word = element.attributes.get(name, default)
        if word not in words:
            self.wrong(
                f"<{element.name}> 的 {name} 不能写 {word}",
                element.place,
                "wrong-attribute",
                expected="、".join(words),
            )
            return default
        return word

    def _whole(self, element: Element, name: str) -> int:
        word = element.attributes.get(name, "1")
        if not (word.isascii() and word.isdecimal() and 0 < len(word) < 4 and int(word) > 0):
            self.wrong(f"<{element.name}> 的 {name} 应是正整数", element.place, "wrong-attribute", found=word)
            return 1
        return int(word)

    # --- inline ---

    def inline(self, element: Element, *, required: bool = True) -> Inlines:
        """The running text of an element, without spaces at its ends."""
        nodes = _trimmed(self._inline(element, strong=False))
        if required and not any(_shows(node) for node in nodes):
            self._empty(element, f"<{element.name}> 是空的")
        return tuple(nodes)

    def _empty(self, element: Element, message: str, *, fix: str = "") -> None:
        if not element.spoiled:
            self.wrong(message, element.place, "empty-element", fix=fix)

    def _inline(self, element: Element, *, strong: bool) -> list[Inline]:
        nodes: list[Inline] = []
        for child in element.children:
            if isinstance(child, MarkupText):
                last = nodes[-1] if nodes else None
                if isinstance(last, Text) and last.strong == strong and not last.cut:
                    nodes[-1] = replace(last, text=last.text + child.text)
                else:
                    nodes.append(Text(child.text, strong))
            elif child.name in INLINE:
                nodes.extend(self._inline_element(child, strong=strong))
        return nodes

    def _inline_element(self, child: Element, *, strong: bool) -> list[Inline]:
        match child.name:
            case "strong":
                return self._inline(child, strong=True)
            case "cut":
                text = "".join(part.text for part in child.children if isinstance(part, MarkupText))
                if not text.strip():
                    self._empty(child, "<cut> 是空的")
                return [Text(text, strong, cut=True)]
            case "fact":
                path = child.attributes["path"]
                text = "".join(part.text for part in child.children if isinstance(part, MarkupText))
                nodes: list[Inline] = []
                for line in text.split("\n"):
                    nodes += [Break(), Fact(path, line, strong)]
                return [node for node in nodes[1:] if node != Fact(path, "", strong)]
            case "field":
                return [Field(child.attributes["name"], strong)]
            case "blank":
                width = child.attributes.get("width", "")
                if not _NUMBER.fullmatch(width) or not 0 < float(width) <= 100:
                    self.wrong(
                        "<blank> 的 width 应是 0 到 100 的字数", child.place, "wrong-attribute", found=width
                    )
                    return [Blank(1.0)]
                return [Blank(float(width))]
            case _:
                return [Break()]

    # --- blocks ---

    def blocks(self, element: Element) -> list[Block]:
        """The blocks below an element, captions left aside."""
        blocks = []
        for child in element.children:
            if isinstance(child, Element) and child.name != "caption":
                blocks.append(self.block(child))
        return blocks

    def block(self, element: Element) -> Block:
        """One block."""
        place = element.place
        match element.name:
            case "title":
                return Title(self.inline(element), place)
            case "h1" | "h2" | "h3" | "h4":
                return Heading(int(element.name[1]), self.inline(element), place)
            case "p":
                return Paragraph(self.inline(element), self._word(element, "role", ROLES, "body"), place)
            case "list":
                return _unnumbered(self._list(element, 1))
            case "labelled":
                return Labelled(element.attributes.get("label", ""), self.inline(element), place)
            case "table":
                return self._table(element)
            case "figure":
                return self._figure(element)
            case "closing":
                issuers = tuple(self.inline(child) for child in _named(element, "issuer"))
                dates = _named(element, "date")
                if not issuers:
                    self.wrong("<closing> 里要有 <issuer>", place, "missing-element")
                if len(dates) != 1:
                    self.wrong("<closing> 里要有一个 <date>，只能有一个", place, "missing-element")
                return Closing(issuers, self.inline(dates[0], required=False) if dates else (), place)
            case "signatures":
                parties = tuple(self._party(child) for child in _named(element, "party"))
                if not parties:
                    self.wrong("<signatures> 里要有 <party>", place, "missing-element")
                return Signatures(parties, place)
            case "masthead":
                return Masthead(
                    self._one(element, "issuer"),
                    self._one(element, "number"),
                    self._one(element, "signer", required=False),
                    place,
                )
            case "imprint":
                return Imprint(
                    self._one(element, "office"),
                    self._one(element, "date"),
                    self._one(element, "copies", required=False),
                    place,
                )
            case "slip" | "attachment":
                kind = Slip if element.name == "slip" else Attachment
                title = self._caption(element, required=True)
                blocks = tuple(self.blocks(element))
                if not blocks:
                    self._empty(element, f"<{element.name}> 里没有内容")
                return kind(title, blocks, place)
            case other:
                raise AssertionError(f"no block {other}")

    def _one(self, element: Element, name: str, *, required: bool = True) -> Inlines:
        """The words of the one element of this name within another."""
        elements = _named(element, name)
        if len(elements) > 1 or (required and not elements):
            need = "要有一个" if required else "至多一个"
            self.wrong(f"<{element.name}> 里{need} <{name}>", element.place, "missing-element")
        return self.inline(elements[0]) if elements else ()

    def _caption(self, element: Element, *, required: bool) -> Inlines:
        captions = _named(element, "caption")
        if len(captions) > 1:
            self.wrong(f"<{element.name}> 里只能有一个 <caption>", captions[1].place, "wrong-nesting")
        if required and not captions:
            self.wrong(f"<{element.name}> 里要有 <caption>", element.place, "missing-element")
        return self.inline(captions[0]) if captions else ()

    def _party(self, element: Element) -> Party:
        names = _named(element, "name")
        if len(names) != 1:
            self.wrong("<party> 里要有一个 <name>，只能有一个", element.place, "missing-element")
        lines = tuple(self.inline(line) for line in _named(element, "line"))
        return Party(self.inline(names[0]) if names else (), lines)

    def _list(self, element: Element, level: int) -> NumberedList:
        items = tuple(self._item(child, level) for child in _named(element, "item"))
        if not items:
            self._empty(element, "<list> 里没有 <item>", fix="没有条目时用 if 略去整个 <list>")
        return NumberedList(items, level, element.place)

    def _item(self, element: Element, level: int) -> Item:
        lists = _named(element, "list")
        if lists and level == 2:
            self.wrong("条目至多两级：1. 和（1）", lists[0].place, "list-depth")
            lists = []
        if len(lists) > 1:
            self.wrong("<item> 里只能有一个 <list>", lists[1].place, "wrong-nesting")
        if lists:
            after = element.children[element.children.index(lists[0]) + 1 :]
            if any((isinstance(node, Element) and node.name in INLINE) or _is_text(node) for node in after):
                self.wrong("<item> 里的 <list> 要放在文字后面", lists[0].place, "wrong-nesting")
        inner = self._list(lists[0], level + 1) if lists else None
        return Item(self.inline(element), inner, element.place)

    def _table(self, element: Element) -> Table:
        words = element.attributes.get("widths", "").split()
        widths = tuple(float(word) for word in words if _NUMBER.fullmatch(word) and float(word) > 0)
        if len(widths) != len(words):
            self.wrong(
                "<table> 的 widths 应是各列的相对宽度，如 2 5 3",
                element.place,
                "wrong-attribute",
                found=" ".join(words),
            )
        heads = _named(element, "head")
        if len(heads) > 1:
            self.wrong("<table> 里只能有一个 <head>", heads[1].place, "wrong-nesting")
        head = self._rows(_named(heads[0], "row"), required=True) if heads else ()
        rows = self._rows(_named(element, "row"), required=False)
        if not rows:
            self._empty(element, "表格没有内容", fix="没有内容时用 if 略去整个表格")
        if widths and len(widths) == len(words):
            places = [row.place for header in heads[:1] for row in _named(header, "row")]
            self.problems.extend(fill(head, len(widths), places))
            self.problems.extend(fill(rows, len(widths), [row.place for row in _named(element, "row")]))
        return Table(widths, head, rows, self._caption(element, required=False), element.place)

    def _figure(self, element: Element) -> Figure:
        """A figure: each bar has a value for each series, a number or nothing; one of them at least is a number."""
        series = tuple(self.inline(child) for child in _named(element, "series"))
        bars = tuple(self._bar(child, len(series)) for child in _named(element, "bar"))
        if not series:
            self.wrong("<figure> 里要有 <series>", element.place, "missing-element")
        if not any(any(bar.values) for bar in bars):
            self._empty(element, "图里没有数", fix="没有数时用 if 略去整个 <figure>")
        return Figure(
            self._word(element, "kind", FIGURES, "columns"),
            self._caption(element, required=True),
            self._one(element, "alternative"),
            series,
            bars,
            element.attributes.get("unit", ""),
            element.attributes.get("limit", ""),
            element.place,
        )

    def _bar(self, element: Element, series: int) -> Bar:
        values = _named(element, "value")
        if len(values) != series:
            self.wrong(
                f"<bar> 里要有 {series} 个 <value>，和 <series> 一样多", element.place, "missing-element"
            )
        limits = _named(element, "limit")
        if len(limits) > 1:
            self.wrong("<bar> 里至多一个 <limit>", limits[1].place, "wrong-nesting")
        numbers = [self._number(child) for child in (*values, *limits)]
        return Bar(self._one(element, "name"), tuple(numbers[: len(values)]), numbers[-1] if limits else ())

    def _number(self, element: Element) -> Inlines:
        content = self.inline(element, required=False)
        if content and not NUMBER.fullmatch(plain(content)):
            message = f"<{element.name}> 应是一个数"
            self.wrong(
                message, element.place, "wrong-value", found=plain(content)[:20], expected="如 41、82% 或空着"
            )
        return content

    def _rows(self, rows: list[Element], *, required: bool) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(self._cell(cell, required) for cell in _named(row, "cell")) for row in rows)

    def _cell(self, element: Element, required: bool) -> Cell:
        return Cell(
            self.inline(element, required=required),
            self._word(element, "align", ALIGNS, "left"),
            self._whole(element, "span"),
            self._whole(element, "rows"),
            element.place,
        )


def _named(element: Element, name: str) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.name == name]


def _unnumbered(numbered: NumberedList) -> Block:
    """A list of one item is a paragraph: a 1. that no 2. follows reads as if something were missing."""
    if len(numbered.items) != 1 or numbered.items[0].items is not None:
        return numbered
    return Paragraph(numbered.items[0].content, place=numbered.items[0].place)


def _is_text(node: Element | MarkupText) -> bool:
    return isinstance(node, MarkupText) and bool(node.text.strip())


def _shows(node: Inline) -> bool:
    match node:
        case Text(text=text) | Fact(text=text):
            return bool(text.strip())
        case Break():
            return False
        case _:
            return True


def _trimmed(nodes: list[Inline]) -> list[Inline]:
    if nodes and isinstance(nodes[0], Text):
        nodes[0] = replace(nodes[0], text=nodes[0].text.lstrip(" \t\n"))
    if nodes and isinstance(nodes[-1], Text):
        nodes[-1] = replace(nodes[-1], text=nodes[-1].text.rstrip(" \t\n"))
    return [node for node in nodes if not (isinstance(node, Text) and not node.text)]
