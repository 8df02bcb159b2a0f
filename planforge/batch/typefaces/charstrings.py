"""Type 2 charstrings made to stand by themselves: subroutines written out, hints left out.

What remains draws the same outline (Adobe Technical Note 5177). WeasyPrint's fonts have no hints either.
"""

from __future__ import annotations

from collections.abc import Sequence

from planforge.batch.typefaces.sfnt import Unreadable

_STEMS = frozenset((1, 3, 18, 23))
_MASKS = frozenset((19, 20))
_CALL, _RETURN, _CALL_GLOBAL, _ESCAPE, _END = 10, 11, 29, 12, 14
_MOVES = {21: 2, 22: 1, 4: 1}
_PATHS = frozenset((5, 6, 7, 8, 24, 25, 26, 27, 30, 31))
_FLEXES = frozenset((34, 35, 36, 37))
_DEEPEST = 10


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
        self._stack: list[tuple[bytes, int]] = []
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
        stack = self._stack
        at, end = 0, len(code)
        while at < end:
            first = code[at]
            if first >= 32 or first == 28:
                at, value, written = _operand(code, at)
                stack.append((written, value))
                continue
            at += 1
            if first in (_CALL, _CALL_GLOBAL):
                own = first == _CALL
                index = stack.pop()[1] + (self._own_bias if own else self._common_bias)
                if self._run((self._own if own else self._common)[index], depth + 1):
                    return True
            elif first == _RETURN:
                return False
            elif first in _STEMS:
                self._count_stems()
            elif first in _MASKS:
                self._count_stems()
                at += self._stems + 7 >> 3
            elif first == _END:
                if len(stack) > 1:
                    raise Unreadable("an accented character in pieces")
                self._out.append(b"\x0e")
                return True
            elif first in _MOVES:
                self._emit(bytes((first,)), _MOVES[first])
            elif first in _PATHS:
                self._emit(bytes((first,)))
            elif first == _ESCAPE and code[at] in _FLEXES:
                self._emit(code[at - 1 : at + 1])
                at += 1
            else:
                raise Unreadable("a charstring that reckons")
        return False

    def _count_stems(self) -> None:
        self._stems += len(self._stack) >> 1
        self._begun = True
        self._stack.clear()

    def _emit(self, operator: bytes, operands: int | None = None) -> None:
        stack = self._stack
        if operands is not None and not self._begun and len(stack) > operands:
            del stack[0]
        self._begun = True
        self._out += [written for written, _ in stack]
        self._out.append(operator)
        stack.clear()


def _operand(code: bytes, at: int) -> tuple[int, int, bytes]:
    """Behind an operand, its value (of a fraction: nothing that is ever asked for), its bytes."""
    first = code[at]
    if first < 32:
        return at + 3, int.from_bytes(code[at + 1 : at + 3], "big", signed=True), code[at : at + 3]
    if first < 247:
        return at + 1, first - 139, code[at : at + 1]
    if first < 251:
        return at + 2, (first - 247) * 256 + code[at + 1] + 108, code[at : at + 2]
    if first < 255:
        return at + 2, -(first - 251) * 256 - code[at + 1] - 108, code[at : at + 2]
    return at + 5, 0, code[at : at + 5]


def _bias(count: int) -> int:
    return 107 if count < 1240 else 1131 if count < 33900 else 32768
