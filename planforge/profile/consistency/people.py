"""People and telephones: nobody twice, nobody without a name, numbers that can be dialled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile
from planforge.profile.school import COLLECTIVE, Person

_ROLES = (("heads", "组长"), ("deputies", "副组长"), ("members", "成员"))


def check_people(profile: Profile, findings: Findings) -> None:
    """The leading group, the posts, the campuses of heads, and the telephones."""
    _group(profile, findings)
    _posts(profile, findings)
    _campuses(profile, findings)
    for path, number in (
        ("school.phone", profile.school.phone),
        ("supervision.hotline", profile.supervision.hotline),
    ):
        if number:
            _phone(path, number, findings)


def _everyone(profile: Profile) -> Iterator[tuple[str, Person]]:
    for role, _ in _ROLES:
        for index, person in enumerate(getattr(profile.group, role)):
            yield f"group.{role}[{index}]", person
    for index, person in enumerate(profile.posts):
        yield f"posts[{index}]", person
    if profile.group.office_head:
        yield "group.office_head", profile.group.office_head
    for key in ("drafted_by", "reviewed_by", "issued_by"):
        if person := getattr(profile.approval, key):
            yield f"approval.{key}", person


def _group(profile: Profile, findings: Findings) -> None:
    for path, person in _everyone(profile):
        together = COLLECTIVE.search(person.name or person.post)
        if together and not path.startswith("group.members"):
            message = "这里要写一个人，不能写几个人的合称"
            fix = "写姓名和职务；几个人的合称写在领导小组的成员 members 里"
            findings.add(path, "person.several", message, person.name or person.post, "", fix)
        elif not person.name and not together and not findings.lost(f"{path}.name"):
            fix = "补上 name: 姓名；几个人合在一起写的，只能是成员，职务写成“各年级组长”这样"
            findings.add(path, "person.no_name", "这一条没有写姓名", person.post, fix=fix)
        if person.since and person.until and person.until < person.since:
            message, fix = "任职的最后一天早于第一天", "核对 since 和 until 两个日期"
            findings.add(
                f"{path}.until", "person.days", message, f"{person.until}", f"{person.since} 以后", fix
            )
    first: dict[str, tuple[str, str, Person]] = {}
    for role, role_name in _ROLES:
        for index, person in enumerate(getattr(profile.group, role)):
            path = f"group.{role}[{index}].name"
            if not person.name or COLLECTIVE.search(person.name):
                continue
            known_path, known_role, known = first.setdefault(person.name, (path, role_name, person))
            campuses = role_name == known_role and known.campus and person.campus
            if known is person or (campuses and known.campus != person.campus) or _apart(known, person):
                continue
            message = f"“{person.name}”已经是{known_role}（{findings.line(known_path)}）"
            if known.post and person.post and known.post != person.post:
                fix = "是一个人的，删去一条；真是同名的两个人，不用改"
                message += "，职务不同，按同名的两个人印"
                findings.add(path, "person.namesake", message, person.name, "", fix, severity="notice")
                continue
            fix = "是一个人的，删去一条（管几个校区的，campus 写“北校区、南校区”）；真是同名的两个人，两条都写上各自的职务 post"
            findings.add(path, "person.repeated", message, person.name, "", fix)


def _apart(one: Person, other: Person) -> bool:
    """Whether two entries of one person never hold on the same day: a deputy who becomes the head in the term."""
    return bool((one.until and other.since and one.until < other.since)
                or (other.until and one.since and other.until < one.since))  # fmt: skip


def _posts(profile: Profile, findings: Findings) -> None:
    """One post, two names: mostly a slip of the keyboard."""
    known: dict[str, tuple[Person, str]] = {}
    for path, person in _everyone(profile):
        if person.post not in ("校长", "书记", "党支部书记") or person.campus or not person.name:
            continue
        first, where = known.setdefault(person.post, (person, path))
        name = first.name
        if name != person.name and not _apart(first, person):
            message = f"{person.post}写了两个名字：{findings.line(where)}是“{name}”"
            fix = "核对姓名；副职的职务写全，如“副校长”"
            findings.add(f"{path}.name", "post.two_names", message, person.name, "", fix)


def _campuses(profile: Profile, findings: Findings) -> None:
    if findings.lost_below("school.campuses"):
        return
    names = [campus.name for campus in profile.school.campuses if campus.name]
    for path, person in _everyone(profile):
        for campus in (part.strip() for part in re.split("[、，,；;]", person.campus)):
            if not campus or campus in names:
                continue
            near = difflib.get_close_matches(campus, names, 1, 0.3)
            fix = f"改成“{near[0]}”" if near else "在 school 的 campuses 里写上这个校区，或者删去 campus"
            message = f"没有名叫“{campus}”的校区"
            findings.add(f"{path}.campus", "campus.unknown", message, campus, "、".join(names), fix)


_FORMS = re.compile(
    r"(?:(?:\+?86)?1[3-9][0-9]{9}|0(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}|[0-9]{7,8}|[48]00[0-9]{7}|1[0-9]{4}|9[0-9]{4})"
)


def _phone(path: str, written: str, findings: Findings) -> None:
    for typed in re.split(r"[、,，;；/]|或", written):
        number = re.sub(r"(?:转|分机|ext\.?)\s*[0-9]{1,6}$|-[0-9]{1,4}$", "", typed.strip())
        digits = re.sub(r"[\s\-—－()（）]", "", number)
        whole = re.sub(r"[\s\-—－()（）]", "", typed)
        if _FORMS.fullmatch(digits) or _FORMS.fullmatch(whole):
            continue
        count = sum(character.isdigit() for character in whole)
        message = f"不像是能打通的电话号码（{count} 位数字）" if count else "不是电话号码"
        expected = "区号加 7～8 位号码，如 0571-00000000，或者 11 位手机号"
        findings.add(path, "phone.form", message, typed.strip(), expected, "核对号码")
