"""Runs templates in the sandbox, and gives whatever goes wrong in one its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError

from planforge.compose.card import Code
from planforge.compose.jinja_words import in_chinese
from planforge.compose.sandbox import Sandbox
from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.core.problems import InputError, Place, Problem

# What a template can bring about; anything else that is raised is a bug of ours.
_WRONG = (
    TemplateError, TemplateFault, TypeError, ValueError, LookupError, ArithmeticError, RecursionError, SyntaxError,
)  # fmt: skip


@lru_cache(maxsize=512)
def inline_template(environment: Sandbox, kind: str, code: Code, source: str) -> Template:
    """A template that stands in a card, compiled so that its lines are the card's."""
    name = f"{kind}/card.yaml"
    environment.stands_for(name, code.place.file)
    text = "\n" * (code.place.line - 1) + source
    try:
        compiled = environment.compile(text, name=name, filename=code.place.file)
    except TemplateSyntaxError as error:
        raise InputError(
            [Problem(in_chinese(error.message or ""), code.place, code="template-syntax")]
        ) from error
    except _WRONG as error:
        raise InputError([_problem(environment, error, name)]) from error
    return Template.from_code(environment, compiled, dict(environment.globals), None)


def rendered(environment: Sandbox, name: str, names: Mapping[str, Any]) -> str:
    """What a template file writes. Raises InputError with what is wrong in it, at its place."""
    try:
        template = environment.get_template(name)
    except _WRONG as error:
        raise InputError([_problem(environment, error, name)]) from error
    return run_template(environment, template, names)


def run_template(environment: Sandbox, template: Template, names: Mapping[str, Any]) -> str:
    """What a compiled template writes. Raises InputError with what is wrong in it, at its place."""
    try:
        context = template.new_context(dict(names))
        return environment.concat(template.root_render_func(context))
    except _WRONG as error:
        raise InputError([_problem(environment, error, template.name or "", names)]) from error


def _problem(
    environment: Sandbox, error: Exception, name: str, names: Mapping[str, Any] | None = None
) -> Problem:
    place = _raised_at(environment, error.__traceback__) or place_of(environment, f"{name}:0")
    match error:
        case TemplateFault():
            return error.at(place)
        case TemplateSyntaxError():
            where = place_of(environment, f"{error.name or name}:{error.lineno}")
            return Problem(in_chinese(error.message or ""), where, code="template-syntax")
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
            place = place_of(environment, f"{template.name}:{line}", template.filename)
        traceback = traceback.tb_next
    return place


def place_of(environment: Sandbox, mark: str, filename: str | None = None) -> Place:
    """The place of a mark: a template's name and a line."""
    name, _, line = mark.rpartition(":")
    return Place(filename or environment.filename(name), int(line))
