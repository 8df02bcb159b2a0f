"""Words by which an answer is told from a mere date or noun: closed lists, so that nothing is guessed.

An answer that templates print as a sentence needs something that is done. The list is of what schools do in such
sentences; a word that also ends a noun (“会” in 家长会, “课” in 备课组) counts only in the forms that cannot.
"""

from __future__ import annotations

import re

SHORTEST = 6
"""Characters (without punctuation and spaces) below which no answer is a sentence that says what is done."""

_DONE = (
    "召开|举行|举办|开展|开(?!学|放)|组织|安排|布置|设(?!备)|成立|建立|制[定订]|介绍|说明|讲|听|征求|收|了解|调查|访|"
    "谈|接|开放(?!日)|做|办(?!公|法)|写|发(?!展)|告|通知|通报|公布|公示|反馈|交(?!流会)|换|带|送|看|值班|点名|联系|登记|"
    "记(?!录)|填|报(?!告|刊)|批准|同意|审|负责|协调|统筹(?!单|表)|调[整换]|退出|减|删|撤|取消|改|不|少于|多于|超过|控制|"
    "分(?![层管钟部数校])|难度分层|分层.{3,}|选|备课|教研|研究|研讨|研修|研学|学农|学习|培训|观摩|参加|参与|走[出进]|去|"
    "实践|考察|服务|分享|推荐|借|读|展示|演|评|占|进行|[实执]行|用|按|由|须|应|为|能|可以|要(?!求)|提前|先|列入|"
    "合并|抽查|检查|查|完成|保证|坚持|落实|确定|提[供出]|帮|请|让|使|把|将|给|向|留|教育|活动|比赛|订|购|是|有"
)
_VERB = re.compile(_DONE)
_HOW_OFTEN = re.compile(r"每.{0,6}[一二三四五六七八九十两\d]+[次回场天节个].{3,}|\d[%％]")
"""每学期两次校外实践, 平时60%: how often, or how much, which is said without a verb."""
_NOUNS = re.compile(
    r"家长会|读书[会节月周]|班会|座谈会|校务会|报告[册单]|手册|通知[书单]|学习[册单]|备课[组室]|教研[组室]|教[导务]处|"
    r"体育组|值班室|服务[段处]|阅读[节课月周]|劳动课|实践课|活动[课日室]|开放日|电话|学[校期生年]|设计|主要|行为|功能|技能"
)
"""Nouns that hold a verb; taken out before one is sought."""
_MARKS = re.compile(r"[\s，。、；：？！“”《》（）()—,.;:!?~～\-]+")


def fragment(text: str) -> bool:
    """Whether an answer is evidently no sentence: too short, or nothing in it is done."""
    words = _MARKS.sub("", text)
    if len(words) < SHORTEST:
        return True
    return not (_HOW_OFTEN.search(text) or _VERB.search(_NOUNS.sub("○", text)))
