"""The school's own paper: which Word file each document is written on, who named it, and what its PDF lacks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.core.problems import InputError, Place, Problem
from planforge.document.look import Look, place_of_base

if TYPE_CHECKING:
    from planforge.compose import Composition, Kind, Shape
    from planforge.profile import ReadProfile
    from planforge.writers.word import BaseFile


def bases_of(
    composed: Sequence[tuple[Kind, Composition]],
    looks: Mapping[str, Look],
    base: Path | None,
    reading: ReadProfile,
    search: Sequence[Path],
) -> list[BaseFile | None]:
    """The school's own Word file of each document: the one that it names, else the call's, else its look's.

    Raises:
        InputError: files cannot be a base; it carries all of them, each with the place that names it.
    """
    bases: list[BaseFile | None] = []
    problems: list[Problem] = []
    for _, made in composed:
        try:
            bases.append(base_of(made.shape, looks[made.shape.look], base, reading, search))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return bases


def base_of(
    shape: Shape, look: Look, base: Path | None, reading: ReadProfile, search: Sequence[Path]
) -> BaseFile | None:
    """The one of a document in a shape. Raises InputError where it cannot be a base, with the place that names it."""
    from planforge.writers.word import read_base

    if shape.base:
        return read_base(Path(shape.base), _in_profile(reading, shape.base))
    if base is not None:
        return read_base(base)
    return read_base(Path(look.base), place_of_base(shape.look, search)) if look.base else None


def _in_profile(reading: ReadProfile, base: str) -> Place | None:
    """Where a profile's list of documents names a file."""
    for number, wanted in enumerate(reading.profile.documents):
        place = reading.place(f"documents[{number}].base")
        if wanted.base and place is not None and Path(place.file).parent / wanted.base == Path(base):
            return place
    return None


def not_carried(bases: Iterable[tuple[BaseFile | None, Look]]) -> list[Problem]:
    """What the PDF does not print of each Word file that documents are written on. look: before its page was taken."""
    from planforge.writers.word import read_letterhead, styles_of

    notices: list[Problem] = []
    for base, look in bases:
        if base is None:
            continue
        lost = list(read_letterhead(base).left_out)
        if styles := styles_of(base, look):
            lost.append(f"学校设过的式样（{'、'.join(styles)}）：PDF 仍照版式排")
        if lost:
            notices.append(
                Problem(
                    f"底稿“{base.name}”里有 PDF 印不出来的：{'；'.join(lost)}。Word 文件里都有",
                    base.place,
                    fix="需要同 Word 一样的 PDF 时，用 Word 打开另存为 PDF",
                    code="base-not-in-pdf",
                    severity="notice",
                )
            )
    return list(dict.fromkeys(notices))
