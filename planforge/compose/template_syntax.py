"""What a template may consist of: checked on its syntax tree, before anything of it runs.

The tree is then rewritten so that loops are counted, texts put together with `~` are limited in size, and
includes and imports always see the facts of the document at hand.
"""

from __future__ import annotations

from collections.abc import Collection
from math import isfinite

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from planforge.compose.template_faults import suggestion

COUNTED = "_counted"
JOINED = "_joined"
WEIGHED = "_weighed"

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.NSRef, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Tuple, nodes.List, nodes.Keyword, nodes.CondExpr, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv,
    nodes.Mod, nodes.Neg, nodes.Pos, nodes.Concat, nodes.Filter, nodes.Test, nodes.Call, nodes.For, nodes.If,
    nodes.Assign, nodes.AssignBlock, nodes.With, nodes.Macro, nodes.CallBlock, nodes.Include, nodes.Import,
    nodes.FromImport,
)  # fmt: skip

_WORDS = {
    nodes.Extends: "extends", nodes.Block: "block", nodes.FilterBlock: "filter 块", nodes.Pow: "**",
    nodes.Dict: "{…} 字典", nodes.Scope: "autoescape", nodes.ScopedEvalContextModifier: "autoescape",
    nodes.ExprStmt: "do",
}  # fmt: skip


def check(tree: nodes.Template, name: str, filters: Collection[str], tests: Collection[str]) -> None:
    """Hold a template's tree against what is allowed.

    Raises TemplateSyntaxError, with the line, at the first node that is not.
    """

    def fail(message: str, node: nodes.Node) -> None:
        inside = (
            inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno
        )  # Scope has no line itself
        raise TemplateSyntaxError(message, node.lineno or next(inside, 1), name)

    def visit(node: nodes.Node) -> None:
        if type(node) not in _ALLOWED:
            fail(f"模板里不能用 {_WORDS.get(type(node), type(node).__name__)}", node)
        match node:
            case nodes.Name(name=word) | nodes.Getattr(attr=word) if word.startswith("_"):
                fail(f"名称不能以下划线开头：{word}", node)
            case nodes.Const(value=float() as number) if not isfinite(number):
                fail("数太大", node)
            case nodes.Filter(node=None):
                fail("set 块后面不能加过滤器", node)
            case nodes.Filter(name=word) if word not in filters and word != "_attribute":
                fail(f"没有过滤器 {word}。{suggestion(word, _public(filters))}", node)
            case nodes.Test(name=word) if word not in tests:
                fail(f"没有判断 is {word}。{suggestion(word, _public(tests))}", node)
            case nodes.For(recursive=True):
                fail("for 后面不能写 recursive", node)
            case nodes.Include() | nodes.Import() | nodes.FromImport():
                if not (isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)):
                    fail("引用的文件名要直接写出，不能算出来", node)
            case nodes.Call() | nodes.Filter() | nodes.Test():
                if node.dyn_args is not None or node.dyn_kwargs is not None:
                    fail("不能用 * 或 ** 展开参数", node)
            case _:
                pass
        for child in node.iter_child_nodes():
            visit(child)

    visit(tree)


def _public(names: Collection[str]) -> list[str]:
    return [name for name in names if not name.startswith("_")]


def references(tree: nodes.Template) -> frozenset[str]:
    """The names of the files that a template includes or imports."""
    statements = tree.find_all((nodes.Include, nodes.Import, nodes.FromImport))
    return frozenset(node.template.value for node in statements)  # type: ignore[attr-defined]


class Rewriter(NodeTransformer):
    """Puts the limits into a checked tree."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        """Count the loop's steps, weighed by the size of its body."""
        weight = 1 + sum(1 for _ in node.find_all(nodes.Node)) // 20
        self.generic_visit(node)
        arguments: list[nodes.Expr] = [nodes.Const(weight)]
        node.iter = nodes.Filter(node.iter, COUNTED, arguments, [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        """Put texts together within the limit."""
        self.generic_visit(node)
        first, *rest = node.nodes
        return nodes.Filter(first, JOINED, rest, [], None, None, lineno=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        """Count what is compared."""
        self.generic_visit(node)
        node.expr = nodes.Filter(node.expr, WEIGHED, [], [], None, None, lineno=node.lineno)
        for operand in node.ops:
            operand.expr = nodes.Filter(operand.expr, WEIGHED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """Always with the facts at hand."""
        node.with_context = True
        return node

    def visit_Import(self, node: nodes.Import) -> nodes.Node:
        """Always with the facts at hand."""
        node.with_context = True
        return node

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node:
        """Always with the facts at hand."""
        node.with_context = True
        return node
