"""Which installed font prints what: families by role of the look, single characters by coverage.

A font that lacks a character is not left to the system, which takes any face at hand: the look names
the families to ask, and a character that none of them has is named before anything is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from planforge.core.problems import MissingPart
from planforge.document.look import Look
from planforge.document.tree import Blank, Break, Document, Field, inlines_of
from planforge.writers.font_files import Face, installed

_INVISIBLE = frozenset(" \t\n\u00a0\u3000\u200b")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One font for a run of characters: the face that is measured and the family that is named to CSS."""

    family: str
    bold: bool
    face: Face


@dataclass(frozen=True)
class Fonts:
    """The fonts that print a look on this machine.

    roles: the font of each role. fallbacks: those asked, in order, for characters that a role's font lacks.
    latin: the font of letters and digits.
    """

    roles: Mapping[str, Chosen]
    fallbacks: Mapping[str, tuple[Chosen, ...]]
    latin: Chosen

    def all(self) -> tuple[Chosen, ...]:
        """Every font once, in a fixed order."""
        fonts = (*self.roles.values(), *(font for chain in self.fallbacks.values() for font in chain))
        return tuple(dict.fromkeys(fonts))

    def of(self, role: str, character: str, latin: bool = False) -> Chosen | None:
        """The font for one character.

        Args:
            role: That of the text in which it stands.
            character: The character.
            latin: Whether the font of letters and digits is asked first.

        Returns:
            The font; None where no font at hand has the character.
        """
        first = self.latin if latin else self.roles[role]
        if character in _INVISIBLE or character in first.face:
            return first
        chain = (self.roles[role], *self.fallbacks[role]) if latin else self.fallbacks[role]
        return next((font for font in chain if character in font.face), None)


def choose(look: Look, faces: Sequence[Face] | None = None) -> Fonts:
    """The fonts of a look.

    Args:
        look: Names the families to ask for each role.
        faces: Those to choose from; by default all that are installed.

    Returns:
        The fonts by role.

    Raises:
        MissingPart: Where a role that the look uses has no font; its text names every such role and what to install.
    """
    return _choose(look, tuple(installed() if faces is None else faces))


@lru_cache(maxsize=16)
def _choose_cached(look_key: str, faces: tuple[Face, ...]) -> Fonts:
    return _resolve(Look.model_validate_json(look_key), faces)


def _choose(look: Look, faces: tuple[Face, ...]) -> Fonts:
    return _choose_cached(look.model_dump_json(exclude={"fit"}), faces)


def _resolve(look: Look, faces: tuple[Face, ...]) -> Fonts:
    families: dict[str, list[Face]] = {}
    for face in faces:
        for family in face.families:
            families.setdefault(family, []).append(face)
    used = {style.font for style in look.styles.values()} | {look.latin}
    roles: dict[str, Chosen] = {}
    fallbacks: dict[str, tuple[Chosen, ...]] = {}
    absent: list[str] = []
    for role, font in look.fonts.items():
        candidates = [
            _nearest(family, families[family], font.pdf_bold and family in font.fallback)
            for family in font.pdf
            if family in families
        ]
        if not candidates:
            if role in used:
                absent.append(f"{font.word}（可装：{'、'.join(font.pdf)}）")
            continue
        roles[role] = candidates[0]
        fallbacks[role] = tuple(
            _nearest(family, families[family], font.pdf_bold)
            for family in font.fallback
            if family in families
        )
    if absent:
        raise MissingPart(
            f"生成 PDF 缺少字体：{'；'.join(absent)}。请任装其中一种，再运行 planforge doctor 查看。Word 文件不受影响。"
        )
    return Fonts(roles, fallbacks, roles[look.latin])


def _nearest(family: str, faces: Iterable[Face], bold: bool) -> Chosen:
    wanted = 700 if bold else 400
    face = min(faces, key=lambda face: (face.slanted, abs(face.weight - wanted), face.file, face.index))
    return Chosen(family, bold, face)


_SHOWN = 3
"""Places named of a character that stands in many."""


def missing_characters(document: Document, look: Look, fonts: Fonts | None = None) -> list[tuple[str, str]]:
    """Characters that no font at hand has.

    Args:
        document: The document whose words are looked through; values of open fields are not known.
        look: The look that it is to be printed in.
        fonts: Those of the look; by default they are chosen among those installed.

    Returns:
        Each character with the words in which it stands: a printed value, or a sentence's. Every pair is named once, in
        reading order.

    Raises:
        MissingPart: As `choose`, where no fonts are given.
    """
    fonts = choose(look) if fonts is None else fonts
    pools = {
        font.face for font in (*fonts.roles.values(), *(f for many in fonts.fallbacks.values() for f in many))
    }
    texts = list(_texts(document))
    used = set().union(*texts) - set(_INVISIBLE)
    lost = {character for character in used if not any(character in face for face in pools)}
    if not lost:
        return []
    pairs = dict.fromkeys(
        (character, _around(text, character)) for text in texts for character in text if character in lost
    )
    return list(pairs)


def require_characters(document: Document, look: Look, fonts: Fonts) -> None:
    """Refuse a document with characters that could not be printed, before anything is.

    Args:
        document: The document to be printed.
        look: The look that it is to be printed in.
        fonts: Those of the look.

    Raises:
        MissingPart: Where no font has one of its characters; its text names all of them and where they stand.
    """
    lost = missing_characters(document, look, fonts)
    if lost:
        words: dict[str, list[str]] = {}
        for character, around in lost:
            words.setdefault(character, []).append(f"“{around}”")
        named = "；".join(
            f"“{character}”（U+{ord(character):04X}，在{'、'.join(places[:_SHOWN])}{'等处' if len(places) > _SHOWN else ''}）"
            for character, places in words.items()
        )
        raise MissingPart(
            f"《{document.title}》里有 {len(words)} 个字，这台电脑的字体里都没有：{named}。"
            "请装一种收有这些字的字体（如 Noto Serif CJK SC），或核对是否写错；PDF 没有生成，Word 文件不受影响。"
        )


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for content in inlines_of(block):
            for node in content:
                if not isinstance(node, Blank | Break | Field):
                    yield node.text


def _around(text: str, character: str) -> str:
    """The words that a character stands in, with little before and behind it."""
    at = text.index(character)
    return text[max(0, at - 8) : at + 9].replace("\n", "")
