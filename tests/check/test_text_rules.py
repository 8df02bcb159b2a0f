"""What the text checks find in old texts, and what only looks like it and stays silent."""

from __future__ import annotations

import pytest

from planforge.check import check_free_text, check_plain, check_school, check_text
from planforge.check.text_rules import text_rules
from planforge.core.problems import Place
from planforge.document.tree import (
    Blank,
    Cell,
    Document,
    Fact,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Slip,
    Table,
    Text,
    Title,
)
from tests.check.schools import packs, profile, read

SCHOOL = """\
after_school: {offered: 是, voluntary: 是, until: "17:30"}
day: {first_lesson: "8:30", break_minutes: 15, long_break_minutes: 30}
lessons: {minutes: 40}
supervision: {answer_days: 5}
"""


def found(words: str, *, known: bool = True, more: str = SCHOOL) -> list[str]:
    """Ids of the text rules that find something, the school and its term known or not."""
    _, facts = read(
        profile(more).replace(
            "term:",
            "  region: {province: 浙江省, city: 杭州市, district: 西湖区}\n  classes: 12\n  pupils: 480\n  teachers: 30\nterm:",
        )
    )
    return [one.rule for one in check_plain(words, "旧稿.txt", facts if known else None)]


# rule, texts that it finds, texts that look like it and are right
CASES: dict[str, tuple[list[str], list[str]]] = {
    "text.placeholder": (
        ["成立以XX校长为组长的小组。", "xx市教育局的要求。", "组长：×××", "某某小学全体教师。", "班级□□□，姓名。", "20XX年工作计划", "[姓名]老师负责。", "某校工作方案", "记录：李×", "组长：张ⅹⅹ", "每份不超过N页。", "根据《　　省教育厅文件》", "第一阶段（20XX.9—20XX.12）准备", "杭教〔20××〕12号", "本组教师N名，分工如下。", "设书法、合唱等□个社团。", "请A老师主讲。", "甲方：（学校名称）", "2***年3月", "会议由某副校长主持。", "我是（学校）（班级）（姓名）的家长", "〔学校全称〕", "校址：[具体地址]"],
        ["校服有XL、XXL两种尺码。", "4×100米接力比赛。", "Exxon与maxxed是外文。", "在□内打√。", "每组3×4人。", "表中XX表示缺考。", "第n次实验。", "长20×30厘米。", "打×次数记入表中。", "课题组A、B两个班对照。", "□个别辅导 □集体辅导", "A老师与B老师同课异构。", "某同学说作业少了。", "某些学校", "（学校）名称写全称。", "杭教〔2026〕3号", "【时间安排】", "[3]名教师"],
    ),
    "text.empty-brackets": (
        ["举报电话（）。", "根据《》的要求。", "杭教〔〕5号文件。", "设立举报电话()。"],
        ["（一）加强领导", "杭教〔2025〕5号", "答案填在（　　）里。", "“双减”工作"],
    ),
    "text.blank": (
        ["时间为____年。", "负责人：＿＿＿＿", "共  次检查。", "自　年　月　日起执行。", "每周　节。", "每　　月检查一次。", "第　　章", "截止日期　月　日。", "附件2：____________"],
        ["时间：9月—10月。", "作业、课间、睡眠……都要管。", "第 3 次检查。", "承诺人：____", "您对学校的建议：______", "有效期自　年　月　日至　年　月　日。", "……………………………………", "4.其他问题：________________", "………回执………\n……………………", "姓名______　得分______", "截止日期9月30日。", "日期：____"],
    ),
    "text.todo": (
        ["TODO 补充数据。", "此处填写学校名称。", "（待补充）", "由{{name}}负责。", "[此项可根据学校实际增减]", "（请结合本校实际填写）", "名单请自行补充姓名。", "【教学反思】略", "时间自定（此处删除）", "以上内容可根据需要自行修改", "（待核实）"],
        ["请填写回执并交给班主任。", "待核实后公布。", "（略去不表的除外）", "photodocs是软件。", "（根据天气情况调整）", "各班根据实际情况填写。", "（可自选一项填写）", "从略", "情况简略。", "删去重复的题（见附件）", "以上内容由教导处解释。", "核实后公布", "（已核实）"],
    ),
    "text.site": (
        ["下面是小编整理的内容。", "减负工作计划(实用5篇)", "更多内容请看范文网。", "推荐访问：减负", "本文由某网搜集整理。", "篇一：工作计划", "更多精彩内容请继续关注本站。", "作者：佚名", "[1] [2] 下一页", "推荐阅读：双减总结", "鲁ICP备12345678号", "小学减负方案1", "回复“减负”领取资料", "您的位置：首页 > 范文", "减负自查报告 篇3", "关于减负的演讲稿三篇", "【返回目录】", "本文地址：/fanwen/2231.html", "（本文共1260字，阅读约需4分钟）", ">>>下一页", "大家都在搜：手抄报", "内容简介：适用于中学", "下载本文档需要积分", "（责编：小雅）", "www5.example.com 提供", "2006-03-15 09:21 来源：教育在线", "版权归原作者所有", "资料由会员上传", "文章编号：20110305", "浏览：856次", "时间：2015-07-02 编辑：lihua", "查看更多减负总结相关内容", "资料仅供学习交流，不得用于商业用途", "减负标语集锦100条", "范文一：", "（未经授权，严禁转载）", "扫描下方二维码，关注我们"],
        ["校报小编辑招新。", "精选习题，合理布置。", "学校文库开放。", "每学期精选图书50本。", "观看小编钟表演。", "让更多的家长关注孩子的睡眠。", "推荐阅读书目由语文组提出。", "点击鼠标，打开课件。", "关键词教学放在第二课时。", "更多信息请访问学校网站。", "作者：四年级二班 王小雨", "阅读（15人）、书法（12人）", "完成3项，未完成1项。", "第三篇课文的教学。", "【温馨提示】按时接送。", "一年级计划三篇作文。", "校园网jw.lxxx.edu.cn可查。", "邮箱jwc@example.com", "【阅读】每天二十分钟", "（供稿：教导处）", "阅读《草房子》约需两周。", "2026-09-01 08:20 开学典礼", "教案由备课组分享。", "档案编号：2026-01", "作品版权教育", "游览：3次", "时间：2026-09-02 下午三点", "查看更多课外书目请到图书馆。", "样题仅供教研组内部讨论。", "编辑：语文组", "提示：两天换一次水", "范文一词怎样读", "请扫描下方二维码填写问卷。", "关注孩子"],
    ),
    "text.watermark": (
        ["目标}方案一起落实。", "请整.理好材料。", "统一^管理。"],
        ["8:30—16:30接听。", "使用A4纸打印。", "得分率为85.5%。", "实施“5+2”服务。"],
    ),
    "text.stray-quote": (
        ["存在的'突出问题。", "听取'家长意见。", "落实`要求。"],
        ["开展“Children's Day”活动。", "学习Let's go一课。", "落实“双减”要求。"],
    ),
    "text.banned-words": (
        ["设立重点班。", "提高升学率。", "比一比及格率、优秀率。", "对完不成任务的重点班加压。", "坚决执行重点班制度。"],
        ["不设重点班。", "不以升学率评价教师。", "严禁分快慢班、尖子班。", "重点班次值守任务。", "体质测试优秀率、合格率公布。", "坚决取消重点班。", "学生体质健康管理办法\n第五条 优秀率、合格率向家长通报。", "坚决不设重点班。"],
    ),
    "text.labels": (
        ["帮助差生补习。", "抓好后进生转化。", "不歧视差等生。"],
        ["不把学生分为优等生和差生。", "时差生活习惯。", "不给学生贴“差生”的标签。", "教师不称学生为后进生。"],
    ),
    "text.misspelling": (
        ["关健在课堂。", "屏弃题海。", "既使如此。", "布署工作。", "付校长分管。", "意见要反溃。", "“双诚”工作。", "减付工作方案", "一副图画", "作业薄统一。", "及时返馈情况。", "就近人学。", "甲已双方各一份。", "盲木攀比。"],
        ["关键在课堂。", "既然使用了平台。", "公布署名。", "健身锻炼。", "以经典诵读为主。", "讲座落实到人。", "自己经常读书。", "按排名次序。", "减负但不减质。",
         "今年极少迟到。", "校园满是花香。", "创建全国文明校园。", "引导至操场。", "形成积极的风气。", "既使学生减负，又使教师增效。", "甚至使人厌学。", "一副对联", "学习贯彻会议精神。", "分工做好记录。", "全部暑假作业", "好人好事宣传", "周末来校", "这份内容不多", "配合做好工作"],
    ),
    "text.particles": (
        ["教师要认真的批改作业。", "各班切实的抓好卫生。", "这项工作落实的很好。", "减轻学生地负担。"],
        ["养成认真的学习态度。", "做的好事登记在册。", "家长地址另附。", "严格的批改制度。", "做好人好事。"],
    ),
    "text.other-school": (
        ["青山镇中心小学是一所老校。", "白鹭湾小学全体教师", "柳溪实验小学减负工作方案", "实验小学自9月1日起开展课后服务。", "加强与城关一小的联系。", "红旗街小学的做法要坚持。", "按照红旗街小学的章程办。", "集美小学　2022年5月"],
        ["临溪学校全体教师", "与青山镇中心小学结对。", "学习青山镇中心小学的经验。", "各乡镇中心小学参加。", "家长学校每学期两课。", "义务教育学校管理标准", "走进小学", "毕业于白鹭湾小学。", "某校　2022年5月", "临溪学校　2026年5月"],
    ),
    "text.fixed-phrase": (
        ["培养德智体美全面发展的人。", "做到减负高质。", "办人民满意的教育。"],
        ["培养德智体美劳全面发展的人。", "做到轻负高质。", "办好人民满意的教育。", "坚持为党育人、为国育才。", "为党育才的初心"],
    ),
    "text.half-width": (
        ["加强领导,落实责任。", "内容如下:", "成绩(等级)公布。", "电话:0571-88881234"],
        ["8:30上课。", "比例为1:2。", "A,B,C三组。", "用Python(3.11)编写。"],
    ),
    "text.doubled-punctuation": (
        ["加强领导，，落实责任。", "内容如下：：", "认真落实。。", "书包有多重?？", "公布。."],
        ["等等……都要管。", "“好。”，他说", "怎么办？！", "负责——落实。", "真的吗？！", "共3.5小时。", "U.S.A.在课文里出现。"],
    ),
    "text.doubled-words": (
        ["召开家长家长会。", "进一步完完善制度。", "认真的的落实。", "实施方案方案如下。", "作业过于于频繁。", "存在这种现现象。", "我们必须须完成。", "不得无故故缺席。", "任副副组长。", "孩子的困惑惑。", "按规定目录录征订。", "减减负，增增效。", "从下周起起执行。", "为进一步一步减轻负担", "自公布之日起施行行。"],
        ["讨论讨论再定。", "一个一个检查。", "达到教学目的的要求。", "完完全全落实。", "三年级年级组长负责。", "学校对对口支援作安排。", "以及及时反馈。", "参与与会人员。", "在在校学生中。", "每生每月十元。", "每周周五放学早。", "控制制度要落实。", "扎扎实实抓好。", "教育育人功能。", "作业业务指导", "有好多好多的书。", "认认真真批改。", "实行行政值日。", "记录录像", "好好学习", "在加加减减的游戏里", "起起落落是常事。", "一起起床锻炼", "一步一步来", "进一步推进"],
    ),
    "text.repeated-passage": (
        ["学校每周检查各班作业总量并及时反馈。\n第二项。\n学校每周检查各班作业总量并及时反馈。"],
        ["认真落实。\n认真落实。", "学校每周检查各班作业总量。\n学校每月检查各班作业批改。", "年　月　日\n年　月　日"],
    ),
    "text.unbalanced": (
        ["落实“双减政策。", "制定了实施方案》等。", "加强管理（含课后。"],
        ["1）加强领导；2）落实责任。", "落实“双减”（含课后服务）。", "学习《课程方案（2022年版）》。", "It’s fine。"],
    ),
    "text.characters": (
        ["提高教學质量。", "家長会。", "购臵图书。", "各班於周五前上交。", "家长应瞭解情况。", "及时答覆。"],
        ["汪㛃老师负责。", "丁喆、王玥参加。", "观察堃、犇等字。", "〇号文件。", "於老师负责。", "登上瞭望塔。", "乾坤与象征。"],
    ),
    "text.place": (
        ["按照江苏省教育厅要求。", "东丽区教育局文件。", "南京市各小学。", "上海市教委通知。", "落实《山东省普通中小学管理基本规范》。"],
        ["以德育为统一中心。", "浙江省教育厅要求。", "杭州市西湖区教育局文件。", "课文《苏州园林》的教学。", "向新疆对口学校支教。", "区域内学校交流。", "邀请郑州市的教研员来校听课。", "赴南京市参加比赛。", "教师外出到苏州市培训。"],
    ),
    "text.year": (
        ["2014年9月开学。", "2019—2020学年工作安排。", "二〇一四年九月"],
        ["《义务教育课程方案（2022年版）》", "教基厅函〔2021〕13号", "学校始建于1956年。", "2026年9月开学。", "自2021年以来坚持公示。"],
    ),
    "text.day": (
        ["9月31日召开会议。", "2026年13月5日检查。", "2027年13月开会。", "2月29日前完成。", "9月1日（星期三）开学。", "2026年9月7日星期二开会。", "13月　期末小结"],
        ["9月30日召开会议。", "9月1日（星期二）开学。", "2月28日前完成。", "9月7日周一至周五检查。", "每月31日前报送。", "3月　期末小结", "共13个月。", "12月：期末复习"],
    ),
    "text.phone": (
        ["举报电话：6060203628974192", "监督电话：0571-1234", "联系电话：1234567890123", "监督电话：0571-888888888888", "值班电话：12345、0731-88", "教导处 0377-6821"],
        ["监督电话：0571-88881234", "举报电话12345", "监督电话：400-820-8820", "联系电话：88881234", "电话回访1250户家长。", "编号：0377-20250101-6", "区号0377-68212345", "教导处0377-68212345"],
    ),
    "text.names": (
        ["成员：王小明李大伟张海", "成员：赵建国钱学兵孙立周敏", "组长：刘立副组长：李静", "由王建国李红梅任成员。", "与王芳李娜刘洋等教师研究。", "参加检查人员：周建民吴晓丽郑国强", "督查人：王志刚李春梅", "参加人员：张秀兰李国庆王建平等", "本期编委：郭建华苏丽珍蔡志明"],
        ["成员：王小明、李大伟、张海", "成员：各年级组长", "成员：欧阳修文、李静", "组长：校长", "由年级组长任委员。", "与各班班主任等教师研究。", "参加人员：全体任课教师", "任课教师：王晓明", "检查人员：校长、教导主任", "责任人：教导主任", "联系人：王晓明", "召集人：校长等", "编委：语文组全体教师"],
    ),
    "text.figures": (
        ["三至六年级书面作业每天不超过40分钟。", "第一节课8:00开始。", "全校共有18个教学班。", "学校现有学生520人。", "课间休息10分钟。", "每节课45分钟。", "3个工作日内答复。", "控制作业量。五年级控制在80分钟以内。", "数学作业每天不超过90分钟。", "现有教学班16个。", "现有教学班12个，学生502名。"],
        ["三至六年级书面作业每天不超过60分钟。", "语文作业不超过20分钟。", "规定第一节课不早于8:20。", "全校共有12个教学班。", "大课间30分钟。", "每天阅读30分钟。", "控制作业量。五年级控制在60分钟以内。", "数学作业每天不超过25分钟。", "教学班12个，学生480名，教师30人。", "服务时间：周一至周五，至17:30结束。"],
    ),
    "text.counted-name": (
        ["“四个一”即一本书、一首歌、一项运动。", "做到三不：不加课时，不赶进度。", "四点要求：1.公示；2.检查；3.反馈。", "“六不”，不早读、不排名、不补课、不加课、不拖堂", "“五控”即一控作业，二控考试，三控时间，四控教辅。", "三有三必：有发必收、有收必批、有批必评、有错必纠", "“三个关键点”，即精备、精讲、精练、精批。", "六个“不”：不抢课、不拖堂、不补课。", "学校减负三项规定\n一、定量。\n二、定时。\n三、定责。\n四、定人。", "制度\n1.公示。\n2.检查。\n3.反馈。\n以上四条请执行。"],
        ["“四个一”即一本书、一首歌、一项运动、一门手艺。", "每周三下午：教研活动、听课。", "“三控”即控制总量、控制时间、控制难度。", "一年级：游园测评、口头问答。", "一中心两平台：学生发展中心、家校平台、服务平台。", "三提三控：提质量、提效率、提能力、控作业、控考试、控时间。", "学校减负三项规定\n一、定量。\n二、定时。\n三、定责。", "制度\n1.公示。\n2.检查。\n以上两条请执行。", "第三条规定\n一、甲。\n二、乙。\n三、丙。\n四、丁。"],
    ),
    "text.numbering": (
        ["一、加强领导。\n三、落实责任。", "1.检查作业。\n2.检查备课。\n4.检查听课。", "二、加强领导。", "①公示③检查", "一是公示，二是检查，四是反馈。", "⒈定人\n⒉定时\n⒋定责", "第一阶段：准备\n第三阶段：总结"],
        ["一、加强领导。\n1.定人。\n2.定时。\n二、落实责任。\n1.公示。", "一、二年级不布置作业。", "1.5小时以内。", "一是公示，二是检查。", "一、一、二年级不布置作业。\n二、三至六年级公示。", "规划（节选）\n（三）研究\n（四）评价", "服务时间（16:10—17:00）和（17:10—18:00）"],
    ),
    "text.grades": (
        ["八年级学生上晚自习。", "初三学生参加辅导。", "高一年级军训。"],
        ["六年级学生升入七年级前参观。", "起初一段时间不适应。", "五、六年级分层作业。", "与初中八年级结对。"],
    ),
    "text.kind": (
        ["减负工作计划\n一学期以来，我校认真落实。\n取得了良好的成绩。"],
        ["减负工作计划\n为落实要求，制定本计划。", "减负工作总结\n一学期来，我校取得了成效。", "减负工作计划\n上学期取得了成效。"],
    ),
    "text.voluntary": (
        ["课后服务坚持自愿，学生参加率达100%。", "自愿参加社团，全体学生都要参加。", "自愿选择，全员参与课后服务。", "坚持自愿，学生全部参加课后服务。"],
        ["课后服务坚持自愿，参加率96%。", "课后服务自愿参加，体育锻炼全员参与。", "家长会全员参加。", "自愿参加，学生全部知晓。"],
    ),
    "text.abolished": (
        ["按国家教委的规定。", "由县卫生局检查。", "主题词：减负 通知", "学习贯彻十七大精神。", "迎接建国60年。", "坚持教育为无产阶级政治服务的方向。"],
        ["按教育部的规定。", "学习贯彻党的二十大精神。", "北京市教委来访。", "为人民服务。"],
    ),
    "text.superseded": (
        ["依据减负三十条。", "执行《义务教育课程设置实验方案》。", "落实小学生减负十条规定。", "《义务教育法（1986年）》", "《中小学教师职业道德规范（1997年修订）》"],
        ["依据《义务教育课程方案（2022年版）》。", "落实“双减”意见。", "减负工作三十条建议。", "《义务教育法（2018年修正）》", "1986年颁布义务教育法。", "《中小学教师职业道德规范（2008年修订）》"],
    ),
    "text.paper": (
        ["班主任每天填写作业登记表。", "责任书一式四份。", "检查前补写记录。"],
        ["责任书一式两份。", "每周一张统筹单。", "不要求每天填写表格。", "每天填写黑板报。"],
    ),
    "text.broken-line": (
        ["为了全面落实上级关于减轻学生负担的各项要求，", "学校认真研究各年级作业的总量、"],
        ["加强领导", "为了落实要求，制定本计划。", "各班检查、反馈。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, (wrong, _) in CASES.items() for words in wrong]
)
def test_what_should_not_stand_in_a_text_is_found(rule: str, words: str) -> None:
    assert rule in found(words)


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, (_, right) in CASES.items() for words in right]
)
def test_what_only_looks_like_it_stays_silent(rule: str, words: str) -> None:
    assert rule not in found(words)


def test_every_text_rule_has_three_look_alikes_or_is_tested_by_itself() -> None:
    elsewhere = {"text.mobile", "text.figures-inside", "text.slips"}
    others = {name for name in text_rules() if not name.startswith("text.")}
    assert set(text_rules()) - others == set(CASES) | elsewhere
    assert {name.partition(".")[0] for name in others} == {"dates", "paper", "alike"}
    assert all(len(right) >= 3 for _, right in CASES.values())


def test_homework_that_differs_within_an_unknown_text() -> None:
    words = "三至六年级书面作业不超过60分钟。\n五年级书面作业控制在40分钟以内。"
    assert "text.figures-inside" in found(words, known=False)
    for right in (
        "三、四年级书面作业不超过40分钟，五、六年级书面作业不超过60分钟。",
        "三年级书面作业不超过60分钟。\n三年级口头作业不超过20分钟。",
        "六年级书面作业不超过60分钟。\n七年级书面作业不超过90分钟。",
    ):
        assert "text.figures-inside" not in found(right, known=False)


def test_a_mobile_number_weighs_more_in_a_letter_to_parents() -> None:
    _, facts = read(profile())
    number = "请拨打13900001234联系。"

    def severity(text: str) -> list[str]:
        return [one.severity for one in check_plain(text, "信.txt", facts) if one.rule == "text.mobile"]

    assert severity(f"尊敬的家长：\n{number}") == ["warning"]
    assert severity(f"工作方案\n{number}") == ["note"]
    for right in ("学号13900001234567。", "电话0571-88881234。", "编号1390000123。"):
        assert severity(f"尊敬的家长：\n{right}") == []


def test_a_place_has_its_line_and_column() -> None:
    (one,) = [
        f for f in check_plain("第一行。\n　　提高教學质量。", "旧稿.txt") if f.rule == "text.characters"
    ]
    assert str(one.place) == "旧稿.txt:2:6" and one.limit == "学"


def test_a_school_named_after_another_city_is_at_home_in_its_name() -> None:
    _, facts = read(profile().replace("青石区临溪学校", "青石区南京路小学"))
    assert not [f for f in check_plain("南京路小学工作计划", "x.txt", facts) if f.rule == "text.place"]
    assert [f for f in check_plain("南京市教育局要求", "x.txt", facts) if f.rule == "text.place"]


def test_a_tree_is_checked_with_the_templates_place() -> None:
    _, facts = read(profile())
    place = Place("templates/letter/body.xml.j2", 7)
    slip = Slip((Text("回执"),), (Paragraph((Text("家长签字："), Blank(6.0)), place=place),), place=place)
    words = Paragraph(
        (Text("请xx同学的家长注意，"), Fact("school.name", "青石区临溪学校"), Blank(3.0)), place=place
    )
    found = check_text(
        Document("letter", "信", (Title((Text("致家长的一封信"),)), words, slip, slip)), facts, name="信"
    )
    assert {(one.rule, str(one.place), one.document) for one in found} == {
        ("text.placeholder", "templates/letter/body.xml.j2:7", "信"),
        ("text.slips", "templates/letter/body.xml.j2:7", "信"),
    }


def test_words_of_the_profile_are_told_with_their_place_there_and_once() -> None:
    text = profile("acts:\n  - {id: a1, what: 加强領导，落实责任}\n")
    _, facts = read(text)
    assert [(one.rule, str(one.place)) for one in check_free_text(facts)] == [
        ("text.characters", "school.yaml:9:20")
    ]
    printed = Paragraph((Text("本学期"), Fact("acts[0].what", "加强領导，落实责任")), place=Place("t.j2", 1))
    assert check_text(Document("plan", "计划", (printed,)), facts) == ()


def test_numbers_that_the_writer_makes_need_not_be_typed() -> None:
    _, facts = read(profile())
    items = NumberedList(tuple(Item((Text(words),)) for words in ("公示。", "检查。", "改进。")))
    told = Paragraph((Text("做好以下四项工作："),), place=Place("t.j2", 3))
    found = check_text(Document("plan", "计划", (Heading(1, (Text("措施"),)), told, items)), facts)
    assert [(one.rule, str(one.place)) for one in found] == [("text.counted-name", "t.j2:3")]
    right = Paragraph((Text("做好以下三项工作："),))
    assert check_text(Document("plan", "计划", (Heading(1, (Text("措施"),)), right, items)), facts) == ()


def test_a_district_under_another_rank_is_somewhere_else() -> None:
    _, facts = read(profile().replace("term:", "  region: {district: 青石区}\nterm:"))

    def places(words: str) -> list[str]:
        return [one.limit for one in check_plain(words, "x.txt", facts) if one.rule == "text.place"]

    assert places("按青石县教育局要求。") == ["青石区"]
    for right in ("按青石区教育局要求。", "青石板路。", "青石区临溪学校工作计划"):
        assert places(right) == []


@pytest.mark.parametrize(
    ("percent", "pupils", "found"), [("100%", 480, True), ("99%", 480, False), ("100%", 60, False)]
)
def test_a_free_choice_that_all_pupils_make(percent: str, pupils: int, found: bool) -> None:
    more = f"after_school: {{offered: 是, voluntary: 是, pupil_percent: {percent}}}\n"
    _, facts = read(profile(more).replace("term:", f"  pupils: {pupils}\nterm:"))
    assert ("text.voluntary" in [one.rule for one in check_free_text(facts)]) is found


# What old texts carried from one year to the next, as a profile would carry it on; each with its place.
CARRIED = [
    ("discipline: {penalties: [{rule: 作业超量, consequence: 每次罚款50元}]}", "discipline.fines"),
    ("assessment: {report: 每月月考后公布名次}", "results.ranking.2021"),
    ("schedule: [{month: 11, what: 期中考试}]", "exams.midterm.primary.2021"),
    ("acts: [{id: a1, what: 由XX老师负责统筹作业}]", "text.placeholder"),
    ("acts: [{id: a1, what: 召开家长家长会}]", "text.doubled-words"),
    ("acts: [{id: a1, what: 各班布臵作业由组长汇总}]", "text.characters"),
    ("goals: [{id: g1, text: 全校18个班做到公示}]", "text.figures"),
    ("homework: {weekend: 三至六年级书面作业不超过80分钟}", "text.figures"),
    ("homework: {layered: “基础题和选做题两层}", "text.unbalanced"),
    ("home: {meeting: 按江苏省要求召开}", "text.place"),
    ('home: {committee: "按章程,每学期一次"}', "text.half-width"),
    ("training: {topics: 学习贯彻十七大精神}", "text.abolished"),
    ("lessons: {preparation: 一是备课，二是上课，四是批改}", "text.numbering"),
    ("reading: {activity: 落实“四个一”即一本书、一次会、一张卡}", "text.counted-name"),
    ("after_school: {care: 自愿选择，全体学生都要参加}", "text.voluntary"),
    ("materials: {rule: 各年级统一征订练习册}", "materials.voluntary.2015"),
    ("supervision: {box: 某校门口}", "text.placeholder"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "rule"), CARRIED)
def test_what_a_profile_carries_on_from_old_texts_is_found_with_its_place(more: str, rule: str) -> None:
    reading, facts = read(
        profile(more).replace("term:", "  classes: 12\n  region: {province: 浙江省}\nterm:")
    )
    found = [one for one in check_school(reading, facts, packs()) if one.rule == rule]
    assert found, more
    assert found[0].place is not None and found[0].place.file == "school.yaml" and found[0].place.line == 10
    assert found[0].remedy and found[0].severity != "note"


def test_a_cell_is_read_with_its_row() -> None:
    _, facts = read(profile(stage="九年一贯制"))

    def told(grade: str) -> list[str]:
        row = (Cell((Text(grade),)), Cell((Text("期中考试1次"),)))
        plan = Document("plan", "计划", (Table((5.0, 5.0), (), (row,)),))
        return [one.rule for one in check_text(plan, facts, packs().in_force(facts.term.starts))]

    assert told("六年级") == ["exams.midterm.primary.2021"]
    assert told("七至九年级") == []


@pytest.mark.parametrize(
    ("number", "found"),
    [("13900001234", True), ("139-0000-1234", True), ("0571-88881234", False), ("12345", False)],
)
def test_a_complaint_line_that_is_a_personal_mobile(number: str, found: bool) -> None:
    _, facts = read(profile(f"supervision: {{hotline: {number}}}\n"))
    assert [(one.rule, one.severity) for one in check_free_text(facts)] == (
        [("text.mobile", "warning")] if found else []
    )


def test_a_district_that_another_province_has_too_brings_no_other_province_home() -> None:
    region = "  region: {province: 安徽省, city: 芜湖市, district: 滨湖区}\nterm:"
    _, facts = read(profile().replace("term:", region))

    def places(words: str) -> list[str]:
        return [one.found for one in check_plain(words, "x.txt", facts) if one.rule == "text.place"]

    assert len(places("按江苏省教育厅的要求。")) == 1
    for right in ("按安徽省教育厅的要求。", "芜湖市教育局文件。", "滨湖区各校。"):
        assert places(right) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("第一章 总则\n第一条 目的。\n第二条 依据。\n第二章 职责\n第三条 校长。\n第四条 教师。", []),
        ("第一章 总则\n第一条 目的。\n第二章 职责\n第三条 校长。", [4]),
        ("章程节选\n第十条 校长负责。\n第十一条 教师评议。", []),
        ("1.备课。\n2.上课。\n2.批改。\n4.辅导。", [3]),
        ("附件：1.作业公示表\n2.检查记录\n3.名单", []),
        ("一是备课，二是上课，二是批改，四是辅导。", [1]),
    ],
)
def test_a_slip_in_the_numbers_is_told_once_and_articles_run_on_through_chapters(
    words: str, found: list[int]
) -> None:
    told = [one for one in check_plain(words, "x.txt") if one.rule == "text.numbering"]
    assert [one.place.line for one in told if one.place is not None] == found
