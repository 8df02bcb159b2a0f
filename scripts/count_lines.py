"""Count the lines of code of `planforge/`, in all and for each room.

A line counts if it holds code: blank lines, comments and docstrings (of modules, classes, functions and, written
below a value, of values) do not. A text over several lines that the program uses counts in full. Run with `make lines`.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def code_lines(source: str) -> int:
    """How many lines of a module hold code."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE:
            held.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        # A text that stands alone as a statement is read by people only.
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            held.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(held)


def rooms(package: Path) -> Counter[str]:
    """The lines of code of each room; modules that lie in no room count under the package's own name."""
    lines: Counter[str] = Counter()
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        room = inside.parts[0] if len(inside.parts) > 1 else package.name
        lines[room] += code_lines(path.read_text(encoding="utf-8"))
    return lines


def main(package: Path) -> None:
    """Print a line for each room, the largest first, and the sum."""
    lines = rooms(package)
    for room, count in lines.most_common():
        print(f"{room:<16}{count:>8,}")
    print(f"{'total':<16}{lines.total():>8,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "planforge")
