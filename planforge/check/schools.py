"""Names of other schools: what is left where a text was taken over from one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.literals import sought
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_KIND = r"(?:中心小学|实验小学|实验学校|外国语学校|希望小学|完全小学|小学|初级中学|实验中学|中学|学校|第[一二三四五六七八九十]小学|第[一二三四五六七八九十]中学)"
_RANKED = re.compile(rf"([\u4e00-\u9fff]{{2,4}}(?:镇|乡|村|街道|路|街|巷)[\u4e00-\u9fff]{{0,4}}?{_KIND})")
"""A place and a school: 石桥镇中心小学."""
_SPEAKS = r"(?=[ 　]+(?:19|20)\d\d年|是一所|制定了?|制订了?|开展了?|成立了?|始终|坚持|高度重视|认真|位于|坐落于|创办于|始建于|全体师生|全体教师|全体教职|办公室$|教导处$|教务处$|政教处$|总务处$|[\u4e00-\u9fff]{1,3}(?:老师|主任|校长)(?![\u4e00-\u9fff]))"
_SUBJECT = re.compile(
    rf"(?:^|(?<=[。；，、：\s]))([\u4e00-\u9fff]{{2,10}}?{_KIND})(?:{_SPEAKS}|$)", re.MULTILINE
)
"""A school of which something is told, or that signs: 清河湾小学是一所……."""
_BARE = re.compile(
    rf"(?:^|(?<=[。；，、：\s]))((?:第[一二三四五六七八九十]|实验|中心|希望|完全)(?:小学|中学|学校))(?:{_SPEAKS}|(?=[自从于在将]))",
    re.MULTILINE,
)
"""A school that is called by its kind alone: 实验小学自……起."""
_CALLED = sought(
    r"((?:[\u4e00-\u9fff]{2}[县区市]|[\u4e00-\u9fff]{2}镇|城关|城[东南西北]|实验)[一二三四五六七八九十](?:小|中))(?=[的，。、；）\s]|教师|老师|学生|全体|$)",
    re.MULTILINE,
)
"""A school by its short name: 城关一小."""
_TITLED = re.compile(
    rf"^([\u4e00-\u9fff]{{2,10}}?{_KIND})(?=[^。；，\n]{{0,24}}(?:计划|方案|总结|制度|措施|承诺书|责任书|一封信)$)",
    re.MULTILINE,
)
_GENERAL = re.compile(
    r"各|全|本|我|某|很多|多数|少数|区内|县内|省内|市内|该|外|所有|附近|周边|农村|城镇|乡镇|偏远|所在|其他|兄弟|友好|薄弱|优质|同类|一些|部分|许多|义务|教育|家长|寄宿|民办|公办|村级|街道学|业余|夜|党|走进|回到|离开|热爱|在校|到校|示范|窗口|幸福|平安|绿色|智慧|书香|文明|特色|九年|一贯|完全|普通|初级|我们|学年|学期|减负|双减|中小|年级|校外|培训|升入|幼|重点|完善|建设|规范|关于|落实|加强|坚持|推进|和谐|满意|优秀|先进|学生|教师|政府|支持|党委|教育局"
)
"""What says that a kind of school is meant, not a school."""
_LEADS = re.compile(
    r"(?:学习|参照|按照|根据|依据|来到|走访|关于|以及|由|在|向|请|到|为|和|与|对)(?=[\u4e00-\u9fff]{4})"
)
_INNOCENT = re.compile(
    r"学习[^。；]{0,20}(?:经验|做法)|借鉴|取经|结对|对口|帮扶|支教|交流|联合|集团|调入|调往|毕业|来自|参观|考察|送教|跟岗|观摩|研学|联谊|手拉手|同课异构|划入|合并|原名|前身|更名|转入|转学|兼任|曾任|服务区|学区|升入|邀请"
)


def other_schools(said: Passages, context: Context) -> Iterator[Found]:
    """Schools that are not the profile's own, unless a sentence says what the two have to do with each other."""
    if context.facts is None:
        return
    own = context.own_words
    taken: set[int] = set()
    for pattern in (_RANKED, _SUBJECT, _BARE, _CALLED, _TITLED):
        for match in pattern.finditer(said.text):
            led = _LEADS.match(match[1])
            start = match.start(1) + (led.end() if led else 0)
            name = said.text[start : match.end(1)]
            hit = said.at(start, match.end(1))
            if start in taken or name in own or any(part in name for part in context.school_names):
                continue
            if (
                _GENERAL.search(name)
                or hit.history
                or hit.passage.role == "cell"
                or _INNOCENT.search(hit.sentence)
            ):
                continue
            if said.text[match.end(1) - 3 : match.end(1)] == "中小学":
                continue
            taken.add(start)
            yield Found("text.other-school", start, match.end(1))
