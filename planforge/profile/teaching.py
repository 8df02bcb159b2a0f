"""The groups that papers on teaching need: periods of the day, tests without paper, courses, subject groups."""

from __future__ import annotations

from planforge.profile.fields import FormGroup, field
from planforge.profile.values import Clock, Count, Day, Grades, Line, Month, PersonName, Text, Texts


class Period(FormGroup):
    """A period of the school day."""

    name: Line = field("时段", "这一段叫什么。", "第一节课", default="")
    starts: Clock = field("开始", "几点开始。", "8:30", default="")
    until: Clock = field("结束", "几点结束；只有一个时刻的不写。", "9:10", default="")
    grades: Grades = field("年级", "哪些年级；不写是全部年级。", "1-6", default=())
    note: Line = field("说明", "需要说明的。", "教师不拖堂", default="")


class AssessmentTask(FormGroup):
    """A task of an assessment without paper."""

    name: Line = field("项目", "这一项叫什么。", "识字小邮局", default="")
    subject: Line = field("学科", "测哪个学科。", "语文", default="")
    grades: Grades = field("年级", "哪些年级做；不写是所有不纸笔考试的年级。", "1-2", default=())
    what: Text = field("做什么", "学生做什么，几分钟。", "抽取6张词卡，读准并说一句话，约3分钟", default="")
    how: Text = field("怎样评", "看什么，怎样定等级。", "读准5张以上为优秀，可以再试一次", default="")
    place: Line = field("地点", "在哪里做。", "一年级教室", default="")
    who: Line = field("负责人", "谁组织。", "语文教研组", default="")


class Course(FormGroup):
    """A course of the after-school service."""

    name: Line = field("课程", "叫什么。", "木工", default="")
    area: Line = field("类别", "属于哪一类：德育、智育、体育、美育、劳动。", "劳动", default="")
    days: Line = field("星期", "星期几开设。", "周三", default="")
    grades: Grades = field("年级", "哪些年级可以选。", "3-6", default=())
    place: Line = field("地点", "在哪里上。", "木工坊", default="")
    teacher: Line = field("教师", "谁来上。", "劳动教师", default="")
    pupils: Count | None = field("人数", "有多少学生参加；没有数过的不写。", "24")


class GroupTask(FormGroup):
    """One of a subject group's tasks."""

    what: Text = field("做什么", "教研组做的一件事。", "编写三年级作业样例", default="")
    who: Line = field("谁来做", "负责的人。", "各备课组长", default="")
    when: Line = field("什么时候", "什么时候做。", "每月25日前", default="")
    visible: Text = field("看得见的结果", "做成以后能看到什么。", "每月一份样例", default="")


class MonthWork(FormGroup):
    """Work of a month."""

    month: Month | None = field("月份", "哪个月的事。", "9")
    what: Text = field("工作内容", "做什么。", "制订教研组计划", default="")
    who: Line = field("负责人", "谁负责。", "教研组长", default="")
    day: Day | None = field("日期", "定了日子的才写。", "2026-09-03")
    until: Day | None = field("到哪天", "一连几天的写最后一天。", "2026-09-04")


class SubjectGroup(FormGroup):
    """A group of teachers of one subject, with its plan."""

    name: Line = field("名称", "教研组或年级组的名称。", "语文教研组", default="")
    subject: Line = field("学科", "哪个学科。", "语文", default="")
    head: PersonName = field("组长", "组长的姓名。", "沈知行", default="")
    teachers: Count | None = field("教师人数", "组里有多少教师。", "14")
    grades: Grades = field("年级", "管哪些年级。", "1-6", default=())
    aim: Text = field("工作目标", "这学期要解决什么，怎样看得出来。", "每课留出8分钟当堂练习", default="")
    ideas: Texts = field("工作思路", "怎样做，一条一条写。", ["先研究课堂，再改作业"], default=())
    tasks: tuple[GroupTask, ...] = field(
        "主要工作",
        "本学期做哪几件事：what 做什么、who 谁来做、when 什么时候、visible 看得见的结果。",
        [
            {
                "what": "编写三年级作业样例",
                "who": "各备课组长",
                "when": "每月25日前",
                "visible": "每月一份样例",
            }
        ],
        default=(),
    )
    meeting: Line = field("教研时间", "什么时候在哪里教研。", "每周四下午第二节，语文办公室", default="")
    day: Day | None = field("制订日期", "这份计划写成的日子。", "2026-09-02")
    schedule: tuple[MonthWork, ...] = field(
        "月历",
        "按月列出教研组要做的事：month 月份、what 做什么、who 谁来做；定了日子的写 day，一连几天的再写 until。",
        [
            {
                "month": "9",
                "what": "制订教研组计划",
                "who": "教研组长",
                "day": "2026-09-03",
                "until": "2026-09-04",
            }
        ],
        default=(),
    )


class Change(FormGroup):
    """What a teacher changed."""

    what: Text = field("改了什么", "一句话。", "讲评由全讲改为先问", default="")
    before: Text = field("原来", "原来怎样做。", "一份练习从头讲到尾", default="")
    after: Text = field("现在", "现在怎样做。", "先让学生圈出不会的题，只讲多数人圈的", default="")
    evidence: Text = field("依据", "从哪里看得出来。", "每节讲评由35分钟减到20分钟", default="")


class Gap(FormGroup):
    """Where a teacher falls short."""

    title: Line = field("差在哪里", "一句话，作标题。", "提问集中在少数学生", default="")
    what: Text = field("现象", "具体是什么样。", "一节课有9名学生没有发言", default="")
    evidence: Text = field("依据", "怎么知道的。", "11月听课记录", default="")
    cause: Text = field("原因", "为什么会这样。", "等待的时间太短", default="")


class Step(FormGroup):
    """What a teacher will do."""

    what: Text = field("做什么", "今后怎样改。", "提问后先等5秒，再请学生说", default="")
    when: Line = field("什么时候", "从什么时候起，多久一次。", "12月起，每节课", default="")


class Reflection(FormGroup):
    """A teacher's own look at a term."""

    teacher: PersonName = field("教师", "谁的反思。", "沈知行", default="")
    subject: Line = field("学科", "教什么。", "英语", default="")
    classes: Line = field("班级", "教哪些班。", "五年级1班、2班", default="")
    opening: Text = field("起因", "从哪件事想起的。", "学生问：作业什么时候能做完", default="")
    changes: tuple[Change, ...] = field("改变", "这学期改了什么。", [{"what": "讲评先问"}], default=())
    gaps: tuple[Gap, ...] = field("差距", "还差在哪里。", [{"title": "提问集中在少数学生"}], default=())
    steps: tuple[Step, ...] = field("改进", "今后怎样做。", [{"what": "提问后先等5秒"}], default=())
    day: Day | None = field("日期", "写成的日子。", "2027-01-15")
