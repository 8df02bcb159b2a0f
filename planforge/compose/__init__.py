"""Facts and templates → the document tree.

`find_kinds` lists the kinds of document there are, `choose` holds a school's wishes against a kind's card,
`compose` writes the document. Templates run in a sandbox that shows them facts and nothing else.
"""

from planforge.compose.card import Card, Option, Section
from planforge.compose.clauses import Clause, clauses
from planforge.compose.composing import Composition, compose, search_path
from planforge.compose.frameworks import Framework, frameworks
from planforge.compose.kinds import Choices, Kind, Shape, choose, find_kinds, gather, named

__all__ = [
    "Card",
    "Choices",
    "Clause",
    "Composition",
    "Framework",
    "Kind",
    "Option",
    "Section",
    "Shape",
    "choose",
    "clauses",
    "compose",
    "find_kinds",
    "frameworks",
    "gather",
    "named",
    "search_path",
]
