"""The steps by which letters are made, singly."""

from planforge.batch.sampling import SAMPLE as SAMPLE
from planforge.batch.sampling import drawn as drawn
from planforge.batch.unit import LetterRow as LetterRow
from planforge.batch.unit import RunSettings as RunSettings
from planforge.batch.unit import UnitResult as UnitResult
from planforge.batch.unit import WorkUnit as WorkUnit
from planforge.batch.unit import make as make
from planforge.batch.workers import processes as processes
from planforge.batch.workers import results as results
from planforge.letters import plain as plain
from planforge.letters.filling import filled as filled
from planforge.letters.plain import Letter as Letter
from planforge.output.group_write import Beside as Beside
from planforge.output.group_write import Pieces as Pieces
