"""People and telephones: nobody twice, nobody without a name, numbers that can be dialled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile
from planforge.profile.school import Person

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
        if not person.name and not findings.lost(f"{path}.name"):
            findings.add(path, "person.no_name", "这一条没有写姓名", fix="补上 name: 姓名")
    first: dict[str, tuple[str, str, str]] = {}
    for role, role_name in _ROLES:
        for index, person in enumerate(getattr(profile.group, role)):
            path = f"group.{role}[{index}].name"
            if not person.name:
                continue
            if person.name in first:
                known_path, known_role, campus = first[person.name]
                if (
                    role == "heads"
                    and known_role == "组长"
                    and campus
                    and person.campus
                    and campus != person.campus
                ):
                    continue
                message = f"“{person.name}”已经是{known_role}（{findings.line(known_path)}）"
                fix = "一个人只写一次；真是同名的两个人，写成“name: 姓名（某某组）”"
                findings.add(path, "person.repeated", message, person.name, "", fix)
            first.setdefault(person.name, (path, role_name, person.campus))


def _posts(profile: Profile, findings: Findings) -> None:
    """One post, two names: mostly a slip of the keyboard."""
    known: dict[str, tuple[str, str]] = {}
    for path, person in _everyone(profile):
        if person.post not in ("校长", "书记", "党支部书记") or person.campus or not person.name:
            continue
        name, where = known.setdefault(person.post, (person.name, path))
        if name != person.name:
            message = f"{person.post}写了两个名字：{findings.line(where)}是“{name}”"
            fix = "核对姓名；副职的职务写全，如“副校长”"
            findings.add(f"{path}.name", "post.two_names", message, person.name, "", fix)


def _campuses(profile: Profile, findings: Findings) -> None:
    if findings.lost_below("school.campuses"):
        return
    names = [campus.name for campus in profile.school.campuses if campus.name]
    for path, person in _everyone(profile):
        if person.campus and person.campus not in names:
            near = difflib.get_close_matches(person.campus, names, 1, 0.3)
            fix = f"改成“{near[0]}”" if near else "在 school 的 campuses 里写上这个校区，或者删去 campus"
            message = f"没有名叫“{person.campus}”的校区"
            findings.add(f"{path}.campus", "campus.unknown", message, person.campus, "、".join(names), fix)


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
