"""Who answers for what: posts, the leading group, the way of approval; and the documents it all rests on."""

from __future__ import annotations

from collections.abc import Sequence

from planforge.facts.model import Approval, Basis, LeadingGroup, Person
from planforge.facts.source_record import SourceRecord
from planforge.policy.model import PolicyDocument, Topic
from planforge.profile import school as written
from planforge.profile.model import Profile

GROUP_NAME = "减负工作领导小组"
_HEADS = ("书记", "校长")


def people(
    path: str, given: Sequence[written.Person], ledger: SourceRecord, at: str = ""
) -> tuple[Person, ...]:
    """The persons of a list who have a name."""
    named = [(index, person) for index, person in enumerate(given) if person.name]
    return tuple(
        ledger.copied(Person, f"{path}[{to}]", person, f"{at or path}[{index}]")
        for to, (index, person) in enumerate(named)
    )


def _person(path: str, given: written.Person | None, ledger: SourceRecord) -> Person | None:
    return None if given is None or not given.name else ledger.copied(Person, path, given)


def group_facts(profile: Profile, ledger: SourceRecord) -> LeadingGroup:
    """The leading group. Where no head is named, those are it whose post is 书记 or 校长."""
    given = profile.group
    heads = people("group.heads", given.heads, ledger)
    if not heads:
        chosen = [
            (i, person) for i, person in enumerate(profile.posts) if person.name and _is_head(person.post)
        ]
        heads = tuple(
            ledger.copied(Person, f"group.heads[{to}]", person, f"posts[{index}]")
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
    return post.endswith(_HEADS) and "副" not in post


def approval_facts(profile: Profile, ledger: SourceRecord) -> Approval:
    """Who drafted, reviewed and issues, and the meeting that passed it."""
    given = profile.approval
    return ledger.copied(
        Approval,
        "approval",
        given,
        drafted_by=_person("approval.drafted_by", given.drafted_by, ledger),
        reviewed_by=_person("approval.reviewed_by", given.reviewed_by, ledger),
        issued_by=_person("approval.issued_by", given.issued_by, ledger),
    )


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
