"""Print the catalogue: for each source what was held against it. Exit status 1 where one does not match."""

from __future__ import annotations

import sys

from planforge.core.problems import InputError
from tests.catalogue.compare import composed, differences
from tests.catalogue.entry import ids, load


def main() -> int:
    """Compare every entry and print the table."""
    print(f"{'id':9} {'sections':>8} {'items':>6} {'facts':>6} {'repairs':>8}  ok")
    failed: list[str] = []
    for name in ids():
        entry = load(name)
        try:
            wrong = differences(entry, composed(entry))
        except InputError as error:
            wrong = [str(problem) for problem in error.problems]
        failed += [f"{name}: {one}" for one in wrong]
        counts = (len(entry.outline["sections"]), entry.items, len(entry.facts), len(entry.repairs))
        print(f"{name:9} {counts[0]:8} {counts[1]:6} {counts[2]:6} {counts[3]:8}  {'no' if wrong else 'yes'}")
    print(*failed, sep="\n", end="\n" if failed else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
