"""Whether a sentence says that something is done, or that it is not done.

Plans are full of what a school does not do: 不组织周考、月考，严禁罚款. A passage rule that took these for
breaches would be worse than none.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[。；;！!？?\n，,：:]")
_STRONG = re.compile(
    r"严禁|禁止|不得|不准|不许|不允许|坚决(?!贯彻|执行|落实|完成|服从|做到|支持|拥护|维护|把|按)|杜绝|取消(?![^。；\n，]{0,6}(?:资格|评优|评先))|废除|废止|制止|纠正|克服|反对|拒绝|抵制|治理|整治|查处"
    r"|摒弃|摒除|告别|力戒|远离|防止|避免|不以|不搞|不再|(?:违反|违规)(?![^。；\n]{0,10}(?:者|的|，|,))|从不|决不|绝不|从未|以下行为|负面清单|切忌|一律不|不提倡|不组织|不进行|不安排|杜绝"
)
_WEAK = re.compile(
    r"(?<!完)(?<!做)不(?!超过|达标|合格|到位|力(?!求)|认真|称职|及格|足|断|仅|但|同|久|少于|低于|得少|得低)|(?<=做)不(?!到|完|好|成)|无(?!产阶级|论|私|疑|偿)|没有|未|非|免|停止|减少|减轻|压减|遏制|除.{0,12}外|改变|替代|代替|勿|莫|禁|拒|防|是否|有没有|有无|零|解决|淡化|清理|举报|转变(?!后进|差)|放弃|扭转|摆脱|只重视|改进|控制|严控|(?:有的|有些|个别|少数)(?:教师|老师|学校|班级|学科)"
)
_AFTER = re.compile(
    r"^[^。；;！!？?\n，,]{0,12}?(?:取消|禁止|严禁|不得|杜绝|现象|问题|一律|行为|为零|0次|零次|等情况|的情况|不是|不可取|不合法|不合规|违法|违规)"
    r"|^[^。；;！!？?\n，,]{0,8}的，(?:一经|一律|坚决|严肃|依规|追究|约谈|责令|不得|由[^。；\n，,]{1,8}(?:约谈|纠正|处理))"
)


def negated(text: str, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` is named as something that is not done, forbidden or a fault."""
    clause = _from(_CLAUSE, text, start)
    if _WEAK.search(text, clause, start) or _WEAK.search(text[start:end]):
        return True
    if _STRONG.search(text, _from(_SENTENCE, text, start), start):
        return True
    return _AFTER.match(text[end : end + 20]) is not None


def _from(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the clause or sentence around `start` begins; looks back a hundred characters at most."""
    begin = max(0, start - 100)
    last = begin
    for match in pattern.finditer(text, begin, start):
        last = match.end()
    return last
