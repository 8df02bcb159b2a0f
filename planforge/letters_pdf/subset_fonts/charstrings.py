"""Type 2 charstrings made to stand by themselves: subroutines written out, hints left out.

What remains draws the same outline (Adobe Technical Note 5177). WeasyPrint's fonts have no hints either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planforge.letters_pdf.subset_fonts.sfnt import Unreadable

_STEMS = frozenset((1, 3, 18, 23))
_MASKS = frozenset((19, 20))
_CALL, _RETURN, _CALL_GLOBAL, _ESCAPE, _END = 10, 11, 29, 12, 14
_MOVES = {21: 2, 22: 1, 4: 1}
_PATHS = frozenset((5, 6, 7, 8, 24, 25, 26, 27, 30, 31))
_FLEXES = frozenset((34, 35, 36, 37))
_DEEPEST = 10
_OPERAND = re.compile(rb"[\x20-\xf6]|[\xf7-\xfe].|\x1c..|\xff....", re.DOTALL)
_OPERANDS = re.compile(rb"(?:%b)+" % _OPERAND.pattern, re.DOTALL)
_OPERATORS = {one: bytes((one,)) for one in (*_MOVES, *_PATHS)}


def number(value: int) -> bytes:
    """An integer as an operand, of a charstring or (from -32768 to 32767) of a dictionary."""
    if -107 <= value <= 107:
        return bytes((value + 139,))
    if 108 <= value <= 1131:
        return bytes((247 + (value - 108 >> 8), value - 108 & 255))
    if -1131 <= value <= -108:
        return bytes((251 + (-value - 108 >> 8), -value - 108 & 255))
    return b"\x1c" + value.to_bytes(2, "big", signed=True)


class Flattener:
    """Writes charstrings of one font out. The same subroutines serve all glyphs of one private dictionary."""

    def __init__(self, own: Sequence[bytes], common: Sequence[bytes]) -> None:
        self._own, self._common = own, common
        self._own_bias, self._common_bias = _bias(len(own)), _bias(len(common))

    def flat(self, charstring: bytes) -> bytes:
        """A charstring without width, hints and calls. Raises Unreadable."""
        self._out: list[bytes] = []
        self._operands: list[bytes] = []  # in pieces, each of one operand or more
        self._stems = 0
        self._begun = False  # the first operator that clears the stack may take a width before its operands
        try:
            self._run(charstring, 0)
        except IndexError as error:
            raise Unreadable("a charstring that breaks off") from error
        return b"".join(self._out)

    def _run(self, code: bytes, depth: int) -> bool:
        """Run a piece of code; whether the glyph has ended in it."""
        if depth > _DEEPEST:
            raise Unreadable("subroutines too deep")
        operands = self._operands
        at, end = 0, len(code)
        while at < end:
            found = _OPERANDS.match(code, at)
            if found is not None:
                operands.append(found[0])
                at = found.end()
                if at == end:
                    return False
            first = code[at]
            at += 1
            if first in (_CALL, _CALL_GLOBAL):
                own = first == _CALL
                index = self._called() + (self._own_bias if own else self._common_bias)
                if self._run((self._own if own else self._common)[index], depth + 1):
                    return True
            elif first == _RETURN:
                return False
            elif first in _PATHS:
                self._emit(_OPERATORS[first])
            elif first in _STEMS:
                self._count_stems()
            elif first in _MASKS:
                self._count_stems()
                at += self._stems + 7 >> 3
            elif first == _END:
                if self._depth() > 1:
                    raise Unreadable("an accented character in pieces")
                self._out.append(b"\x0e")
                return True
            elif first in _MOVES:
                if not self._begun and self._depth() > _MOVES[first]:
                    self._drop_width()
                self._emit(_OPERATORS[first])
            elif first == _ESCAPE and code[at] in _FLEXES:
                self._emit(code[at - 1 : at + 1])
                at += 1
            else:
                raise Unreadable("a charstring that reckons")
        return False

    def _depth(self) -> int:
        """How many operands wait."""
        return sum(len(_OPERAND.findall(piece)) for piece in self._operands)

    def _called(self) -> int:
        """The last operand, taken away: what a call calls, without the bias. Raises IndexError."""
        piece = self._operands.pop()
        last = _OPERAND.findall(piece)[-1]
        if len(last) < len(piece):
            self._operands.append(piece[: -len(last)])
        return _value(last)

    def _drop_width(self) -> None:
        first = _OPERAND.match(self._operands[0])
        assert first is not None
        self._operands[0] = self._operands[0][first.end() :]

    def _count_stems(self) -> None:
        self._stems += self._depth() >> 1
        self._begun = True
        self._operands.clear()

    def _emit(self, operator: bytes) -> None:
        self._begun = True
        self._out += self._operands
        self._out.append(operator)
        self._operands.clear()


def _value(operand: bytes) -> int:
    """An operand's value; of a fraction, nothing that is ever asked for."""
    first = operand[0]
    if first < 32:
        return int.from_bytes(operand[1:], "big", signed=True)
    if first < 247:
        return first - 139
    if first < 251:
        return (first - 247) * 256 + operand[1] + 108
    return -(first - 251) * 256 - operand[1] - 108 if first < 255 else 0


def _bias(count: int) -> int:
    return 107 if count < 1240 else 1131 if count < 33900 else 32768
