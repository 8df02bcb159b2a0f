"""The steps of builds and batches singly, for those who measure them beside other tools; nothing else uses it."""

from planforge.batch.planning import CHUNK, Plan
from planforge.batch.run import run
from planforge.batch.sampling import SAMPLE, drawn
from planforge.batch.unit import LetterRow, RunSettings, UnitResult, WorkUnit, make
from planforge.batch.workers import processes, results
from planforge.check import check_free_text, check_plain, check_text, findings
from planforge.check.calendar_days import check_dates
from planforge.check.founding import before_founding
from planforge.check.less_paper import check_paper
from planforge.check.passages import free_text, of_document
from planforge.compose import find_kinds
from planforge.core import resources
from planforge.core.problems import InputError, Place
from planforge.core.processes import cores
from planforge.core.resources import templates_root
from planforge.document.look import Look, find_look
from planforge.document.numbering import labels
from planforge.document.tree import (
    Attachment,
    Blank,
    Block,
    Closing,
    Document,
    Field,
    Heading,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    inlines_of,
)
from planforge.document.tree import plain as inline_text
from planforge.facts import resolve
from planforge.letters import plain
from planforge.letters.filling import filled
from planforge.letters.plain import Letter
from planforge.letters_word.splice import Splicer
from planforge.output.group_write import Beside, Pieces
from planforge.profile import read_profile
from planforge.roster import Recipient
from planforge.roster.classes import SchoolClass
from planforge.writers import html, pdf
from planforge.writers.fonts import choose
from planforge.writers.pdf.fitting import fitted_or_tightest
from planforge.writers.word import write

__all__ = [
    "CHUNK",
    "SAMPLE",
    "Attachment",
    "Beside",
    "Blank",
    "Block",
    "Closing",
    "Document",
    "Field",
    "Heading",
    "InputError",
    "Labelled",
    "Letter",
    "LetterRow",
    "Look",
    "NumberedList",
    "Paragraph",
    "Pieces",
    "Place",
    "Plan",
    "Recipient",
    "RunSettings",
    "SchoolClass",
    "Signatures",
    "Slip",
    "Splicer",
    "Table",
    "Text",
    "Title",
    "UnitResult",
    "WorkUnit",
    "before_founding",
    "check_dates",
    "check_free_text",
    "check_paper",
    "check_plain",
    "check_text",
    "choose",
    "cores",
    "drawn",
    "filled",
    "find_kinds",
    "find_look",
    "findings",
    "fitted_or_tightest",
    "free_text",
    "html",
    "inline_text",
    "inlines_of",
    "labels",
    "make",
    "of_document",
    "pdf",
    "plain",
    "processes",
    "read_profile",
    "resolve",
    "resources",
    "results",
    "run",
    "templates_root",
    "write",
]
