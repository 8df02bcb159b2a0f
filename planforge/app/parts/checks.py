"""The steps of a check, singly."""

from planforge.check import check_free_text as check_free_text
from planforge.check import check_plain as check_plain
from planforge.check import check_text as check_text
from planforge.check import findings as findings
from planforge.check.calendar_days import check_dates as check_dates
from planforge.check.founding import before_founding as before_founding
from planforge.check.less_paper import check_paper as check_paper
from planforge.check.passages import free_text as free_text
from planforge.check.passages import of_document as of_document
from planforge.core import resources as resources
from planforge.facts import resolve as resolve
from planforge.profile import read_profile as read_profile
