"""The groups that say what this term is about: problems, goals, acts, the calendar, surveys, rewards."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from planforge.profile.choices import StatusName
from planforge.profile.fields import FormGroup, field
from planforge.profile.values import (
    Count,
    Day,
    Grade,
    Grades,
    Identifier,
    Line,
    Minutes,
    Month,
    Percent,
    Status,
    Text,
    Topic,
    YesNo,
)

_TOPIC = "属于哪一类：作业、课堂、评价、课后服务、作息、体育、教辅、手机、读物、家校、监督、教师、其他。"
_ID = "给这一条起的编号，以后别改；别处用它指到这一条。"


_STATUS = field("进展", "做到哪一步了；没有记录的不写。", "完成")
_DONE_ON = field("完成日期", "哪一天做完的。", "2026-09-07")
_EVIDENCE = field("凭据", "从哪里看得出做完了：记录、名单、照片放在哪里。", "签到表存教导处", default="")
_REASON = field("原因", "推迟、取消、没有完成或比计划晚的原因。", "连日降雨，操场积水", default="")
_MOVED_TO = field("改到哪天", "推迟的写改在哪一天。", "2026-09-21")


class EntryProgress(Protocol):
    """What has become of an entry of the plan; `planforge done` writes these keys."""

    @property
    def status(self) -> StatusName | None:
        """How far it has come; None where nobody recorded it."""

    @property
    def done_on(self) -> date | None:
        """When it was done."""

    @property
    def evidence(self) -> str:
        """What shows that it was done."""

    @property
    def reason(self) -> str:
        """Why it was not."""

    @property
    def moved_to(self) -> date | None:
        """The new day of what was postponed."""


class LastTermProblem(FormGroup):
    """A problem found last term."""

    id: Identifier = field("编号", _ID, "p1", default="")
    what: Text = field("问题", "上学期发现了什么问题。", "五年级周四书面作业偏多", default="")
    evidence: Text = field("依据", "怎么知道的。", "十一月抽查，四个班中有两个班超过 60 分钟", default="")
    cause: Text = field("原因", "为什么会这样。", "三门学科同一天布置作业，没有人统筹", default="")
    topic: Topic | None = field("类别", _TOPIC, "作业")
    act: Identifier = field("对应举措", "本学期哪一条举措来解决它；写举措的编号。", "a1", default="")


class Goal(FormGroup):
    """A goal that can be checked."""

    id: Identifier = field("编号", _ID, "g1", default="")
    text: Text = field("目标", "到学期末要做到什么，要能检查。", "各班每天书面作业总量不超过限额", default="")
    how_checked: Text = field(
        "怎样检查", "用什么、在什么时候检查。", "每周核对作业统筹表，期末做学生问卷", default=""
    )
    topic: Topic | None = field("类别", _TOPIC, "作业")
    status: Status | None = _STATUS
    done_on: Day | None = _DONE_ON
    evidence: Text = _EVIDENCE
    reason: Text = _REASON
    moved_to: Day | None = _MOVED_TO


class Act(FormGroup):
    """One of this term's few acts."""

    id: Identifier = field("编号", _ID, "a1", default="")
    what: Text = field("做什么", "本学期着重做的一件事。", "建立年级作业统筹表", default="")
    who: Line = field("谁来做", "负责的人或部门。", "各年级组长", default="")
    when: Line = field("什么时候", "什么时候做、什么时候做完。", "9月起，每周一汇总", default="")
    visible: Text = field(
        "看得见的结果", "做成以后能看到什么。", "每班每周一张统筹表，贴在公示栏", default=""
    )
    topic: Topic | None = field("类别", _TOPIC, "作业")
    status: Status | None = _STATUS
    done_on: Day | None = _DONE_ON
    evidence: Text = _EVIDENCE
    reason: Text = _REASON
    moved_to: Day | None = _MOVED_TO


class ScheduleItem(FormGroup):
    """An item of the term's calendar."""

    id: Identifier = field("编号", _ID, "s1", default="")
    month: Month | None = field("月份", "哪个月的事。", "9")
    what: Text = field("工作内容", "做什么。", "公布本学期作业管理办法", default="")
    who: Line = field("负责部门", "谁负责。", "教导处", default="")
    day: Day | None = field("日期", "定了日子的才写。", "2026-09-07")
    until: Day | None = field("到哪天", "一连几天的写最后一天。", "2026-09-11")
    visible: Text = field("看得见的结果", "做完以后能看到什么。", "办法文本在校门口公示", default="")
    added: YesNo | None = field("学期中增加", "计划里原来没有、学期中增加的写“是”。", "是")
    status: Status | None = _STATUS
    done_on: Day | None = _DONE_ON
    evidence: Text = _EVIDENCE
    reason: Text = _REASON
    moved_to: Day | None = _MOVED_TO


class Event(FormGroup):
    """Something that took place."""

    day: Day | None = field("日期", "哪一天。", "2026-09-08")
    what: Text = field("事情", "做了什么。", "召开年级家长代表座谈会", default="")
    topic: Topic | None = field("类别", _TOPIC, "家校")
    evidence: Text = field("凭据", "记录放在哪里。", "座谈记录存教导处", default="")


class SurveyAnswer(FormGroup):
    """One figure of a survey."""

    question: Line = field("问题", "问的是什么。", "孩子每天九点半前睡觉", default="")
    percent: Percent | None = field("比例", "选这一项的比例。", "82%")


class Survey(FormGroup):
    """A survey that was held, with its counts."""

    when: Line = field("调查时间", "什么时候做的。", "2026年6月", default="")
    issued: Count | None = field("发出份数", "发出多少份。", "1512")
    returned: Count | None = field("收回份数", "收回多少份。", "936")
    satisfied_percent: Percent | None = field("满意率", "表示满意的比例。", "96.5%")
    anonymous: YesNo | None = field("是否匿名", "是不是匿名填写。", "是")
    asked: Line = field("调查对象", "问的是谁。", "三至六年级家长", default="")
    method: Line = field("调查方法", "怎样调查；写了方法和份数才画图。", "纸质问卷，全体发放", default="")
    answers: tuple[SurveyAnswer, ...] = field(
        "其他数据", "另外几项数据。", [{"question": "孩子每天九点半前睡觉", "percent": "82%"}], default=()
    )


class GradeMinutes(FormGroup):
    """How long the homework of one grade was found to take."""

    grade: Grade | None = field("年级", "哪个年级。", "3")
    minutes: Minutes | None = field("实测分钟数", "每天书面作业用时的平均数。", "41")
    last_minutes: Minutes | None = field("上学期分钟数", "上学期用同样办法测得的；没有测过不写。", "52")
    count: Count | None = field("人数", "量了多少名学生。", "160")


class HomeworkMinutes(FormGroup):
    """How long homework was found to take, by grade."""

    when: Line = field("测量时间", "什么时候量的。", "12月7日至11日", default="")
    method: Line = field("测量方法", "怎样量的。", "学生连续5天自己记录，班主任汇总", default="")
    grades: tuple[GradeMinutes, ...] = field(
        "各年级用时", "量过的年级每个写一条。", [{"grade": "3", "minutes": "41", "count": "160"}], default=()
    )


class Indicator(FormGroup):
    """A figure that the school is held to, and what it was found to be."""

    name: Line = field("指标", "看哪一个数。", "课间被占用的次数", default="")
    limit: Line = field("规定或目标", "规定或学校自己定的数。", "每学期5次以内", default="")
    value: Line = field("学校的数", "查出来是多少。", "4次", default="")
    last: Line = field("上学期的数", "上学期是多少。", "27次", default="")
    count: Line = field("样本", "查了多少：人数、班数、天数。", "24个班，16周", default="")
    when: Line = field("时间", "什么时候查的。", "9月至12月", default="")
    method: Line = field("怎样查的", "用什么办法。", "值周记录逐月汇总", default="")


class Achievement(FormGroup):
    """Something that came out well, with what shows it."""

    what: Text = field("成绩", "做成了什么。", "五年级周三不再同日布置三科预习单", default="")
    evidence: Text = field("凭据", "从哪里看得出来。", "作业公示记录", default="")
    topic: Topic | None = field("类别", _TOPIC, "作业")


class Shortcoming(FormGroup):
    """A problem that is still open at the end of the term."""

    what: Text = field("问题", "还有什么没有做好。", "六年级周四作业仍偏多", default="")
    evidence: Text = field("依据", "怎么知道的。", "12月公示记录中有3个周四超过60分钟", default="")
    cause: Text = field("原因", "为什么会这样。", "复习单没有列入统筹单", default="")
    topic: Topic | None = field("类别", _TOPIC, "作业")


class NextStep(FormGroup):
    """What will be done about it."""

    what: Text = field("做什么", "下一步要做的事。", "复习单列入统筹单", default="")
    who: Line = field("谁来做", "负责的人或部门。", "六年级组长", default="")
    when: Line = field("什么时候", "什么时候以前。", "下学期第一周", default="")
    topic: Topic | None = field("类别", _TOPIC, "作业")


class Quota(FormGroup):
    """What is asked of every teacher."""

    what: Line = field("项目", "要求做什么。", "听课", default="")
    count: Count | None = field("数量", "至少多少。", "10")
    unit: Line = field("单位", "数量的单位。", "节", default="")
    by: Line = field("期限", "什么时候以前。", "期末", default="")


class Training(FormGroup):
    """Teachers' own learning and research."""

    quotas: tuple[Quota, ...] = field(
        "教师任务", "对每位教师的要求。", [{"what": "听课", "count": "10", "unit": "节"}], default=()
    )
    research: Text = field(
        "教研安排", "教研活动怎样安排。", "单周周二下午，语文、数学分组教研", default="", sentence=True
    )
    topics: Text = field("学习内容", "本学期学什么。", "作业设计与批改", default="")
    meeting: Line = field("教师会", "什么时候开教师会学习这些规定。", "8月30日", default="")


class Consequence(FormGroup):
    """What follows from what."""

    rule: Text = field("情形", "什么样的情形。", "一学期内作业两次超量", default="")
    consequence: Text = field("处理", "怎样处理；学校不能罚款。", "由分管副校长约谈，限期改正", default="")


class Discipline(FormGroup):
    """Rewards and penalties."""

    penalties: tuple[Consequence, ...] = field(
        "处理办法",
        "违反规定怎样处理。",
        [{"rule": "作业两次超量", "consequence": "约谈，限期改正"}],
        default=(),
    )
    rewards: tuple[Consequence, ...] = field(
        "奖励办法", "做得好怎样奖励。", [{"rule": "作业设计获奖", "consequence": "记入年度考核"}], default=()
    )


class ListedAttachment(FormGroup):
    """Another paper of the school's that belongs to the documents."""

    title: Line = field("附件名称", "附件的标题。", "作业管理办法", default="")
    note: Text = field("说明", "关于这个附件的说明。", "另行印发", default="")


class Standing(FormGroup):
    """A rule of the school's own that stays in force unchanged; it is named, not issued anew."""

    title: Line = field("制度名称", "制度的标题，不用加书名号。", "作业管理与公示办法", default="")
    since: Day | None = field("施行日期", "从什么时候起施行。", "2025-09-01")


class HolidayTask(FormGroup):
    """One task of the holiday's list."""

    what: Text = field(
        "内容", "做什么；一、二年级不写书面作业。", "读两本书，和家人说一说书里的人", default=""
    )
    grades: Grades = field("年级", "哪些年级做；不写是全部年级。", "1-6", default=())
    minutes: Minutes | None = field("每天分钟数", "每天大约多少分钟；不按天做的不写。", "20")


class Holiday(FormGroup):
    """The holiday at the end of the term, for the letter home."""

    name: Line = field("假期名称", "什么假。", "寒假", default="")
    starts: Day | None = field("放假日期", "假期的第一天。", "2027-01-23")
    until: Day | None = field("假期最后一天", "假期的最后一天。", "2027-02-20")
    back: Day | None = field("返校日期", "哪天返校上课。", "2027-02-22")
    tasks: tuple[HolidayTask, ...] = field(
        "假期作业",
        "各年级的假期作业，一项一条。",
        [{"what": "读两本书，和家人说一说书里的人", "minutes": "20"}],
        default=(),
    )
    contact: Line = field(
        "假期联系", "假期里有事找谁、打哪个电话。", "学校值班室，每天9:00—16:00", default=""
    )
