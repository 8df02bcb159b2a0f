"""How the time for reading a roster grows with its rows: in proportion, and no faster.

Run with `make bench-rosters` (or `python -m benchmarks.rosters`). Each size is read several times in CPU time of this
process, sizes by turns so that a busy machine slows all alike; medians are compared. Twice the rows may take at most
2.3 times as long.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.roster.making import merge, one_sheet, read

GIVEN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
FIELDS = "name class seat gender student_id guardian phone address"
SIZES = (2_000, 4_000, 8_000)
TIMES = 5
LIMIT = 2.3


def pupils(count: int) -> list[tuple[object, ...]]:
    """The rows of a roster of so many invented pupils, with what office lists hold."""
    rows: list[tuple[object, ...]] = [
        ("班级", "座号", "姓名", "性别", "学籍号", "家长姓名", "联系电话", "住址", "备注")
    ]
    for n in range(count):
        class_ = n // 45
        name = "丁" + GIVEN[n // 32 % 32] + GIVEN[n % 32]
        rows.append(
            (f"{class_ // 40 % 9 + 1}年级（{class_ % 40 + 1}）班", n % 45 + 1, name, "女", f"G33010620180{n:07}",
             name, 13900000000 + n, f"柳溪路 {n} 号", None)
        )  # fmt: skip
    return rows


def workbook(folder: Path, count: int) -> Callable[[], None]:
    """Reading a plain workbook."""
    path = one_sheet(folder / f"{count}.xlsx", pupils(count))
    return lambda: _read(path, FIELDS, count, 0)


def text(folder: Path, count: int) -> Callable[[], None]:
    """Reading a file of comma-separated values."""
    path = folder / f"{count}.csv"
    rows = (",".join("" if cell is None else str(cell) for cell in row) for row in pupils(count))
    path.write_text("\n".join(rows), encoding="utf-8")
    return lambda: _read(path, FIELDS, count, 0)


def faulty(folder: Path, count: int) -> Callable[[], None]:
    """Reading a workbook with a merged cell to every second row and something wrong in every row."""
    rows = [
        ("班级", "姓名"),
        *(("三2" if n % 2 == 0 else None, f"丁？{GIVEN[n % 32]}") for n in range(count)),
    ]
    pairs = merge(*(f"A{n}:A{n + 1}" for n in range(2, count + 1, 2)))
    path = one_sheet(folder / f"faulty-{count}.xlsx", rows, pairs)
    return lambda: _read(path, "name class", 0, count)


def headings(folder: Path, count: int) -> Callable[[], None]:
    """Reading a list whose headings and title are repeated over every row, as for print."""
    return _lines(folder / f"headings-{count}.csv", count, "三（2）班学生名单\n班级,姓名,电话", "")


def sections(folder: Path, count: int) -> Callable[[], None]:
    """Reading a list in which every row stands under the name of its class."""
    return _lines(folder / f"sections-{count}.csv", count, "三（3）班,,", "班级,姓名,电话\n")


def marked(folder: Path, count: int) -> Callable[[], None]:
    """Reading a list of people with marks behind their names, in classes that the school does not have."""
    return _lines(folder / f"marked-{count}.csv", count, "", "班级,姓名,电话\n", "三（99）班", "（班长）")


def _lines(
    path: Path, count: int, above: str, head: str, class_: str = "", mark: str = ""
) -> Callable[[], None]:
    names = (f"丁{GIVEN[n // 1024 % 32]}{GIVEN[n // 32 % 32]}{GIVEN[n % 32]}" for n in range(count))
    rows = (f"{above}\n{class_},{name}{mark},13900000001\n" for name in names)
    path.write_text(head + "".join(rows), encoding="utf-8")
    kept = 0 if class_ else count

    def work() -> None:
        assert len(read(path, "name class", sizes={3: 4}).recipients) == kept, path.name

    return work


def _read(path: Path, fields: str, people: int, problems: int) -> None:
    roster = read(path, fields)
    assert (len(roster.recipients), len(roster.problems)) == (people, problems), path.name


def main() -> int:
    """Print the medians and the growth; the exit status says whether all kept the limit."""
    kept = True
    with tempfile.TemporaryDirectory() as name:
        for kind in (workbook, text, faulty, headings, sections, marked):
            work = {count: kind(Path(name), count) for count in SIZES}
            seconds: dict[int, list[float]] = {count: [] for count in SIZES}
            for _ in range(TIMES):
                for count, reading in work.items():
                    begun = time.process_time()
                    reading()
                    seconds[count].append(time.process_time() - begun)
            medians = [statistics.median(seconds[count]) for count in SIZES]
            growth = [later / earlier for earlier, later in itertools.pairwise(medians)]
            kept = kept and max(growth) <= LIMIT
            told = "  ".join(
                f"{count:,}: {median:.3f} s" for count, median in zip(SIZES, medians, strict=True)
            )
            print(f"{kind.__name__:<10}{told}  growth {' '.join(f'{ratio:.2f}' for ratio in growth)}")
    print(f"twice the rows, at most {LIMIT} times as long: {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
