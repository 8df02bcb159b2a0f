"""Letters as PDF: paragraphs that are equally wide are laid out once, and their glyphs replaced in place.

Reading order, tags and outline stay what WeasyPrint makes of a letter; only glyph numbers change, and which
variant of a paragraph stands in a page. Fonts are written anew with the characters of one file. What letters
share is written once. Whatever cannot be done so for certain is laid out by itself, letter by letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from planforge.core.problems import InputError, Problem
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.paper import SINGLE, Paper, slip_at
from planforge.letters import plain
from planforge.letters.filling import head_fields, styles_with_fields, title_of
from planforge.letters.plain import Letter
from planforge.letters_pdf.content_templates import ContentTemplate
from planforge.letters_pdf.embedded_fonts import EmbeddedFont
from planforge.letters_pdf.layout_cache import LayoutCache, LayoutGroup
from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.page_writer import LetterCopy
from planforge.letters_pdf.pdf_file import ByteSink, text
from planforge.letters_pdf.placeholders import PlaceholderNotFound
from planforge.letters_pdf.sections import (
    NO_OTHERS,
    FileContents,
    OtherSections,
    SectionedFile,
    WrittenSection,
)
from planforge.letters_pdf.single_files import SingleFileWriter
from planforge.letters_pdf.varying_paragraphs import MergeTemplate
from planforge.letters_pdf.width_patterns import WidthClassifier
from planforge.output.group_write import Pieces
from planforge.writers.fonts import Fonts
from planforge.writers.pdf.weasyprint_adapter.page_parts import UnexpectedLayout
from planforge.writers.pdf.weasyprint_adapter.support import producer, unsupported

_UNCLEAR = "有字在排好的页面上认不准"


class LetterFile(NamedTuple):
    """A letter's own file. fallback: in Chinese, why it was laid out by itself; empty where it was not."""

    pieces: Pieces
    fallback: str = ""


class PdfLetterWriter:
    """Writes letters of one look as PDF files; what was laid out is kept from one file to the next."""

    def __init__(self, look: Look, fonts: Fonts) -> None:
        self._look = look
        self._fonts = fonts
        self._cache = LayoutCache(look, fonts)
        self._singles = SingleFileWriter(self._cache)
        self._templates: dict[int, MergeTemplate] = {}
        self.layouts = 0
        """How many letters were laid out whole."""
        self.fallbacks: Counter[str] = Counter()
        """How many letters went the plain way, by the reason in Chinese."""

    def write(
        self,
        letters: Sequence[Letter],
        file: ByteSink,
        paper: Paper = SINGLE,
        others: OtherSections = NO_OTHERS,
    ) -> None:
        """Letters as one file, in their order, an entry of the outline for each.

        Args:
            letters: Of any compositions.
            file: Takes the bytes.
            paper: How the letters lie on it.
            others: Write some of the file meanwhile.

        Raises:
            InputError: Where several letters are to share a sheet and cannot; nothing is written then.
        """
        try:
            self._prepared(letters).file_of(letters, paper).write(file, others)
        except UnexpectedLayout as error:
            if paper.up > 1:
                message = f"不能几份拼在一张纸上：{error}"
                fix = "不要 --up，打印时在打印对话框里选“每张纸打印几页”"
                raise InputError([Problem(message, fix=fix, code="no-imposing")]) from error
            self.fallbacks[str(error)] += len(letters)
            file.write(plain.pdf(letters, self._look, self._fonts, paper))
        self._cache.forget_single_letters()

    def sections(self, letters: Sequence[Letter], paper: Paper, count: int) -> Iterator[WrittenSection]:
        """The last sections of the file that `write` makes of the same letters.

        Args:
            letters: All letters of the file.
            paper: How they lie on it.
            count: How many sections.

        Yields:
            The sections in their order; fewer where the file has no more.

        Raises:
            UnexpectedLayout: Where the letters cannot be put together from parts.
        """
        file_of = self._prepared(letters).file_of(letters, paper)
        for number in file_of.last(count):
            yield file_of.section(number)

    def singles(self, letters: Sequence[Letter], paper: Paper = SINGLE) -> Iterator[LetterFile]:
        """Letters as a file each. No file has glyphs of another letter's values, or depends on other letters.

        Args:
            letters: Of any compositions.
            paper: How each lies on it.

        Yields:
            The files in the order of the letters.
        """
        try:
            made = self._prepared(letters)
        except UnexpectedLayout as error:
            for letter in letters:
                yield self._plainly(letter, paper, str(error))
            return
        made.require_glyphs()
        for number, letter in enumerate(letters):
            try:
                sheets = made.sheets(number)
                words = self._template_of(letter.document).words
                yield LetterFile(self._singles.write(letter, sheets, words, _about(letter), paper))
            except UnexpectedLayout as error:
                yield self._plainly(letter, paper, str(error))
            except PlaceholderNotFound:
                yield self._plainly(letter, paper, _UNCLEAR)
        self._cache.forget_single_letters()

    def _plainly(self, letter: Letter, paper: Paper, reason: str) -> LetterFile:
        self.fallbacks[reason] += 1
        return LetterFile((plain.pdf([letter], self._look, self._fonts, paper),), reason)

    def _prepared(self, letters: Sequence[Letter]) -> _Made:
        """Everything that these letters need; with nothing kept, if need be. Raises UnexpectedLayout."""
        if reason := unsupported():
            raise UnexpectedLayout(reason)
        try:
            return self._made(letters)
        except UnexpectedLayout:
            self._cache = LayoutCache(self._look, self._fonts)
            self._singles = SingleFileWriter(self._cache)
            return self._made(letters)

    def _made(self, letters: Sequence[Letter]) -> _Made:
        """Everything that these letters need. Raises UnexpectedLayout."""
        alone: set[int] = set()
        while True:
            groups = self._groups(letters, alone)
            self.layouts += self._cache.prepare(groups)
            made = _Made(self._cache, len(letters))
            wrong: set[int] = set()
            for group in groups:
                wrong.update(made.add(group, letters))
            if not wrong:
                return made
            if wrong <= alone:
                raise UnexpectedLayout("有一份信的版面拆不开")
            alone |= wrong

    def _groups(self, letters: Sequence[Letter], alone: set[int]) -> list[LayoutGroup]:
        documents = {id(letter.document): letter.document for letter in letters}
        styles = {style for document in documents.values() for style in styles_with_fields(document)}
        words = {value for letter in letters for value in letter.values.values()}
        widths = WidthClassifier(self._look, self._fonts, words, styles)
        groups: dict[tuple[object, ...], LayoutGroup] = {}
        names = head_fields(self._look)
        for number, letter in enumerate(letters):
            template = self._template_of(letter.document)
            variants = () if number in alone else template.variants(letter.values, widths)
            alike = bool(variants) and all(variant.lines for variant in variants)
            head = tuple((name, letter.values.get(name, "")) for name in names)
            key: tuple[object, ...] = (id(template), head, *map(id, variants))
            values = {name: letter.values.get(name, "") for name in template.fields}
            if not alike:
                key = (id(template), head, *values.items())
                variants = ()
            if key not in groups:
                if alike:
                    values = dict(pair for variant in variants for pair in variant.pattern.standing)
                groups[key] = LayoutGroup(template, variants, values, not alike, [], head)
            groups[key].letters.append(number)
        return list(groups.values())

    def _template_of(self, document: Document) -> MergeTemplate:
        if id(document) not in self._templates:
            self._templates[id(document)] = MergeTemplate(document, self._look, self._fonts)
        return self._templates[id(document)]


class _Made:
    """Letters whose pages are known."""

    def __init__(self, cache: LayoutCache, count: int) -> None:
        self._cache = cache
        self._sheets: list[list[LetterPage]] = [[] for _ in range(count)]
        self._own: set[tuple[str, str]] = set()  # fonts and characters of values

    def add(self, group: LayoutGroup, letters: Sequence[Letter]) -> set[int]:
        """Make the pages of a group; the letters that cannot be made so."""
        try:
            sheets = self._cache.sheets(group)
        except PlaceholderNotFound:
            return set(group.letters)
        places = {
            (placeholder.glyph.font, placeholder.field, placeholder.index)
            for sheet in sheets
            for placeholder in sheet.placeholders
        }
        wrong = set()
        for number in group.letters:
            values = letters[number].values
            for font, name, index in places:
                own_character = (font, values[name][index])
                if own_character not in self._own:
                    try:
                        self._cache.numbers[own_character]
                        self._own.add(own_character)
                    except PlaceholderNotFound:
                        wrong.add(number)
            self._sheets[number] = sheets
        return wrong

    def file_of(self, letters: Sequence[Letter], paper: Paper) -> SectionedFile:
        """The letters as one file. Raises UnexpectedLayout."""
        base = self._cache.base
        if base is None:
            raise UnexpectedLayout("没有页面")
        alike = {id(sheets): [ContentTemplate(sheet) for sheet in sheets] for sheets in self._alike()}
        pages = [alike[id(sheets)] for sheets in self._sheets]
        fixed = frozenset().union(*(sheet.fixed for sheets in self._alike() for sheet in sheets))
        numbers = self._cache.numbers

        def copy_of(number: int) -> LetterCopy:
            letter = letters[number]
            contents = [page_template.contents(letter.values, numbers) for page_template in pages[number]]
            return LetterCopy(self._sheets[number], contents, letter.label)

        made_of = FileContents(
            pages,
            copy_of,
            lambda number: slip_at(letters[number].document),
            sorted({font for font, _ in (*fixed, *self._own)}),
            lambda: self._fonts(fixed),
            _about(letters[0]),
        )
        return SectionedFile(base, made_of, paper)

    def _alike(self) -> Iterable[list[LetterPage]]:
        """Pages of which no two are alike."""
        return {id(sheets): sheets for sheets in self._sheets}.values()

    def _fonts(self, fixed: Iterable[tuple[str, int]]) -> Mapping[str, EmbeddedFont]:
        """The fonts with the glyphs of these letters. fixed: of their fixed words."""
        shown: dict[str, dict[int, str]] = {}
        for font, glyph in sorted(fixed):
            shown.setdefault(font, {})[glyph] = self._cache.face(font).text(glyph)
        for font, character in sorted(self._own):
            shown.setdefault(font, {}).setdefault(self._cache.numbers[font, character], character)
        return {key: self._cache.face(key).embedded(shown[key]) for key in sorted(shown)}

    def require_glyphs(self) -> None:
        """Have the glyphs of all values at hand, so that each letter's fonts are taken out of few."""
        by_font: dict[str, set[str]] = {}
        for font, character in self._own:
            by_font.setdefault(font, set()).add(character)
        for font, characters in by_font.items():
            self._cache.face(font).require(characters)

    def sheets(self, number: int) -> list[LetterPage]:
        """The pages of one of the letters."""
        return self._sheets[number]


def _about(letter: Letter) -> bytes:
    """A file's properties, as WeasyPrint writes them."""
    document = letter.document
    properties = {
        "Producer": producer(),
        "Title": title_of(document, letter.values),
        "Author": document.author,
        "Subject": document.subject,
    }
    return b"<<%b>>" % b"".join(
        [b"/%b %b" % (key.encode(), text(properties[key])) for key in properties if properties[key]]
    )
