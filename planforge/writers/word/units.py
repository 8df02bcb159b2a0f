"""Word's units: twips (1/20 pt), half points and hundredths of a character."""

from __future__ import annotations

from planforge.document.look import POINTS_PER_MM, Style


def twips(points: float) -> int:
    """Points as twips."""
    return round(points * 20)


def twips_from_mm(millimetres: float) -> int:
    """Millimetres as twips."""
    return twips(millimetres * POINTS_PER_MM)


def half_points(points: float) -> int:
    """A font size as Word writes it (w:sz)."""
    return round(points * 2)


def eighths(points: float) -> int:
    """A border's thickness as Word writes it."""
    return round(points * 8)


def indent_twips(characters: float, style: Style) -> int:
    """An indent given in characters of a style (its font size, as Word counts w:firstLineChars), as twips."""
    return twips(characters * style.size)


def advance_twips(characters: float, style: Style) -> int:
    """The room that this many full-width characters take in a line of the style, letter spacing included."""
    return twips(characters * (style.size + style.spacing))
