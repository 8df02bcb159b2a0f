"""Letter spacing that is painted as wide as it is meant.

WeasyPrint lays text out in 1/1024 px, but paints it with spacings cut to whole thousandths of an em: over a
line of 28 characters the last one could stand 0.4 pt from its place. So of the values close to the one that
is meant that is taken which is painted best, and what the layout then has too much or too little is
given back where the run ends.
"""

from __future__ import annotations

from functools import lru_cache

_UNITS = 1024
_PX = 96 / 72  # pixels a point


@lru_cache(maxsize=4096)
def letter_spacing(meant: float, size: float) -> float:
    """What to write as `letter-spacing`, in points, for `meant` points between characters of a size."""
    if not meant:
        return 0.0
    middle = round(meant * _PX * _UNITS)
    reach = round(0.001 * size * _PX * _UNITS) + 2
    wanted = meant / size * 1000
    around = sorted(range(middle - reach, middle + reach + 1), key=lambda units: abs(units - middle))
    best = min(around, key=lambda units: round(abs(_painted(units, size * _PX) - wanted), 2))
    # A little further from zero: the number is cut to whole units again when it is read.
    return (best + (0.3 if best > 0 else -0.3)) / _UNITS / _PX


def _painted(units: int, size: float) -> float:
    """Thousandths of an em between two characters as painted: half before each, the rest cut to a whole number."""
    offset = int(units / 2) / size
    return offset - int(offset - units * 1000 / _UNITS / size)
