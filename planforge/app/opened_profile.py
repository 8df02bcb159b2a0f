"""A school's form as it was read, with where its templates, its rules and its letter paper come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.local_rules import rules_named_by
from planforge.core import resources
from planforge.core.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.document.tree import Document
    from planforge.facts import Facts
    from planforge.policy import RulePacks
    from planforge.profile import ReadProfile
    from planforge.readers import OldPaper

OWN_FOLDERS = ("templates", "模板")
TEXT_NAME = "信息表.yaml"
"""What a form read from text is called in messages, where the caller gives no name."""


class OpenedProfile:
    """A form that was read. Everything is worked out when it is first asked for, and kept.

    Attributes:
        reading: what could be read, with places and problems.
        file: the form as the caller named it.
        search: folders of templates, earlier ones first.
        sources: sha256 of each file that was read, by its name.
        base: the school's own Word file, for documents that name none of their own.
    """

    def __init__(
        self,
        reading: ReadProfile,
        *,
        file: Path,
        search: tuple[Path, ...],
        rules: tuple[Path, ...],
        base: Path | None,
        text: str | None = None,
    ) -> None:
        self.reading = reading
        self.file = file
        self.search = search
        self.base = base
        self._rules = rules
        self._text = text
        self._resolved: dict[int | None, Facts] = {}

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        templates: Sequence[Path] = (),
        rules: Sequence[Path] = (),
        base: Path | None = None,
    ) -> OpenedProfile:
        """Read the form at `path` with all that it extends. Never raises for what is wrong in it.

        Args:
            path: the form, YAML or Excel.
            templates: the school's own folders of templates; `templates` or `模板` beside the form come next.
            rules: local rule packs besides those that the form names.
            base: the school's own Word file, for documents that name none of their own.

        Raises:
            InputError: a folder of templates is not there.
        """
        from planforge.profile import read_profile

        search = template_search(templates, path)
        return cls(read_profile(path), file=path, search=search, rules=tuple(rules), base=base)

    @classmethod
    def read(
        cls,
        text: str,
        *,
        name: str = TEXT_NAME,
        templates: Sequence[Path] = (),
        rules: Sequence[Path] = (),
        base: Path | None = None,
    ) -> OpenedProfile:
        """Read a form from its YAML text. It has no folder, so that what it says of other files is a problem.

        Args:
            text: the form.
            name: what messages call it.
            templates, rules, base: as for `open`.

        Raises:
            InputError: a folder of templates is not there.
        """
        from planforge.profile import read_profile_text

        reading = read_profile_text(text, name)
        refused = tuple(_references(reading))
        reading = replace(reading, problems=(*reading.problems, *refused))
        search = template_search(templates)
        return cls(reading, file=Path(name), search=search, rules=tuple(rules), base=base, text=text)

    @cached_property
    def packs(self) -> RulePacks:
        """The rules that the form is held against. Raises InputError: a rule pack is not there, or wrong."""
        named = rules_named_by(self.file, self.reading) if self._text is None else ()
        return rule_packs((*self._rules, *named))

    @cached_property
    def facts(self) -> Facts:
        """What is true of the school in this term. Raises InputError with all that is wrong with the form."""
        if not self.reading.ok:
            raise InputError(self.reading.problems)
        return self.resolved()

    def resolved(self) -> Facts:
        """The facts of whatever could be read, mistakes or not. Raises InputError where that is too little."""
        return self.facts_of(None)

    def facts_of(self, dated: int | None) -> Facts:
        """The facts of one of the form's documents that has a day of its own; of the term's first day where None."""
        from planforge.facts import resolve

        if dated not in self._resolved:
            self._resolved[dated] = resolve(self.reading, self.packs, dated)
        return self._resolved[dated]

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The sha256 of each file that the form was read from, by its name, as they are now."""
        if self._text is not None:
            return {self.file.name: hashlib.sha256(self._text.encode()).hexdigest()}
        files = sorted({place.file for place in self.reading.places.values()})
        return {Path(name).name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in files}

    def held_against_rules(
        self,
        documents: Sequence[tuple[str, Document]],
        allow: Sequence[str],
        dated: Mapping[str, Facts] | None = None,
        papers: Iterable[OldPaper] = (),
    ) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """What the check finds before anything is written, and the rules whose errors somebody goes on with.

        Args:
            documents: composed ones, each with its Chinese name.
            dated: by name, the facts of documents that have a day of their own.
            allow: ids of rules, or `all`.
            papers: what stands above and below their text on the school's own paper.

        Returns:
            All findings; the ids of the rules whose errors were allowed.

        Raises:
            InputError: there is no such rule; its kind CheckFailed where errors are left that nobody has allowed.
        """
        from planforge.check import CheckFailed, allowed, check_school, unknown

        if unknown_rules := unknown(allow, self.packs):
            raise InputError(unknown_rules)
        findings = check_school(self.reading, self.facts, self.packs, documents, dated or {}, papers)
        waived = allowed(findings, allow)
        if any(finding.severity == "error" and finding not in waived for finding in findings):
            raise CheckFailed(findings)
        return findings, tuple(sorted({finding.rule for finding in waived}))


def template_search(own: Sequence[Path] = (), profile: Path | None = None) -> tuple[Path, ...]:
    """The folders in which kinds, clauses, frameworks and looks are found, earlier ones first.

    Args:
        own: a school's own, as named on the call.
        profile: a folder `templates` or `模板` beside it comes next; the built-in one is last.

    Raises:
        InputError: a folder named on the call is not there.
    """
    absent = [path for path in own if not path.is_dir()]
    if absent:
        raise InputError(
            [Problem("没有这个文件夹", Place(str(path)), code="search-folder") for path in absent]
        )
    beside = [profile.parent / name for name in OWN_FOLDERS] if profile is not None else []
    built_in = resources.templates_root()
    folders = {path.resolve(): path for path in (*own, *beside) if path.is_dir()}
    folders.pop(built_in.resolve(), None)
    return (*folders.values(), built_in)


def rule_packs(own: Sequence[Path] = ()) -> RulePacks:
    """The built-in rule packs and further ones, read again only when a file has changed.

    Raises:
        InputError: one is not there, or wrong.
    """
    return _read_packs(tuple((path, _stamp(path)) for path in own))


@lru_cache(maxsize=64)
def _read_packs(own: tuple[tuple[Path, tuple[int, int]], ...]) -> RulePacks:
    from planforge.policy import load_packs

    return load_packs(tuple(path for path, _ in own))


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is written: its time in nanoseconds and its size in bytes."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _references(reading: ReadProfile) -> Iterator[Problem]:
    """A problem for each other file that a form read from text names."""
    profile = reading.profile
    named = [("extends", name) for name in profile.extends]
    named += [(f"policy[{number}]", name) for number, name in enumerate(profile.policy)]
    named += [
        (f"documents[{number}].base", wanted.base)
        for number, wanted in enumerate(profile.documents)
        if wanted.base
    ]
    for path, name in named:
        yield Problem(
            "这张信息表是从文字读入的，没有所在的文件夹，不能引用别的文件",
            reading.place(path),
            found=name,
            fix="把信息表存成文件，再从文件打开",
            code="file.no-folder",
        )
