"""Rosters as schools keep them: who gets a letter, read from Excel and text files of every shape."""

from planforge.batch.roster.asked import seems_staff
from planforge.batch.roster.classes import Reckoning, SchoolClass
from planforge.batch.roster.columns import PUPIL_COLUMNS, STAFF_COLUMNS, Column, columns_for, lenient
from planforge.batch.roster.model import LeftOut, Recipient, Roster
from planforge.batch.roster.reading import read_roster

__all__ = [
    "PUPIL_COLUMNS",
    "STAFF_COLUMNS",
    "Column",
    "LeftOut",
    "Recipient",
    "Reckoning",
    "Roster",
    "SchoolClass",
    "columns_for",
    "lenient",
    "read_roster",
    "seems_staff",
]
