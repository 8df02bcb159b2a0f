"""What old texts of this kind are known to carry, each kind once, found at its line and column.

The sentences are invented; the kinds are those that a reading of such texts has shown: contradictions within one text,
furniture of the websites that they went through, placeholders, wrong characters, damage by copying.
"""

from __future__ import annotations

from datetime import date

import pytest

from planforge.check import check_plain
from tests.check.schools import packs, profile, read

CONTRADICTIONS = [
    ("三年级书面作业不超过30分钟。\n三年级书面作业控制在〖半小时〗以内。\n三年级书面作业不超过〖40分钟〗。", "text.figures-inside"),
    ("全部取消家庭作业。\n四年级家庭作业不超过〖40分钟〗。", "text.figures-inside"),
    ("一年级不留书面家庭作业。\n一年级书面作业不超过〖20分钟〗。", "text.figures-inside"),
    ("学生在校时间每天6小时。\n学生在校时间不超过〖5小时〗。", "text.figures-inside"),
    ("每节课40分钟。\n向课堂要质量，每节课〖45〗分钟。", "text.figures-inside"),
    ("学校共开设10个社团。\n学校开设〖23〗个社团。", "text.figures-inside"),
    ("课后服务实行“5+2”。\n周一、周二做作业，周三答疑，〖周四〗社团活动。", "text.figures-inside"),
    ("让〖作业不出校〗门。\n五年级家庭作业不超过60分钟。", "text.figures-inside"),
    ("举报电话：〖8030201456790123〗", "text.phone"),
    ("小学每学期只进行〖期中、期末两次〗检测。", "exams.midterm.primary.2021"),
    ("每班每月组织一次〖月考〗。", "exams.frequent.2021"),
    ("重视优生的培养，〖鼓励学生超前〗学习。", "lessons.pace.2021"),
    ("一、二年级不留作业，〖每天抄写〗生字。", "homework.repetitive.2021"),
    ("七点五十分组织〖早读〗。", "day.early-activity.2021"),
    ("加班补课的，对教师加倍〖罚款〗。", "discipline.fines"),
    ("课后服务坚持自愿。\n全校学生〖参加率为100%〗。", "text.voluntary"),
    ("坚持自愿报名，〖每个学生都参加〗课后服务。", "text.voluntary"),
    ("〖五育〗并举，全面育人\n以德为先立品行\n以体为本强筋骨\n以美为要养情操\n以劳为重长本领", "text.counted-name"),
    ("开展“〖四〗个一”活动。\n1.写一篇心得。\n2.上一节好课。\n3.写一份设计。\n4.写一篇论文。\n5.做一次考核。", "text.counted-name"),
    ("坚持〖减负高质〗。", "text.fixed-phrase"),
    ("2024年减负工作总结\n做法如下，各负其责。\n〖二〇一四年〗六月", "text.year"),
    ("听课以后当天交换意见，写进听课本。\n课后辅导。\n〖听课〗以后当天交换意见，写进听课本。", "text.repeated-passage"),
    ("小学教导处工作计划\n抓好〖初三〗毕业班的复习。", "text.kind"),
    ("〖作业〗工作计划\n一学期来，我校抓了三件事。\n取得了可喜的成绩。", "text.kind"),
]  # fmt: skip

RESIDUES = [
    ("下面是〖小编〗带来的计划。", "text.site"),
    ("减负工作计划〖实用5篇〗", "text.site"),
    ("〖推荐访问〗：减负 总结", "text.site"),
    ("练习要精，〖请保留此标记〗题目要活。", "text.site"),
    ("明确职责〖}〗分工，落实到人。", "text.watermark"),
    ("《〖xx〗省义务教育条例》", "text.placeholder"),
    ("组长：〖xx〗", "text.placeholder"),
    ("〖xxxx〗学年第一学期", "text.placeholder"),
    ("推动〖XX〗教育高质量发展。", "text.placeholder"),
    ("设计a〖□〗b两套作业。", "text.placeholder"),
    ("设立举报〖电话〗()。", "text.empty-brackets"),
    ("存在的〖'〗突出问题。", "text.stray-quote"),
    ("沟通家长的〖‘〗心里话。", "text.unbalanced"),
    ("制定了作业管理方案〖》〗等制度。", "text.unbalanced"),
    ("全面的教〖學〗观。", "text.characters"),
    ("听取家〖長〗意见。", "text.characters"),
    ("各班布〖臵〗作业适量。", "text.characters"),
    ("及时〖反溃〗。", "text.misspelling"),
    ("“〖双诚〗”工作的背景。", "text.misspelling"),
    ("〖屏弃〗旧观念。", "text.misspelling"),
    ("发挥行政〖智能〗，切实减负。", "text.misspelling"),
    ("提高〖全格率〗。", "text.misspelling"),
    ("培养〖光趣〗。", "text.misspelling"),
    ("推荐两〖副〗作品。", "text.misspelling"),
    ("〖低学生〗一律不留作业。", "text.misspelling"),
    ("开好〖家长家长〗会。", "text.doubled-words"),
    ("进一步〖完完〗善制度。", "text.doubled-words"),
    ("作息管理\n学生在校时间不得延长，确有需要的由班主任报教导处同意，违者由分管校长〖谈〗\n话提醒并限期改正。", "text.broken-line"),
    ("（一）明确目标\n（二）改进课堂\n〖（四）〗加强检查", "text.numbering"),
    ("1、公示作业。\n2、抽查作业。\n〖1、〗检查备课。", "text.numbering"),
    ("成员：〖孟知秋崔若水武长风〗", "text.names"),
    ("〖组长〗：孟知秋副组长：崔若水", "text.names"),
    ("加强领导〖,〗落实责任。", "text.half-width"),
    ("落实〖国家教委〗的规定。", "text.abolished"),
    ("以〖“三个代表”〗为指导。", "text.abolished"),
    ("贯彻〖十七大精神〗。", "text.abolished"),
    ("迎接〖建国60年〗。", "text.abolished"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "rule"), [*CONTRADICTIONS, *RESIDUES])
def test_it_is_found_at_its_line_and_column(marked: str, rule: str) -> None:
    lines = marked.split("\n")
    wanted = [(n, line.index("〖") + 1) for n, line in enumerate(lines, 1) if "〖" in line]
    text = marked.replace("〖", "").replace("〗", "")
    title = "小学作业管理\n" if rule == "exams.midterm.primary.2021" else ""
    rules = packs().in_force(date(2026, 9, 1))
    found = {
        (one.place.line - bool(title), one.place.column)
        for one in check_plain(f"{title}{text}", "旧稿.txt", None, rules)
        if one.rule == rule and one.place is not None
    }
    assert set(wanted[-1:]) <= {(line, at) for line, column in found for at in (column, column + 1)}, found


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("按青石县教育局的要求。", "text.place"),
        ("我县各校统一执行。", "text.place"),
        ("二年级书面作业不超过30分钟。", "text.figures"),
        ("松岭镇中心小学位于镇东。", "text.other-school"),
        ("2014年9月1日起施行。", "text.year"),
    ],
)
def test_what_is_wrong_only_for_this_school(words: str, rule: str) -> None:
    _, facts = read(profile().replace("term:", "  region: {district: 青石区}\nterm:"))
    assert rule in {one.rule for one in check_plain(words, "旧稿.txt", facts)}
