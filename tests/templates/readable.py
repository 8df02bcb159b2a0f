"""How a sentence of these documents may never look, and forms with entries left out at random."""

from __future__ import annotations

import random
import re
from typing import Any

from planforge.document.tree import (
    Document,
    Heading,
    NumberedList,
    Table,
    plain,
)
from tests.templates.composed import paragraphs

SENTENCE_FAULTS = {
    "a missing value": r"None|Undefined|\bTrue\b|\bFalse\b",
    "empty brackets": r"（\s*）|“\s*”|《\s*》|\(\s*\)",
    "two full stops": r"。。|。；|；。|：。|、。|，。",
    "a comma after a stop": r"[。；：，、][，、；：]",
    "a bracket that begins with a mark": r"（[，、。；]|[，、；：]）",
    "half-width marks in Chinese": r"[一-鿿][,;:!?()]|[,;!?()][一-鿿]",
    "straight quotes": r"[\"']",
    "a stop doubled by a bracket": r"。（",
    "leftovers": r"\{|\}|<|>|[xX]{2,}",
}


FORBIDDEN = (
    "切实", "进一步加强领导", "狠抓", "牢固树立", "后进生", "差生", "优秀率", "满意率", "平均分", "排名榜",
    "不少于2次考试", "两次考试", "家长签字", "家长批改", "检查作业并签", "周末补课",
)  # fmt: skip


def thinned(profile: Any, rng: random.Random, key: str = "") -> Any:
    """A copy of a filled-in form with entries left out at random, as an office leaves them out."""
    if isinstance(profile, dict):
        return {
            name: thinned(value, rng, name)
            for name, value in profile.items()
            if name in KEPT or rng.random() < 0.6
        }
    if isinstance(profile, list):
        return [thinned(one, rng) for one in profile if key in KEPT or rng.random() < 0.7]
    return profile


KEPT = {
    "schema", "school", "name", "stage", "system", "term", "year", "number", "id", "what", "text", "month", "title",
    "bands", "grades", "campuses", "campus", "limit", "how", "minutes", "heads",
    "grade", "day", "acts", "documents", "kind",
}  # fmt: skip


def lines(document: Document) -> list[str]:
    found = [plain(content) for content in paragraphs(document)]
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(plain(block.content))
        elif isinstance(block, Table):
            found += [plain(cell.content) for row in (*block.head, *block.rows) for cell in row]
    return found


def assert_reads_well(document: Document) -> None:
    for line in lines(document):
        for fault, wrong in SENTENCE_FAULTS.items():
            assert not re.search(wrong, line), f"{fault}: {line}"
        for word in FORBIDDEN:
            assert word not in line, f"{word}: {line}"
    for content in paragraphs(document):
        text = plain(content)
        assert text.strip()
        sentences = [one for one in re.split("[。]", text) if len(one) > 6]
        assert len(set(sentences)) == len(sentences), f"said twice: {text}"
    for block in document.blocks:
        if isinstance(block, NumberedList):
            for item in block.items:
                first = plain(item.content)[:1]
                assert not first.isdigit(), f"a number behind the item's number: {plain(item.content)}"
                assert plain(item.content).endswith(("。", "：")), plain(item.content)
