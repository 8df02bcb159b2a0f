"""Rosters by themselves: how one is understood, and a blank one."""

from planforge.app.school import read_roster
from planforge.output import write_new
from planforge.roster import LeftOut, Roster
from planforge.roster.blank import blank_roster
from planforge.roster.model import SheetReading

__all__ = ["LeftOut", "Roster", "SheetReading", "blank_roster", "read_roster", "write_new"]
