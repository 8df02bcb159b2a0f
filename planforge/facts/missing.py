"""Which local facts a good plan needs and nobody gave."""

from __future__ import annotations

from collections.abc import Iterator

from planforge.facts.model import Facts, Missing


def missing_facts(facts: Facts) -> Iterator[Missing]:
    """The local facts that are not there, each with what it is for, in the order of the form."""
    for path, title, why, lacking in _asked(facts):
        if lacking:
            yield Missing(path, title, why)


def _asked(facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    yield from _school(facts)
    yield from _term_work(facts)
    yield from _entries(facts)
    yield from _topics(facts)
    approval = facts.approval
    yield "approval.issued_by", "签发人", "落款和归档要用", approval.issued_by is None
    yield "approval.day", "成文日期", "印在落款里；不填就留空白手填", approval.day is None


def _school(facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    group = facts.group
    yield "group.heads", "组长", "领导小组要写明由谁负责", not group.heads
    yield "group.members", "成员", "领导小组的分工表要用", not group.members
    yield "group.office", "办公室所在部门", "写明日常工作由哪个部门承担", not group.office
    yield "school.classes", "全校班级数", "“学校现状”一段要用", facts.school.classes is None
    yield "school.pupils", "全校学生数", "“学校现状”一段要用", facts.school.pupils is None
    yield "term.starts", "开学日期", "月历和执行日期要用", not facts.term.starts_given


def _term_work(facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    yield "problems", "上学期的问题", "“现状与问题”一节要用，写两三条", not facts.problems
    yield "goals", "本学期目标", "“工作目标”一节要用，每条都能检查", not facts.goals
    yield "acts", "重点举措", "分工表要用，三到五件事", not facts.acts
    yield "schedule", "月历", "按月列出要做的事", not facts.schedule


def _entries(facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    """What is written down by halves: an act that nobody is to do, a goal that nothing shows."""
    for n, act in enumerate(facts.acts):
        parts = (("who", "责任人", act.who), ("when", "时间", act.when), ("visible", "可见成果", act.visible))
        absent = [(key, words) for key, words, given in parts if not given]
        words = "、".join(words for _, words in absent)
        path = f"acts[{n}].{absent[0][0]}" if absent else ""
        yield path, f"重点举措（第 {n + 1} 条）", f"分工表里的{words}还空着", bool(absent)
    for n, goal in enumerate(facts.goals):
        title, why = f"本学期目标（第 {n + 1} 条）", "没有写用什么、在什么时候检查"
        yield f"goals[{n}].how_checked", title, why, not goal.how_checked
    for n, problem in enumerate(facts.problems):
        title, why = f"上学期的问题（第 {n + 1} 条）", "没有写依据，读的人不知道怎么查出来的"
        yield f"problems[{n}].evidence", title, why, not problem.evidence


def _topics(facts: Facts) -> Iterator[tuple[str, str, str, bool]]:
    homework, assessment, day = facts.homework, facts.assessment, facts.day
    limited = {grade for band in homework.bands for grade in band.grades}
    unlimited = not set(facts.school.grades) <= limited
    yield "homework.bands", "作业限额", "规定里没有查到这个学期的限额，要由学校写明", unlimited
    yield "homework.coordinator", "作业统筹人", "写明各科作业总量由谁统筹", not homework.coordinator
    yield "homework.publicity", "作业公示", "规定要求公示，写明频次、地点和负责人", homework.publicity is None
    yield "homework.over_limit", "超量怎么办", "写明作业超量时怎样处理", not homework.over_limit
    paperless = bool(assessment.paperless_grades) and not assessment.paperless_form
    yield "assessment.paperless_form", "非纸笔测评形式", "写明低年级用什么办法代替考试", paperless
    yield "assessment.levels", "等级名称", "成绩用等级呈现，写明分几等", not assessment.levels
    yield "day.first_lesson", "第一节课", "作息一段要用，并核对不早于规定时间", not day.first_lesson
    yield "day.end", "放学时间", "作息和课后服务要用", not day.end
    yield (
        "day.break_minutes",
        "课间分钟数",
        "现行规定鼓励课间15分钟，写明本校怎样安排",
        day.break_minutes is None,
    )
    service = facts.after_school
    if service.offered:
        yield "after_school.days", "课后服务开展日", "写明星期几开展", not service.days
        yield "after_school.until", "课后服务结束时间", "要与当地下班时间衔接", not service.until
    else:
        derived = facts.sources.get("after_school.offered")
        unsaid = derived is not None and derived.kind == "derived"
        yield "after_school.offered", "是否开展课后服务", "没有写就不列这一节", unsaid
    yield "sport.activities", "体育活动", "写明学校有哪些体育活动", not facts.sport.activities
    yield "materials.reviewer", "教辅审核人", "写明教辅材料由谁审核", not facts.materials.reviewer
    yield "phones.keeper", "手机保管人", "规定要求写明保管的责任人", not facts.phones.keeper
    yield "reading.reviewer", "读物审核人", "规定要求进校园的读物经过审核", not facts.reading.reviewer
    yield "supervision.checks", "自查", "“自查与改进”一节要用", not facts.supervision.checks
    yield "supervision.hotline", "监督电话", "给家长公布", not facts.supervision.hotline
    yield "home.meeting", "家长会", "“家校”一段要用", not facts.home.meeting
