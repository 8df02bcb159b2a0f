"""Facts of schools that do not exist, to try templates on: filled in completely, but for one thing, hardly at all."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from planforge.core.problems import InputError, Place
from planforge.core.resources import profiles_root
from planforge.facts.model import Facts
from planforge.facts.resolve import resolve
from planforge.policy import load_packs
from planforge.policy.rules_in_force import RulePacks
from planforge.profile import read_profile
from planforge.profile.consistency import check
from planforge.profile.field_titles import Described, keys
from planforge.profile.model import Profile
from planforge.profile.profile_reader import ReadProfile

COMPLETE = "每一项都填"

_STAGES: Mapping[str, str] = {"小学": "1-6", "初中": "7-9", "九年一贯制学校": "1-9"}
_NOWHERE = Place("试填的信息表")


@lru_cache(maxsize=1)
def complete_facts() -> Mapping[str, Facts]:
    """By what to call them: a form filled in with every example that it gives, and the example schools."""
    made = {}
    form = _resolved(_samples())
    if form is not None:
        made[COMPLETE] = form
    for path in sorted(profiles_root().glob("*.yaml")):
        reading = read_profile(path)
        if reading.ok:
            made[f"按示例 {path.name} 填写"] = resolve(reading, _packs())
    return made


@lru_cache(maxsize=1)
def minimal_facts() -> Mapping[str, Facts]:
    """By what to call them: a school of each stage, in each term, that says its name, its grades and the term."""
    made = {}
    for stage, grades in _STAGES.items():
        for number, term in (("1", "第一学期"), ("2", "第二学期")):
            form = {
                "school": {"name": f"试填{stage}", "grades": grades},
                "term": {"year": "2026-2027", "number": number},
            }
            facts = _resolved(form)
            if facts is not None:
                made[f"{stage}{term}，只填最少几项"] = facts
    return made


@lru_cache(maxsize=1)
def facts_but_one() -> Mapping[str, Facts]:
    """By the key that is left out: the complete form without one value, one entry or one group.

    Forms that would not be accepted so are left aside.
    """
    made = {}
    form = _samples()
    for steps in _below(form, ()):
        short = copy.deepcopy(form)
        holder: Any = short
        for step in steps[:-1]:
            holder = holder[step]
        del holder[steps[-1]]
        facts = _resolved(short)
        if facts is not None:
            made[".".join(str(step) for step in steps if isinstance(step, str))] = facts
    return made


def _below(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        pairs = enumerate(value)
    for step, inner in pairs:
        yield from _below(inner, (*steps, step))
        yield (*steps, step)


def _resolved(form: Mapping[str, Any]) -> Facts | None:
    """The facts of a form; None where it would not be accepted."""
    try:
        reading = ReadProfile(Profile.model_validate(form))
        problems = check(reading.profile, lambda path: _NOWHERE)
        if any(problem.severity == "error" for problem in problems):
            return None
        return resolve(reading, _packs())
    except (ValidationError, InputError):
        return None


@lru_cache(maxsize=1)
def _packs() -> RulePacks:
    return load_packs(())


def _samples() -> dict[str, Any]:
    skipped = ("extends", "documents", "policy")
    return {key: _sample(entry) for key, entry in keys(Profile).items() if key not in skipped}


def _sample(entry: Described, given: Any = None) -> Any:
    value = entry.sample if given is None else given
    if entry.kind is None:
        return value
    if entry.listed:
        first = value[0] if isinstance(value, list) and value else {}
        return [{key: _sample(one, first.get(key)) for key, one in keys(entry.kind).items()}]
    known = value if isinstance(value, dict) else {}
    return {key: _sample(one, known.get(key)) for key, one in keys(entry.kind).items()}
