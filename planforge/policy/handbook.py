"""The rules for people to read: docs/policy.md and the explanation of one rule, made from the packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planforge.policy.model import Citation, Kind, Limit, PolicyDocument, Rule, Severity, Stage, Topic, Unit
from planforge.policy.phrases import KnownPhrase, PhraseKind
from planforge.policy.rules_in_force import RulePacks
from planforge.policy.stated import Confirmed, Stated

CONFIRMED: dict[Confirmed, str] = {
    "text_read": "读过全文",
    "second_hand": "转载或新闻",
    "memory": "未核实，不印进文件",
}
SEVERITY: dict[Severity, str] = {
    "error": "有误（不允许）",
    "warning": "存疑（不提倡，或拿不准）",
    "note": "提示",
}
TOPICS: dict[Topic, str] = {
    "homework": "作业", "assessment": "考试与评价", "day": "作息与睡眠", "sport": "体育", "lessons": "课堂与课程",
    "after_school": "课后服务", "phones": "手机", "reading": "课外读物", "materials": "教辅", "training": "补课与教师",
    "home": "家校与校外", "supervision": "监督与检查", "other": "班额、奖惩与教师负担",
}  # fmt: skip
STAGES: dict[Stage, str] = {"primary": "小学", "junior": "初中"}
_PHRASES: dict[PhraseKind, str] = {
    "thought": "指导思想", "meeting": "会议精神", "policy": "方针", "task": "任务", "principle": "原则",
    "aim": "育人目标", "body": "机构",
}  # fmt: skip
KINDS: dict[Kind, str] = {
    "none": "不布置", "average": "平均不超过", "at_most": "不超过", "at_least": "不少于", "not_before": "不早于",
    "not_after": "不晚于", "forbidden": "不允许", "required": "应当", "encouraged": "鼓励",
}  # fmt: skip
UNITS: dict[Unit, str] = {
    "minutes": "分钟", "hours": "小时", "clock": "", "times": "次", "times_a_term": "次（每学期）",
    "lessons_a_week": "节（每周）", "days_a_week": "天（每周）", "weeks_a_year": "周（每学年）", "books": "种",
    "persons": "人", "": "",
}  # fmt: skip


def handbook(packs: RulePacks) -> str:
    """All rules as Markdown: every number with its source, its days in force and how well it is known."""
    lines = [
        "# 规则手册",
        "",
        "本页由 `planforge/policy/packs/` 里的数据生成（`planforge rules --markdown > docs/policy.md`），不要手改。",
        "数字、文号、条款凡注“未核实”的，只作查找的线索，不印进任何文件，也不据此判错。",
        "",
        "检查按学期第一天施行的规则：2019年的信息表按2018年的规定查。",
    ]
    for pack in packs.packs:
        lines += ["", f"## {pack.title}", ""]
        if pack.region is not None:
            lines += [f"只适用于{pack.region.shown}的学校；与国家规定同一件事的，按更严的一条。", ""]
        if pack.documents:
            lines += ["### 文件", ""]
            lines += [
                "| 简称 | 发文机关、标题、文号 | 成文或公布 | 作为依据 | 出处 |",
                "|---|---|---|---|---|",
            ]
            lines += [_document_row(document) for document in pack.documents]
        if pack.phrases:
            lines += ["", "### 固定提法", ""] if pack.documents else []
            lines += ["信息表“引用的固定提法”写简称、编号或原文都可以，印出来的总是这里的原文。", ""]
            lines += [
                "| 原文 | 简称 | 编号 | 类别 | 使用 | 提出（未逐一核对，不印） | 原文的出处 | 核对 |",
                "|---|---|---|---|---|---|---|---|",
            ]
            lines += [_phrase_row(phrase) for phrase in pack.phrases]
        for topic, name in TOPICS.items():
            rules = [rule for rule in pack.rules if rule.topic == topic]
            if rules:
                lines += ["", f"### {name}"]
                for rule in rules:
                    lines += ["", *_rule_lines(rule, packs)]
    return "\n".join(lines) + "\n"


def explain(packs: RulePacks, rule_id: str) -> str:
    """One rule in plain Chinese.

    Raises:
        KeyError: no pack has a rule of that id.
    """
    text = "\n".join(line for line in _rule_lines(packs.rule(rule_id), packs) if line)
    return text.replace("#### ", "").replace("`", "")


def _document_row(document: PolicyDocument) -> str:
    number = f" {_stated(document.number)}" if document.number is not None else ""
    day = _stated(document.day) if document.day is not None else f"{document.announced}（公布或见报）"
    until = f"到 {document.until}" if document.until is not None else "现行"
    sources = {
        item.source
        for item in (document.issuer, document.title, document.number, document.day)
        if item is not None and item.source
    }
    cells = [
        document.short,
        f"{_stated(document.issuer)}《{_stated(document.title)}》{number}",
        day,
        until,
        "；".join(sorted(sources)),
    ]
    return f"| {' | '.join(cells)} |"


def _phrase_row(phrase: KnownPhrase) -> str:
    until = f" 到 {phrase.until}" if phrase.until is not None else " 起"
    later = f"，以后用 `{phrase.replaced_by}`" if phrase.replaced_by else ""
    cells = [
        _stated(phrase.text),
        phrase.short,
        f"`{phrase.id}`",
        _PHRASES[phrase.kind],
        f"{phrase.from_day}{until}{later}",
        phrase.origin,
        f"{CONFIRMED[phrase.text.confirmed]}（{phrase.text.source}）",
        f"{phrase.checked or ''}",
    ]
    return f"| {' | '.join(cells)} |"


def _stated(item: Stated[str] | Stated[date] | None) -> str:
    if item is None:
        return ""
    return f"{item.value}" if item.printable else f"{item.value}（未核实）"


def _rule_lines(rule: Rule, packs: RulePacks) -> Iterator[str]:
    yield f"#### `{rule.id}`"
    yield ""
    yield f"{rule.statement}{rule.explanation}"
    yield ""
    yield f"- 适用：{_whom(rule)}"
    yield f"- 限度：{_limit(rule.limit)}；{CONFIRMED[rule.limit.confirmed]}" + (
        f"（{rule.limit.source}）" if rule.limit.source else ""
    )
    yield f"- 违反时：{SEVERITY[rule.gravity]}"
    yield f"- 依据：{'；'.join(_basis(citation, packs) for citation in rule.basis)}"
    until = f"，到 {rule.until}" if rule.until is not None else ""
    replaced = f"，以后见 {'、'.join(f'`{name}`' for name in rule.replaced_by)}" if rule.replaced_by else ""
    yield f"- 施行：自 {rule.from_day}{until}{replaced}"
    if rule.checked is not None:
        yield f"- 核对：{rule.checked}"
    if rule.remedy:
        yield f"- 怎样改：{rule.remedy}"


def _whom(rule: Rule) -> str:
    stages = "、".join(STAGES[stage] for stage in rule.stages)
    if rule.region is not None:
        stages = f"{rule.region.shown}的{stages}"
    if rule.grades is None:
        return stages
    systems = {"6-3": "六三学制", "5-4": "五四学制"}
    spans = [f"{systems[system]} {grades[0]}—{grades[-1]} 年级" for system, grades in rule.grades.items()]
    return f"{stages}（{'，'.join(spans)}）"


def _limit(limit: Limit) -> str:
    value = "" if limit.value is None else f" {limit.value} "
    return f"{KINDS[limit.kind]}{value}{UNITS[limit.unit]}".rstrip()


def _basis(citation: Citation, packs: RulePacks) -> str:
    clause = f"第 {_stated(citation.clause)} 条" if citation.clause is not None else ""
    return f"{packs.documents[citation.document].short}{clause}"
