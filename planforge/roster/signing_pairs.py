"""Who signs with whom: the layers of a school's responsibility agreements, told from its staff list.

The head signs with the deputies, a deputy with the year heads, a year head with the class teachers, a class teacher
with those who teach the class. Somebody with several posts signs at each layer, but never with themselves. Whoever a
list names in its column 上级 is right for the person's highest layer. Posts are printed as the list or the school's
form says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from planforge.core.problems import Problem
from planforge.roster.classes import Reckoning, SchoolClass, find_class, parse_classes, parse_grade
from planforge.roster.fields import LAYER, LAYERS
from planforge.roster.gathering import gathered
from planforge.roster.model import Recipient
from planforge.roster.value_shape import class_as_told

FIELDS = ("post", "group", "head_of", "teaches", "subject", "superior")
"""Columns that are looked at, where a list has them."""
TITLES: Mapping[str, str] = dict(
    zip(("deputy", "year_head", "class_teacher", "subject_teacher"), LAYERS, strict=True)
)
"""By the key of an option's choice, what the layer is called in a list."""
CLASS = "class"
"""The key of the agreement that a whole class has: one for each class."""
SUPERIORS, DUTY, ABOVE, BELOW = "superiors", "duty", "above_posts", "own_post"
CHOICES = (SUPERIORS, DUTY, ABOVE, BELOW)
"""Fields of no column, and options of the card: how many are above somebody, what a deputy answers for, the posts of
those above (one for all of them, or one for each, parted by PARTING) and of the person."""
PARTING = "；"

_PARTS = re.compile(r"[、,，;；/／\s]+|兼(?=[^任]|任)")
_NAMES = re.compile(r"[、，,;；/／\s]+")
_YEAR_HEAD = re.compile(r"(年级|级部|年段|学年|年)(组长|主任|长|负责人)|级长|段长")
_TEACHER = re.compile(r"(专任|任课|科任|学科)?教师|[一-龥]{2,}教师")


class Superior(NamedTuple):
    """Somebody above a person, and the post in which they sign."""

    name: str
    post: str


class StaffList:
    """A staff list read for who is above whom.

    posts: by name, what the school's form says of those who have no post on the list, or are not on it.
    """

    def __init__(
        self, people: Sequence[Recipient], reckoning: Reckoning, posts: Mapping[str, str] | None = None
    ) -> None:
        self.people = people
        self.unread: list[Problem] = []
        self._known_posts = posts or {}
        self._reckoning = reckoning
        self._names = [person.values.get("name", "") for person in people]
        self._posts = [_parts(person.values.get("post", "")) for person in people]
        self._teaches = [self._classes(number, "teaches") for number in range(len(people))]
        self._heads = [self._head_of(number) for number in range(len(people))]
        self._grades = [self._grade(number) for number in range(len(people))]
        self._layers = [self._layers_of(number) for number in range(len(people))]

    def layers(self, number: int) -> list[str]:
        """The layers at which somebody signs, the highest first; none for the head of the school."""
        return self._layers[number]

    def superiors(self, number: int, layer: str) -> list[Superior]:
        """Who is above somebody at a layer, by the structure of the school; nobody is above themselves."""
        match layer:
            case "deputy":
                found = self._principals()
            case "year_head":
                found = self._all("deputy") or self._principals()
            case "class_teacher":
                grades = {class_.grade for class_ in self._heads[number]}
                found = [n for n in self._all("year_head") if self._grades[n] in grades]
                if not self._all("year_head"):  # a school without year heads
                    deputies = self._all("deputy")
                    found = deputies if len(deputies) == 1 else [] if deputies else self._principals()
            case _:
                taught = self._teaches[number]
                found = [n for class_ in taught for n, own in enumerate(self._heads) if class_ in own]
        others = [n for n in dict.fromkeys(found) if self._names[n] != self._names[number]]
        return [Superior(self._names[n], self._post_above(n, layer)) for n in others]

    def named_superiors(self, number: int, layer: str) -> tuple[list[Superior], list[str]]:
        """Who the list itself names above somebody, and what is wrong there: unknown, self."""
        found, wrong = [], []
        for word in filter(None, _NAMES.split(self.people[number].values.get("superior", ""))):
            at = self._number_of(word)
            if at is None and word not in self._known_posts:
                wrong.append("unknown")
            elif word == self._names[number] or (at is not None and self._names[at] == self._names[number]):
                wrong.append("self")
            elif at is None:
                found.append(Superior(word, self._known_posts[word]))
            else:
                found.append(Superior(self._names[at], self._post_above(at, layer)))
        return found, wrong

    def is_above_themselves(self, number: int, layer: str) -> bool:
        """Whether at this layer somebody would sign with themselves alone: a year head who leads a class."""
        match layer:
            case "year_head":
                return any(self._names[n] == self._names[number] for n in self._all("deputy"))
            case "class_teacher":
                mine = {class_.grade for class_ in self._heads[number]}
                return "year_head" in self.layers(number) and self._grades[number] in mine
            case "subject_teacher":
                return bool(self._teaches[number]) and set(self._teaches[number]) <= set(self._heads[number])
            case _:
                return False

    def post(self, number: int, layer: str) -> str:
        """In which post somebody signs at a layer, as the list or the school's form says it."""
        posts = self._posts[number]
        match layer:
            case "deputy":
                own = next((post for post in posts if "副校长" in post), "")
            case "year_head":
                own = next((post for post in posts if _YEAR_HEAD.search(post)), "")
            case "class_teacher":
                own = next((post for post in posts if "班主任" in post), "班主任")
            case _:
                person = self.people[number].values
                own = next((post for post in posts if _TEACHER.fullmatch(post)), "")
                if not own and self.layers(number)[:1] == [layer] and person.get("superior"):
                    own = self._whole_post(number)  # the list pairs this post with that superior
                subject = person.get("subject", "")
                own = own or (f"{subject}教师" if subject else "任课教师")
        return own or self._whole_post(number)

    def classes(self) -> list[SchoolClass]:
        """All classes that somebody leads, in their order."""
        return sorted({class_ for own in self._heads for class_ in own})

    def _layers_of(self, number: int) -> list[str]:
        posts, person = self._posts[number], self.people[number]
        found = []
        if any("副校长" in post for post in posts):
            found.append("deputy")
        if any(_YEAR_HEAD.search(post) for post in posts):
            found.append("year_head")
        if self._heads[number] or any("班主任" in post for post in posts):
            found.append("class_teacher")
        others = any(_TEACHER.fullmatch(post) for post in posts)
        if self._teaches[number] or (not found and (others or person.values.get("subject"))):
            found.append("subject_teacher")
        return [] if self._is_principal(number) else found

    def _post_above(self, number: int, layer: str) -> str:
        """The post in which somebody signs for those of a layer: the one just above it, else all that the list says."""
        above = {"year_head": "deputy", "class_teacher": "year_head", "subject_teacher": "class_teacher"}
        wanted = above.get(layer, "")
        return self.post(number, wanted) if wanted in self.layers(number) else self._whole_post(number)

    def _whole_post(self, number: int) -> str:
        name = self._names[number]
        return self.people[number].values.get("post", "") or self._known_posts.get(name, "")

    def _number_of(self, word: str) -> int | None:
        """Whom a word names: 林致远; also 林致远副校长, where only one on the list is so called."""
        if word in self._names:
            return self._names.index(word)
        within = {name for name in self._names if len(name) > 1 and name in word}
        return self._names.index(within.pop()) if len(within) == 1 else None

    def _is_principal(self, number: int) -> bool:
        return any(post.endswith("校长") and "副" not in post for post in self._posts[number])

    def _principals(self) -> list[int]:
        return [number for number in range(len(self.people)) if self._is_principal(number)]

    def _all(self, layer: str) -> list[int]:
        return [number for number in range(len(self.people)) if layer in self.layers(number)]

    def _head_of(self, number: int) -> list[SchoolClass]:
        own = self._classes(number, "head_of")
        for post in self._posts[number]:
            class_ = find_class(post.replace("班主任", ""), self._reckoning) if "班主任" in post else None
            own += [class_] if class_ is not None and class_ not in own else []
        leads = any("班主任" in post for post in self._posts[number])
        if not own and leads and len(self._teaches[number]) == 1:
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

    def _classes(self, number: int, field_: str) -> list[SchoolClass]:
        person = self.people[number]
        text = person.values.get(field_, "")
        found, rest = parse_classes(text, self._reckoning)
        if rest:
            fix = "写成“三（1）班、三（2）班”的样子"
            told = class_as_told(rest)
            self.unread.append(
                Problem(
                    "看不出是哪几个班", person.place_of(field_), "班级", told, fix=fix, code="classes.unread", severity="notice"
                )
            )  # fmt: skip
        return list(found)


def by_layer(
    people: Sequence[Recipient],
    reckoning: Reckoning,
    only: str = "",
    duties: Mapping[str, str] | None = None,
    posts: Mapping[str, str] | None = None,
) -> tuple[list[Recipient], list[Problem]]:
    """An agreement's recipients, layer by layer, each with the right superior; and for whom none can be told.

    Args:
        people: everybody on the staff list, with the columns of FIELDS.
        reckoning: how classes are read.
        only: a layer's key, where a school wants just that one.
        duties: what the form's group says a deputy answers for, by name.
        posts: what the form says of people's posts, by name.

    Returns:
        The recipients with LAYER, their superiors' names and CHOICES among their values; the problems, those of one
        kind gathered: mistakes where an agreement is missing, notices for the rest.
    """
    staff = StaffList(people, reckoning, posts)
    if only == CLASS:
        return [_class(people[0], class_) for class_ in staff.classes()], gathered(staff.unread)
    pairs = _Pairs(staff, duties or {})
    for layer in TITLES:
        if only in ("", layer):
            for number in range(len(people)):
                pairs.add(number, layer)
    if not only:
        pairs.tell_who_has_none()
    return pairs.found, gathered([*staff.unread, *pairs.problems])


@dataclass(slots=True)
class _Pairs:
    """The agreements as they are found. told: numbers of people of whom something was said."""

    staff: StaffList
    duties: Mapping[str, str]
    found: list[Recipient] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)

    def add(self, number: int, layer: str) -> None:
        """Somebody's agreement at a layer, if they sign there."""
        staff, person = self.staff, self.staff.people[number]
        layers = staff.layers(number)
        if layer not in layers:
            return
        highest = layers[0] == layer
        named = bool(person.values.get("superior")) and highest
        if not named and staff.is_above_themselves(number, layer):
            return
        above, wrong = staff.named_superiors(number, layer) if named else ([], [])
        if "unknown" in wrong:
            fix = "核对姓名；确有这个人的，把他写进花名册，写明职务"
            self._tell(number, "superior", "superior.unknown", "这位上级不在花名册里，没有做他的责任书", fix)
            return
        if "self" in wrong:
            fix = "“上级”写他的上级"
            self._tell(
                number, "superior", "superior.self", "上级写的是本人，改按职务找上级", fix, notice=True
            )
        above = above or staff.superiors(number, layer)
        if not above or (layer == "year_head" and len(above) > 1 and not named):
            fix = "在花名册的“上级”一列写明，或者写清各年级的组长、各班的班主任"
            self._tell(number, "name", "no-superior", f"不知道这位{TITLES[layer]}的责任书同谁签", fix)
            return
        if not all(superior.post for superior in above):
            fix = "在花名册里写上这位上级的职务"
            self._tell(number, "superior", "superior.post", "上级没有写职务，没有做他的责任书", fix)
            return
        self.signed.add(person.values.get("name", ""))
        self.found.append(replace(person, values={**person.values, **self._values(number, layer, above)}))

    def tell_who_has_none(self) -> None:
        """List everybody with a superior and no agreement of whom nothing was said yet."""
        for number, person in enumerate(self.staff.people):
            alone = number not in self.told and person.values.get("name", "") not in self.signed
            if alone and person.values.get("superior"):
                message = "写了上级，但从职务、任教班级看不出签哪一层的责任书，没有做"
                fix = "要签的，写明职务（副校长、年级组长、班主任、教师）"
                self._tell(number, "superior", "no-layer", message, fix, notice=True)

    def _values(self, number: int, layer: str, above: Sequence[Superior]) -> dict[str, str]:
        posts = list(dict.fromkeys(superior.post for superior in above))
        alike = len(posts) == 1
        values = {
            LAYER: TITLES[layer],
            "superior": "、".join(person.name if alike else person.post + person.name for person in above),
            SUPERIORS: str(len(above)),
            ABOVE: posts[0] if alike else PARTING.join(person.post for person in above),
            BELOW: self.staff.post(number, layer),
        }
        if layer == "deputy":
            values[DUTY] = self.duties.get(self.staff.people[number].values.get("name", ""), "")
        return values

    def _tell(
        self, number: int, field_: str, code: str, message: str, fix: str, *, notice: bool = False
    ) -> None:
        person = self.staff.people[number]
        place = person.place_of(field_) if field_ != "name" else person.place
        title = "上级" if field_ == "superior" else ""
        self.told.add(number)
        self.problems.append(
            Problem(message, place, title, fix=fix, code=code, severity="notice" if notice else "error")
        )


def _class(anybody: Recipient, class_: SchoolClass) -> Recipient:
    """A class as a recipient."""
    values = {"name": "", "superior": "", "class": str(class_)}
    return replace(anybody, values=values, class_=class_, seat=None)


def each_class(people: Iterable[Recipient]) -> Iterator[Recipient]:
    """Each class once, as a recipient: for papers that go to classes and not to persons."""
    seen: set[SchoolClass] = set()
    for recipient in people:
        if recipient.class_ is not None and recipient.class_ not in seen:
            seen.add(recipient.class_)
            yield _class(recipient, recipient.class_)


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part]
