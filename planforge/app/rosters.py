"""Rosters by themselves: how one is understood, and a blank one."""

from planforge.app.school import read_roster
from planforge.output import write_new
from planforge.roster import ClassCount, LeftOut, Roster
from planforge.roster.blank import blank_roster
from planforge.roster.gathering import cells_of
from planforge.roster.model import SheetReading

__all__ = [
    "ClassCount",
    "LeftOut",
    "Roster",
    "SheetReading",
    "blank_roster",
    "cells_of",
    "read_roster",
    "write_new",
]
