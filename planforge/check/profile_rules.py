"""A profile against the rules that were in force on its term's first day."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from planforge.check.citation import citation
from planforge.check.claims import Claim, homework, others
from planforge.check.data_files import pattern_of
from planforge.check.finding import Finding, in_order
from planforge.check.literals import Catalogue, Sought, first_come, needed
from planforge.check.negation import negated
from planforge.check.passages import Passages, free_text, steps
from planforge.check.quantities import QUANTITIES, Value, grades_in, listed
from planforge.core.problems import Place
from planforge.facts.model import Facts
from planforge.policy import Rule, RulePacks, RuleSet, Severity
from planforge.policy.model import STAGE_GRADES, Limit, System, clock_minutes
from planforge.policy.patterns import MOST_MATCHES, Pattern, Patterns
from planforge.profile import ReadProfile
from planforge.profile.field_titles import title


def findings(
    reading: ReadProfile,
    facts: Facts,
    packs: RulePacks,
    passages: Passages | None = None,
    reported: Container[Place | None] = (),
) -> tuple[Finding, ...]:
    """What a profile says that the rules in force on the term's first day do not allow.

    Args:
        reading: the profile as read.
        facts: what was resolved from the same profile.
        packs: all rules, in force and history.
        passages: the profile's free text, where the caller has it already.
        reported: places where another check has reported a number; none is reported there again.

    Returns:
        The findings, sorted by place.
    """
    rules = packs.in_force(facts.term.starts, facts.school.region)
    if passages is None:
        passages = free_text(facts)
    results = [*_values(reading, facts, rules), *breaches(passages, facts, rules), *_looser(facts, rules)]
    results += stated(passages, facts, rules, reported=reported)
    huge = {finding.place for finding in results if finding.rule.startswith("school.huge")}
    kept = (
        finding
        for finding in results
        if not (finding.rule.startswith("school.class-size") and finding.place in huge)
    )
    return in_order(kept)


def _values(reading: ReadProfile, facts: Facts, rules: RuleSet) -> Iterator[Finding]:
    for quantity, read in QUANTITIES.items():
        limits = rules.printable_limits(quantity, facts.school.system)
        if not limits:
            continue
        for value in read(reading.profile, facts):
            yield from _held(value, limits, reading, facts, rules)


def _held(
    value: Value, limits: Mapping[int, Rule], reading: ReadProfile, facts: Facts, rules: RuleSet
) -> Iterator[Finding]:
    """One finding for each rule that a value breaks, naming the grades."""
    broken = []
    for grade in value.grades:
        rule = limits.get(grade)
        verdict = _verdict(value, rule.limit) if rule is not None else ""
        if rule is not None and verdict:
            broken.append((rule, verdict, grade))
    for (rule, verdict), group in groupby(broken, key=lambda breach: (breach[0], breach[1])):
        grades = [grade for _, _, grade in group]
        doubtful = verdict == "doubtful"
        severity: Severity = "warning" if doubtful and rule.gravity == "error" else rule.gravity
        whom = f"{listed(grades)}年级" if set(grades) != set(facts.school.grades) else ""
        words = "写得含糊，不能保证做到" if doubtful else "与现行规定不符"
        if rule.limit.kind == "encouraged":
            words = "规定鼓励做得更好"
        yield Finding(
            rule.id,
            severity,
            f"{whom}{words}",
            reading.place(value.path),
            title(steps(value.path)),
            value.shown,
            rule.statement,
            citation(rule, rules),
            _binding(value, rule) if doubtful else rule.remedy,
        )


def _binding(value: Value, rule: Rule) -> str:
    """What to do about a number that is right and binds nobody: the wording is to change, not the number."""
    if rule.limit.kind not in ("average", "at_most"):
        return rule.remedy
    wording = "“不超过”或“平均不超过”" if rule.limit.kind == "average" else "“不超过”"
    loose = "平均不超过" if value.firm else "有条件时不超过"
    return f"把“{loose}”改为{wording}，分钟数不用改；或写“按规定”。"


def _verdict(value: Value, limit: Limit) -> str:
    """“broken”, “doubtful” or nothing."""
    amount = value.amount
    match limit.kind:
        case "none":
            return "broken" if value.firm or amount > 0 else "doubtful"
        case "forbidden":
            return "broken" if amount > 0 else ""
        case "average" | "at_most":
            if amount > limit.number:
                return "broken"
            loose = limit.kind == "at_most" and value.shown.startswith("平均") and amount == limit.number
            return "doubtful" if loose or (not value.firm and amount > 0) else ""
        case "at_least" | "encouraged" | "required":
            if limit.value is None:
                return "broken" if amount <= 0 else ""
            if limit.kind == "required" and limit.unit == "minutes":
                return "broken" if amount != limit.number else ""
            return "broken" if amount < limit.number else ""
        case "not_before":
            return "broken" if amount < clock_minutes(limit.clock) else ""
        case "not_after":
            # A bedtime after midnight is later than one before it.
            late = amount + 24 * 60 if amount < 12 * 60 else amount
            return "broken" if late > clock_minutes(limit.clock) else ""


_REPORTED = pattern_of("history.reported")
"""What an inquiry found, or what was: it is told so that it ends, not ordered."""


def breaches(
    passages: Passages, facts: Facts | None, rules: RuleSet, document: str = "", *, own: bool = True
) -> Iterator[Finding]:
    """Passages that say what a rule forbids. own: also where the words are the profile's own.

    facts: of the school; without them a rule of some grades counts where the text's beginning names their stage.
    """
    held = [rule for rule in rules.rules if rule.sought and _concerns(rule, facts, passages.text)]
    matches: dict[int, list[re.Match[str]]] = {}
    for match, at in _catalogue(tuple(rule.sought for rule in held)).matches(passages.text):
        matches.setdefault(at, []).append(match)
    for at in sorted(matches):
        rule, message = held[at], "这句话与规定不符"
        if len(matches[at]) >= MOST_MATCHES and rule.sought[0].linear:
            message += f"（这样的话超过 {MOST_MATCHES} 处，其余没有列出）"
        for match in first_come(matches[at]):
            hit = passages.at(match.start(), match.end())
            if hit.history or (not own and hit.whole) or _denied(rule, passages.text, match):
                continue
            if not passages.printed(match.start(), match.end()) and _REPORTED.search(hit.sentence):
                continue
            if any(innocent.compiled().search(hit.sentence) for innocent in rule.unless):
                continue
            if facts is not None and _of_other_grades(rule, facts, hit.sentence):
                continue
            yield Finding(
                rule.id,
                rule.gravity,
                message,
                hit.place,
                hit.field,
                passages.text[hit.start : match.end()],
                rule.statement,
                citation(rule, rules),
                rule.remedy,
                document,
            )


def _denied(rule: Rule, text: str, match: re.Match[str]) -> bool:
    """Whether a sentence says that it is not done. What a rule's `bans` find is denied only by what stands around it."""
    start, end = match.span()
    if any(pattern.compiled().fullmatch(match[0]) for pattern in rule.bans):
        before, after = text[max(0, start - 100) : start], text[end : end + 20]
        return negated(f"{before}某{after}", len(before), len(before) + 1)
    return negated(text, start, end)


def stated(
    passages: Passages,
    facts: Facts | None,
    rules: RuleSet,
    document: str = "",
    *,
    own: bool = True,
    reported: Container[Place | None] = (),
) -> Iterator[Finding]:
    """Numbers in running text that a rule does not allow: 六年级书面作业不超过1.5小时.

    A number that names no grades counts only where no grade of the school, or of its stage, may have it.
    own: also where the words are the profile's own. reported: where a number has been reported already.
    """
    system: System = facts.school.system if facts is not None else "6-3"
    for claim in (*homework(passages, system), *others(passages, system)):
        hit = passages.at(claim.start, claim.end)
        if hit.place in reported or (not own and hit.whole) or passages.printed(claim.start, claim.end):
            continue
        limits = rules.printable_limits(claim.quantity, system)
        shown = passages.text[claim.start : claim.end]
        broken = _claimed(claim, limits, facts, passages, hit.sentence)
        for rule, grades in broken:
            yield Finding(
                rule.id,
                rule.gravity,
                f"{listed(grades)}年级与现行规定不符" if claim.grades else "这里的数与现行规定不符",
                hit.place,
                hit.field,
                shown,
                rule.statement,
                citation(rule, rules),
                rule.remedy,
                document,
            )


_UNWRITTEN = re.compile(r"口头|实践|校内|在校|课堂|非书面|当堂")
"""Words by which work of the lowest grades is none that they write at home."""


_OF_GRADES = re.compile(r"年级[^。；，：:]{0,14}(?:计划|方案|制度|规定|公约|措施|细则|办法)$")
"""A title that says for which grades a text is: 三年级数学备课组工作计划."""


def _claimed(
    claim: Claim, limits: Mapping[int, Rule], facts: Facts | None, passages: Passages, sentence: str
) -> list[tuple[Rule, list[int]]]:
    """The rules that a claim breaks, each with the grades."""
    offered = facts.school.grades if facts is not None else _stage_of(passages.text)
    broken: dict[str, tuple[Rule, list[int]]] = {}
    count = 0
    for grade in claim.grades or offered:
        rule = limits.get(grade)
        if grade not in offered and facts is not None:
            continue
        count += 1
        if rule is None or rule.limit.kind == "encouraged":
            continue
        if rule.limit.kind == "none" and (claim.part or _UNWRITTEN.search(sentence)):
            continue
        if _verdict(Value("", (grade,), claim.amount, ""), rule.limit) == "broken":
            broken.setdefault(rule.id, (rule, []))[1].append(grade)
    if not claim.grades and sum(len(grades) for _, grades in broken.values()) < count:
        return []
    if not claim.grades and facts is None:
        # Whose school it is, nobody knows: one finding is enough, of the rule that allows most.
        return list(broken.values())[-1:]
    return list(broken.values())


def _stage_of(text: str) -> tuple[int, ...]:
    """The grades that a text of which nothing is known is about, as far as its beginning says."""
    title = text.partition("\n")[0]
    if _OF_GRADES.search(title) and (named := grades_in(title)):
        return tuple(named)
    stages, begins = STAGE_GRADES["6-3"], text[:200].replace("中小学", "")
    primary, junior = "小学" in begins, "初中" in begins or "中学" in begins.replace("中学生", "")
    return (stages["primary"] if primary or not junior else ()) + (
        stages["junior"] if junior or not primary else ()
    )


def _of_other_grades(rule: Rule, facts: Facts, sentence: str) -> bool:
    """Whether a sentence names grades, and none that the rule is for: 七年级期中考试 is no matter of 小学."""
    named = grades_in(sentence)
    return bool(named) and set(named).isdisjoint(rule.grades_in(facts.school.system))


def _concerns(rule: Rule, facts: Facts | None, text: str) -> bool:
    if facts is not None:
        return not set(rule.grades_in(facts.school.system)).isdisjoint(facts.school.grades)
    names = {"primary": "小学", "junior": "初中"}
    return len(rule.stages) == len(names) or any(names[stage] in text[:200] for stage in rule.stages)


@lru_cache(maxsize=64)
def _catalogue(passages: tuple[Patterns, ...]) -> Catalogue[int]:
    """The expressions of some rules, each with the number of its rule."""
    return Catalogue(
        [(expression(pattern), at) for at, patterns in enumerate(passages) for pattern in patterns]
    )


@lru_cache(maxsize=4096)
def expression(pattern: Pattern) -> Sought:
    """A pack's expression with the words that it needs; the linear engine is quick enough without."""
    return Sought(pattern, None if pattern.linear else needed(pattern.text.replace("[^", r"[^\n")))


def _looser(facts: Facts, rules: RuleSet) -> Iterator[Finding]:
    """Local rules that allow more than a national one: they count for nothing, and that is said."""
    for rule, better in rules.looser(facts.school.system):
        yield Finding(
            rule.id,
            "note",
            "这条规定宽于另一条现行规定，检查时按更严的一条",
            field="本地规则",
            found=rule.statement,
            limit=better.statement,
            citation=citation(better, rules),
            remedy="核对本地规则文件",
        )
