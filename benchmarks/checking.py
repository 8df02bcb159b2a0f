"""What a check of a thousand profiles costs, beside what has to be done anyway.

Run with `make bench-check` (or `python -m benchmarks.checking [--profiles N]`). N varied profiles are made of the
examples in a temporary folder; then, in CPU time of one process and profile by profile in turn, so that a busy machine
slows all alike:

- the rules must take at most as long again as reading and validating;
- the text checks at most as long as composing the same documents.

Growth: texts of 20, 40 and 80 thousand repeated signs of several kinds; doubling the text takes at most
`DOUBLING_LIMIT` times as long, by the medians of several runs.

Memory: the peak of a process that does what `planforge check` does, with 100 profiles and with N. What is kept of
each file (its findings, its own words for the comparison of schools) may grow; nothing else may.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import rule_packs, template_search
from planforge.app.parts.checks import (
    before_founding,
    check_dates,
    check_free_text,
    check_paper,
    check_plain,
    check_text,
    findings,
    free_text,
    of_document,
    read_profile,
    resolve,
    resources,
)

FEW = 100
KEPT_LIMIT = 30
"""Kilobytes of memory that may be kept of a file."""
REPEATED = (
    "（", "）", "《", "“", "、", "，", "。", "…", "一", "1.", "1、", "①", " ", "　", "不", "是", "了", "三年级", "张三",
    "作业", "学生", "必须", "小学", "课后服务", "睡眠", "2026年", "〔", "{{", "X", "“四个", "三有：a、", "四个环节：",
    "一、\n", "（一）\n", "三有：\n", "张三\n", "\n",
)  # fmt: skip
"""Signs and words with which the checks begin to look closer."""
LENGTHS = (20_000, 40_000, 80_000)
DOUBLING_LIMIT = 2.3
_T = TypeVar("_T")

_SIGNS = "云松竹梅兰桂柳槐枫荷溪湖泉桥石岭川渡汀洲"
_SLIPS = (
    "acts:\n  - {id: zz, what: 由XX老师负责,每天公示}\n",
    "acts:\n  - {id: zz, what: 每周单元测试，张榜公布成绩}\n",
    "supervision: {box: 某校门口}\n",
)
"""What some of the schools get wrong, where the part is not in the example."""


def make_profiles(folder: Path, count: int) -> list[Path]:
    """So many profiles made of the examples: other names, counts, minutes; one in five with something wrong."""
    chance = random.Random(20260901)
    examples = [
        text
        for path in sorted(resources.profiles_root().glob("*.yaml"))
        for text in [path.read_text(encoding="utf-8")]
        if "\nextends:" not in text
    ]
    made = []
    for number in range(count):
        text = examples[number % len(examples)]
        name = re.search(r"^  name: (.+)$", text, re.M)
        assert name is not None
        called = f"{''.join(chance.sample(_SIGNS, 3))}{number:04d}号{'学校' if '学校' in name[1] else '小学'}"
        text = text.replace(name[1], f"澄川市北澜区{called}")
        text = re.sub(r"(pupils: )(\d+)", lambda m: f"{m[1]}{int(m[2]) - chance.randrange(9)}", text)
        text = re.sub(r"(teachers: )(\d+)", lambda m: f"{m[1]}{int(m[2]) + chance.randrange(9)}", text)
        # Schools write in their own words: every sentence gets a sign or two of its own.
        text = re.sub(
            r"(what|text|evidence|cause): (?=[^\s'\"\[{])",
            lambda m: f"{m[1]}: {''.join(chance.sample(_SIGNS, 4))}组",
            text,
        )
        if number % 5 == 0:
            slip = _SLIPS[number // 5 % len(_SLIPS)]
            if f"\n{slip.partition(':')[0]}:" not in text:
                text += f"\n{slip}"
        path = folder / f"school-{number:04d}.yaml"
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


class Stopwatch:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, step: str, work: Callable[[], _T]) -> _T:
        """Do a step and add its time."""
        begin = time.process_time()
        result = work()
        self.seconds[step] = self.seconds.get(step, 0.0) + time.process_time() - begin
        return result


def check_one(path: Path, watch: Stopwatch) -> int:
    """Check one profile as `planforge check` does, each step timed; how many findings there were."""
    packs = rule_packs()
    reading = watch.time("read", lambda: read_profile(path))
    facts = watch.time("resolve", lambda: resolve(reading, packs))
    held = packs.in_force(facts.term.starts, facts.school.region)

    def against_rules() -> int:
        return (
            len(findings(reading, facts, packs)) + len(check_dates(facts)) + len(list(before_founding(facts)))
        )

    count = watch.time("rules", against_rules)
    composed = watch.time("compose", lambda: compose_all(facts, reading, (), template_search((), path)))
    documents = [(made.shape.name, made.document) for _, made in composed]

    def texts() -> int:
        said = [of_document(document, facts) for _, document in documents]
        found = [len(check_free_text(facts, free_text(facts)))]
        for (name, document), words in zip(documents, said, strict=True):
            found.append(len(check_text(document, facts, held, name=name, passages=words)))
        return sum(found) + len(list(check_paper(documents, said, facts)))

    return count + watch.time("texts", texts)


def growth(words: str, times: int = 3) -> float:
    """How many times longer a text of repeated words takes when it is twice as long."""
    held = rule_packs().in_force(date(2026, 9, 1))
    medians = []
    for length in LENGTHS:
        text = words * (length // len(words))
        watches = [Stopwatch() for _ in range(times)]
        for watch in watches:
            watch.time("text", partial(check_plain, text, "旧稿.txt", rules=held))
        medians.append(statistics.median(watch.seconds["text"] for watch in watches))
    ratio: float = (medians[-1] / medians[0]) ** (1 / (len(LENGTHS) - 1))
    return ratio


def peak(files: list[Path]) -> int:
    """Kilobytes that a process needs at most which checks the files as the command does."""
    code = (
        "import sys, resource; from pathlib import Path; from planforge.app.check_files import check_files\n"
        "checked = check_files([Path(one) for one in sys.stdin.read().split()])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(run.stdout)


def main() -> int:
    """Print the ratios and the memory; 1 where a limit is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profiles", type=int, default=1000)
    count = parser.parse_args().profiles
    with tempfile.TemporaryDirectory() as name:
        files = make_profiles(Path(name), count)
        check_one(files[0], Stopwatch())
        watch = Stopwatch()
        found = sum(check_one(path, watch) for path in files)
        few, many = peak(files[:FEW]), peak(files)
    print(f"{count} profiles, {found} findings, CPU ms a profile:")
    for step, seconds in watch.seconds.items():
        print(f"  {step:<10}{seconds / count * 1000:8.2f}")
    spent = watch.seconds
    of_rules, of_texts = spent["rules"] / spent["read"], spent["texts"] / spent["compose"]
    kept = (many - few) / max(1, count - FEW)
    print(f"  rules beside reading and validating   {of_rules:.2f} (at most 1)")
    print(f"  text checks beside composing          {of_texts:.2f} (at most 1)")
    print(
        f"  peak memory, {FEW} profiles {few / 1024:.0f} MB, {count} profiles {many / 1024:.0f} MB: {kept:.1f} KB a file (at most {KEPT_LIMIT})"
    )
    doublings = {words: growth(words) for words in REPEATED}
    worst = max(doublings, key=lambda words: doublings[words])
    print(
        f"  twice the repeated signs              {doublings[worst]:.2f} ({worst!r}; at most {DOUBLING_LIMIT})"
    )
    linear = doublings[worst] <= DOUBLING_LIMIT
    # Of few files more than a hundred, what is loaded once would count as theirs.
    flat = kept <= KEPT_LIMIT or count < 5 * FEW
    return 0 if of_rules <= 1 and of_texts <= 1 and linear and flat else 1


if __name__ == "__main__":
    sys.exit(main())
