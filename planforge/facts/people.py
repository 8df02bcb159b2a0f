"""Who answers for what: posts, the leading group, the way of approval; and the documents it all rests on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from planforge.core.problems import Problem
from planforge.facts.model import Approval, Basis, LeadingGroup, LocalException, Person
from planforge.facts.source_record import SourceRecord
from planforge.policy.model import PolicyDocument, Topic
from planforge.profile import school as written
from planforge.profile.model import Profile

GROUP_NAME = "减负工作领导小组"
_HEADS = ("书记", "校长")


_BRACKETED = re.compile(r"([^（(]+)[（(](.+)[）)]")


def people(
    path: str, given: Sequence[written.Person], ledger: SourceRecord, at: str = ""
) -> tuple[Person, ...]:
    """The persons of a list who hold their post on the day; one who was written for each of several campuses is one."""
    held = [(index, person) for index, person in enumerate(given) if named(person) and holds(person, ledger)]
    first: dict[tuple[str, str, str], int] = {}
    campuses: dict[int, list[str]] = {}
    for index, person in held:
        key = (person.name, person.post, person.duty)
        index = first.setdefault(key, index) if person.campus else index
        campuses.setdefault(index, []).extend([person.campus] if person.campus else [])
    return tuple(
        person_facts(f"{path}[{to}]", given[index], ledger, f"{at or path}[{index}]", "、".join(places))
        for to, (index, places) in enumerate(campuses.items())
    )


def named(person: written.Person) -> bool:
    """Whether an entry says who it is: a name, or a post that several people hold together."""
    return bool(person.name) or bool(written.COLLECTIVE.search(person.post))


def holds(person: written.Person, ledger: SourceRecord) -> bool:
    """Whether somebody holds the post on the day for which facts are resolved."""
    return (person.since or ledger.day) <= ledger.day <= (person.until or ledger.day)


def person_facts(
    path: str, given: written.Person, ledger: SourceRecord, at: str = "", campus: str = ""
) -> Person:
    """A person. What a name bears in brackets, to tell two of one name apart, goes before the post: one bracket at most."""
    name, post = given.name, given.post
    if bracketed := _BRACKETED.fullmatch(name):
        name, post = bracketed[1], bracketed[2] + post
    if written.COLLECTIVE.search(name):
        name, post = "", name
    for part, value in (("name", name), ("post", post), ("campus", campus or given.campus)):
        if value:
            source = part if getattr(given, part) else "name"
            ledger.given(f"{path}.{part}", f"{at or path}.{source}")
    return ledger.copied(Person, path, given, at, name=name, post=post, campus=campus or given.campus)


def _person(path: str, given: written.Person | None, ledger: SourceRecord) -> Person | None:
    if given is None or not given.name or not holds(given, ledger):
        return None
    return person_facts(path, given, ledger)


def group_facts(profile: Profile, ledger: SourceRecord) -> LeadingGroup:
    """The leading group. Where no head is named, those are it whose post is 书记 or 校长."""
    given = profile.group
    heads = people("group.heads", given.heads, ledger)
    if not heads:
        chosen = [
            (i, person)
            for i, person in enumerate(profile.posts)
            if person.name and _is_head(person.post) and holds(person, ledger)
        ]
        heads = tuple(
            person_facts(f"group.heads[{to}]", person, ledger, f"posts[{index}]")
            for to, (index, person) in enumerate(chosen)
        )
    if given.name:
        ledger.given("group.name")
    else:
        ledger.derived("group.name")
    return ledger.copied(
        LeadingGroup,
        "group",
        given,
        name=given.name or GROUP_NAME,
        heads=heads,
        deputies=people("group.deputies", given.deputies, ledger),
        members=people("group.members", given.members, ledger),
        office_head=_person("group.office_head", given.office_head, ledger),
    )


def _is_head(post: str) -> bool:
    return post.partition("（")[0].endswith(_HEADS) and ("副" not in post or "主持" in post)


def approval_facts(profile: Profile, ledger: SourceRecord, day_at: str = "") -> Approval:
    """Who drafted, reviewed and issues, and the meeting that passed it; day_at: where a paper's own day stands."""
    given = profile.approval
    if day_at:
        ledger.given("approval.day", day_at)
        ledger.given("approval.own_day", day_at)
    return ledger.copied(
        Approval,
        "approval",
        given,
        day=ledger.day if day_at else given.day,
        own_day=ledger.day if day_at else None,
        drafted_by=_person("approval.drafted_by", given.drafted_by, ledger),
        reviewed_by=_person("approval.reviewed_by", given.reviewed_by, ledger),
        issued_by=_person("approval.issued_by", given.issued_by, ledger),
    )


def exception_facts(profile: Profile, ledger: SourceRecord) -> tuple[LocalException, ...]:
    """What a local document settles otherwise; an entry whose rule is not in force, or without a basis, goes to the notices."""
    kept: list[LocalException] = []
    for index, given in enumerate(profile.exceptions):
        at, path = f"exceptions[{index}]", f"exceptions[{len(kept)}]"
        quantity = next((rule.quantity for rule in ledger.rules.rules if rule.id == given.rule), None)
        if quantity is None or not given.basis:
            known = [rule.id for rule in ledger.rules.rules]
            near = "、".join(difflib.get_close_matches(given.rule, known, 3, 0.4))
            message, fix = "没有写依据", "写上当地文件的名称；没有文件的，按国家规定改"
            if quantity is None:
                message, fix = "没有这条规则，或这一天不施行", near or "planforge rules 列出全部规则"
            ledger.notices.append(
                Problem(
                    message, ledger.place(at), "本地另有规定的", given.rule, fix=fix, code="facts.exception"
                )
            )
            continue
        ledger.derived(f"{path}.quantity")
        kept.append(ledger.copied(LocalException, path, given, at, quantity=quantity))
    return tuple(kept)


def bases_facts(profile: Profile, ledger: SourceRecord) -> tuple[tuple[Basis, ...], tuple[Basis, ...]]:
    """What the plan rests on, by rank and date, then what the school names; and the documents of single topics."""
    general: list[Basis] = []
    single: list[Basis] = []
    for basis in ledger.rules.bases():
        into, name = (general, "bases") if basis.document.general else (single, "topic_bases")
        ledger.ruled(f"{name}[{len(into)}]", basis.rule)
        into.append(_basis(basis.document, basis.topics))
    known = {basis.title for basis in (*general, *single)}
    for index, given in enumerate(profile.bases):
        title = given.title.strip("《》")
        if title and title not in known:
            path = f"bases[{len(general)}]"
            ledger.given(path, f"bases[{index}]")
            ledger.given(f"{path}.title", f"bases[{index}].title")
            local = given.local is not False
            general.append(ledger.copied(Basis, path, given, f"bases[{index}]", title=title, local=local))
    return tuple(general), tuple(single)


def _basis(document: PolicyDocument, topics: tuple[Topic, ...]) -> Basis:
    return Basis(
        title=document.title.value,
        issuer=document.issuer.value,
        number=document.printable_number,
        day=document.printable_day,
        topics=topics,
    )
