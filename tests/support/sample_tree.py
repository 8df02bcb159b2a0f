"""One document with every kind of block, several pages long, for the tests of all writers.

The school, the people and the words are invented.
"""

from __future__ import annotations

from planforge.document.tree import (
    Attachment,
    Blank,
    Block,
    Break,
    Cell,
    Closing,
    Document,
    Fact,
    Field,
    Heading,
    Inlines,
    Item,
    Labelled,
    NumberedList,
    Paragraph,
    ParagraphRole,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
)

SCHOOL = Fact("school.name", "云岭市清溪区桐花小学")


def text(words: str) -> Inlines:
    """Plain words as inline content."""
    return (Text(words),)


def head(level: int, words: str) -> Heading:
    return Heading(level, text(words))


def para(words: str, role: ParagraphRole = "body") -> Paragraph:
    return Paragraph(text(words), role)


def cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell(text(word)) for word in words)


_PARAGRAPHS = (
    "上学期末，教导处翻阅了全校二十四个班的作业登记本，又请三百一十二位家长填了问卷。登记本上，四年级有六个班的语文书"
    "面作业在周三明显偏多，其中两个班连续三周超过六十分钟；问卷里，有四成家长说孩子“写得慢、睡得晚”，也有家长说“老"
    "师已经布置得很少，是我们自己又添了一份”。两头的话都要听，两头的事都要做。",
    "学校没有另起炉灶，而是把已经有的三件事做实：每天的作业在公示栏写清楚要花多少分钟；每周的教研把下周的作业先做一遍"
    "；每月的抽查把做得好的、做得不好的都摆到桌面上。三件事都有人管，也都有本子可以翻。",
    "课后服务从15:40开始，到17:40结束，分为“作业辅导”和“自主活动”两段。前一段由任课教师轮值，学生有不会的题当场"
    "问；后一段开放图书室、操场、科学实验室和木工坊，由学生按周选报。2026年9月第2周起，各年级的选课表贴在一楼大厅，"
    "扫描下方的QR码也能看到（网址以学校公布的为准）。",
    "本学期的体育课按课程表开足：一、二年级每周4节，三至六年级每周3节；大课间30分钟，天气不好时改为室内操。每个学生每天"
    "在校体育活动合计不少于2小时，由班主任记在《班级日志》里，体育组每周一汇总，超过3天没有达到的班级要写明原因。",
)


def _opening() -> tuple[Block, ...]:
    return (
        Title((SCHOOL, Break(), Text("2026—2027学年第一学期减轻学生过重课业负担工作计划"))),
        para("各年级组、各教研组：", "salutation"),
        Paragraph(
            (
                Text("为了让孩子们在校内学得明白、回家睡得踏实，"),
                SCHOOL,
                Text("根据本学期课程安排和家长意见，制定本计划。计划由校长室牵头，教导处落实，"),
                Text("每个月的第一个星期五", strong=True),
                Text("对照检查一次，检查结果在教师会上通报。"),
            )
        ),
        head(1, "现状与问题"),
        *(para(words) for words in _PARAGRAPHS[:2]),
        head(2, "做得比较稳的地方"),
        para(_PARAGRAPHS[2]),
        head(2, "还要下功夫的地方"),
        para(_PARAGRAPHS[3]),
        NumberedList(
            (
                Item(text("作业的总量有人管，作业的质量管得不够，重复抄写仍占书面作业的两成左右；")),
                Item(
                    text("各学科之间缺少协调，同一天容易“撞车”，主要表现在："),
                    NumberedList(
                        (
                            Item(text("周三、周四语文和数学都安排单元练习；")),
                            Item(text("英语听读作业没有计入总时长，实际每天要多用10～15分钟。")),
                        ),
                        level=2,
                    ),
                ),
                Item(text("课后服务的“提优”内容不多，学有余力的学生“吃不饱”。")),
            )
        ),
    )


def _middle() -> tuple[Block, ...]:
    calendar = (
        ("9月", "开学第一周不布置书面家庭作业；各年级制定作业协调表", "教导处"),
        ("10月", "作业设计比武，评出校级优秀作业案例12份", "各教研组"),
        ("11月", "第一次家长问卷（回收率不低于90%）", "德育处"),
        ("12月", "“无作业日”小结；体质测试数据上报", "体育组、信息中心"),
        ("1月", "期末评价实行等级制，成绩单独告知学生本人和家长", "教导处"),
    )
    return (
        head(1, "重点工作"),
        head(2, "把作业管起来"),
        head(3, "控制总量"),
        para(
            "一、二年级不布置书面家庭作业，可以在校内安排适当的巩固练习；三至六年级书面作业平均每天不超过60分钟。年级组长每天"
            "放学前在群里报一个数，超过的当天调整，不过夜。"
        ),
        head(4, "谁来协调"),
        para("年级组长为第一协调人，班主任为本班协调人。年级组长不在时，由备课组长代为协调。"),
        head(4, "怎样公示"),
        para("公示栏写明学科、内容、类型（书面或实践）和预计时长，保留到下周一，拍照存入年级文件夹。"),
        head(3, "提高质量"),
        *(para(words) for words in _PARAGRAPHS),
        head(2, "把课堂管起来"),
        para(
            "每节课留出8—10分钟让学生当堂练、当堂改。教师在备课本上写明“练什么、怎么改、谁没过”，学期末抽查20%。"
        ),
        Labelled("组　长：", text("方　晴（校长，负责全面工作）")),
        Labelled(
            "副组长：",
            text(
                "陆知远（副校长，分管教学）、沈　禾（副校长，分管德育）、欧阳明溪（工会主席，分管教师工作量的核定和"
                "课后服务经费的公开）"
            ),
        ),
        Labelled("成　员：", text("教导处、德育处、总务处负责人及各年级组长")),
        head(1, "分工与时间"),
        para("各项工作的时间、内容和责任部门见下表，遇有调整，提前一周通知。"),
        Table(
            widths=(2, 8, 3),
            head=(cells("月份", "工作内容", "责任部门"),),
            rows=tuple(
                (Cell(text(month), "centre"), Cell(text(what), "justify"), Cell(text(who), "centre"))
                for month, what, who in calendar
            ),
            caption=text("表1　本学期行事历"),
        ),
        Table(
            widths=(1, 1, 1, 1),
            head=(
                (
                    Cell(text("年级"), "centre", rows=2),
                    Cell(text("书面作业（分钟）"), "centre", span=2),
                    Cell(text("备注"), rows=2),
                ),
                (Cell(text("平时"), "centre"), Cell(text("周末"), "centre")),
            ),
            rows=(
                (Cell(text("一、二")), Cell(text("0"), "centre", span=2), Cell(text("校内巩固"), rows=2)),
                (Cell(text("三至六")), Cell(text("60"), "right"), Cell(text("60"), "right")),
            ),
        ),
        head(1, "自查与改进"),
        para(_PARAGRAPHS[1]),
        Paragraph(
            (
                Text("监督电话由教导处接听，"),
                Text("工作日8:30至16:30", strong=True),
                Text("有人值守。收到的意见3个工作日内答复，答复人：……（签名）"),
                Blank(8),
                Text("。"),
            )
        ),
        para("附件：1.班级作业公示表（样张）", "attachment"),
        Closing((text("云岭市清溪区桐花小学"),), text("2026年9月1日")),
        para("（联系人：教导处值班教师）", "note"),
    )


def _end() -> tuple[Block, ...]:
    return (
        Attachment(
            text("班级作业公示表（样张）"),
            (
                head(1, "填写说明"),
                para(
                    "“预计时长”按中等水平学生估计，以5分钟为单位；实践类作业不计入书面总时长，但要写明最晚完成的日期。"
                ),
                NumberedList(
                    (
                        Item(text("当天没有作业的学科填“无”；")),
                        Item(text("合计超过60分钟的，由班主任协调后重填。")),
                    )
                ),
                Table(
                    widths=(1.2, 3, 1.2, 1.2),
                    head=(cells("学科", "内容", "类型", "时长"),),
                    rows=(
                        cells("语文", "读《秋天的信》，写三句话", "书面", "20"),
                        cells("数学", "练习册第5页（选做第3题）", "书面", "20"),
                        cells("科学", "记录一周的气温", "实践", ""),
                    ),
                ),
            ),
        ),
        Attachment(
            text("致家长的一封信"),
            (
                Paragraph((Text("尊敬的"), Field("pupil"), Text("家长：")), "salutation"),
                para("您好！新学期开始了，请您和我们一起守住孩子的睡眠时间。"),
                para("此致", "flush"),
                para("让每个孩子都睡够十小时", "centre"),
                para("以上各条自签字之日起生效", "right"),
                Signatures(
                    (
                        Party(text("学校（盖章）："), ((Text("负责人："), Blank(6)), text("　　年　月　日"))),
                        Party(text("家长（签名）："), ((Text("联系人："), Blank(6)), text("　　年　月　日"))),
                    )
                ),
                Signatures(
                    tuple(
                        Party(text(name), ((Text("签名："), Blank(8)), (Text("日期："), Blank(8))))
                        for name in ("班主任", "年级组长", "分管校长")
                    )
                ),
                Closing((text("云岭市清溪区桐花小学"), text("校长室")), ()),
                Slip(
                    text("回　执"),
                    (
                        para("我已阅读《致家长的一封信》，知道本学期作业和睡眠的安排。"),
                        Labelled("意　见：", (Blank(16),)),
                        Paragraph(
                            (
                                Text("班级："),
                                Blank(5),
                                Text("学生："),
                                Field("pupil"),
                                Text("家长："),
                                Blank(5),
                            ),
                            "flush",
                        ),
                    ),
                ),
            ),
        ),
    )


def sample_document() -> Document:
    """Every block kind, all heading levels, lists in lists, tables with spans, fields, blanks, two attachments."""
    return Document(
        kind="work_plan",
        title="云岭市清溪区桐花小学2026—2027学年第一学期减轻学生过重课业负担工作计划",
        blocks=(*_opening(), *_middle(), *_end()),
        author="云岭市清溪区桐花小学",
        subject="工作计划",
    )


def prose_document(paragraphs: int = 30) -> Document:
    """Nothing but running text, for counting lines and characters."""
    return Document(
        kind="work_plan",
        title="正文排版样张",
        blocks=tuple(para(_PARAGRAPHS[index % len(_PARAGRAPHS)]) for index in range(paragraphs)),
    )


def items_alone() -> Document:
    """Lists one after the other, one of them beginning a level down, between headings."""
    first = NumberedList(
        (Item(text("先做的事")), Item(text("后做的事"), NumberedList((Item(text("细的事")),), 2)))
    )
    second = NumberedList((Item(text("下一级的事")), Item(text("又一件"))), level=2)
    third = NumberedList((Item(text("重新数起")), Item(text("第二件")), Item(text("第三件"))))
    return Document(
        "work_plan", "条目样张", (head(1, "甲"), first, second, head(2, "乙"), third, second, first)
    )
