"""Clauses: sentences that several kinds of document say, one file each, addressed as `homework.limits`.

A clause is `clauses/<topic>/<name>.xml.j2`. Its first line is a comment that says what it is called and, where
it holds for some stages only, for which: `{#- title: 作业限量; stages: primary, junior -#}`. So a school writes a
clause of its own as one file, and whatever is wrong with it is said with that file and line.

One rule sounds different in a plan, in a promise and in a letter home. What a plan says has no ending; another
voice stands beside it under the same name: `clauses/homework/limits.letter.xml.j2` is `homework.limits.letter`.
Nothing falls back from one voice to another: a letter that asks for a voice that is not there is mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.compose.template_loader import Loader
from planforge.core.problems import InputError, Place, Problem
from planforge.core.system_messages import why
from planforge.facts.model import Stage

FOLDER = "clauses"
SUFFIX = ".xml.j2"
STAGES: tuple[str, ...] = get_args(Stage)

CLAUSE_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")

_HEADER = re.compile(r"\{#-?(?P<fields>.*?)-?#\}", re.DOTALL)
_KEYS = ("title", "stages", "note")
_EXAMPLE = "{#- title: 作业限量 -#}"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as its first line describes it. id: `topic.name` or `topic.name.voice`; stages: empty for all."""

    id: str
    topic: str
    title: str
    stages: tuple[str, ...]
    note: str
    place: Place

    def holds(self, stage: str) -> bool:
        """Whether it is said in a school of this stage; a nine-year school is a primary and a junior one."""
        return not self.stages or stage in self.stages or stage == "nine_year"


def clause_file(name: str) -> str:
    """The template name of a clause's id: homework.limits → clauses/homework/limits.xml.j2."""
    return f"{FOLDER}/{name.replace('.', '/', 1)}{SUFFIX}"


def clauses(search: Sequence[Path]) -> Mapping[str, Clause]:
    """All clauses of the search folders, by id.

    Args:
        search: the folders of templates; of two clauses with one id the earlier folder's counts.

    Raises:
        InputError: a clause's first line is wrong; it carries every mistake in all of them.
    """
    by_id: dict[str, Clause] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for root in search:
        for path in sorted((root / FOLDER).glob(f"*/*{SUFFIX}")):
            name = f"{path.parent.name}.{path.name.removesuffix(SUFFIX)}"
            if name in seen:
                continue
            seen.add(name)
            try:
                by_id[name] = read_clause(path)
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return dict(sorted(by_id.items()))


def find_clause(name: str, loader: Loader) -> Clause:
    """The clause of an id. Raises TemplateFault where there is none, InputError where its first line is wrong."""
    path = loader.find(clause_file(name)) if CLAUSE_ID.fullmatch(name) else None
    if path is None:
        raise TemplateFault(
            f"没有条文 {name}", "unknown-clause", fix=suggestion(name, _near(name, clause_ids(loader.search)))
        )
    return read_clause(path)


def clause_ids(search: Sequence[Path]) -> frozenset[str]:
    """The ids of all clauses there are, their first lines unread."""
    paths = (path for root in search for path in (root / FOLDER).glob(f"*/*{SUFFIX}"))
    return frozenset(f"{path.parent.name}.{path.name.removesuffix(SUFFIX)}" for path in paths)


def _near(name: str, known: frozenset[str]) -> frozenset[str]:
    """Those of the same topic, where it has any: the list of all would be too long to read."""
    topic = name.partition(".")[0]
    return frozenset(clause_id for clause_id in known if clause_id.startswith(f"{topic}.")) or known


def read_clause(path: Path) -> Clause:
    """Read the first line of a clause. Raises InputError with everything that is wrong in it."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise InputError(
            [Problem(f"文件打不开：{why(error)}", Place(str(path)), code="clause-header")]
        ) from error


@lru_cache(maxsize=1024)
def _read(path: Path, stamp: int) -> Clause:
    place = Place(str(path), 1)
    problems: list[Problem] = []

    def wrong(message: str, *, found: str = "", expected: str = "", fix: str = "") -> None:
        problems.append(
            Problem(message, place, found=found, expected=expected, fix=fix, code="clause-header")
        )

    topic, name = path.parent.name, path.name.removesuffix(SUFFIX)
    if not CLAUSE_ID.fullmatch(f"{topic}.{name}"):
        wrong("条文的文件夹和文件名只能用小写字母、数字和下划线", found=f"{topic}/{path.name}")
    try:
        head = _HEADER.match(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        wrong("模板文件不是 UTF-8")
        raise InputError(problems) from None
    fields = _fields(head["fields"], wrong) if head else {}
    stages = tuple(word for word in re.split(r"[\s,，、]+", fields.get("stages", "")) if word)
    for word in stages:
        if word not in STAGES:
            wrong(f"stages 里没有 {word}", fix=suggestion(word, STAGES))
    if not fields.get("title"):
        wrong("条文的第一行要写它的名称", expected=_EXAMPLE)
    if problems:
        raise InputError(problems)
    return Clause(f"{topic}.{name}", topic, fields["title"], stages, fields.get("note", ""), place)


def _fields(text: str, wrong: Callable[..., None]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in re.split("[;；]", text):
        key, colon, value = (piece.strip() for piece in part.replace("：", ":").partition(":"))
        if not part.strip():
            continue
        if not colon:
            wrong("第一行的各项要写成“名称: 值”，用分号隔开", found=part.strip(), expected=_EXAMPLE)
        elif key not in _KEYS:
            wrong(f"第一行没有 {key} 这一项", fix=suggestion(key, _KEYS))
        elif key in fields:
            wrong(f"{key} 写了两次")
        else:
            fields[key] = value
    return fields
