"""Texts: a composed document, a profile's own words, or a plain old text, held against the text rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from planforge.check import (
    brackets,
    counted,
    impossible,
    invalid_days,
    odd_characters,
    phones,
    phrasing,
    places,
    repeats,
    run_together_names,
    schools,
    sense,
    stated_numbers,
    typed_numbering,
    years,
)
from planforge.check.finding import Finding, in_order
from planforge.check.passages import (
    BLANK,
    BREAK,
    FIELD,
    Passages,
    free_text,
    names_of,
    of_document,
    of_pieces,
    of_text,
)
from planforge.check.profile_rules import breaches, stated
from planforge.check.rule_findings import told
from planforge.check.text_context import Context
from planforge.check.text_rules import Found, listed_words, text_rules
from planforge.core.problems import Place
from planforge.document.tree import Document, Slip
from planforge.facts.model import Facts
from planforge.facts.paths import source_of
from planforge.policy import Phrases, RuleSet
from planforge.readers import OldPaper

Check = Callable[[Passages, Context], Iterator[Found]]

CHECKS: tuple[Check, ...] = (
    odd_characters.wrong_characters,
    places.other_places,
    places.misnamed_home,
    places.foreign_numbers,
    schools.other_schools,
    years.other_years,
    invalid_days.impossible_days,
    phones.phone_numbers,
    phrasing.fixed_phrases,
    run_together_names.names_together,
    stated_numbers.contradicted_homework,
    stated_numbers.contradicted_counts,
    impossible.impossible_figures,
    counted.counted_names,
    counted.sections_of_five,
    counted.titled_counts,
    typed_numbering.broken_numbering,
    brackets.unbalanced,
    repeats.doubled_words,
    repeats.repeated_passages,
    sense.absent_grades,
    sense.wrong_kind,
    sense.voluntary_for_all,
    sense.days_of_the_service,
    sense.homework_that_stays,
    sense.broken_lines,
)
"""The checks that are programs; the others are lists in data/text_rules.yaml."""

_SHOWN = 40
_SMALL = 100
"""Pupils from which on a service that is a free choice hardly has them all."""


def check_text(
    document: Document,
    facts: Facts,
    rules: RuleSet | None = None,
    *,
    name: str = "",
    passages: Passages | None = None,
) -> tuple[Finding, ...]:
    """What should not stand in a composed document, the template's place with each finding.

    Words that the profile gives are left to `check_free_text`, so that each mistake is said once, with
    its place in the profile.

    Args:
        document: the composed document.
        facts: those that it was composed of.
        rules: those in force in the term; their passages are sought too.
        name: the document's Chinese name, for the findings.
        passages: the document's own, where the caller has them.

    Returns:
        The findings, sorted by place.
    """
    if passages is None:
        passages = of_document(document, facts)
    letter = any(isinstance(block, Slip) for block in document.blocks)
    context = Context(facts, document.kind, letter, rules.phrases if rules is not None else None)
    findings = list(_held(passages, context, name, own=False))
    if rules is not None:
        findings += breaches(passages, facts, rules, name, own=False)
        findings += stated(passages, facts, rules, name, own=False, reported=told_of(findings))
    slips = [block for block in document.blocks if isinstance(block, Slip)]
    if len(slips) > 1:
        findings.append(told("text.slips", place=slips[1].place, document=name))
    return in_order(findings)


def check_free_text(
    facts: Facts, passages: Passages | None = None, phrases: Phrases | None = None
) -> tuple[Finding, ...]:
    """What should not stand in the profile's own words, each with its place in the profile.

    Args:
        facts: of the profile.
        passages: the profile's free text, where the caller has it already.
        phrases: the fixed phrases; without them, wrong ways of writing one are not sought.

    Returns:
        The findings, sorted by place.
    """
    if passages is None:
        passages = free_text(facts)
    return in_order(
        [
            *_held(passages, Context(facts, phrases=phrases), ""),
            *_in_names(facts),
            *_everybody(facts),
            *_public_mobile(facts),
        ]
    )


def _in_names(facts: Facts) -> Iterator[Finding]:
    """Leftovers where a name should stand: XX小学, （职务）, markup; one finding a value, the worst."""
    names, known = names_of(facts), text_rules()
    leftovers = listed_words(names, None, names=True)
    seen: set[Place | None] = set()
    for leftover in sorted(
        leftovers, key=lambda mistake: (known[mistake.rule].severity != "error", mistake.start)
    ):
        hit = names.at(leftover.start, leftover.end)
        if hit.place not in seen:
            seen.add(hit.place)
            yield told(leftover.rule, place=hit.place, field=hit.field, found=hit.passage.text[:_SHOWN])


def _public_mobile(facts: Facts) -> Iterator[Finding]:
    """A complaint line that is somebody's own telephone: it is printed in what every family gets."""
    hotline = facts.supervision.hotline
    if phones.is_mobile(hotline):
        source = source_of(facts.sources, "supervision.hotline")
        place = source.place if source is not None else None
        yield told("text.mobile", "监督电话写的是个人手机号", place, "监督电话", hotline)


def _everybody(facts: Facts) -> Iterator[Finding]:
    """A free choice that all pupils make, by the profile's own figures; in a small school it may well be so."""
    service = facts.after_school
    if service.voluntary and service.pupil_percent == "100%" and (facts.school.pupils or _SMALL) >= _SMALL:
        source = source_of(facts.sources, "after_school.pupil_percent")
        place = source.place if source is not None else None
        yield told("text.voluntary", place=place, field="学生参加率", found=service.pupil_percent)


def check_plain(
    text: str, file: str, facts: Facts | None = None, rules: RuleSet | None = None
) -> tuple[Finding, ...]:
    """What should not stand in an old text, each with its line and column.

    Args:
        text: the whole text.
        file: its name, for the places.
        facts: of the school that means to use it; without them only what is wrong in itself is found.
        rules: those in force in the term; without them the text is held against no rule of a pack.

    Returns:
        The findings, sorted by place.
    """
    return _check_old(of_text(text, file), facts, rules)


def check_old_paper(
    paper: OldPaper, facts: Facts | None = None, rules: RuleSet | None = None
) -> tuple[Finding, ...]:
    """What should not stand in an old paper, each with its piece; the arguments are as for `check_plain`."""
    return _check_old(of_pieces(paper), facts, rules)


def _check_old(passages: Passages, facts: Facts | None, rules: RuleSet | None) -> tuple[Finding, ...]:
    phrases = rules.phrases if rules is not None else None
    letter = "家长" in passages.text[:200]
    findings = list(_held(passages, Context(facts, letter=letter, phrases=phrases), ""))
    if rules is not None:
        findings += breaches(passages, facts, rules)
        findings += stated(passages, facts, rules, reported=told_of(findings))
    return in_order(findings)


def told_of(findings: Iterable[Finding]) -> frozenset[Place | None]:
    """Where a number was found that is not the profile's: what a rule says of it need not be told too."""
    return frozenset(finding.place for finding in findings if finding.rule == "text.figures")


def _held(passages: Passages, context: Context, name: str, *, own: bool = True) -> Iterator[Finding]:
    if not passages.text:
        return
    known = text_rules()
    everything = [*listed_words(passages, context.day)]
    for check in CHECKS:
        everything += check(passages, context)
    everything.sort(key=lambda entry: (entry.start, entry.rule))
    again = Counter(_same(passages, entry) for entry in everything)
    taken: set[tuple[str, object]] = set()
    for mistake in everything:
        rule, same = known[mistake.rule], _same(passages, mistake)
        hit = passages.at(mistake.start, mistake.end)
        if (not own and hit.whole) or same in taken:
            continue
        taken.add(same)
        times = f"，共{again[same]}处" if rule.once and again[same] > 1 else ""
        yield Finding(
            rule.id,
            mistake.severity or rule.severity,
            f"{mistake.message or rule.message}{times}",
            hit.place,
            hit.field,
            _excerpt(passages.text, replace(mistake, start=hit.start)),
            mistake.say,
            "",
            f"改成“{mistake.say}”。" if mistake.say and rule.words else rule.remedy,
            name,
        )


def _same(passages: Passages, mistake: Found) -> tuple[str, object]:
    """What makes two findings one: their place, or where the rule says so their passage or their words."""
    once = text_rules()[mistake.rule].once
    if once == "passage":
        return mistake.rule, passages.passage(mistake.start).start
    return mistake.rule, passages.text[mistake.start : mistake.end] if once == "text" else mistake.start


def _excerpt(text: str, mistake: Found) -> str:
    """The words found, with some around them where they are too short to be recognised."""
    start, end = mistake.start, min(mistake.end, mistake.start + _SHOWN)
    if end - start < 4:
        start = max(text.rfind("\n", 0, start) + 1, start - 6)
        stop = text.find("\n", end)
        end = min(stop if stop >= 0 else len(text), end + 6)
    return text[start:end].replace(BLANK, "＿").replace(FIELD, "…").replace(BREAK, " ").strip()
