"""Fixed wordings (固定提法) that a school's documents are to print exactly."""

from __future__ import annotations

from typing import Annotated

from pydantic import WithJsonSchema

from planforge.profile.choices import PHRASES, PhraseName
from planforge.profile.fields import FormGroup, field
from planforge.profile.values import Day, Line, choice

Kind = Annotated[PhraseName, choice(PHRASES), WithJsonSchema({"type": "string", "enum": list(PHRASES)})]


class Phrase(FormGroup):
    """One wording: a built-in one by its words or name, or one of the school's or bureau's own."""

    text: Line = field(
        "提法",
        "写简称（如“立德树人”）或原文，印出来的总是原文；有哪些见 docs/policy.md。本地的提法写原文和出处。",
        "立德树人根本任务",
        default="",
    )
    checked: Day | None = field(
        "核对日期",
        "哪天对照正式发布的文件核对过原文；每学期核对一次，没有核对、或早于开学六个月以上的不印。",
        "2026-08-25",
    )
    kind: Kind | None = field("类别", "只有本地的提法才写；不写按方针。", "任务")
    source: Line = field(
        "出处", "只有本地的提法才写：见于哪份文件。", "青石区教育局2026年工作要点", default=""
    )
