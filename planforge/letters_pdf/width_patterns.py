"""Which letters are laid out alike: those whose values agree in the width and kind of every character.

Lines are broken by width and kind alone. So a Han character may stand for another of the same font and
width, and a digit for another digit; everything else stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planforge.document.look import Look, StyleName
from planforge.writers.fonts import Fonts

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFF))
_USUAL = "一丁七万三上下不与中0123456789"
"""Characters that stand for all others of their sort where their fonts are the same."""

WidthClass = tuple[object, ...]
"""What two characters must agree in: how they break, and font and advance in each role of the look."""


@dataclass(frozen=True, slots=True)
class WidthPattern:
    """What a group of letters has in common. standing: values with stand-ins, by field; other: with other ones."""

    standing: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]
    varying: tuple[tuple[str, tuple[int, ...]], ...]

    def places(self) -> Mapping[str, tuple[int, ...]]:
        """By field, the characters of its value that differ from letter to letter."""
        return dict(self.varying)


_Split = tuple[str, str, tuple[int, ...]]
"""A value with stand-ins, with other ones, and where they stand."""


class WidthClassifier:
    """Sorts characters by the fonts of one look, and finds stand-ins among the characters of one file."""

    def __init__(self, look: Look, fonts: Fonts, words: Iterable[str], styles: Iterable[StyleName]) -> None:
        """words: all values that will stand in the file; styles: in which they stand. The result depends on these."""
        self._forbidden = frozenset(look.line_breaking.not_first + look.line_breaking.not_last)
        self._fonts = fonts
        self._roles = sorted({look.styles[style].font for style in styles} | {look.strong})
        self._classes: dict[str, WidthClass | None] = {}
        self._values: dict[str, _Split] = {}
        self._splits: dict[_Split, _Split] = {}
        by_class: dict[WidthClass, list[str]] = {}
        for character in (
            *_USUAL,
            *sorted({character for word in words for character in word} - set(_USUAL)),
        ):
            width_class = self.width_class(character)
            if width_class is not None:
                by_class.setdefault(width_class, []).append(character)
        self._pairs = {
            character: (alike[0], alike[1])
            for alike in by_class.values()
            for character in alike
            if len(alike) > 1
        }

    def width_class(self, character: str) -> WidthClass | None:
        """What may stand for a character; None where nothing else may."""
        if character not in self._classes:
            self._classes[character] = self._sort(character)
        return self._classes[character]

    def _sort(self, character: str) -> WidthClass | None:
        code = ord(character)
        digit = "0" <= character <= "9"
        if not digit and not any(low <= code <= high for low, high in _HAN):
            return None
        if character in self._forbidden:
            return None
        width_class: list[object] = [digit]
        for role in self._roles:
            own = self._fonts.roles[role]
            chosen = self._fonts.of(role, character, digit)  # None in roles that print no Chinese
            width_class += [chosen, (chosen or own).face.advance(character)]
        return tuple(width_class)

    def key(self, names: Sequence[str], values: Mapping[str, str]) -> tuple[object, ...]:
        """What tells the pattern of these values from another."""
        return tuple([self._split(values.get(name, ""))[::2] for name in names])

    def pattern(self, names: Sequence[str], values: Mapping[str, str]) -> WidthPattern:
        """The pattern of a letter with these values."""
        split = [(name, *self._split(values.get(name, ""))) for name in dict.fromkeys(names)]
        return WidthPattern(
            tuple((name, first) for name, first, _, _ in split),
            tuple((name, second) for name, _, second, _ in split),
            tuple((name, places) for name, _, _, places in split),
        )

    def _split(self, value: str) -> _Split:
        """How a value is split; one object for all that are split alike, of which there are few."""
        split = self._values.get(value)
        if split is None:
            pairs = [self._pairs.get(character) for character in value]
            places = tuple([number for number, pair in enumerate(pairs) if pair])
            words = [(pair or (character, character)) for character, pair in zip(value, pairs, strict=True)]
            split = ("".join([a for a, _ in words]), "".join([b for _, b in words]), places)
            split = self._values[value] = self._splits.setdefault(split, split)
        return split
