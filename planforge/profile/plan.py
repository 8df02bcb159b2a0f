"""The groups that say what this term is about: problems, goals, acts, the calendar, surveys, rewards."""

from __future__ import annotations

from planforge.profile.fields import Group, field
from planforge.profile.values import (
    Count,
    Day,
    Identifier,
    Line,
    Month,
    Percent,
    Text,
    Topic,
    YesNo,
)

_TOPIC = "属于哪一类：作业、课堂、评价、课后服务、作息、体育、教辅、手机、读物、家校、监督、教师、其他。"
_ID = "给这一条起的编号，以后别改；别处用它指到这一条。"


class LastTermProblem(Group):
    """A problem found last term."""

    id: Identifier = field("编号", _ID, "p1", default="")
    what: Text = field("问题", "上学期发现了什么问题。", "五年级周四书面作业偏多", default="")
    evidence: Text = field("依据", "怎么知道的。", "十一月抽查，四个班中有两个班超过 60 分钟", default="")
    cause: Text = field("原因", "为什么会这样。", "三门学科同一天布置作业，没有人统筹", default="")
    topic: Topic | None = field("类别", _TOPIC, "作业")
    act: Identifier = field("对应举措", "本学期哪一条举措来解决它；写举措的编号。", "a1", default="")


class Goal(Group):
    """A goal that can be checked."""

    id: Identifier = field("编号", _ID, "g1", default="")
    text: Text = field("目标", "到学期末要做到什么，要能检查。", "各班每天书面作业总量不超过限额", default="")
    how_checked: Text = field(
        "怎样检查", "用什么、在什么时候检查。", "每周核对作业统筹表，期末做学生问卷", default=""
    )
    topic: Topic | None = field("类别", _TOPIC, "作业")


class Act(Group):
    """One of this term's few acts."""

    id: Identifier = field("编号", _ID, "a1", default="")
    what: Text = field("做什么", "本学期着重做的一件事。", "建立年级作业统筹表", default="")
    who: Line = field("谁来做", "负责的人或部门。", "各年级组长", default="")
    when: Line = field("什么时候", "什么时候做、什么时候做完。", "9月起，每周一汇总", default="")
    visible: Text = field(
        "看得见的结果", "做成以后能看到什么。", "每班每周一张统筹表，贴在公示栏", default=""
    )
    topic: Topic | None = field("类别", _TOPIC, "作业")


class ScheduleItem(Group):
    """An item of the term's calendar."""

    id: Identifier = field("编号", _ID, "s1", default="")
    month: Month | None = field("月份", "哪个月的事。", "9")
    what: Text = field("工作内容", "做什么。", "公布本学期作业管理办法", default="")
    who: Line = field("负责部门", "谁负责。", "教导处", default="")
    day: Day | None = field("日期", "定了日子的才写。", "2026-09-07")
    until: Day | None = field("到哪天", "一连几天的写最后一天。", "2026-09-11")
    visible: Text = field("看得见的结果", "做完以后能看到什么。", "办法文本在校门口公示", default="")


class Event(Group):
    """Something that took place."""

    day: Day | None = field("日期", "哪一天。", "2026-09-08")
    what: Text = field("事情", "做了什么。", "召开年级家长代表座谈会", default="")


class SurveyAnswer(Group):
    """One figure of a survey."""

    question: Line = field("问题", "问的是什么。", "孩子每天九点半前睡觉", default="")
    percent: Percent | None = field("比例", "选这一项的比例。", "82%")


class Survey(Group):
    """A survey that was held, with its counts."""

    when: Line = field("调查时间", "什么时候做的。", "2026年6月", default="")
    issued: Count | None = field("发出份数", "发出多少份。", "1512")
    returned: Count | None = field("收回份数", "收回多少份。", "936")
    satisfied_percent: Percent | None = field("满意率", "表示满意的比例。", "96.5%")
    anonymous: YesNo | None = field("是否匿名", "是不是匿名填写。", "是")
    answers: tuple[SurveyAnswer, ...] = field(
        "其他数据", "另外几项数据。", [{"question": "孩子每天九点半前睡觉", "percent": "82%"}], default=()
    )


class Quota(Group):
    """What is asked of every teacher."""

    what: Line = field("项目", "要求做什么。", "听课", default="")
    count: Count | None = field("数量", "至少多少。", "10")
    unit: Line = field("单位", "数量的单位。", "节", default="")
    by: Line = field("期限", "什么时候以前。", "期末", default="")


class Training(Group):
    """Teachers' own learning and research."""

    quotas: tuple[Quota, ...] = field(
        "教师任务", "对每位教师的要求。", [{"what": "听课", "count": "10", "unit": "节"}], default=()
    )
    research: Text = field("教研安排", "教研活动怎样安排。", "单周周二下午，语文、数学分组教研", default="")
    topics: Text = field("学习内容", "本学期学什么。", "作业设计与批改", default="")
    meeting: Line = field("教师会", "什么时候开教师会学习这些规定。", "8月30日", default="")


class Consequence(Group):
    """What follows from what."""

    rule: Text = field("情形", "什么样的情形。", "一学期内作业两次超量", default="")
    consequence: Text = field("处理", "怎样处理；学校不能罚款。", "由分管副校长约谈，限期改正", default="")


class Discipline(Group):
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


class Attachment(Group):
    """Another paper of the school's that belongs to the documents."""

    title: Line = field("附件名称", "附件的标题。", "作业管理办法", default="")
    note: Text = field("说明", "关于这个附件的说明。", "另行印发", default="")
