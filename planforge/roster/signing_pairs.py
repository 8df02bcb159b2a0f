"""Who signs with whom: the layers of a school's responsibility agreements, told from its staff list.

The head signs with the deputies, a deputy with the year heads, a year head with the class teachers, a class teacher
with those who teach the class. Somebody with several posts signs at each layer, but never with themselves. Whoever a
list names in its column 上级 is right for the person's highest layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planforge.core.problems import Problem
from planforge.roster.classes import (
    ClassError,
    Reckoning,
    SchoolClass,
    find_class,
    parse_class,
    parse_grade,
)
from planforge.roster.fields import LAYER, LAYERS
from planforge.roster.model import Recipient

FIELDS = ("post", "group", "head_of", "teaches", "subject", "superior")
"""Columns that are looked at, where a list has them."""
TITLES: Mapping[str, str] = dict(
    zip(("deputy", "year_head", "class_teacher", "subject_teacher"), LAYERS, strict=True)
)
"""By the key of an option's choice, what the layer is called in a list."""
CLASS = "class"
"""The key of the agreement that a whole class has: one for each class."""
SUPERIORS, DUTY = "superiors", "duty"
"""Fields of no column, and options of the card: how many are above somebody, and what a deputy answers for."""

_PARTS = re.compile(r"[、,，;；/／\s]+|兼(?=[^任]|任)")
_YEAR_HEAD = re.compile(r"(年级|级部|年段)(组长|主任|长)|级长|段长")


class StaffList:
    """A staff list read for who is above whom."""

    def __init__(self, people: Sequence[Recipient], reckoning: Reckoning) -> None:
        self.people = people
        self._reckoning = reckoning
        self._posts = [_parts(one.values.get("post", "")) for one in people]
        self._teaches = [self._classes(one.values.get("teaches", "")) for one in people]
        self._heads = [self._head_of(number) for number in range(len(people))]
        self._grades = [self._grade(number) for number in range(len(people))]

    def layers(self, number: int) -> list[str]:
        """The layers at which somebody signs, the highest first; none for the head of the school."""
        posts, one = self._posts[number], self.people[number]
        found = []
        if any("副校长" in post for post in posts):
            found.append("deputy")
        if any(_YEAR_HEAD.search(post) for post in posts):
            found.append("year_head")
        if self._heads[number] or any("班主任" in post for post in posts):
            found.append("class_teacher")
        others = any(post in ("教师", "任课教师", "科任教师") for post in posts)
        if self._teaches[number] or (not found and (others or one.values.get("subject"))):
            found.append("subject_teacher")
        return [] if self._is_principal(number) else found

    def superiors(self, number: int, layer: str) -> list[int]:
        """Who is above somebody at a layer, by the structure of the school; nobody is above themselves."""
        match layer:
            case "deputy":
                found = [n for n in range(len(self.people)) if self._is_principal(n)]
            case "year_head":
                found = self._all("deputy") or [n for n in range(len(self.people)) if self._is_principal(n)]
            case "class_teacher":
                grades = {class_.grade for class_ in self._heads[number]}
                found = [n for n in self._all("year_head") if self._grades[n] in grades]
            case _:
                taught = self._teaches[number]
                found = [n for class_ in taught for n, own in enumerate(self._heads) if class_ in own]
        return [n for n in dict.fromkeys(found) if n != number]

    def is_above_themselves(self, number: int, layer: str) -> bool:
        """Whether at this layer somebody would sign with themselves alone: a year head who leads a class."""
        match layer:
            case "class_teacher":
                mine = {class_.grade for class_ in self._heads[number]}
                return "year_head" in self.layers(number) and self._grades[number] in mine
            case "subject_teacher":
                return bool(self._teaches[number]) and set(self._teaches[number]) <= set(self._heads[number])
            case _:
                return False

    def classes(self) -> list[SchoolClass]:
        """All classes that somebody leads, in their order."""
        return sorted({class_ for own in self._heads for class_ in own})

    def _is_principal(self, number: int) -> bool:
        return any(post in ("校长", "党支部书记、校长", "书记校长") for post in self._posts[number])

    def _all(self, layer: str) -> list[int]:
        return [n for n in range(len(self.people)) if layer in self.layers(n)]

    def _head_of(self, number: int) -> list[SchoolClass]:
        own = self._classes(self.people[number].values.get("head_of", ""))
        for post in self._posts[number]:
            class_ = find_class(post.replace("班主任", ""), self._reckoning) if "班主任" in post else None
            own += [class_] if class_ is not None and class_ not in own else []
        if (
            not own
            and any("班主任" in post for post in self._posts[number])
            and len(self._teaches[number]) == 1
        ):
            own = list(self._teaches[number])
        return own

    def _grade(self, number: int) -> int:
        """The grade that a year head leads."""
        words = [_YEAR_HEAD.sub("年级", post) for post in self._posts[number] if _YEAR_HEAD.search(post)]
        for word in (*words, self.people[number].values.get("group", "").removesuffix("组")):
            if grade := parse_grade(word, self._reckoning):
                return grade
        grades = {class_.grade for class_ in (*self._heads[number], *self._teaches[number])}
        return grades.pop() if len(grades) == 1 else 0

    def _classes(self, text: str) -> list[SchoolClass]:
        found = []
        for part in _parts(text):
            try:
                found.append(parse_class(part, self._reckoning))
            except ClassError:
                continue
        return found


def by_layer(
    people: Sequence[Recipient],
    reckoning: Reckoning,
    only: str = "",
    duties: Mapping[str, str] | None = None,
) -> tuple[list[Recipient], list[Problem]]:
    """An agreement's recipients, layer by layer, each with the right superior; and for whom none can be told.

    only: a layer's key, where a school wants just that one. duties: what the profile's group says a deputy answers
    for, by name.
    """
    staff = StaffList(people, reckoning)
    if only == CLASS:
        return [_class(people[0], class_) for class_ in staff.classes()], []
    found: list[Recipient] = []
    problems: list[Problem] = []
    for layer in TITLES:
        for number, one in enumerate(people):
            layers = staff.layers(number)
            if layer not in layers or only not in ("", layer) or _passed_over(staff, number, layer, layers):
                continue
            named = _superior(staff, number, layer, highest=layers[0] == layer)
            if not named:
                fix = "在花名册的“上级”一列写明，或者写清各年级的组长、各班的班主任"
                message = f"不知道这位{TITLES[layer]}的责任书同谁签"
                problems.append(Problem(message, one.place, fix=fix, code="no-superior"))
                continue
            values = {**one.values, LAYER: TITLES[layer], "superior": named}
            values[SUPERIORS] = str(len([part for part in re.split("[、，,;；]", named) if part.strip()]))
            if layer == "deputy":
                values[DUTY] = (duties or {}).get(one.values.get("name", ""), "")
            found.append(replace(one, values=values))
    return found, problems


def _passed_over(staff: StaffList, number: int, layer: str, layers: Sequence[str]) -> bool:
    """Whether somebody need not sign here: with themselves, or as a teacher where they have signed above already."""
    explicit = staff.people[number].values.get("superior") and layers[0] == layer
    return not explicit and staff.is_above_themselves(number, layer)


def _superior(staff: StaffList, number: int, layer: str, *, highest: bool) -> str:
    explicit = staff.people[number].values.get("superior", "")
    if explicit and highest:
        return explicit
    above = staff.superiors(number, layer)
    if not above or (layer == "year_head" and len(above) > 1):
        return ""
    return "、".join(staff.people[n].values.get("name", "") for n in above)


def _class(anybody: Recipient, class_: SchoolClass) -> Recipient:
    """A class as a recipient."""
    values = {"name": "", "superior": "", "class": str(class_)}
    return replace(anybody, values=values, class_=class_, seat=None)


def each_class(people: Iterable[Recipient]) -> Iterator[Recipient]:
    """Each class once, as a recipient: for papers that go to classes and not to persons."""
    seen: set[SchoolClass] = set()
    for one in people:
        if one.class_ is not None and one.class_ not in seen:
            seen.add(one.class_)
            yield _class(one, one.class_)


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part]
