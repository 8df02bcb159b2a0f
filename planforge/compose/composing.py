"""Facts and a kind of document → the document's tree, with what it prints and what it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from planforge.compose import recipients
from planforge.compose.card import Card, Code
from planforge.compose.dispatch import dispatched
from planforge.compose.elements import NotWellFormed, read_elements
from planforge.compose.execution import Run, printable, running
from planforge.compose.frameworks import Framework
from planforge.compose.heading_levels import orphans
from planforge.compose.kinds import Kind, Shape, choose
from planforge.compose.markup_reader import Reader
from planforge.compose.sandbox import Sandbox, sandbox
from planforge.compose.template_runner import inline_template, place_of, rendered, run_template
from planforge.compose.views import View, field_types
from planforge.core.problems import InputError, Place, Problem
from planforge.core.resources import templates_root
from planforge.document.tree import Block, Break, Document, Inline, Text, Title, facts_of, inlines_of, plain
from planforge.facts.model import Facts

_HIDDEN = frozenset({"sources", "missing", "as_of"})
CHARACTERS = 100_000
"""Characters of one document; a full plan has about ten thousand."""
PIECES = 10_000
"""Paragraphs, items and cells of one document; a plan with every table has some hundreds."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document.

    Attributes:
        printed: paths of the facts that stand in it.
        depends: paths of those that were only read for it.
        shape: what was composed: sections, options, look.
        unmet: paths that the card says this kind needs and that nobody has given.
    """

    document: Document
    printed: frozenset[str]
    depends: frozenset[str]
    shape: Shape
    unmet: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """How long the document is: characters without white space, to hold against the card's length."""
        pieces = (plain(content) for block in self.document.blocks for content in inlines_of(block))
        return sum(len("".join(piece.split())) for piece in pieces)


def compose(
    kind: Kind, facts: Facts, shape: Shape | None = None, *, recipient: Mapping[str, str] | None = None
) -> Composition:
    """Compose one document of a kind.

    Args:
        kind: the kind of document.
        facts: what is true of the school.
        shape: sections and options; the card's own where None.
        recipient: for a kind with recipients, the values that its text varies by; the ones that are only
            printed stay open as `Field`s.

    Returns:
        The document, with the paths of the facts that it prints and of those that it only read.

    Raises:
        InputError: the templates are wrong; it carries every mistake, with file and line.
    """
    wanted = shape if shape is not None else choose(kind)
    environment = sandbox(kind.search)
    names = _names(kind, facts, wanted)
    if kind.card.audience == "recipient":
        names[recipients.NAME] = recipients.TemplateRecipient(kind.card, recipient or {})
    run = Run(names=names)
    problems: list[Problem] = []
    blocks: list[Block] = []
    sections = {section.id: section for section in kind.card.sections}
    absent: set[str] = set()
    with running(run):
        title = _title(environment, kind, names, problems)
        for name in wanted.sections:
            section = sections[name]
            try:
                if section.under in absent:
                    continue
                if section.when is None or _holds(environment, kind, section.when, names):
                    blocks.extend(_section(environment, kind, name, names))
                    _bounded(environment, kind, name, blocks)
                else:
                    absent.add(name)
            except InputError as error:
                problems.extend(error.problems)
    problems.extend(fault.at(place_of(environment, mark)) for fault, mark in run.faults)
    written = [block for block in blocks if isinstance(block, Title)]
    problems.extend(
        Problem("一份文件只能有一个 <title>", second.place, code="second-title") for second in written[1:]
    )
    if wanted.title:
        blocks, written = _retitled(blocks, wanted.title)
    elif not written and title:
        blocks.insert(0, title)
        written = [title]
    if not written and not problems:
        problems.append(Problem(f"{kind.card.name}没有标题", kind.card.place, code="no-title"))
    if not problems:  # a section that failed would leave others without the heading they stand below
        problems.extend(orphans(blocks))
    try:
        blocks, asked = dispatched(blocks, facts, wanted, kind.search)
        run.reads |= asked
    except InputError as error:
        problems.extend(error.problems)
    if problems:
        raise InputError(_once(problems))
    document = Document(
        kind.card.id,
        plain(written[0].content).replace("\n", ""),
        tuple(blocks),
        author=facts.school.name,
        subject=facts.term.title,
        numbering=wanted.numbering,
    )
    printed = frozenset(fact.path for fact in facts_of(document)) | frozenset(run.labels)
    run.reads |= {"school.name", "term.title"}  # author and subject of the file
    return Composition(document, printed, frozenset(run.reads - printed), wanted, _unmet(kind.card, facts))


def _retitled(blocks: list[Block], lines: Sequence[str]) -> tuple[list[Block], list[Title]]:
    """The blocks with a school's own title in place of the kind's."""
    content: list[Inline] = []
    for line in lines:
        content += [Break(), Text(printable(line))]
    title = Title(tuple(content[1:]))
    at = next((index for index, block in enumerate(blocks) if isinstance(block, Title)), 0)
    rest: list[Block] = [block for block in blocks if not isinstance(block, Title)]
    return [*rest[:at], title, *rest[at:]], [title]


def _names(kind: Kind, facts: Facts, shape: Shape) -> dict[str, Any]:
    types = field_types(Facts)
    names: dict[str, Any] = {
        name: View(getattr(facts, name), name, hint) for name, hint in types.items() if name not in _HIDDEN
    }
    hints = {
        option.id: Literal.__getitem__(tuple(option.choices))
        for option in kind.card.options
        if option.choices
    }
    names["options"] = View(dict(shape.options), "options", hints)
    for option in kind.card.options:
        if option.type == "framework":
            chosen = kind.frameworks.get(str(shape.options[option.id]))
            names["framework"] = View(chosen, f"options.{option.id}", Framework)
    return names


def _section(environment: Sandbox, kind: Kind, name: str, names: Mapping[str, Any]) -> list[Block]:
    template = kind.template(name)
    if template is None:
        where = kind.card.place
        raise InputError([Problem(f"section {name} 没有模板文件", where, code="section-file")])
    markup = rendered(environment, template, names)
    start = place_of(environment, f"{template}:1")
    return _blocks(environment, markup, start)


def _bounded(environment: Sandbox, kind: Kind, name: str, blocks: Sequence[Block]) -> None:
    """Raise InputError, at the section's file, where a document is far longer than anyone prints or reads."""
    pieces = [plain(content) for block in blocks for content in inlines_of(block)]
    if len(pieces) > PIECES or sum(map(len, pieces)) > CHARACTERS:
        expected = f"一份文件至多 {CHARACTERS} 字、{PIECES} 段（条、格）"
        place = place_of(environment, f"{kind.template(name)}:1")
        fix = "看这一节里的循环是不是重复得太多"
        raise InputError([Problem("文件太长，已停止", place, expected=expected, fix=fix, code="too-long")])


def _blocks(environment: Sandbox, markup: str, start: Place) -> list[Block]:
    try:
        root = read_elements(markup, start, lambda mark: place_of(environment, mark))
    except NotWellFormed as error:
        raise InputError([error.problem]) from error
    reader = Reader()
    reader.check(root)
    blocks = reader.blocks(root)
    if reader.problems:
        raise InputError(reader.problems)
    return blocks


def _title(
    environment: Sandbox, kind: Kind, names: Mapping[str, Any], problems: list[Problem]
) -> Title | None:
    code = kind.card.title
    if code is None:
        return None
    try:
        template = inline_template(environment, kind.card.id, code, f"<title>{code.source}</title>")
        markup = run_template(environment, template, names)
        (block,) = _blocks(environment, markup, code.place)
    except InputError as error:
        problems.extend(error.problems)
        return None
    return block if isinstance(block, Title) else None


def _holds(environment: Sandbox, kind: Kind, code: Code, names: Mapping[str, Any]) -> bool:
    if "%}" in code.source or "{" in code.source:
        raise InputError([Problem("when 里只写条件，不写 {% 和 {{", code.place, code="card-when")])
    template = inline_template(environment, kind.card.id, code, f"{{% if {code.source} %}}1{{% endif %}}")
    return run_template(environment, template, names) == "1"


def _once(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: problem.place or Place(""))


def _unmet(card: Card, facts: Facts) -> tuple[str, ...]:
    return tuple(path for path in card.needs if not _given(facts, path))


def _given(facts: Facts, path: str) -> bool:
    value: Any = facts
    for part in path.split("."):
        value = getattr(value, part, None)
    return value not in (None, "", ())


def search_path(*own: Path) -> tuple[Path, ...]:
    """The folders to look for kinds in: a school's own first, the built-in one last."""
    return (*own, templates_root())
