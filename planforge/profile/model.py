"""The whole profile. Every key is optional; what is missing comes from the rules, or is left out.

The groups bear the names that Facts has, so that `profile.homework.bands` becomes `facts.homework.bands`.
Text that was not written is "", numbers and choices None, lists (), groups an empty group.
"""

from __future__ import annotations

from planforge.profile.fields import FormGroup, field, part
from planforge.profile.phrases import Phrase
from planforge.profile.plan import (
    Achievement,
    Act,
    Discipline,
    Event,
    Goal,
    Holiday,
    HomeworkMinutes,
    Indicator,
    LastTermProblem,
    ListedAttachment,
    NextStep,
    ScheduleItem,
    Shortcoming,
    Standing,
    Survey,
    Training,
)
from planforge.profile.school import (
    Approval,
    Basis,
    Dispatch,
    DocumentChoice,
    LeadingGroup,
    LocalException,
    People,
    School,
    Term,
)
from planforge.profile.teaching import Reflection, SubjectGroup
from planforge.profile.values import Paths, Version
from planforge.profile.work import (
    AfterSchool,
    Assessment,
    HomeSchool,
    Homework,
    Lessons,
    Materials,
    Moral,
    Phones,
    ReadingMatter,
    SchoolDay,
    Sport,
    Supervision,
)


class Profile(FormGroup):
    """学校信息表: everything that a school says about itself and its term."""

    schema_version: Version | None = field(
        "版本", "这种信息表的版本号，现在是 1。", "1", alias="schema", first=True
    )
    extends: Paths = field(
        "上级信息表",
        "先读哪些信息表（区里的、学校的），本表再往上加；写相对路径，同一项以本表为准。",
        ["../bureau.yaml"],
        default=(),
    )
    school: School = part("学校", "学校是谁。", School, first=True)
    term: Term = part("学期", "哪个学期的文件。", Term, first=True)
    group: LeadingGroup = part("领导小组", "谁负责这项工作。", LeadingGroup, first=True)
    posts: People = field(
        "职务和姓名", "书记、校长等，文件里要提到的人。", [{"name": "周明远", "post": "校长"}], default=()
    )
    bases: tuple[Basis, ...] = field(
        "本地依据", "本省、市、区县的文件；国家的规定不用写。", [{"title": "青石区作业管理办法"}], default=()
    )
    exceptions: tuple[LocalException, ...] = field(
        "本地另有规定的",
        "当地文件另有规定、与国家规定不同的，写明依据；检查时不算错，文件里注明。",
        [{"rule": "day.first-lesson.primary.2021", "basis": "自治区中小学作息时间规定"}],
        default=(),
    )
    guidance: tuple[Phrase, ...] = field(
        "引用的固定提法",
        "指导思想、会议精神、教育方针等固定提法，印在计划和方案的开头；每学期核对原文，写明日期。",
        [{"text": "立德树人根本任务"}],
        default=(),
    )
    problems: tuple[LastTermProblem, ...] = field(
        "上学期的问题",
        "上学期查出的问题，写两三条。",
        [{"id": "p1", "what": "五年级周四作业偏多"}],
        default=(),
    )
    goals: tuple[Goal, ...] = field(
        "本学期目标", "最多六条，每条都能检查。", [{"id": "g1", "text": "作业总量不超过限额"}], default=()
    )
    acts: tuple[Act, ...] = field(
        "重点举措",
        "三到五件事：做什么、谁做、何时、看得见什么。",
        [{"id": "a1", "what": "建立统筹表"}],
        default=(),
    )
    homework: Homework = part("作业", "作业怎样管。", Homework)
    lessons: Lessons = part("课堂", "课堂上的要求。", Lessons)
    assessment: Assessment = part("考试与评价", "考试和评价怎样做。", Assessment)
    day: SchoolDay = part("作息", "一天的时间安排。", SchoolDay)
    after_school: AfterSchool = part("课后服务", "课后服务怎样办。", AfterSchool)
    sport: Sport = part("体育", "体育课和体育活动。", Sport)
    materials: Materials = part("教辅材料", "教辅材料怎样管。", Materials)
    phones: Phones = part("手机", "手机怎样管。", Phones)
    reading: ReadingMatter = part("课外读物", "课外读物和阅读。", ReadingMatter)
    supervision: Supervision = part("监督", "自查和家长监督。", Supervision)
    home: HomeSchool = part("家校", "怎样和家长配合。", HomeSchool)
    moral: Moral = part("德育与心理", "德育活动、社会实践和心理辅导。", Moral)
    schedule: tuple[ScheduleItem, ...] = field(
        "月历", "按月列出要做的事。", [{"id": "s1", "month": "9", "what": "公布作业管理办法"}], default=()
    )
    approval: Approval = part("拟稿与签发", "文件由谁拟稿、审核、签发。", Approval)
    dispatch: Dispatch = part("发文", "用红头发文时印的各项；不用红头的不填。", Dispatch)
    survey: Survey = part("调查", "做过的问卷调查，写总结时用。", Survey)
    events: tuple[Event, ...] = field(
        "大事记", "已经做过的事，写总结时用。", [{"day": "2026-09-08", "what": "家长座谈会"}], default=()
    )
    holiday: Holiday = part("假期", "学期末的假期和假期作业，写假期家长信时用。", Holiday)
    homework_minutes: HomeworkMinutes = part("作业用时", "量过的各年级书面作业用时。", HomeworkMinutes)
    indicators: tuple[Indicator, ...] = field(
        "指标", "查过的数：规定是多少、学校是多少、怎样查的。", [{"name": "课间被占用的次数"}], default=()
    )
    achievements: tuple[Achievement, ...] = field(
        "成绩", "做成的事，写得出凭据的才写。", [{"what": "五年级周三不再同日布置三科预习单"}], default=()
    )
    shortcomings: tuple[Shortcoming, ...] = field(
        "不足", "学期末还没有解决的问题。", [{"what": "六年级周四作业仍偏多"}], default=()
    )
    next_steps: tuple[NextStep, ...] = field(
        "下一步", "下学期要做的事。", [{"what": "复习单列入统筹单"}], default=()
    )
    training: Training = part("教师", "教师的学习和教研。", Training)
    subject_groups: tuple[SubjectGroup, ...] = field(
        "教研组", "教研组和它的计划，写教研组计划时用。", [{"name": "语文教研组"}], default=()
    )
    reflection: Reflection = part("教师反思", "一位教师对一学期的反思，写教师反思时用。", Reflection)
    discipline: Discipline = part("奖惩", "奖励和处理的办法。", Discipline)
    attachments: tuple[ListedAttachment, ...] = field(
        "附件", "一起印发的其他文件。", [{"title": "作业管理办法"}], default=()
    )
    standing: tuple[Standing, ...] = field(
        "继续执行的制度",
        "以前印发、这学期不改的校内制度；写在这里的，计划里提一句，不再另发。",
        [{"title": "作业管理与公示办法"}],
        default=(),
    )
    documents: tuple[DocumentChoice, ...] = field(
        "要生成的文件", "要哪些文件；不写就生成学期必备的几份。", [{"kind": "工作计划"}], default=()
    )
    policy: Paths = field(
        "本地规则", "本地规则文件的相对路径；国家规则已经内置。", ["rules/local.yaml"], default=()
    )
