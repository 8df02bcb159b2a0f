"""What can be made: kinds with their sections and options, clauses, frameworks, looks; and trying a school's own."""

from planforge.app.opened_profile import template_search
from planforge.compose import (
    Framework,
    Kind,
    Option,
    Section,
    clauses,
    find_kinds,
    frameworks,
    gather,
    named,
)
from planforge.compose.looks import looks
from planforge.compose.sentence_search import find_sentence
from planforge.compose.trial import concerned, try_templates

__all__ = [
    "Framework",
    "Kind",
    "Option",
    "Section",
    "clauses",
    "concerned",
    "find_kinds",
    "find_sentence",
    "frameworks",
    "gather",
    "looks",
    "named",
    "template_search",
    "try_templates",
]
