"""One look for a whole run: that in which its widest letter holds on its page.

It is measured by a copy of the process: letters are laid out by further copies, which a process may not make any more
once it has laid something out itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planforge.core.problems import InputError, MissingPart
from planforge.core.processes import apart
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.scaled_look import for_part
from planforge.letters.filling import fields_of

Values = Sequence[Mapping[str, str]]
"""What all recipients have, by field."""


def fitted_for_all(documents: Sequence[Document], look: Look, values: Values) -> Look:
    """The look in which the widest letter of all holds on its page: one for the whole run.

    Args:
        documents: all compositions.
        look: with the steps in which it may be set closer.
        values: of all recipients; the longest of each field decides.

    Raises:
        InputError: some letter does not hold in any step of the look.
    """
    if look.fit is None:
        return look
    from planforge.writers.pdf import load
    from planforge.writers.pdf.fitting import fitted, tightest

    steps = [look, *look.fit.steps]

    def step() -> int:
        return max(
            steps.index(fitted(document, look, widest=_widest(document, values))) for document in documents
        )

    try:
        load()  # whoever lays out afterwards has it then
        return steps[apart(step)]
    except MissingPart:
        return tightest(look)


def fitted_on_part(documents: Sequence[Document], look: Look, values: Values, up: int) -> Look:
    """The look on a part of a sheet in which the widest letter of all holds there.

    Raises:
        InputError: some letter does not hold in any step of the look.
    """
    part = {2: "半张", 3: "三分之一张"}[up]
    try:
        return fitted_for_all(documents, for_part(look, up), values)
    except InputError as error:
        raise InputError(
            [
                replace(
                    problem,
                    message=f"{problem.message}（--up {up} 一份只有{part} A4）",
                    fix=f"{problem.fix}；或者 --up {up - 1}",
                )
                for problem in error.problems
            ]
        ) from error


def pages_of(documents: Sequence[Document], look: Look, values: Values) -> int | None:
    """Pages of the longest letter; None where that cannot be told on this machine."""
    if look.fit is not None and look.fit.pages == 1:
        return 1
    from planforge.writers.fonts import choose
    from planforge.writers.pdf import layout
    from planforge.writers.pdf.fitting import filled

    def longest() -> int:
        fonts = choose(look)
        return max(
            len(layout(filled(document, _widest(document, values)), look, fonts).pages)
            for document in documents
        )

    try:
        return apart(longest)
    except MissingPart:
        return None


def _widest(document: Document, values: Values) -> dict[str, str]:
    """By field, the longest value that anybody has."""
    names = {field.name for field in fields_of(document)}
    return {name: max((row.get(name, "") for row in values), key=len, default="") for name in names}
