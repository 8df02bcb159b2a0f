"""How the time for reading a roster grows with its size: doubling it takes at most 2.3 times.

Run it as `python -m benchmarks.rosters`; the exit status is 1 where a shape grows faster. Medians of processor time are
compared, so that other work on the machine matters little. All people are invented.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from planforge.roster import columns_for, read_roster

SIZES = (2_000, 4_000, 8_000)
RUNS = 5
MOST = 2.3
"""Times that doubling may take."""
HEAD = "班级,座号,姓名,联系电话"
_GIVEN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def _person(n: int, class_: str = "三（2）班", mark: str = "") -> str:
    name = "丁" + _GIVEN[n // 1024 % 32] + _GIVEN[n // 32 % 32] + _GIVEN[n % 32]
    return f"{class_},{n % 45 + 1},{name}{mark},13900000001"


def _classes(count: int) -> Iterator[str]:
    yield HEAD
    for n in range(count):
        yield _person(n, f"{n // 45 // 40 % 9 + 1}年级（{n // 45 % 40 + 1}）班")


def _repeated_headings(count: int) -> Iterator[str]:
    for n in range(count):
        yield HEAD
        yield _person(n)


def _headings_alone(count: int) -> Iterator[str]:
    for _ in range(count):
        yield HEAD
    yield _person(1)


def _titles_and_groups(count: int) -> Iterator[str]:
    for n in range(count):
        yield "三（2）班学生名单"
        yield "学生,,,家长"
        yield HEAD
        yield _person(n)


def _class_headings(count: int) -> Iterator[str]:
    yield HEAD
    for n in range(count):
        yield f"三（{n % 40 + 1}）班,,,"
        yield _person(n, "")


def _marks(count: int) -> Iterator[str]:
    yield HEAD
    for n in range(count):
        yield _person(n, mark="（班长）")


def _faults(count: int) -> Iterator[str]:
    yield HEAD
    for n in range(count):
        yield _person(n, "三（99）班", mark="？")


SHAPES: tuple[Callable[[int], Iterator[str]], ...] = (
    _classes, _repeated_headings, _headings_alone, _titles_and_groups, _class_headings, _marks, _faults
)  # fmt: skip


def main() -> int:
    """Measure every shape; the exit status."""
    slow = 0
    columns = columns_for(["name", "class", "seat", "phone"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        for shape in SHAPES:
            took = []
            for size in SIZES:
                path.write_text("\n".join(shape(size)), encoding="utf-8")
                took.append(_median(lambda: read_roster(path, columns, sizes={3: 40})))
            ratios = [later / earlier for earlier, later in pairwise(took)]
            slow += max(ratios) > MOST
            shown = "，".join(
                f"{size} 行 {seconds:.2f} 秒" for size, seconds in zip(SIZES, took, strict=True)
            )
            print(
                f"{shape.__name__.strip('_')}：{shown}；加倍 {'、'.join(f'{ratio:.2f}' for ratio in ratios)}"
            )
    return 1 if slow else 0


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())
