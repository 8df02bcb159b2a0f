"""What can be said of a template without running it: names, facts and clauses that do not exist.

A branch that no trial takes is looked at as well, so that a misspelt name in it does not wait for the one
school whose facts lead there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from planforge.compose.clauses import CLAUSE_ID
from planforge.compose.sandbox import Sandbox
from planforge.compose.template_faults import TemplateFault, suggestion
from planforge.compose.views import View
from planforge.core.problems import Place, Problem

GLOBALS = frozenset({"clause", "range", "namespace", "loop", "caller", "varargs", "kwargs"})


def look_at(
    environment: Sandbox, file: Path, name: str, names: Mapping[str, Any], clauses: frozenset[str]
) -> Iterator[Problem]:
    """What is wrong in a template file. name: as templates name it; names: what it may name, as views."""

    def at(node: nodes.Node) -> Place:
        return Place(str(file), node.lineno)

    try:
        tree = environment.parse(file.read_text(encoding="utf-8-sig"), name, str(file))
    except (OSError, UnicodeDecodeError, TemplateSyntaxError, TemplateFault):
        return  # said when it is run
    made = _made_here(tree)
    known = {*names, *GLOBALS, *made}
    for variable in tree.find_all(nodes.Name):
        if variable.ctx == "load" and variable.name not in known and not variable.name.startswith("_"):
            yield Problem(
                f"没有 {variable.name} 这个名称",
                at(variable),
                fix=suggestion(variable.name, known),
                code="unknown-name",
            )
    views = {key: value for key, value in names.items() if isinstance(value, View) and key not in made}
    wrong: set[int] = set()
    for chain in tree.find_all(nodes.Getattr):
        try:
            _walk(chain, views)
        except TemplateFault as fault:
            if not any(id(inner) in wrong for inner in chain.find_all(nodes.Getattr)):
                yield fault.at(at(chain))
            wrong.add(id(chain))
    for call in tree.find_all(nodes.Call):
        words = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
        if not (isinstance(call.node, nodes.Name) and call.node.name == "clause" and "clause" not in made):
            continue
        for word in words:
            if not (isinstance(word, str) and CLAUSE_ID.fullmatch(word) and word in clauses):
                yield Problem(
                    f"没有条文 {word}", at(call), fix=suggestion(str(word), clauses), code="unknown-clause"
                )


def _made_here(tree: nodes.Template) -> set[str]:
    """Names that the template gives itself: by set, for, with, macro and import."""
    names = {variable.name for variable in tree.find_all(nodes.Name) if variable.ctx in ("store", "param")}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    names |= {statement.target for statement in tree.find_all(nodes.Import)}
    for statement in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in statement.names}
    return names


def _walk(node: nodes.Node, views: Mapping[str, View]) -> View | None:
    """The view of a chain like homework.publicity.where; None where it does not begin at a fact."""
    if isinstance(node, nodes.Name):
        return views.get(node.name)
    if not isinstance(node, nodes.Getattr):
        return None
    above = _walk(node.node, views)
    return above.member(node.attr) if above is not None else None
