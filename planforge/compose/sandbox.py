"""The environment that templates run in: what they can name, reach and use up is listed, all else refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from planforge.compose import template_syntax
from planforge.compose.clauses import clause_file, find_clause
from planforge.compose.execution import DEPTH, current
from planforge.compose.fact_output import attribute, finalize, joined
from planforge.compose.filters import FILTERS, TESTS
from planforge.compose.source_lines import ATTRIBUTE, Marks
from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.compose.template_loader import Loader
from planforge.compose.views import View, plain_value, weighed

_NUMBER = 10**12
_LIST = 10_000
_LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"}
)
_LOOP_CALLS = frozenset({"cycle", "changed"})
_SCOPES = frozenset({"_loop_vars", "_block_vars"})  # what Jinja adds to a call within a loop


_CLAUSE = object()
"""What the name `clause` stands for; only a call of it does anything."""


class _Name(StrictUndefined):
    """A name that is not there; whatever a template does with it, it is told the names that are."""

    @property
    def _undefined_message(self) -> str:
        return f"没有 {self._undefined_name} 这个名称"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with our filters, tests and limits, and with nothing of its own."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self, search: Sequence[Path]) -> None:
        super().__init__(
            loader=Loader(search),
            autoescape=True,
            undefined=_Name,
            extensions=[Marks],
            optimized=False,
            keep_trailing_newline=True,
            finalize=finalize,
        )
        internal: dict[str, Callable[..., Any]] = {
            template_syntax.COUNTED: _counted,
            template_syntax.JOINED: joined,
            template_syntax.WEIGHED: weighed,
            ATTRIBUTE: attribute,
        }
        self.filters = {**FILTERS, **internal}
        self.tests = dict(TESTS)
        self.globals = {"range": _range, "namespace": Namespace, "clause": _CLAUSE}
        self._files: dict[str, str] = {}
        self.references: dict[str, frozenset[str]] = {}

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Put printed pieces together, within the limit of one document."""
        pieces = list(parts)
        current().wrote(sum(len(piece) for piece in pieces))
        return "".join(pieces)

    # --- reading templates ---

    def filename(self, name: str) -> str:
        """The file that a template's name stands for, as a person would look for it."""
        path = self._files.get(name)
        if path is None:
            loader = self.loader
            source = loader.find(name) if isinstance(loader, Loader) else None
            path = self._files[name] = str(source or name)
        return path

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
            template_syntax.check(tree, name or "", FILTERS, TESTS)
            if name is not None:
                parts = template_syntax.references(tree)
                self.references[name] = frozenset(self.join_path(part, name) for part in parts)
            rewritten: nodes.Template = template_syntax.Rewriter().visit(tree)
        except RecursionError as error:
            line = _deepest(error.__traceback__)
            raise TemplateSyntaxError("括号或语句一层套一层，写得太深", line, name, filename) from None
        return rewritten

    def stands_for(self, name: str, file: str) -> None:
        """Say which file a template's name stands for that is none of the loader's (a card)."""
        self._files[name] = file

    def join_path(self, template: str, parent: str) -> str:
        """A name without a folder stands for a file beside the one that names it."""
        return template if "/" in template else f"{parent.rpartition('/')[0]}/{template}"

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        """The compiled template. Raises TemplateFault where files include one another in a circle."""
        template = super().get_template(name, parent, globals)
        if parent is not None:
            current().step(20)
            self._refuse_circle(template.name or "", parent)
        return template

    def _refuse_circle(self, name: str, parent: str) -> None:
        waiting, seen = [name], set[str]()
        while waiting:
            here = waiting.pop()
            if here == parent:
                raise TemplateFault(f"{parent} 和 {name} 互相引用，没有尽头", "include-circle")
            if here not in seen:
                seen.add(here)
                waiting.extend(self.references.get(here, ()))

    # --- reaching into values ---

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a fact, of `loop`, of a namespace or of imported clauses; of nothing else."""
        if isinstance(obj, Undefined):
            str(obj)
        if attribute.startswith("_"):
            raise TemplateFault(f"名称不能以下划线开头：{attribute}", "forbidden")
        if isinstance(obj, View):
            return obj.member(attribute)
        if isinstance(obj, LoopContext):
            if attribute in _LOOP | _LOOP_CALLS:
                return getattr(obj, attribute)
            raise TemplateFault(
                f"loop 没有 {attribute}", "unknown-name", fix=suggestion(attribute, _LOOP | _LOOP_CALLS)
            )
        if isinstance(obj, Namespace):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                raise TemplateFault(f"namespace 里没有 {attribute}", "unknown-name") from None
        if isinstance(obj, TemplateModule):
            return self._exported(obj, attribute)
        raise TemplateFault(f"不能用 .{attribute}", "forbidden", fix="文字和数字没有下级项；要变换请用过滤器")

    def _exported(self, module: Any, name: str) -> Any:
        names = {key for key in vars(module) if not key.startswith("_")}
        if name not in names:
            raise TemplateFault(f"引用的文件里没有 {name}", "unknown-name", fix=suggestion(name, names))
        return vars(module)[name]

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A member of a list by its index; a part of a fact by its name."""
        index = plain_value(argument)
        if isinstance(index, str):
            return self.getattr(obj, index)
        if isinstance(index, int) and not isinstance(index, bool):
            if isinstance(obj, View):
                return obj.at(index)
            if isinstance(obj, list | tuple) and -len(obj) <= index < len(obj):
                return obj[index]
        raise TemplateFault("方括号里要写列表中已有的序号", "no-such-item")

    # --- doing things ---

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, or one of the few functions that templates have."""
        run = current()
        owner = getattr(__obj, "__self__", None)
        if not isinstance(__obj, Macro):
            kwargs = {name: value for name, value in kwargs.items() if name not in _SCOPES}
        if isinstance(__obj, Macro):
            run.step(5)
            if run.depth >= DEPTH:
                raise TemplateFault("macro 调用层数太多", "macro-depth", expected=f"至多 {DEPTH} 层")
            run.depth += 1
            try:
                return __context.call(__obj, *args, **kwargs)
            finally:
                run.depth -= 1
        if isinstance(owner, LoopContext) and getattr(__obj, "__name__", "") in _LOOP_CALLS:
            return __obj(*map(weighed, args))
        if __obj is _range or __obj is Namespace:
            return __obj(*args, **kwargs)
        if __obj is _CLAUSE:
            return __self._clause(*args, **kwargs)
        if isinstance(__obj, Undefined):
            str(__obj)
        raise TemplateFault(
            "这里不能用括号调用", "forbidden", fix="可以调用的只有 macro、clause、range、namespace"
        )

    def _clause(self, *given: Any, **named: Any) -> Markup:
        """The words of a clause in the facts at hand; empty where its facts are missing or it is not for us."""
        run = current()
        name = plain_value(given[0]) if len(given) == 1 and not named else None
        if not isinstance(name, str):
            raise TemplateFault('clause 里写一个条文的名称，如 clause("homework.limits")', "wrong-call")
        loader = self.loader
        assert isinstance(loader, Loader)
        clause = find_clause(name, loader)
        run.step(20)
        if name in run.clauses:
            raise TemplateFault(
                f"条文 {' → '.join((*run.clauses, name))} 互相引用，没有尽头", "clause-circle"
            )
        if clause.stages and not clause.holds(str(plain_value(run.names["school"].member("stage")))):
            return Markup()
        run.clauses.append(name)
        try:
            template = self.get_template(clause_file(name))
            return Markup(
                self.concat(template.root_render_func(template.new_context(dict(run.names)))).strip()
            )
        finally:
            run.clauses.pop()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out sums of numbers, within limits; `+` also puts two lists of facts together."""
        a, b = plain_value(left), plain_value(right)
        if operator == "+" and isinstance(a, tuple) and isinstance(b, tuple):
            if len(a) + len(b) > _LIST:
                raise TemplateFault("列表太长", "list-budget", expected=f"至多 {_LIST} 项")
            return (*_members(left), *_members(right))
        for side, value in ((left, a), (right, b)):
            if not isinstance(value, int | float) or isinstance(value, bool):
                what = side.path() if isinstance(side, View) else "文字"
                raise TemplateFault(f"{what} 不是数，不能用 {operator}", "not-a-number", fix="连接文字用 ~")
        if operator == "**":
            raise TemplateFault("模板里不能用 **", "forbidden")
        if operator in ("/", "//", "%") and b == 0:
            raise TemplateFault("除数是 0", "not-a-number")
        result = self.binop_table[operator](a, b)
        if abs(result) > _NUMBER:
            raise TemplateFault("算出来的数太大", "number-budget")
        view = next((side for side in (left, right) if isinstance(side, View)), None)
        return result if view is None else view.derive(result)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """The sign before a number."""
        return self.call_binop(context, operator, 0, arg)


def _deepest(traceback: TracebackType | None) -> int:
    """The line of a template at which reading it went too deep."""
    line = 1
    while traceback is not None:
        names = traceback.tb_frame.f_locals
        reader, node = names.get("self"), names.get("node")
        if isinstance(reader, Parser):
            line = reader.stream.current.lineno
        elif isinstance(node, nodes.Node):
            line = node.lineno or line
        traceback = traceback.tb_next
    return line


def _members(value: Any) -> Iterable[Any]:
    return value.items() if isinstance(value, View) else value


def _range(*bounds: Any) -> range:
    plain = [plain_value(bound) for bound in bounds]
    if not plain or any(not isinstance(bound, int) or abs(bound) > 10_000 for bound in plain):
        raise TemplateFault("range 里要写整数，至多 10000", "not-a-number")
    return range(*plain)


def _counted(iterable: Any, weight: int) -> tuple[Any, ...]:
    if isinstance(iterable, Undefined):
        str(iterable)
    if isinstance(iterable, View):
        iterable = iterable.items()
    if not isinstance(iterable, list | tuple | range):
        raise TemplateFault("for 后面要写列表", "not-a-list")
    current().step(len(iterable) * weight)
    return tuple(iterable)


@lru_cache(maxsize=32)
def sandbox(search: tuple[Path, ...]) -> Sandbox:
    """The environment over these search folders; its compiled templates are kept."""
    return Sandbox(search)
