"""Rosters as schools keep them: who gets a letter, read from Excel and text files of every shape."""

from planforge.roster.classes import Reckoning, SchoolClass
from planforge.roster.columns import PUPIL_COLUMNS, STAFF_COLUMNS, Column, columns_for, lenient
from planforge.roster.model import ClassCount, LeftOut, Recipient, Roster, SheetReading
from planforge.roster.roster_reader import read_roster
from planforge.roster.wanted_columns import seems_staff

__all__ = [
    "PUPIL_COLUMNS",
    "STAFF_COLUMNS",
    "ClassCount",
    "Column",
    "LeftOut",
    "Recipient",
    "Reckoning",
    "Roster",
    "SchoolClass",
    "SheetReading",
    "columns_for",
    "lenient",
    "read_roster",
    "seems_staff",
]
