"""What cannot all be true: grades that the school lacks, a plan that reports, a choice that everybody makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of
from planforge.check.negation import negated
from planforge.check.passages import Passages
from planforge.check.quantities import weekdays
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_GRADE = re.compile(
    r"([一二三四五六七八九])(?<![一二三四五六七八九至、到].)年级|(初[一二三])(?<![起当最月]..)(?!步|中|始|级|衷|心|等)|(高[一二三])(?=年级|学生|班)"
)
_MOVES = re.compile(
    r"升|衔接|毕业|转|就读|送到|对口|入学|小学阶段|初中阶段|高中阶段|教材|课本|结对|手拉手|跨校|集团|兄弟学校"
)
_PLAN, _REPORT = re.compile(r"(?:计划|方案)(?:$|（|\()"), re.compile(r"总结|汇报|报告")
_DONE = pattern_of("sense.done")
_INTENT = re.compile(r"特?制[定订]本(?:方案|计划)|特?制[定订](?:如下|以下)(?:方案|计划)|本学期(?:将|拟|要)")
_FREE = re.compile(r"自愿")
_ALL = pattern_of("sense.all")
_ELSE = re.compile(r"家长会|升旗|运动会|考试|测评|大课间|体育|锻炼|阅读|演练")
_STAFF = re.compile(r"教师|老师|教职工|干部|党员")
_FIVE_TWO = re.compile(r"5\s*[+＋]\s*2")
_WEEKDAY = re.compile(r"(?:周|星期)[一二三四]")
_STAYS = re.compile(r"作业不(?:出|带出)校(?:门|园)?")
_AT_HOME = re.compile(
    r"(?:家庭|回家|课外)(?:书面)?作业[^。；\n]{0,16}?(?:不超过|控制在|不多于)\s*[0-9一二三四五六半]+\s*个?(?:分钟|小时)"
)
_LINE = 22
"""Characters from which on a line without a stop at its end is no heading."""
_HAN_END, _HAN_START = re.compile(r"[\u4e00-\u9fff0-9]$"), re.compile(r"[\u4e00-\u9fff]")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)])")
_CUT = re.compile(r"[，、,]$")


def absent_grades(passages: Passages, context: Context) -> Iterator[Found]:
    """Grades that the school does not have, unless pupils come from there or go there."""
    if context.facts is None:
        return
    offered, names = context.facts.school.grades, "一二三四五六七八九"
    junior = {"初一": 7, "初二": 8, "初三": 9} if context.facts.school.system == "6-3" else {}
    for match in _GRADE.finditer(passages.text):
        if match[1]:
            grade = names.index(match[1]) + 1
        elif match[2]:
            grade = junior.get(match[2], max(offered))
        else:
            grade = 10
        if grade in offered:
            continue
        hit = passages.at(*match.span())
        if not hit.history and not _MOVES.search(hit.sentence):
            yield Found("text.grades", match.start(), match.end())


def wrong_kind(passages: Passages, context: Context) -> Iterator[Found]:
    """A plan's title over a report, a report's over a plan, a primary school's over junior grades."""
    if not passages.passages or passages.passages[0].role != "title":
        return
    title = passages.passages[0].text
    if _PLAN.search(title) and not _REPORT.search(title):
        done = list(_DONE.finditer(passages.text))
        if len(done) >= 2:
            yield Found("text.kind", 0, len(title), "", "标题是计划，内容像总结")
    elif _REPORT.search(title) and _INTENT.search(passages.text):
        yield Found("text.kind", 0, len(title), "", "标题是总结，内容像计划")
    if context.facts is None and "小学" in title and "中学" not in title:
        match = re.search(r"初[一二三](?!步|中|始|级|衷)|(?<!期)中考|九年级", passages.text)
        if match:
            yield Found("text.kind", match.start(), match.end(), "", "标题是小学，这里写的是初中")


def voluntary_for_all(passages: Passages, context: Context) -> Iterator[Found]:
    """A service that is a free choice, and in which all pupils take part."""
    if not _FREE.search(passages.text):
        return
    for match in _ALL.finditer(passages.text):
        hit = passages.at(*match.span())
        clause = re.split(r"[。；，\n]", passages.text[max(0, match.start() - 16) : match.start()])[-1]
        if not hit.history and not _ELSE.search(hit.sentence) and not _STAFF.search(clause):
            yield Found("text.voluntary", match.start(), match.end())


def days_of_the_service(passages: Passages, context: Context) -> Iterator[Found]:
    """“5+2” over a week that ends on Thursday."""
    if not _FIVE_TWO.search(passages.text) or re.search(
        r"(?:周|星期)五|五天|每天|每个(?:上学日|工作日)", passages.text
    ):
        return
    named = list(_WEEKDAY.finditer(passages.text))
    if weekdays("、".join(match[0] for match in named)) in (3, 4) or (
        len({match[0][1] for match in named}) >= 2 and named[-1][0].endswith("四")
    ):
        message = "写了“5+2”，列出的不满五天"
        yield Found("text.figures-inside", named[-1].start(), named[-1].end(), "", message)


def homework_that_stays(passages: Passages, context: Context) -> Iterator[Found]:
    """作业不出校门 beside minutes of homework at home."""
    stays = _STAYS.search(passages.text)
    if stays is None or negated(passages.text, stays.start(), stays.start()):
        return
    home = _AT_HOME.search(passages.text)
    if home is not None:
        message = "写了作业不出校门，又规定了家庭作业的时间"
        yield Found("text.figures-inside", stays.start(), stays.end(), "", message)


def broken_lines(passages: Passages, context: Context) -> Iterator[Found]:
    """Running text that ends in the middle of a sentence."""
    for here, passage in enumerate(passages.passages):
        if passage.role not in ("body", "plain", "item") or passage.members:
            continue
        text = passage.text
        after = passages.passages[here + 1].text if here + 1 < len(passages.passages) else ""
        cut = _CUT.search(text) and len(text) > 10
        # A heading is short or numbered; running text has commas and ends with a stop.
        bare = passage.role == "plain" and len(text) >= _LINE and "，" in text.replace(",", "，")
        goes_on = _HAN_END.search(text) and _HAN_START.match(after) and not _HEADING.match(text)
        if cut or (bare and goes_on):
            yield Found("text.broken-line", passage.start + len(text) - 1, passage.start + len(text))
