"""What was laid out for letters of one look, kept for further ones: whole letters, and variants of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planforge.document.look import Look
from planforge.letters.filling import filled, with_head
from planforge.letters_pdf.embedded_fonts import Typeface
from planforge.letters_pdf.fragments import Fragment, fragment, surroundings
from planforge.letters_pdf.page_assembly import LetterPage, PageFrame, whole
from planforge.letters_pdf.placeholders import PlaceholderNotFound, find_placeholders, glyphs
from planforge.letters_pdf.varying_paragraphs import MergeTemplate, ParagraphVariant
from planforge.writers.fonts import Fonts
from planforge.writers.pdf.weasyprint_adapter.extraction import take_apart
from planforge.writers.pdf.weasyprint_adapter.fonts import UsedFonts
from planforge.writers.pdf.weasyprint_adapter.page_parts import PageParts, SharedObjects, UnexpectedLayout

_APART = '<div class="specimen">%s</div>\n'
"""Each specimen begins at the page's top, so that it comes out the same whatever else is laid out with it."""

_STYLE = ".specimen{display:flow-root;height:0}.specimen>*{border-style:none!important}"

MOST = 1000
"""Pages that are kept for further files."""

Lines = tuple[int, ...]


@dataclass(slots=True)
class LayoutGroup:
    """Letters with the same pages. variants: one for each place; values: those that such a letter is laid out with.

    alone: letters that are laid out whole, with their own values. head: the values in their letterhead.
    """

    template: MergeTemplate
    variants: tuple[ParagraphVariant, ...]
    values: Mapping[str, str]
    alone: bool
    letters: list[int]
    head: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> Lines:
        """By place, how many lines the paragraph has."""
        return tuple(variant.lines for variant in self.variants)

    @property
    def frame(self) -> tuple[Any, ...]:
        """What tells the letters whose pages can be put together from one layout."""
        return (id(self.template), self.head, *(self.values.items() if self.alone else self.lines))

    def block_lines(self, block: int) -> Lines:
        """The lines of one block's places, where how they come out depends on that."""
        if self.template.loose(block):
            return ()
        return tuple(variant.lines for variant in self.variants if variant.place.block == block)


class LayoutCache:
    """Layouts and fonts of one look. Forms and variants that are asked for must stay alive."""

    def __init__(self, look: Look, fonts: Fonts) -> None:
        self._look, self._fonts = look, fonts
        self._used = UsedFonts()
        self._faces: dict[str, Typeface] = {}
        self._frames: dict[tuple[Any, ...], PageFrame | list[LetterPage]] = {}
        self._fragments: dict[tuple[int, Lines], tuple[Fragment, frozenset[tuple[str, int]]]] = {}
        self._sheets: dict[tuple[Any, ...], list[LetterPage]] = {}
        self._failed: set[object] = set()
        self._pictured: list[Any] = []  # pages with the pictures of the letterhead, which every file has
        self.base: SharedObjects | None = None
        self.numbers = _Numbers(self._faces)

    def prepare(self, groups: Iterable[LayoutGroup]) -> int:
        """Lay out what these need and what is not there yet; how many whole letters that were. Raises UnexpectedLayout."""
        frames = {group.frame: group for group in groups if group.frame not in self._frames}
        specimens = self._specimens(groups)
        if not frames and not specimens:
            return 0
        from planforge.writers.pdf import layout, layout_body

        layouts = [
            layout(
                filled(group.template.document, group.values),
                with_head(self._look, dict(group.head)),
                self._fonts,
            )
            for group in frames.values()
        ]
        whole_letters = len(layouts)
        if specimens:
            body = "".join(
                _APART % template.specimen(block, chosen) for template, block, _, chosen in specimens
            )
            layouts.append(layout_body(body, specimens[0][0].document, self._look, self._fonts, _STYLE))
        pages = [page for laid_out in layouts for page in laid_out.pages]
        beside = self._pictured
        if self._look.letterhead is not None and frames and not beside:
            self._pictured = list(layouts[0].pages)
        parts, base = take_apart(layouts[0], [*beside, *pages], self._used)
        parts = parts[len(beside) :]
        if self.base not in (None, base):
            raise UnexpectedLayout("页面所用的资源和先前的不同")
        self.base = base
        self._learn_fonts()
        shown = {(key, glyph): text for key, face in self._faces.items() for glyph, text in face.texts()}
        at = 0
        parts_by_layout = []
        for laid_out in layouts:
            parts_by_layout.append(_numbered(parts[at : at + len(laid_out.pages)]))
            at += len(laid_out.pages)
        for group, own, laid_out in zip(frames.values(), parts_by_layout, layouts, strict=False):
            try:
                self._frames[group.frame] = self._frame(group, own, laid_out, shown)
            except PlaceholderNotFound:
                self._failed.add(group.frame)
        if specimens:
            self._cut(specimens, parts_by_layout[-1], shown)
        return whole_letters

    def sheets(self, group: LayoutGroup) -> list[LetterPage]:
        """The pages of a group's letters. Raises PlaceholderNotFound where they cannot be put together."""
        if group.frame in self._failed:
            raise PlaceholderNotFound("a letter that cannot be taken apart")
        frame = self._frames[group.frame]
        if not isinstance(frame, PageFrame):
            return frame
        known = (*group.frame, *map(id, group.variants))
        if known in self._sheets:
            return self._sheets[known]
        own: dict[int, Fragment] = {}
        fixed: dict[int, frozenset[tuple[str, int]]] = {}
        for variant in group.variants:
            key = (id(variant), group.block_lines(variant.place.block))
            if key in self._failed:
                raise PlaceholderNotFound("a paragraph that cannot be taken apart")
            own[variant.place.number], fixed[variant.place.number] = self._fragments[key]
        if len(self._sheets) >= MOST:
            self._sheets.clear()
        self._sheets[known] = frame.sheets(own, fixed)
        return self._sheets[known]

    def face(self, font: str) -> Typeface:
        """A font by its name on the pages."""
        return self._faces[font]

    def forget_single_letters(self) -> None:
        """Forget the letters that were laid out by themselves."""
        self._frames = {key: frame for key, frame in self._frames.items() if isinstance(frame, PageFrame)}

    def _specimens(
        self, groups: Iterable[LayoutGroup]
    ) -> list[tuple[MergeTemplate, int, Lines, dict[int, ParagraphVariant]]]:
        """Blocks with as many variants of their paragraphs as are wanted, in as few specimens as possible."""
        wanted: dict[
            tuple[int, int, Lines], tuple[MergeTemplate, dict[int, dict[int, ParagraphVariant]]]
        ] = {}
        for group in groups:
            for variant in () if group.alone else group.variants:
                lines = group.block_lines(variant.place.block)
                if (id(variant), lines) in self._fragments or (id(variant), lines) in self._failed:
                    continue
                key = (id(group.template), variant.place.block, lines)
                _, variants = wanted.setdefault(key, (group.template, {}))
                for other in group.variants:  # the block's other places must have as many lines, too
                    if other.place.block == variant.place.block:
                        variants.setdefault(other.place.within, {})[id(other)] = other
        specimens = []
        for (_, block, lines), (template, variants) in wanted.items():
            if template.loose(block):
                specimens += [
                    (template, block, lines, {within: variant})
                    for within, some in variants.items()
                    for variant in some.values()
                    if (id(variant), lines) not in self._fragments
                ]
                continue
            lists = {within: list(some.values()) for within, some in variants.items()}
            for number in range(max(map(len, lists.values()))):
                chosen = {within: some[min(number, len(some) - 1)] for within, some in lists.items()}
                specimens.append((template, block, lines, chosen))
        return specimens

    def _frame(
        self, group: LayoutGroup, parts: list[PageParts], laid_out: Any, shown: Mapping[tuple[str, int], str]
    ) -> PageFrame | list[LetterPage]:
        if group.alone:
            return [whole(part, page.bookmarks) for part, page in zip(parts, laid_out.pages, strict=True)]
        paragraphs = {paragraph.number: (part, paragraph) for part in parts for paragraph in part.paragraphs}
        for variant in group.variants:
            if variant.place.number not in paragraphs:
                raise PlaceholderNotFound("a paragraph that is not there")
            part, paragraph = paragraphs[variant.place.number]
            _placeholders(variant, part.operators[slice(*paragraph.operators)], shown)
        bookmarks = [list(page.bookmarks) for page in laid_out.pages]
        return PageFrame(parts, bookmarks, [variant.place.number for variant in group.variants])

    def _cut(
        self,
        specimens: Sequence[tuple[MergeTemplate, int, Lines, dict[int, ParagraphVariant]]],
        parts: Sequence[PageParts],
        shown: Mapping[tuple[str, int], str],
    ) -> None:
        paragraphs = {
            paragraph.number: (part, paragraph, near)
            for part in parts
            for paragraph, near in zip(
                part.paragraphs, surroundings(part.operators, part.paragraphs), strict=True
            )
        }
        first = 0
        for template, block, lines, chosen in specimens:
            loose = template.loose(block)
            for within, variant in chosen.items():
                key = (id(variant), lines)
                if key in self._fragments:
                    continue
                try:
                    number = first + (0 if loose else within)
                    if number not in paragraphs:
                        raise PlaceholderNotFound("a paragraph that is not there")
                    part, paragraph, near = paragraphs[number]
                    operators = part.operators[slice(*paragraph.operators)]
                    own = _placeholders(variant, operators, shown)
                    standing = dict(variant.pattern.standing)
                    for placeholder in own:
                        if (
                            self.numbers[
                                placeholder.glyph.font, standing[placeholder.field][placeholder.index]
                            ]
                            != placeholder.glyph.number
                        ):
                            raise PlaceholderNotFound("a font that chooses glyphs by itself")
                    varying = {(placeholder.glyph.operator, placeholder.glyph.at) for placeholder in own}
                    fixed = frozenset(
                        (glyph.font, glyph.number)
                        for glyph in glyphs(operators)
                        if (glyph.operator, glyph.at) not in varying
                    )
                    self._fragments[key] = (fragment(part, paragraph, own, near), fixed)
                except PlaceholderNotFound:
                    self._failed.add(key)
            first += len(chosen) if loose else template.paragraphs[block]

    def _learn_fonts(self) -> None:
        for font in self._used.known():
            if font.lacks_characters:  # one that was known well before may have been asked for more since
                raise UnexpectedLayout("有字在所用的字体里都没有")
            if font.key not in self._faces:
                self._faces[font.key] = Typeface(font, self._fonts)


class _Numbers(dict[tuple[str, str], int]):
    """Glyphs by font and character, looked up when first asked for. Raises PlaceholderNotFound where there is none."""

    def __init__(self, faces: Mapping[str, Typeface]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, key: tuple[str, str]) -> int:
        font, character = key
        number = self._faces[font].glyph(character)
        if number is None:
            raise PlaceholderNotFound("a character without a glyph of its own")
        self[key] = number
        return number


def _placeholders(
    variant: ParagraphVariant, operators: Sequence[bytes], shown: Mapping[tuple[str, int], str]
) -> list[Any]:
    (placeholders,) = find_placeholders(
        [operators], shown, variant.html, variant.other, variant.place.occurrences, variant.pattern
    )
    return placeholders


def _numbered(parts: list[PageParts]) -> list[PageParts]:
    """Pages of one document, their paragraphs numbered from 0."""
    first = min((paragraph.number for part in parts for paragraph in part.paragraphs), default=0)
    return [
        replace(
            part,
            paragraphs=tuple(
                replace(paragraph, number=paragraph.number - first) for paragraph in part.paragraphs
            ),
        )
        for part in parts
    ]
