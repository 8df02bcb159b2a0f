"""Which characters are set as Latin, which as Chinese, and which Chinese signs are mistaken for Latin.

“ ” ‘ ’ — … and many symbols belong to both scripts. In our documents they are Chinese signs. Word is told so by
w:hint; a program that goes by script alone (LibreOffice) gives them to the script that stands before them, and
to Latin at the beginning of a paragraph and behind a line break (measured, 7.4). Writers mark just these, so that
all set them alike.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["chinese", "latin", "sign"]
"""sign: a Chinese sign in a place where it would be read as Latin."""

_SPACES = frozenset(" \u00a0\n\t")


def kinds(words: str, after: Kind = "latin") -> list[Kind]:
    """The kind of each character. after: what stands before them (a paragraph begins as if after Latin).

    A space is of the kind of what stands before it.
    """
    scripts: list[Kind] = []
    latin = after != "chinese"
    for character in words:
        kind: Kind
        if "\u0020" < character < "\u007f" or _is_letter(character):
            kind, latin = "latin", True
        elif character in _SPACES:
            kind = "latin" if latin else "chinese"
        elif "\u00a1" <= character <= "\u02ff":
            kind, latin = "sign", True
        elif "\u2000" <= character <= "\u2bff":
            kind = "sign" if latin else "chinese"
        else:
            kind, latin = "chinese", False
        scripts.append(kind)
    return scripts


def _is_letter(character: str) -> bool:
    return "\u00c0" <= character <= "\u052f" and character.isalpha()
