"""What may be written in a rule pack: keys, comparison words, units, quantities; the tables of docs/rules.md.

Made from the model, so that the page says no more and no less than what is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from planforge.policy.handbook import CONFIRMED, KINDS, SEVERITY, STAGES, TOPICS, UNITS
from planforge.policy.model import Citation, Limit, Pack, PolicyDocument, Rule
from planforge.policy.phrases import KnownPhrase
from planforge.policy.region import RuleArea
from planforge.policy.rules_in_force import RulePacks
from planforge.policy.stated import Stated

_PARTS: tuple[tuple[str, type[BaseModel], Mapping[str, str]], ...] = (
    ("整份文件", Pack, {
        "schema": "格式版本，写 1", "id": "这份文件的编号，不和别的文件重复", "title": "名称", "region": "只管哪里的学校",
        "documents": "作为依据的文件", "rules": "规则", "phrases": "固定提法",
    }),
    ("region", RuleArea, {"province": "省", "city": "市", "district": "区县"}),
    ("documents 的一条", PolicyDocument, {
        "id": "编号，规则的 basis 用它", "short": "简称", "rank": "发文层级，1 最高", "general": "写 true：整学期工作的依据",
        "issuer": "发文机关", "title": "标题", "number": "文号", "day": "成文日期", "announced": "公布日期，从这一天起算",
        "until": "作为依据用到哪一天",
    }),
    ("issuer、title、number、day、clause、text", Stated, {
        "value": "内容", "confirmed": "出处的把握", "source": "从哪里看到的",
    }),
    ("rules 的一条", Rule, {
        "id": "编号", "topic": "主题", "quantity": "管的是什么量", "region": "只管哪里的学校", "stages": "学段",
        "grades": "年级，按学制写，如 {6-3: 3-4, 5-4: 3-4}；不写就是学段的各年级", "limit": "限度", "basis": "依据",
        "from": "从哪一天起", "until": "到哪一天止", "replaced_by": "以后由哪几条代替", "checked": "哪一天对照出处核对过", "statement": "一句话的规定",
        "explanation": "容易误解的地方", "severity": "违反时有多严重；不写就按 limit 定", "remedy": "怎样改",
        "passages": "什么样的话算违反（正则表达式，一行之内）", "bans": "禁止了规定要允许的事，也算违反（正则表达式）",
        "unless": "同一句里有它就不算（正则表达式）",
    }),
    ("limit", Limit, {
        "kind": "怎样比", "value": "数，或 8:20 这样的时刻", "unit": "单位", "confirmed": "出处的把握",
        "source": "从哪里看到的",
    }),
    ("basis 的一条", Citation, {"document": "文件的编号", "clause": "第几条"}),
    ("phrases 的一条", KnownPhrase, {
        "id": "编号", "short": "简称", "kind": "类别，见下节的例子", "text": "原文", "origin": "哪份文件或哪次会议提出，写上日期",
        "from": "从哪一天起", "until": "到哪一天止", "replaced_by": "以后用哪一条", "checked": "哪一天对照出处核对过", "near": "常见的误写（正则表达式）",
    }),
)  # fmt: skip
"""Each group of a pack, and what its keys mean."""


def rule_words(packs: RulePacks, compared: Collection[str]) -> str:
    """All that may be written in a pack, as Markdown.

    Args:
        packs: whose quantities are listed, each with what a rule says of it.
        compared: the quantities that are compared with the form; the others are only sought in texts.

    Raises:
        KeyError: a key of the model has no explanation, or the other way round.
    """
    return "\n".join(_lines(packs, compared)) + "\n"


def _lines(packs: RulePacks, compared: Collection[str]) -> Iterator[str]:
    for name, model, meanings in _PARTS:
        yield from _table(name, ["项目", "要不要写", "说明"], _keys(model, meanings))
    yield from _table("limit.kind", ["词", "意思"], _pairs(KINDS))
    yield from _table("limit.unit", ["词", "意思"], _pairs({**UNITS, "clock": "时刻，如 8:20"}))
    yield from _table("topic", ["词", "主题"], _pairs(TOPICS))
    yield from _table("stages", ["词", "学段"], _pairs(STAGES))
    yield from _table("severity", ["词", "意思"], _pairs(SEVERITY))
    yield from _table("confirmed", ["词", "意思"], _pairs(CONFIRMED))
    statements: dict[str, str] = {}
    for rule in packs.rules:
        statements.setdefault(rule.quantity, rule.statement)
    rows = [
        [f"`{name}`", "比信息表里的数" if name in compared else "只查文字，要写 passages", statement]
        for name, statement in sorted(statements.items())
    ]
    yield from _table("quantity", ["词", "怎样查", "内置规则里的一条"], rows)


def _keys(model: type[BaseModel], meanings: Mapping[str, str]) -> list[list[str]]:
    fields = {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
    if fields.keys() != meanings.keys():
        raise KeyError(f"{model.__name__}: {sorted(fields.keys() ^ meanings.keys())}")
    return [[f"`{name}`", "必写" if fields[name] else "可不写", words] for name, words in meanings.items()]


def _pairs(words: Mapping[Any, str]) -> list[list[str]]:
    return [[f"`{word}`", meaning] for word, meaning in words.items() if word]


def _table(title: str, head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield from (f"### {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
