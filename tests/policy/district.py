"""A pack as a bureau writes it: one rule, stricter than the national one."""

from __future__ import annotations

from pathlib import Path

PACK = """\
schema: 1
id: qingshi
title: 青石区规定
documents:
  - id: qingshi-homework
    short: 区作业办法
    rank: 6
    issuer: {value: 青石区教育局, confirmed: text_read}
    title: {value: 青石区作业管理办法, confirmed: text_read}
    announced: 2026-06-01
rules:
  - id: qingshi.homework
    topic: homework
    quantity: homework.minutes
    stages: [primary]
    grades: {6-3: 3-4, 5-4: 3-4}
    limit: {kind: average, value: 40, unit: minutes, confirmed: text_read}
    basis: [{document: qingshi-homework}]
    from: 2026-07-01
    statement: 三、四年级书面作业平均每天不超过40分钟。
    explanation: 严于国家规定。
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "local.yaml"
    path.write_text(text, encoding="utf-8")
    return path
