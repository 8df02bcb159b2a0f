"""A small invented school whose form a test ends with the documents that it wants."""

from __future__ import annotations

from pathlib import Path

SCHOOL = """\
schema: 1
school: {name: 青石桥小学, grades: 1-6, region: {district: 云溪区}}
term: {year: 2026-2027, number: 1}
goals: [{id: g1, text: 作业总量不超过限额}]
group: {heads: [{name: 沈砚秋, post: 校长}]}
"""


def profile(folder: Path, documents: str) -> Path:
    path = folder / "school.yaml"
    path.write_text(SCHOOL + documents, encoding="utf-8")
    return path
