"""The public door: a school's form, opened, and everything that can be made of it.

    from planforge import School

    school = School.open("我校.yaml")
    for problem in school.problems:
        print(problem)
    files = school.render(["减负工作计划"], ["pdf"]).files

A `School` may be used by several threads at once. Nothing is written but by `build`, `letters` and `master`, and by
these only into the folder that they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.opened_profile import TEXT_NAME, OpenedProfile, rule_packs
from planforge.core.problems import Problem

if TYPE_CHECKING:
    from planforge.app.build_results import Rendered, Report
    from planforge.app.letters import Batch, LetterOrder, Removed
    from planforge.app.master_letter import Master, MasterOrder
    from planforge.check import Finding
    from planforge.document.tree import Document
    from planforge.facts import FactLine, Facts
    from planforge.policy import RulePacks
    from planforge.roster import Roster

__all__ = ["ComposedDocument", "School", "read_roster", "read_rules"]

PathName = str | PathLike[str]
Progress = Callable[[int, int], None]
"""Told how much is done, and how much there is to do."""


@dataclass(frozen=True, slots=True)
class ComposedDocument:
    """A document before it is a file.

    Attributes:
        kind: the kind's id.
        name: its Chinese name.
        tree: what stands in it.
        printed: paths of the facts that it prints.
        depends: paths of those that it only looked at.
        characters: how many it has, without white space.
    """

    kind: str
    name: str
    tree: Document = field(repr=False)
    printed: frozenset[str] = field(repr=False)
    depends: frozenset[str] = field(repr=False)
    characters: int


class School:
    """A school's form in one term. Made by `School.open` or `School.read`."""

    def __init__(self, opened: OpenedProfile) -> None:
        self._opened = opened

    @classmethod
    def open(
        cls,
        path: PathName,
        *,
        templates: Sequence[PathName] = (),
        rules: Sequence[PathName] = (),
        base: PathName | None = None,
    ) -> School:
        """Read the form at a path, with all that it extends.

        What is wrong in the form is no exception: it stands in `problems`.

        Args:
            path: the form, .yaml or .xlsx.
            templates: the school's own folders of templates, before the built-in ones. A folder `templates` or `模板`
                beside the form is always found.
            rules: local rule packs besides those that the form names.
            base: the school's own Word file, for documents that name none of their own.

        Raises:
            InputError: a folder of templates is not there.
        """
        return cls(
            OpenedProfile.open(
                Path(path),
                templates=[Path(folder) for folder in templates],
                rules=[Path(file) for file in rules],
                base=None if base is None else Path(base),
            )
        )

    @classmethod
    def read(
        cls,
        text: str,
        *,
        name: str = TEXT_NAME,
        templates: Sequence[PathName] = (),
        rules: Sequence[PathName] = (),
        base: PathName | None = None,
    ) -> School:
        """Read a form from its YAML text; the text is never taken for a path.

        A form read so lies in no folder: other files that it names are problems.

        Args:
            text: the form.
            name: what messages call it.
            templates, rules, base: as for `open`.

        Raises:
            InputError: a folder of templates is not there.
        """
        return cls(
            OpenedProfile.read(
                text,
                name=name,
                templates=[Path(folder) for folder in templates],
                rules=[Path(file) for file in rules],
                base=None if base is None else Path(base),
            )
        )

    @property
    def name(self) -> str:
        """The school's name; empty where the form does not say it."""
        return self._opened.reading.profile.school.name or ""

    @property
    def ok(self) -> bool:
        """Whether documents can be made of the form: `problems` has no error."""
        return self._opened.reading.ok

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong or odd in the form, all of it, in order of place; each prints as one Chinese sentence."""
        return self._opened.reading.problems

    @property
    def facts(self) -> Facts:
        """What is true of the school in this term, each value with where it comes from.

        Raises:
            InputError: the form cannot be used; it carries all problems.
        """
        return self._opened.facts

    def describe(self) -> tuple[FactLine, ...]:
        """Every fact as people read it: its title, its path, its words, where it comes from.

        Raises:
            InputError: the form cannot be used.
        """
        from planforge.facts import describe

        return tuple(describe(self.facts))

    def check(self, *, documents: bool = True) -> tuple[Finding, ...]:
        """Everything that is not right: in the form, against the rules in force, in the texts of the documents.

        Args:
            documents: also compose the form's documents and check their texts.

        Raises:
            InputError: a rule pack is wrong.
        """
        from planforge.app.check_files import check_opened

        return check_opened(self._opened, documents=documents)[0].findings

    def compose(self, kinds: Sequence[str] = ()) -> tuple[ComposedDocument, ...]:
        """The documents as trees, before they are files.

        Args:
            kinds: ids or names; where empty, what the form lists, else the default pack.

        Raises:
            InputError: mistakes in the form, the templates or the call.
        """
        from planforge.app.document_composing import compose_all

        opened = self._opened
        return tuple(
            ComposedDocument(
                kind.card.id,
                made.shape.name,
                made.document,
                made.printed,
                made.depends,
                made.characters,
            )
            for kind, made in compose_all(opened.facts, opened.reading, kinds, opened.search, opened.facts_of)
        )

    def render(
        self,
        kinds: Sequence[str] = (),
        formats: Sequence[str] = ("docx", "pdf"),
        *,
        allow: Sequence[str] = (),
        bundle: bool = False,
        processes: int | None = None,
        executor: Executor | None = None,
        progress: Progress | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Rendered:
        """Documents as files in memory: `render(...).files` has the bytes by name.

        Args:
            kinds: ids or names; where empty, what the form lists, else the default pack.
            formats: docx, pdf, html, txt.
            allow: ids of rules whose errors somebody has decided to go on with; `all` for every one.
            bundle: also one PDF of all documents, and a zip.
            processes: how many write at once; by the cores where None.
            executor: any `concurrent.futures.Executor` to write instead, such as Dask's.
            progress: told the documents written and all documents.
            cancel: asked between two documents whether to stop.

        Raises:
            InputError: mistakes in the form, the templates or the call; its kind CheckFailed where the check finds
                errors that nobody has allowed.
            MissingPart: no format asked for can be written on this machine.
            Cancelled: `cancel` said so.
        """
        from planforge.app.build import render
        from planforge.app.build_results import BuildOptions

        options = BuildOptions(
            kinds=kinds, formats=formats, allow=allow, bundle=bundle, processes=processes, executor=executor,
            progress=progress, cancel=cancel,
        )  # fmt: skip
        return render(self._opened, options)

    def build(
        self,
        output: PathName,
        kinds: Sequence[str] = (),
        formats: Sequence[str] = ("docx", "pdf"),
        *,
        allow: Sequence[str] = (),
        bundle: bool = False,
        processes: int | None = None,
        executor: Executor | None = None,
        progress: Progress | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Report:
        """Documents as files in `output`/school/term. A file that somebody has edited is kept, the new one goes beside.

        Args:
            output: the folder; it is made where it is not there.
            kinds, formats, allow, bundle, processes, executor, progress, cancel: as for `render`.

        Raises:
            InputError, MissingPart, Cancelled: as for `render`; no file was touched.
            OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
        """
        from planforge.app.build import build
        from planforge.app.build_results import BuildOptions

        options = BuildOptions(
            kinds=kinds, formats=formats, allow=allow, bundle=bundle, processes=processes, executor=executor,
            progress=progress, cancel=cancel,
        )  # fmt: skip
        return build(self._opened, Path(output), options)

    def letters(
        self,
        kind: str,
        roster: PathName,
        output: PathName | None = None,
        order: LetterOrder | None = None,
        *,
        jobs: int = 0,
        executor: Executor | None = None,
        resume: bool = False,
        prune: bool = False,
        progress: Progress | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Batch:
        """A letter for everybody on a roster.

        Rows that cannot be read get no letter; they stand among the outcome's problems, by their cells.

        Args:
            kind: id or name of a kind with recipients.
            roster: .xlsx, .xls or .csv.
            output: the folder that gets school/term/kind; None for files in memory (`letters(...).files`).
            order: which letters, in which files, on what paper; by default everybody's, PDF one file a class, Word
                one file a letter.
            jobs: processes of our own, 0 for as many as pay.
            executor: any `concurrent.futures.Executor` to do the work instead, such as Dask's.
            resume: leave what stands there as it would be made now.
            prune: remove unedited files of earlier runs for which the roster has nobody any more.
            progress: told the letters done and all letters.
            cancel: asked between two files whether to stop; what was put until then is whole and known.

        Raises:
            InputError: mistakes in the form, templates or call; its kind CheckFailed where the check finds errors.
            OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
        """
        from planforge.app.letters import LetterOrder, RunOptions, batch

        how = RunOptions(
            jobs=jobs, executor=executor, resume=resume, prune=prune, progress=progress, cancel=cancel
        )
        folder = None if output is None else Path(output)
        return batch(self._opened, kind, Path(roster), folder, order or LetterOrder(), how)

    def remove_letters(self, kind: str, output: PathName) -> Removed:
        """Remove what runs of a kind have made in a folder.

        Returns:
            How many files were removed, and what still lies there: edited files, unknown ones, other folders.

        Raises:
            InputError: there is no such kind, or the form cannot be used.
            OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
        """
        from planforge.app.letters import remove

        return remove(self._opened, kind, Path(output))

    def master(
        self,
        kind: str,
        roster: PathName | None = None,
        output: PathName | None = None,
        order: MasterOrder | None = None,
    ) -> Master:
        """A letter that is the same for all: one master to copy, how many to print, a picture and words for chats.

        Args:
            kind: id or name of a kind with recipients.
            roster: whose classes are counted for the print-run sheet; without one the numbers of the form are taken.
            output: the folder that gets school/term/kind; None for files in memory (`master(...).files`).
            order: formats, spare copies, paper.

        Raises:
            InputError, MissingPart, OutputError: as for `letters`.
        """
        from planforge.app.master_letter import MasterOrder, master

        listed = None if roster is None else Path(roster)
        folder = None if output is None else Path(output)
        return master(self._opened, kind, listed, folder, order or MasterOrder())


def read_roster(
    path: PathName,
    *,
    staff: bool | None = None,
    mapping: dict[str, str] | None = None,
    sheets: Sequence[str] = (),
    term_start: date | None = None,
    entry_grade: int = 1,
) -> Roster:
    """Read a roster: who is on it, who is left out and why, how it was understood.

    Args:
        path: .xlsx, .xls or .csv.
        staff: whether it lists staff; found out where None.
        mapping: field → heading, where a column is called otherwise.
        sheets: names of the sheets to read, all where empty.
        term_start: the term's first day, where classes are called by the year of entry (2024级1班).
        entry_grade: the school's lowest grade.

    Returns:
        The roster; what is wrong with it stands in its problems.
    """
    from planforge.roster import lenient, seems_staff
    from planforge.roster import read_roster as read

    def attempt(as_staff: bool) -> Roster:
        return read(
            Path(path),
            lenient(staff=as_staff),
            mapping=mapping or {},
            term_start=term_start,
            entry_grade=entry_grade,
            sheets=sheets,
            staff=as_staff,
        )

    roster = attempt(bool(staff))
    return attempt(True) if staff is None and seems_staff(roster.understood) else roster


def read_rules(files: Sequence[PathName] = ()) -> RulePacks:
    """The built-in rules, with local packs added.

    Args:
        files: local rule packs (YAML).

    Raises:
        InputError: a pack is not there, or wrong; every mistake with file and line.
    """
    return rule_packs([Path(file) for file in files])
