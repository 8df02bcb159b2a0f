"""How a value is printed: a fact as an element with its path, everything else as text, all of it counted."""

from __future__ import annotations

import inspect
from typing import Any

from jinja2 import Template, pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import Markup, escape

from planforge.compose.execution import current, printable
from planforge.compose.template_faults import TemplateFault
from planforge.compose.views import View

LABEL = "label"
"""The one attribute whose words are printed."""

TEXT = 100_000
"""Characters of one text put together with `~`."""


def joined(*parts: Any) -> Any:
    """Texts put together with `~`, within the limit."""
    texts = [_printed(part) for part in parts]
    if sum(len(text) for text in texts) > TEXT:
        raise TemplateFault("用 ~ 连接的文字太长", "text-budget", expected=f"至多 {TEXT} 个字符")
    if any(isinstance(text, Markup) for text in texts):
        return Markup("").join(texts)
    return "".join(texts)


@pass_context
def finalize(context: Context, value: Any) -> Any:
    """Print a value; takes the context so that Jinja never prints a constant while it compiles."""
    return _printed(value)


def _printed(value: Any) -> str:
    run = current()
    if isinstance(value, Undefined):
        str(value)
        raise TemplateFault("一行之内的 if 后面要写 else", "no-else")
    if isinstance(value, View):
        text: str = _shown(value)
    elif isinstance(value, str):
        text = value if isinstance(value, Markup) else printable(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:g}" if isinstance(value, float) else str(value)
    else:
        raise TemplateFault(
            "这里写不出文字", "not-a-text", found="空值" if value is None else "是或否、列表或别的"
        )
    run.wrote(len(text))
    return text


def _shown(view: View) -> str:
    """The fact as an element; one that cannot be printed is noted, so that all of a section are told at once."""
    try:
        return view.__html__()
    except TemplateFault as fault:
        mark = _line()
        if not mark:
            raise
        current().faults.append((fault, mark))
        return Markup('<fact path="{}">〔缺〕</fact>').format(view.path())


def _line() -> str:
    """The line of the template that is being run, as a mark."""
    frame = inspect.currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            return f"{template.name}:{template.get_corresponding_lineno(frame.f_lineno)}"
        frame = frame.f_back
    return ""


def attribute(value: Any, attribute: str) -> Markup:
    """A value inside a tag, where it cannot become an element."""
    if isinstance(value, View):
        text = value.text()
        value.read()
        if attribute == LABEL:
            current().labels.add(value.path())
        return escape(text)
    if isinstance(value, Markup):
        raise TemplateFault("属性里只能写简单的值，不能写带标记的文字", "markup-in-attribute")
    return escape(_printed(value))
