"""The school's own paper: which Word file each document is written on, who named it, and what its PDF lacks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.letterhead_places import FilledBase, fill_letterhead
from planforge.core.problems import InputError, Place, Problem
from planforge.document.look import Look, find_look, place_of_base

if TYPE_CHECKING:
    from planforge.app.opened_profile import OpenedProfile
    from planforge.compose import Composition, Kind, Shape
    from planforge.facts import Facts
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


def filled_bases(
    composed: Sequence[tuple[Kind, Composition]], opened: OpenedProfile, facts: Facts
) -> list[FilledBase | None]:
    """The same with the open places of their headers and footers filled; a recipient's stay blanks to write in."""
    from planforge.writers.word import with_values

    looks = {name: find_look(name, opened.search) for name in {made.shape.look for _, made in composed}}
    made: list[FilledBase | None] = []
    bases = bases_of(composed, looks, opened.base, opened.reading, opened.search)
    for base, (kind, composition) in zip(bases, composed, strict=True):
        if base is None:
            made.append(None)
            continue
        letters = kind.card.audience == "recipient"
        filled = fill_letterhead(base, facts, composition.document, recipients=letters)
        made.append(replace(filled, base=with_values(filled.base, {})))
    return made


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


def not_carried(bases: Iterable[tuple[BaseFile | None, Look]], *, pdf: bool) -> list[Problem]:
    """What does not hold of each Word file that documents are written on.

    Args:
        bases: each with the look of its document, before the file's page was taken.
        pdf: whether a PDF is made too.
    """
    from planforge.writers.word import read_letterhead, school_body, styles_of, title_is_first_heading

    notices: list[Problem] = []
    for base, look in bases:
        if base is None:
            continue
        if why := school_body(base, look.styles["body"].size).not_held:
            notices.append(
                Problem(
                    f"底稿“{base.name}”的文档网格没有全照用：{'；'.join(why)}",
                    base.place,
                    fix="用 Word 打开底稿，在“页面设置—文档网格”里改，或把“正文”样式的字号设好",
                    code="base-grid",
                    severity="notice",
                )
            )
        if title_is_first_heading(base):
            notices.append(
                Problem(
                    f"底稿“{base.name}”的“标题 1”是题目的样子：“一、”用它的“标题 2”，“（一）”用“标题 3”，以下类推",
                    base.place,
                    code="base-headings",
                    severity="notice",
                )
            )
        lost = list(read_letterhead(base).left_out)
        if styles := styles_of(base, look):
            lost.append(
                f"学校设过的式样（{'、'.join(styles)}）：PDF 照它的只有正文的字号、行距和字距，别的仍照版式"
            )
        if lost and pdf:
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
