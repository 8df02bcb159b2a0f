"""What a whole build or run of letters is called with, singly."""

from planforge.batch.planning import CHUNK as CHUNK
from planforge.batch.planning import Plan as Plan
from planforge.batch.run import run as run
from planforge.compose import find_kinds as find_kinds
from planforge.core.problems import Place as Place
from planforge.roster import Recipient as Recipient
from planforge.roster.classes import SchoolClass as SchoolClass
