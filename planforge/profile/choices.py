"""The words that choices take: what the form offers, what else people write, and the ids behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

HowLimit = Literal["none", "none_soft", "average", "at_most", "where_possible"]
TopicName = Literal[
    "homework", "lessons", "assessment", "after_school", "day", "sport", "materials", "phones",
    "reading", "home", "supervision", "training", "other",
]  # fmt: skip

PhraseName = Literal["thought", "meeting", "policy", "task", "principle", "aim", "body"]
StatusName = Literal["done", "postponed", "cancelled", "open"]

STAGES: Mapping[str, str] = {"小学": "primary", "初中": "junior", "九年一贯制": "nine_year"}
SYSTEMS: Mapping[str, str] = {"六三": "6-3", "五四": "5-4"}
LIMITS: Mapping[str, str] = {"按规定": "rules", "更严": "stricter"}
NUMBERINGS: Mapping[str, str] = {"自动": "native", "文字": "text"}
HOWS: Mapping[str, str] = {
    "不布置": "none", "尽量不布置": "none_soft", "平均不超过": "average", "不超过": "at_most",
    "有条件时不超过": "where_possible",
}  # fmt: skip
TOPICS: Mapping[str, str] = {
    "作业": "homework", "课堂": "lessons", "评价": "assessment", "课后服务": "after_school",
    "作息": "day", "体育": "sport", "教辅": "materials", "手机": "phones", "读物": "reading",
    "家校": "home", "监督": "supervision", "教师": "training", "其他": "other",
}  # fmt: skip

STATUSES: Mapping[str, str] = {"完成": "done", "推迟": "postponed", "取消": "cancelled", "未完成": "open"}

PHRASES: Mapping[str, str] = {
    "指导思想": "thought", "会议精神": "meeting", "方针": "policy", "任务": "task", "原则": "principle",
    "育人目标": "aim", "机构": "body",
}  # fmt: skip

MORE: Mapping[str, str] = {
    "九年一贯": "nine_year", "六三制": "6-3", "五四制": "5-4", "63": "6-3", "54": "5-4", "六三学制": "6-3",
    "五四学制": "5-4", "按规则": "rules", "更严格": "stricter", "原则上不布置": "none_soft",
    "有条件时": "where_possible", "不留": "none", "评价与考试": "assessment", "作业管理": "homework",
    "课堂教学": "lessons", "考试": "assessment", "睡眠": "day", "锻炼": "sport", "阅读": "reading",
    "督查": "supervision", "教研": "training", "已完成": "done", "达到": "done", "延期": "postponed",
    "已取消": "cancelled", "没有完成": "open", "未达到": "open",
}  # fmt: skip
YES = ("是", "有", "对", "yes", "true")
NO = ("否", "无", "没有", "不", "no", "false")
TERMS: Mapping[str, int] = {
    "1": 1,
    "2": 2,
    "第一学期": 1,
    "第二学期": 2,
    "一": 1,
    "二": 2,
    "上学期": 1,
    "下学期": 2,
}
