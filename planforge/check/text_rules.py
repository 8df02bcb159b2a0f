"""The text rules: what each is called, how bad it is, how to mend it, and, for most, the words to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from planforge.check.data_files import read_data
from planforge.check.literals import Catalogue, Sought, first_come, sought
from planforge.check.negation import negated
from planforge.check.passages import Passages
from planforge.policy import Severity


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that are out of date since a day. say: what to write instead."""

    seek: Sought
    since: date
    say: str = ""
    unless: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextRule:
    """One rule about texts. seek, words, dated: what to look for, where that is a list; else a program looks.

    words: wrong ways of writing, as expressions, each with the right one.

    unless: of a sentence, or of the passage's beginning, that makes it innocent. negation: sentences that
    say “not” are innocent. unless_titled: of the text's title, that makes all of it innocent. once: of the same
    words in a passage or text, only the first is reported. names: sought in names, posts and telephones too,
    which are no sentences.
    """

    id: str
    title: str
    severity: Severity
    message: str
    remedy: str
    seek: tuple[Sought, ...]
    unless: re.Pattern[str] | None
    words: tuple[tuple[Sought, str], ...]
    dated: tuple[Dated, ...]
    negation: bool
    once: str
    names: bool
    unless_titled: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Something found by a rule at `start` to `end` of the whole text. say: what it should be, if known.

    message, severity: where they differ from the rule's own.
    """

    rule: str
    start: int
    end: int
    say: str = ""
    message: str = ""
    severity: Severity | None = None


@cache
def text_rules() -> Mapping[str, TextRule]:
    """All text rules by id, in the order of the file."""
    return {entry["id"]: _rule(entry) for entry in read_data("text_rules.yaml")["rules"]}


def _rule(entry: Mapping[str, Any]) -> TextRule:
    pairs = dict(entry.get("words", {}))
    if "words_from" in entry:
        pairs |= read_data(entry["words_from"])["pairs"]
    words = {str(wrong): str(right) for wrong, right in pairs.items()}
    return TextRule(
        entry["id"],
        entry["title"],
        entry["severity"],
        entry["message"],
        entry["remedy"],
        tuple(_sought(pattern) for pattern in entry.get("seek", ())),
        _either(entry.get("unless", ())),
        tuple((_sought(word), right) for word, right in words.items()),
        tuple(
            Dated(
                _sought(dated["seek"]),
                dated["from"],
                dated["say"],
                dated.get("unless", ""),
                dated.get("note", ""),
            )
            for dated in entry.get("dated", ())
        ),
        bool(entry.get("negation")),
        entry.get("once", ""),
        bool(entry.get("names")),
        _either(entry.get("unless_titled", ())),
    )


def _sought(pattern: str) -> Sought:
    """An expression that never runs from one passage into the next."""
    return sought(pattern.replace("[^", r"[^\n"), re.MULTILINE)


def _either(patterns: Any) -> re.Pattern[str] | None:
    if not patterns:
        return None
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined.replace("[^", r"[^\n"), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """An expression's place in the lists. say: what to write instead; dated: where it is out of date since a day."""

    rule: TextRule
    say: str = ""
    dated: Dated | None = None
    plain: bool = False


@cache
def _catalogue(names: bool) -> Catalogue[_Listed]:
    """Every expression of the lists; of names, those of the rules that are held against names."""
    entries: list[tuple[Sought, _Listed]] = []
    for rule in text_rules().values():
        if names and not rule.names:
            continue
        entries += [(expression, _Listed(rule, plain=True)) for expression in rule.seek]
        entries += [(wrong, _Listed(rule, right)) for wrong, right in rule.words]
        entries += [(dated.seek, _Listed(rule, dated.say, dated)) for dated in rule.dated]
    return Catalogue(entries)


def listed_words(passages: Passages, day: date | None, *, names: bool = False) -> Iterator[Found]:
    """What the lists of the text rules find. day: of the term; without one, words count as of today's lists.

    names: the passages are names, posts and telephones, not sentences.
    """
    plain: dict[str, list[re.Match[str]]] = {}
    for match, listed in _catalogue(names).matches(passages.text):
        rule, dated = listed.rule, listed.dated
        if listed.plain:
            plain.setdefault(rule.id, []).append(match)
            continue
        if dated is not None:
            if day is not None and day < dated.since:
                continue
            if dated.unless and dated.unless in passages.passage(match.start()).text:
                continue
        if not _innocent(rule, passages, match):
            note = dated.note if dated is not None else ""
            yield Found(rule.id, match.start(), match.end(), listed.say, note)
    for name, matches in plain.items():
        for match in first_come(matches):
            if not _innocent(text_rules()[name], passages, match):
                yield Found(name, match.start(), match.end())


_TITLE = 40
"""Characters that a line of a title has at most."""


def _titles(passages: Passages) -> Iterator[str]:
    """The lines of a text's title: its first, and a short one below it that is no sentence."""
    first, *rest = passages.passages[:2]
    if first.role == "title":
        yield first.text
        yield from (line.text for line in rest if len(line.text) <= _TITLE and line.text[-1] not in "。；：")


def _innocent(rule: TextRule, passages: Passages, match: re.Match[str]) -> bool:
    if rule.negation and negated(passages.text, match.start(), match.end()):
        return True
    if rule.unless_titled is not None and any(map(rule.unless_titled.search, _titles(passages))):
        return True
    if rule.unless is None:
        return False
    return rule.unless.search(passages.at(match.start(), match.end()).sentence) is not None
