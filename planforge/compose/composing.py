"""Facts and a kind of document → the document's tree, with what it prints and what it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError

from planforge.compose import recipients
from planforge.compose.card import Card, Code
from planforge.compose.elements import NotWellFormed, read_elements
from planforge.compose.faults import TemplateFault, suggestion
from planforge.compose.frameworks import Framework
from planforge.compose.headings import orphans
from planforge.compose.kinds import Kind, Shape, choose
from planforge.compose.reading import Reader
from planforge.compose.run import Run, running
from planforge.compose.sandbox import Sandbox, sandbox
from planforge.compose.views import View, field_types
from planforge.document.tree import Block, Document, Title, facts_of, inlines_of, plain
from planforge.facts.model import Facts
from planforge.problems import InputError, Place, Problem
from planforge.resources import templates_root

_HIDDEN = frozenset({"sources", "missing"})

# What a template can bring about; anything else that is raised is a bug of ours.
_WRONG = (
    TemplateError, TemplateFault, TypeError, ValueError, LookupError, ArithmeticError, RecursionError, SyntaxError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed document. printed: paths of the facts that stand in it; depends: those only read for it.

    unmet: paths that the card says this kind needs and that nobody has given.
    """

    document: Document
    printed: frozenset[str]
    depends: frozenset[str]
    unmet: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """How long the document is: characters without white space, to hold against the card's length."""
        pieces = (plain(content) for block in self.document.blocks for content in inlines_of(block))
        return sum(len("".join(piece.split())) for piece in pieces)


def compose(
    kind: Kind, facts: Facts, shape: Shape | None = None, *, recipient: Mapping[str, str] | None = None
) -> Composition:
    """Compose one document of a kind, in this shape or in the card's own.

    recipient: for a kind with recipients, the values that its text varies by; the ones that are only
    printed stay open as `Field`s.

    Raises InputError with everything that is wrong in its templates, each problem with file and line.
    """
    wanted = shape if shape is not None else choose(kind)
    environment = sandbox(kind.search)
    names = _names(kind, facts, wanted)
    if kind.card.audience == "recipient":
        names[recipients.NAME] = recipients.Recipient(kind.card, recipient or {})
    run = Run(names=names)
    problems: list[Problem] = []
    blocks: list[Block] = []
    sections = {section.id: section for section in kind.card.sections}
    with running(run):
        title = _title(environment, kind, names, problems)
        for name in wanted.sections:
            section = sections[name]
            try:
                if section.when is None or _holds(environment, kind, section.when, names):
                    blocks.extend(_section(environment, kind, name, names))
            except InputError as error:
                problems.extend(error.problems)
    problems.extend(fault.at(_place(environment, mark)) for fault, mark in run.faults)
    written = [block for block in blocks if isinstance(block, Title)]
    problems.extend(
        Problem("一份文件只能有一个 <title>", second.place, code="second-title") for second in written[1:]
    )
    if not written and title:
        blocks.insert(0, title)
        written = [title]
    if not written and not problems:
        problems.append(Problem(f"{kind.card.name}没有标题", kind.card.place, code="no-title"))
    problems.extend(orphans(blocks))
    if problems:
        raise InputError(_once(problems))
    document = Document(
        kind.card.id,
        plain(written[0].content).replace("\n", ""),
        tuple(blocks),
        author=facts.school.name,
        subject=facts.term.title,
    )
    printed = frozenset(fact.path for fact in facts_of(document)) | frozenset(run.labels)
    return Composition(document, printed, frozenset(run.reads - printed), _unmet(kind.card, facts))


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
    markup = _rendered(environment, template, names)
    start = _place(environment, f"{template}:1")
    return _blocks(environment, markup, start)


def _blocks(environment: Sandbox, markup: str, start: Place) -> list[Block]:
    try:
        root = read_elements(markup, start, lambda mark: _place(environment, mark))
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
        template = _inline_template(environment, kind.card.id, code, f"<title>{code.source}</title>")
        markup = _run_template(environment, template, names)
        (block,) = _blocks(environment, markup, code.place)
    except InputError as error:
        problems.extend(error.problems)
        return None
    return block if isinstance(block, Title) else None


def _holds(environment: Sandbox, kind: Kind, code: Code, names: Mapping[str, Any]) -> bool:
    if "%}" in code.source or "{" in code.source:
        raise InputError([Problem("when 里只写条件，不写 {% 和 {{", code.place, code="card-when")])
    template = _inline_template(environment, kind.card.id, code, f"{{% if {code.source} %}}1{{% endif %}}")
    return _run_template(environment, template, names) == "1"


# --- running templates, and placing what goes wrong -------------------------------------------


@lru_cache(maxsize=512)
def _inline_template(environment: Sandbox, kind: str, code: Code, source: str) -> Template:
    """A template that stands in a card, compiled so that its lines are the card's."""
    name = f"{kind}/card.yaml"
    environment.stands_for(name, code.place.file)
    text = "\n" * (code.place.line - 1) + source
    try:
        compiled = environment.compile(text, name=name, filename=code.place.file)
    except TemplateSyntaxError as error:
        raise InputError([Problem(_chinese(error), code.place, code="template-syntax")]) from error
    except _WRONG as error:
        raise InputError([_problem(environment, error, name)]) from error
    return Template.from_code(environment, compiled, dict(environment.globals), None)


def _rendered(environment: Sandbox, name: str, names: Mapping[str, Any]) -> str:
    try:
        template = environment.get_template(name)
    except _WRONG as error:
        raise InputError([_problem(environment, error, name)]) from error
    return _run_template(environment, template, names)


def _run_template(environment: Sandbox, template: Template, names: Mapping[str, Any]) -> str:
    try:
        context = template.new_context(dict(names))
        return environment.concat(template.root_render_func(context))
    except _WRONG as error:
        raise InputError([_problem(environment, error, template.name or "", names)]) from error


def _problem(
    environment: Sandbox, error: Exception, name: str, names: Mapping[str, Any] | None = None
) -> Problem:
    place = _raised_at(environment, error.__traceback__) or _place(environment, f"{name}:0")
    match error:
        case TemplateFault():
            return error.at(place)
        case TemplateSyntaxError():
            where = _place(environment, f"{error.name or name}:{error.lineno}")
            return Problem(_chinese(error), where, code="template-syntax")
        case TemplateNotFound():
            return Problem(f"找不到要引用的文件 {error.name}", place, code="template-missing")
        case RecursionError() | SyntaxError():
            return Problem("模板层层引用得太深，已停止", place, code="template-depth")
        case TemplateError():
            word = str(error).removeprefix("没有 ").removesuffix(" 这个名称")
            return Problem(str(error), place, fix=suggestion(word, names or ()), code="unknown-name")
        case _:
            return Problem("这里的写法算不出来", place, found=str(error), code="template-value")


def _raised_at(environment: Sandbox, traceback: TracebackType | None) -> Place | None:
    """The innermost line of a template that an error passed through."""
    place = None
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(traceback.tb_lineno)
            place = _place(environment, f"{template.name}:{line}", template.filename)
        traceback = traceback.tb_next
    return place


def _place(environment: Sandbox, mark: str, filename: str | None = None) -> Place:
    name, _, line = mark.rpartition(":")
    return Place(filename or environment.filename(name), int(line))


def _chinese(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    if message.isascii():
        return f"模板写法有误：{message}"
    return message


def _once(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda one: one.place or Place(""))


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
