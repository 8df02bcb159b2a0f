"""The school's own names in the form that are in truth another school's: what is left of a form taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.finding import Finding
from planforge.check.rule_findings import told
from planforge.facts.model import Facts
from planforge.facts.paths import source_of

_SCHOOL = re.compile(
    r"^[\u3400-\u9fff（）()0-9]*?(?:小学|中学|初中|学校|[一二三四五六七八九十]小|[一二三四五六七八九十]中)"
)
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_RULE = "text.other-school"


def foreign_names(facts: Facts) -> Iterator[Finding]:
    """A short name that is none of the full name, and an issuing school or office that is not the school.

    A short name takes signs of the full name in their order (临溪实小 of 青石区临溪实验小学) or is a campus's. An
    authority that is no school may issue what it likes.
    """
    school, dispatch = facts.school, facts.dispatch
    campuses = [campus.name for campus in school.campuses]
    own = [name for name in (school.name, *campuses) if name]
    if school.short_name and not any(_within(school.short_name, name) for name in own):
        message = f"简称“{school.short_name}”里有全称没有的字，像是别的学校的"
        yield _told(facts, "school.short_name", message, "学校简称", school.short_name)
    for path, field, value in (
        ("dispatch.issuer", "发文机关标志", dispatch.issuer),
        ("dispatch.office", "印发机关", dispatch.office),
    ):
        named = _SCHOOL.match(value)
        if named is None or any(name in value or _within(named[0], name) for name in own):
            continue
        message = "这里的校名不是本校的，像是别的学校的"
        yield _told(facts, path, message, field, value)


def _within(short: str, full: str) -> bool:
    """Whether the signs of `short` stand in `full` in their order."""
    rest = iter(_han(full))
    return all(sign in rest for sign in _han(short))


def _han(name: str) -> str:
    return re.sub(r"[^\u3400-\u9fff〇]", "", name.translate(_DIGITS))


def _told(facts: Facts, path: str, message: str, field: str, value: str) -> Finding:
    source = source_of(facts.sources, path)
    place = source.place if source is not None else None
    return told(_RULE, message, place, field, value, facts.school.name)
