"""The groups that say which school this is, in which term, and who answers for what."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from planforge.profile.fields import FormGroup, field
from planforge.profile.values import (
    Count,
    Day,
    DocumentNumber,
    Grade,
    Grades,
    Identifier,
    Line,
    Lines,
    NumberingChoice,
    PersonName,
    Phone,
    Stage,
    System,
    TermNumber,
    Text,
    Texts,
    Weeks,
    Year,
    YesNo,
)


class Region(FormGroup):
    """Where the school is."""

    province: Line = field("省", "学校所在的省、自治区或直辖市。", "江南省", default="")
    city: Line = field("市", "学校所在的市、州。", "临溪市", default="")
    district: Line = field("区县", "学校所在的区、县；用来称呼主管的教育局。", "青石区", default="")


class Campus(FormGroup):
    """One of several campuses."""

    name: Line = field("校区名称", "校区的名字，和负责人一栏里写的一样。", "北校区", default="")
    grades: Grades = field("校区年级", "这个校区有哪些年级。", "1-3", default=())
    address: Line = field("校区地址", "校区的地址。", "青石区学前路 1 号", default="")


class GradeSize(FormGroup):
    """Classes and pupils of one grade."""

    grade: Grade | None = field("年级", "哪个年级。", "1")
    classes: Count | None = field("班级数", "这个年级有几个班。", "4")
    pupils: Count | None = field("学生数", "这个年级有多少学生。", "168")


class Renaming(FormGroup):
    """A new name that holds from a day within the term."""

    name: Line = field("新的学校全称", "更名以后的学校全称。", "青石区临溪实验学校", default="")
    short_name: Line = field("新的学校简称", "更名以后的简称；不写就用新的全称。", "临溪实验学校", default="")
    since: Day | None = field("启用日期", "从哪一天起用新的校名；这天以后的文件印新校名。", "2026-11-01")


class School(FormGroup):
    """The school itself."""

    name: Line = field("学校全称", "印在标题和落款里的学校全称。", "青石区临溪学校", default="", first=True)
    short_name: Line = field("学校简称", "正文里用的简称；不写就用全称。", "临溪学校", default="")
    renamed: Renaming | None = field(
        "学期中间更名", "这个学期里换校名的才写。", {"name": "青石区临溪实验学校", "since": "2026-11-01"}
    )
    stage: Stage | None = field("学段", "小学、初中，或九年一贯制。", "九年一贯制", first=True)
    system: System | None = field(
        "学制", "六三学制或五四学制；不写按六三。作业限额等规定跟着学段走，五四学制的六年级算初中。", "六三"
    )
    grades: Grades = field(
        "年级", "学校实际有哪些年级；不写就按学段和学制推算。没有的年级不会出现在文件里。", "1-9", default=()
    )
    region: Region = field("所在地区", "学校在哪里。", {"district": "青石区"}, default=Region())
    address: Line = field("学校地址", "学校的地址，给家长的文件里会用到。", "青石区学前路 1 号", default="")
    phone: Phone = field("学校电话", "对外公布的学校电话。", "0571-00000000", default="")
    campuses: tuple[Campus, ...] = field(
        "校区",
        "有几个校区就写几条；只有一处校舍的不用写。",
        [{"name": "北校区", "grades": "1-6"}],
        default=(),
    )
    sizes: tuple[GradeSize, ...] = field(
        "各年级规模",
        "每个年级的班级数和学生数。",
        [{"grade": "1", "classes": "4", "pupils": "168"}],
        default=(),
    )
    classes: Count | None = field("全校班级数", "全校一共多少个班；写了各年级规模的可以不写。", "36")
    pupils: Count | None = field("全校学生数", "全校一共多少学生；写了各年级规模的可以不写。", "1512")
    teachers: Count | None = field("专任教师数", "全校专任教师人数。", "96")
    class_size_max: Count | None = field("班额上限", "学校自己定的每班人数上限。", "45")
    admission: Text = field("招生办法", "怎样招生，用学校自己的话写。", "按片就近免试入学", default="")
    retention: Text = field("学籍与留级", "留级、借读等学籍上的规定。", "不设留级", default="")


class DayOff(FormGroup):
    """Days without lessons, or with lessons on a weekend, as the school or its bureau has announced them."""

    name: Line = field("名称", "什么假，或者补什么课。", "秋假", default="")
    starts: Day | None = field("第一天", "从哪一天起。", "2026-11-09")
    until: Day | None = field("最后一天", "到哪一天为止；只有一天的不写。", "2026-11-11")
    lessons: YesNo | None = field("是否上课", "周末调休上课的写“是”；放假的不写。", "否")
    basis: Line = field("依据", "按哪份通知；印在行事历里。", "青石区2026—2027学年校历", default="")


class LocalException(FormGroup):
    """A rule from which a document of the province, city or district departs."""

    rule: Line = field("规则编号", "检查时报出的规则编号。", "day.first-lesson.primary.2021", default="")
    basis: Line = field(
        "依据", "当地哪份文件这样规定；印在有关的一段后面。", "自治区中小学作息时间规定", default=""
    )
    note: Line = field(
        "说明",
        "一句话说明，印在有关的一段后面；不写就只写依据。",
        "作息按当地时间，比北京时间晚两小时",
        default="",
    )


class Term(FormGroup):
    """The term that the documents are for."""

    title: Line = field("学期名称", "本地对学期的叫法和通常不一样时才写。", "2026学年第一学期", default="")
    year: Year | None = field("学年", "相连的两年。", "2026-2027", first=True)
    number: TermNumber | None = field("学期", "1 是第一学期（秋季），2 是第二学期（春季）。", "1", first=True)
    starts: Day | None = field(
        "开学日期", "正式上课的第一天；不写按 9 月 1 日（第二学期按 2 月下旬）推算。", "2026-09-01"
    )
    ends: Day | None = field("结束日期", "学期最后一天。", "2027-01-22")
    weeks: Weeks | None = field("教学周数", "本学期一共几个教学周。", "20")
    days_off: tuple[DayOff, ...] = field(
        "放假和调休",
        "本地的春假、秋假，和已经通知的放假、调休；区里统一的写在区里的信息表里，用 extends 引用。",
        [{"name": "秋假", "starts": "2026-11-09", "until": "2026-11-11"}],
        default=(),
    )
    whole_year: YesNo | None = field(
        "合成学年",
        "只在写学年总结的信息表里写“是”：extends 列出两个学期的信息表，两个月历合在一起；"
        "两个学期各项的编号不能相同（如第一学期 s1、s2，第二学期 t1、t2）。",
        "是",
    )


class Basis(FormGroup):
    """A document that the plan rests on."""

    title: Line = field(
        "文件名称", "文件的完整标题，不用加书名号。", "青石区义务教育学校作业管理办法", default=""
    )
    issuer: Line = field("发文机关", "谁发的。", "青石区教育局", default="")
    number: Line = field("文号", "发文字号；拿不准就不写。", "青教〔2025〕8号", default="")
    day: Day | None = field("发文日期", "什么时候发的。", "2025-08-20")
    local: YesNo | None = field("是否地方文件", "省、市、区县的文件写“是”，国家的写“否”。", "是")


COLLECTIVE = re.compile(r"^(?:各|全体|所有|有关|相关|部分)|.(?:代表|委员会|全体成员|各一[人名位])$")
"""How several people, or a body, are named together: 各年级组长, 全体班主任, 家长代表. No surname begins so."""


class Person(FormGroup):
    """Somebody with a post. May also be written in one line: 姓名（职务）."""

    name: PersonName = field(
        "姓名", "人的姓名；成员里不是某一个人的（各年级组长），只写职务。", "林远", default=""
    )
    post: Line = field("职务", "在学校里的职务；主持工作的副职写“副校长（主持工作）”。", "副校长", default="")
    campus: Line = field(
        "负责校区", "只管某个校区的才写校区名称；管几个校区的用顿号隔开。", "北校区", default=""
    )
    duty: Text = field("分工", "在这项工作里管什么。", "分管教学和作业管理", default="")
    since: Day | None = field("任职起", "学期中间才接任的，写从哪天起；这天以前的文件里没有。", "2026-09-01")
    until: Day | None = field("任职止", "学期中间离任的，写到哪天为止；这天以后的文件里没有。", "2027-01-22")

    @model_validator(mode="before")
    @classmethod
    def one_line(cls, value: Any) -> Any:
        """Take 林远 or 林远（副校长） for a whole person."""
        if not isinstance(value, str):
            return value
        text = value.strip()
        if COLLECTIVE.search(text):
            return {"post": text}
        name, mark, rest = text.replace("(", "（").partition("（")
        if mark and name.strip() and rest.endswith((")", "）")) and len(rest) > 1:
            return {"name": name, "post": rest[:-1]}
        return {"name": text}


def one_by_one(value: Any) -> Any:
    """Take 林远（副校长）、沈知行 for a list of people; a mark inside brackets parts nothing."""
    if not isinstance(value, str):
        return value
    parts, depth = [""], 0
    for sign in value:
        depth = max(0, depth + (sign in "（(") - (sign in "）)"))
        if sign in "、，；;" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(part for part in parts if part.strip())


People = Annotated[tuple[Person, ...], BeforeValidator(one_by_one)]


class LeadingGroup(FormGroup):
    """领导小组."""

    name: Line = field("小组名称", "领导小组叫什么；不写就用通常的叫法。", "“双减”工作领导小组", default="")
    heads: People = field(
        "组长",
        "一个人；书记、校长同为组长的写两条；一个校区一位组长的，每条写明校区。",
        [{"name": "周明远", "post": "校长"}],
        default=(),
        first=True,
    )
    deputies: People = field(
        "副组长", "可以没有，也可以有几位。", [{"name": "林远", "post": "副校长"}], default=(), first=True
    )
    members: People = field(
        "成员", "小组成员，每人一条。", [{"name": "沈知行", "post": "教导主任"}], default=(), first=True
    )
    office: Line = field("办公室所在部门", "日常工作由哪个部门承担。", "教导处", default="")
    office_head: Person | None = field(
        "办公室主任", "日常工作谁负责。", {"name": "沈知行", "post": "教导主任"}
    )
    first_responsible: Line = field("第一责任人", "减负工作第一责任人的职务。", "校长", default="")


class Approval(FormGroup):
    """How the documents are approved. Names are printed, signatures never."""

    drafted_by: Person | None = field("拟稿人", "谁起草。", {"name": "沈知行", "post": "教导主任"})
    reviewed_by: Person | None = field("审核人", "谁审核。", {"name": "林远", "post": "副校长"})
    issued_by: Person | None = field("签发人", "谁签发。", {"name": "周明远", "post": "校长"})
    meeting: Line = field("审议会议", "经哪个会议审议通过。", "校务会议", default="")
    meeting_day: Day | None = field("会议日期", "会议哪天开的。", "2026-08-28")
    day: Day | None = field("成文日期", "印在落款里的日期。", "2026-08-30")


class Dispatch(FormGroup):
    """What a red head and the imprint print (GB/T 9704-2012 7.2, 7.4). Only in the look “红头公文式样”."""

    issuer: Line = field(
        "发文机关标志", "红头上印的字：学校全称，要加“文件”二字就写上。", "青石区临溪小学文件", default=""
    )
    to: Line = field("主送机关", "发给谁；不写就用文种的称呼。", "各年级组、各教研组", default="")
    copies: Line = field("抄送", "抄送给谁。", "青石区教育局基础教育科", default="")
    office: Line = field("印发机关", "哪个部门印发。", "青石区临溪小学办公室", default="")
    day: Day | None = field("印发日期", "哪天印发；不写就用成文日期。", "2026-08-31")
    upward: YesNo | None = field("是否上行文", "报给上级的写“是”，红头上印签发人。", "否")


class DocumentChoice(FormGroup):
    """A document the school wants. May also be written as the kind's name alone."""

    kind: Line = field("文种", "要哪一种文件；“planforge templates”列出全部文种。", "工作计划", default="")
    name: Line = field(
        "文件名",
        "存盘时的文件名；不写就是文种的名称。同一文种要两份的，各起一个。",
        "工作计划（全文）",
        default="",
    )
    title: Lines = field(
        "标题", "自己的标题，几行就写几条；不写就用文种的标题。", ["青石路小学", "减负工作计划"], default=()
    )
    sections: Texts = field(
        "章节", "要哪些章节、按什么顺序；不写就用文种通常的章节。", ["工作目标", "重点工作"], default=()
    )
    without: Texts = field("不要的章节", "通常的章节里不要哪几节。", ["月份安排"], default=())
    options: dict[Identifier, Line] = field(
        "选项",
        "这个文种的选项，写成“选项: 取值”；“planforge templates 文种”列出选项。",
        {"领导小组": "表格"},
        default={},
    )
    day: Day | None = field(
        "这份文件的日期",
        "落款的日期，和成文日期不同的才写；规定、提法、校名、人员都按这一天的印和查。",
        "2027-01-18",
    )
    look: Line = field("版式", "用哪一种版式；不写就用文种通常的版式。", "official", default="")
    document_number: DocumentNumber = field(
        "发文字号", "这份文件的字号，用红头版式时印出。", "临小〔2026〕5号", default=""
    )
    base: Line = field(
        "底稿", "学校自己的 Word 文件，用它的纸张、页眉、页脚和样式；写相对路径。", "校本.docx", default=""
    )
    numbering: NumberingChoice | None = field(
        "编号", "Word 里的编号：自动，可以接着编；文字，复制到办公系统或聊天里也不丢。", "自动"
    )

    @model_validator(mode="before")
    @classmethod
    def one_line(cls, value: Any) -> Any:
        """Take a kind's name for the whole entry."""
        return {"kind": value} if isinstance(value, str) else value
