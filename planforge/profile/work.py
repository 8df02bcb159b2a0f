"""The groups that say how the school works: homework, lessons, the day, after school, supervision."""

from __future__ import annotations

from planforge.profile.fields import FormGroup, field
from planforge.profile.teaching import AssessmentTask, Course, Period
from planforge.profile.values import (
    Clock,
    Count,
    Days,
    Grades,
    Hours,
    How,
    LimitChoice,
    Line,
    MinuteRange,
    Minutes,
    Percent,
    PersonName,
    Phone,
    Text,
    Texts,
    Times,
    YesNo,
)


class Band(FormGroup):
    """Grades with one homework limit."""

    grades: Grades = field("年级", "这一档管哪些年级。", "3-6", default=())
    limit: LimitChoice | None = field("限额", "按规定，或者更严；写“更严”时再写分钟数。", "更严")
    how: How | None = field(
        "怎样限", "不布置、尽量不布置、平均不超过、不超过、有条件时不超过；写“按规定”时不用写。", "平均不超过"
    )
    minutes: Minutes | None = field("每天分钟数", "每天最多多少分钟。", "50")
    scope: Line = field("作业范围", "限额管的是哪一类作业；不写是书面家庭作业。", "书面家庭作业", default="")
    oral_minutes: Minutes | None = field("口头作业分钟数", "口头、阅读作业每天最多多少分钟。", "20")


class Publicity(FormGroup):
    """How homework is made public."""

    how_often: Line = field("公示频次", "多久公示一次。", "每周五", default="")
    where: Line = field("公示地点", "在哪里公示。", "各班公示栏", default="")
    who: Line = field("公示负责人", "谁签字、谁负责。", "年级组长", default="")


class Homework(FormGroup):
    """What the school settles about homework."""

    bands: tuple[Band, ...] = field(
        "作业限额",
        "各年级的作业限额，一档一条；不写就按现行规定。",
        [{"grades": "3-6", "limit": "更严", "how": "平均不超过", "minutes": "50"}],
        default=(),
    )
    coordinator: Line = field("作业统筹人", "各科作业总量由谁统筹。", "班主任", default="")
    publicity: Publicity | None = field("作业公示", "作业怎样公示。", {"how_often": "每周五"})
    no_homework_day: Line = field("无作业日", "每周哪一天不布置书面作业。", "每周三", default="")
    layered: Text = field(
        "分层作业", "怎样分层布置作业。", "每课作业设基础题和选做题两层", default="", sentence=True
    )
    weekend: Text = field(
        "周末和假期作业",
        "周末、节假日怎样布置作业。",
        "周末作业总量不超过平日一天的量",
        default="",
        sentence=True,
    )
    over_limit: Text = field(
        "超量怎么办", "作业超过限额时怎样处理。", "班主任当天协调减量，并记入作业统筹表", default=""
    )


class Lessons(FormGroup):
    """The classroom."""

    minutes: Minutes | None = field("每节课分钟数", "一节课多少分钟。", "40")
    practice_minutes: MinuteRange | None = field("课内练习分钟数", "每节课留给学生当堂练习的时间。", "8-10")
    preparation: Text = field(
        "备课要求",
        "怎样备课。",
        "提前一周集体备课，作业和教案一起设计",
        default="",
        sentence=True,
    )
    swaps: Text = field(
        "调课规定",
        "怎样调课、由谁批准。",
        "调课须经教导处批准，不挤占体育和艺术课",
        default="",
        sentence=True,
    )


class Assessment(FormGroup):
    """Examinations and marks."""

    paperless_grades: Grades = field(
        "不纸笔考试的年级", "哪些年级不进行纸笔考试；不写按规定是一、二年级。", "1-2", default=()
    )
    exam_grades: Grades = field("期末考试的年级", "哪些年级有期末纸笔考试。", "3-9", default=())
    finals: Times | None = field("每学期考试次数", "有纸笔考试的年级每学期考几次期末。", "1")
    midterm_grades: Grades = field("期中考试的年级", "哪些年级有期中考试；小学没有。", "7-9", default=())
    subjects: Texts = field("考试科目", "期末考哪些科目。", ["语文", "数学", "英语"], default=())
    paperless_form: Text = field("非纸笔测评形式", "低年级用什么办法代替考试。", "游园式综合测评", default="")
    final_date: Line = field("期末考试时间", "期末考试安排在什么时候。", "1月中旬", default="")
    levels: Texts = field("等级名称", "评价等级，从好到差。", ["优秀", "良好", "合格", "待努力"], default=())
    no_hundred_marks: YesNo | None = field("取消百分制", "是否取消百分制、只用等级。", "是")
    paperless_date: Line = field("非纸笔测评时间", "什么时候测评。", "1月6日上午", default="")
    tasks: tuple[AssessmentTask, ...] = field(
        "非纸笔测评项目", "测评分哪几项，一项一条。", [{"name": "识字小邮局"}], default=()
    )
    weights: Text = field(
        "等级怎样得出",
        "平时和期末各占多少。",
        "平时作业和课堂表现占六成，期末占四成",
        default="",
        sentence=True,
    )
    report: Text = field(
        "成绩怎样告知",
        "成绩用什么方式告诉家长。",
        "成绩由班主任一对一告知家长，不公布、不排名",
        default="",
        sentence=True,
    )


class GradeHours(FormGroup):
    """A length of time for some grades."""

    grades: Grades = field("年级", "哪些年级。", "1-6", default=())
    hours: Hours | None = field("小时", "多少小时。", "10")
    minutes: Minutes | None = field("分钟", "不足整小时的部分，或者只用分钟写。", "0")


class GradeClock(FormGroup):
    """A time of the day for some grades."""

    grades: Grades = field("年级", "哪些年级。", "1-6", default=())
    clock: Clock = field("时刻", "几点几分。", "21:20", default="")


class SchoolDay(FormGroup):
    """Times of the school day."""

    arrival: Clock = field("到校时间", "学生最早什么时候到校。", "8:00", default="")
    arrival_winter: Clock = field("冬季到校时间", "冬季到校时间不同的才写。", "8:10", default="")
    first_lesson: Clock = field("第一节课", "第一节课什么时候开始。", "8:30", default="")
    end: Clock = field("放学时间", "下午最后一节课什么时候结束，不含课后服务。", "15:30", default="")
    lesson_minutes: Minutes | None = field("每节课分钟数", "一节课多少分钟。", "40")
    break_minutes: Minutes | None = field("课间分钟数", "课间休息多少分钟。", "15")
    long_break_minutes: Minutes | None = field("大课间分钟数", "大课间多少分钟。", "30")
    exercise_minutes: Minutes | None = field("每天锻炼分钟数", "学生每天在校体育活动多少分钟。", "120")
    sleep: tuple[GradeHours, ...] = field(
        "睡眠时间", "学校要求的睡眠时间；不写按规定。", [{"grades": "1-6", "hours": "10"}], default=()
    )
    bedtime: tuple[GradeClock, ...] = field(
        "就寝时间", "学校建议的就寝时间；不写按规定。", [{"grades": "1-6", "clock": "21:20"}], default=()
    )
    in_school: tuple[GradeHours, ...] = field(
        "在校学习时间", "每天在校集中学习不超过多久。", [{"grades": "1-6", "hours": "6"}], default=()
    )
    periods: tuple[Period, ...] = field(
        "作息时段",
        "一天的各个时段，从早到晚，一段一条；写了才有作息表。",
        [{"name": "第一节课", "starts": "8:30", "until": "9:10"}],
        default=(),
    )
    periods_note: Text = field(
        "作息说明", "冬夏时间不同等需要说明的。", "11月起到校时间推迟10分钟", default=""
    )
    no_early_activity: Text = field(
        "早到校规定", "上课前不做什么。", "第一节课前不组织早读等统一活动", default=""
    )


class ServiceSegment(FormGroup):
    """A part of the after-school time."""

    name: Line = field("时段名称", "这一段叫什么。", "作业辅导", default="")
    starts: Clock = field("开始", "几点开始。", "15:40", default="")
    until: Clock = field("结束", "几点结束。", "16:40", default="")
    grades: Grades = field("年级", "哪些年级参加；不写是全部年级。", "1-6", default=())


class WeekdayPlan(FormGroup):
    """What the after-school service does on some days of the week."""

    days: Line = field("星期", "星期几。", "周四", default="")
    what: Line = field("内容", "安排什么。", "社团活动", default="")


class AfterSchool(FormGroup):
    """After-school service."""

    offered: YesNo | None = field("是否开展", "学校有没有课后服务。", "是")
    name: Line = field("服务名称", "本地对课后服务的叫法。", "课后服务", default="")
    days: Line = field("开展日", "星期几开展。", "周一至周五", default="")
    starts: Clock = field("开始时间", "几点开始。", "15:40", default="")
    until: Clock = field("结束时间", "几点结束。", "17:40", default="")
    segments: tuple[ServiceSegment, ...] = field(
        "时段",
        "分几段，每段做什么。",
        [{"name": "作业辅导", "starts": "15:40", "until": "16:40"}],
        default=(),
    )
    weekdays: tuple[WeekdayPlan, ...] = field(
        "每周安排", "不同日子安排不同的才写。", [{"days": "周四", "what": "社团活动"}], default=()
    )
    clubs: Texts = field("社团", "有哪些社团。", ["合唱", "足球", "剪纸"], default=())
    rooms: Texts = field("开放场所", "课后开放哪些场所给学生用。", ["图书室", "美术室"], default=())
    courses: tuple[Course, ...] = field(
        "课程表", "课后服务的课程，一门一条。", [{"name": "木工", "days": "周三"}], default=()
    )
    enrolment: Text = field(
        "报名办法",
        "怎样报名、怎样调换、怎样退出。",
        "9月14日至18日家长填表报名，每月底可以调换或退出",
        default="",
        sentence=True,
    )
    safety: Text = field(
        "安全办法",
        "点名、交接、应急由谁做。",
        "每段开始前点名，缺席的当场联系家长",
        default="",
        sentence=True,
    )
    club_count: Count | None = field("社团数", "一共多少个社团；只写部分名称时才写总数。", "12")
    pupils: Count | None = field("参加学生数", "多少学生参加。", "1380")
    pupil_percent: Percent | None = field("学生参加率", "参加学生占全校的百分比。", "91.3%")
    teacher_percent: Percent | None = field("教师参与率", "参与教师占全校的百分比。", "95%")
    outside_staff: Count | None = field("校外人员数", "请了多少校外人员。", "3")
    voluntary: YesNo | None = field("自愿参加", "是否由家长自愿选择。", "是")
    fee: Text = field("收费", "收不收费，怎样收。", "按区里核定的标准收取，困难家庭免收", default="")
    care: Text = field(
        "看护与接送",
        "看护、接送、晚接怎样安排。",
        "17:40 后未接走的学生由值班教师看护",
        default="",
        sentence=True,
    )


class PeLessons(FormGroup):
    """PE lessons a week."""

    grades: Grades = field("年级", "哪些年级。", "1-2", default=())
    lessons: Count | None = field("每周节数", "每周几节体育课。", "4")


class Sport(FormGroup):
    """Exercise and PE."""

    minutes: Minutes | None = field("每天体育活动分钟数", "每天综合体育活动多少分钟。", "120")
    lessons: tuple[PeLessons, ...] = field(
        "体育课", "各年级每周几节。", [{"grades": "1-2", "lessons": "4"}], default=()
    )
    activities: Texts = field("体育活动", "学校有哪些体育活动。", ["跳绳", "校园足球"], default=())


class Materials(FormGroup):
    """Teaching aids that pupils buy."""

    rule: Text = field("教辅规定", "学校对教辅材料的规定。", "一科一辅，自愿购买", default="")
    reviewer: Line = field("教辅审核人", "由谁审核。", "教导处", default="")


class Phones(FormGroup):
    """Mobile phones brought to school."""

    keeper: Line = field("手机保管人", "经批准带来的手机由谁保管。", "班主任", default="")
    place: Line = field("手机保管处", "放在哪里。", "各班手机柜", default="")


class ReadingMatter(FormGroup):
    """Books from outside and reading in school."""

    reviewer: Line = field("读物审核人", "进校园的课外读物由谁审核。", "图书馆和语文教研组", default="")
    minutes: Minutes | None = field("每天阅读分钟数", "每天安排多少分钟阅读。", "20")
    activity: Text = field(
        "读书活动", "有什么读书活动。", "每月举行一次班级读书会", default="", sentence=True
    )


class Check(FormGroup):
    """A check of the school's own work."""

    what: Line = field("查什么", "检查的内容。", "各班作业公示", default="")
    who: Line = field("谁来查", "检查的人或部门。", "教导处", default="")
    when: Line = field("什么时候", "多久查一次。", "每周一次", default="")
    evidence: Line = field("留下什么", "查过以后能看到什么。", "检查记录表", default="")


class Supervision(FormGroup):
    """Checks and complaints."""

    checks: tuple[Check, ...] = field(
        "自查",
        "学校自己查什么。",
        [{"what": "各班作业公示", "who": "教导处", "when": "每周一次"}],
        default=(),
    )
    hotline: Phone = field("监督电话", "公布给家长的监督电话。", "0571-00000000", default="")
    hotline_hours: Line = field("接听时间", "什么时候有人接。", "工作日 8:30—16:30", default="")
    hotline_person: PersonName = field("接听人", "谁来接。", "沈知行", default="")
    answer_days: Days | None = field("答复期限", "几个工作日内答复。", "5")
    box: Line = field("意见箱", "意见箱放在哪里。", "校门口东侧", default="")


class HomeSchool(FormGroup):
    """Home and school."""

    meeting: Text = field(
        "家长会", "什么时候开家长会，讲什么。", "9月下旬召开家长会，介绍作业办法", default="", sentence=True
    )
    committee: Text = field("家长委员会", "家长委员会做什么。", "每学期听取一次作业管理情况通报", default="")
    survey: Text = field(
        "家长意见", "怎样听取家长意见。", "期中、期末各做一次家长问卷", default="", sentence=True
    )
    channel: Text = field("沟通渠道", "平时用什么办法联系。", "家长开放日和家访", default="")
    school: Text = field("家长学校", "家长学校怎样办。", "每学期两次，讲睡眠和亲子阅读", default="")


class Moral(FormGroup):
    """Conduct, practice outside the classroom, and mental health."""

    activities: Texts = field("德育活动", "本学期有哪些德育活动。", ["开学第一课", "班级岗位周"], default=())
    practice: Text = field(
        "社会实践",
        "劳动和校外实践怎样安排。",
        "每个年级每学期参加一次半日校外实践，每周上一节劳动课",
        default="",
        sentence=True,
    )
    counselling: Text = field(
        "心理辅导",
        "谁在什么时候接待学生。",
        "心理教师每周二、四中午接待学生",
        default="",
        sentence=True,
    )
