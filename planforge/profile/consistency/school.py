"""The school's own numbers: stage, system and grades; classes and pupils; campuses."""

from __future__ import annotations

from planforge.profile.consistency.common import Findings, listed
from planforge.profile.grades import usual_grades
from planforge.profile.model import Profile

_STAGES = {"primary": "小学", "junior": "初中", "nine_year": "九年一贯制"}
_SYSTEMS = {"6-3": "六三", "5-4": "五四"}


def check_school(profile: Profile, findings: Findings) -> None:
    """Whether what is said of the school agrees with itself."""
    _stage(profile, findings)
    _sizes(profile, findings)
    _campuses(profile, findings)
    _shares(profile, findings)


def _stage(profile: Profile, findings: Findings) -> None:
    school = profile.school
    if not school.stage or not school.grades:
        return
    usual = usual_grades(school.stage, school.system)
    beyond = [grade for grade in school.grades if grade not in usual]
    system = _SYSTEMS[school.system or "6-3"]
    if beyond:
        message = f"{system}学制的{_STAGES[school.stage]}没有 {listed(beyond)}"
        fix = "核对年级、学段和学制；小学、初中都有的写“九年一贯制”"
        if school.stage == "primary" and 6 in beyond:
            fix = "五四学制的六年级属于初中：去掉六年级，或者把学制改成六三"
        findings.add("school.grades", "grades.stage", message, listed(school.grades), listed(usual), fix)
    elif school.stage == "nine_year":
        primary = usual_grades("primary", school.system)
        if all(grade in primary for grade in school.grades) or not any(g in primary for g in school.grades):
            message = "九年一贯制学校应当既有小学年级又有初中年级"
            fix = "核对年级；只有一段的写“小学”或“初中”"
            findings.add("school.grades", "grades.nine_year", message, listed(school.grades), "", fix)


def _sizes(profile: Profile, findings: Findings) -> None:
    school = profile.school
    seen: dict[int, int] = {}
    for index, size in enumerate(school.sizes):
        path = f"school.sizes[{index}]"
        if size.grade is None:
            if not findings.lost(f"{path}.grade"):
                findings.add(path, "sizes.no_grade", "这一条没有写是哪个年级", fix="补上 grade: 年级")
            continue
        if size.grade in seen:
            first = findings.line(f"school.sizes[{seen[size.grade]}].grade")
            message = f"{size.grade} 年级的规模写了两次，前一次在{first}"
            findings.add(f"{path}.grade", "sizes.repeated", message, str(size.grade), fix="删去一条")
        seen.setdefault(size.grade, index)
        if size.pupils and size.classes is not None and size.pupils > 100 * size.classes:
            message = f"{size.classes} 个班有 {size.pupils} 名学生，数目对不上"
            findings.add(
                f"{path}.pupils", "sizes.implausible", message, str(size.pupils), fix="核对班级数和学生数"
            )
    offered = school.grades or usual_grades(school.stage, school.system)
    whole = bool(offered) and set(offered) == set(seen)
    for key, name, unit in (("classes", "班级数", "个班"), ("pupils", "学生数", "人")):
        counts = [getattr(size, key) for size in school.sizes]
        total = getattr(school, key)
        if total is None or findings.lost_below("school.sizes") or len(seen) != len(counts):
            continue
        added = sum(count or 0 for count in counts)
        full = whole and all(count is not None for count in counts)
        if added > total or (full and added != total):
            message = f"各年级{name}加起来是 {added} {unit}，和全校{name}不一致"
            findings.add(
                f"school.{key}",
                "sizes.total",
                message,
                str(total),
                str(added) if full else "",
                "核对后改正一处",
            )


def _campuses(profile: Profile, findings: Findings) -> None:
    seen: dict[str, int] = {}
    for index, campus in enumerate(profile.school.campuses):
        path = f"school.campuses[{index}]"
        if not campus.name and not findings.lost(f"{path}.name"):
            findings.add(path, "campus.no_name", "这个校区没有写名称", fix="补上 name: 校区名称")
        elif campus.name and campus.name in seen:
            message = f"校区“{campus.name}”写了两次"
            findings.add(f"{path}.name", "campus.repeated", message, campus.name, fix="删去一条，或者改名")
        seen.setdefault(campus.name, index)


def _shares(profile: Profile, findings: Findings) -> None:
    service, pupils = profile.after_school, profile.school.pupils
    if service.pupils is not None and pupils is not None:
        if service.pupils > pupils:
            message = f"参加课后服务的学生比全校学生（{pupils} 人）还多"
            findings.add(
                "after_school.pupils", "count.more_than_all", message, str(service.pupils), fix="核对后改正"
            )
        elif service.pupil_percent is not None and pupils:
            share = 100 * service.pupils / pupils
            if abs(share - service.pupil_percent) > 1:
                message = f"参加率和人数对不上：{service.pupils} 人占全校的 {share:.1f}%"
                found = f"{service.pupil_percent:g}%"
                findings.add(
                    "after_school.pupil_percent", "percent.mismatch", message, found, f"{share:.1f}%"
                )
    if service.club_count is not None and service.club_count < len(service.clubs):
        message = f"列出的社团有 {len(service.clubs)} 个，比社团数还多"
        findings.add(
            "after_school.club_count", "count.clubs", message, str(service.club_count), fix="核对后改正一处"
        )
    survey = profile.survey
    if survey.issued is not None and survey.returned is not None and survey.returned > survey.issued:
        message = f"收回的份数比发出的（{survey.issued}）还多"
        findings.add("survey.returned", "count.survey", message, str(survey.returned), fix="核对后改正")
