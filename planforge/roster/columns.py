"""The columns of school rosters: what they are called, and which of a sheet's columns is which."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from planforge.core.text_folding import visible

ColumnKind = Literal["name", "class", "grade", "seat", "id", "phone", "date", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A value wanted of each recipient.

    field: its name in templates. title: its Chinese name. headings: what rosters call it, the surest first.
    required: a recipient without it is reported; other empty cells give "". optional: a roster need not
    have the column.
    """

    field: str
    title: str
    headings: tuple[str, ...] = ()
    kind: ColumnKind = "text"
    required: bool = False
    optional: bool = False

    def names(self) -> tuple[str, ...]:
        """Every heading that stands for it, its own title first, in plain writing."""
        return _names_of(self)


@lru_cache(maxsize=1024)
def _names_of(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heading_key(name) for name in (column.title, *column.headings)))


NAME = Column(
    "name", "姓名",
    ("学生姓名", "名字", "学生名字", "幼儿姓名", "孩子姓名", "姓名全称", "学生", "教师姓名", "教职工姓名", "老师姓名", "教师"),
    "name", True,
)  # fmt: skip
CLASS = Column(
    "class", "班级",
    ("所在班级", "行政班", "行政班级", "班级名称", "班别", "现班级", "年级班级", "年班", "班号", "班"), "class", True,
)  # fmt: skip
GRADE = Column("grade", "年级", ("所在年级", "年级名称", "入学年级", "入学年份", "入学年", "级别"), "grade")
SEAT = Column(
    "seat", "座号", ("座位号", "坐号", "班内座号", "班内学号", "班学号", "学号", "编号", "序号", "No", "号"), "seat"
)  # fmt: skip

BIRTHDAY = Column("birthday", "出生日期", ("出生年月日", "出生年月", "生日"), "date")

PUPIL_COLUMNS: tuple[Column, ...] = (
    NAME, CLASS, GRADE, SEAT,
    Column("gender", "性别", ("男女",)),
    Column("student_id", "学籍号", ("全国学籍号", "学籍辅号", "学籍编号", "全国学籍编号", "国网学籍号", "学生学籍号"), "id"),
    Column("id_number", "身份证号", ("身份证号码", "身份证", "身份证件号", "身份证件号码", "证件号码", "公民身份号码"), "id"),
    Column(
        "guardian", "家长姓名",
        ("监护人姓名", "监护人", "家长", "第一监护人", "第一监护人姓名", "成员1姓名", "监护人1", "监护人1姓名", "成员1", "联系人", "联系人姓名", "父亲姓名",
         "母亲姓名"), "name",
    ),
    Column(
        "phone", "联系电话",
        ("家长电话", "家长联系电话", "家长手机", "家长手机号", "监护人电话", "监护人联系电话", "监护人手机", "成员1联系电话", "监护人1联系电话", "监护人1电话", "监护人1手机", "手机", "手机号",
         "手机号码", "电话", "电话号码", "联系方式", "家庭电话", "父亲电话", "母亲电话"), "phone",
    ),
    Column("address", "住址", ("家庭住址", "家庭地址", "现住址", "住址地址", "地址", "通讯地址", "详细地址")),
    BIRTHDAY,
    Column("joined", "入学日期", ("入学时间", "入学年月"), "date"),
    Column("club", "社团", ("社团名称", "兴趣小组", "报名社团", "所报社团")),
)  # fmt: skip
"""What a roster of pupils has."""

STAFF_COLUMNS: tuple[Column, ...] = (
    Column(NAME.field, NAME.title, ("教师姓名", "教职工姓名", "老师姓名", "名字", "教师", "教师名字"), "name", True),
    Column("post", "职务", ("行政职务", "岗位", "职务岗位", "校内职务", "现任职务", "担任职务", "岗位职务")),
    Column("subject", "任教学科", ("学科", "任教科目", "科目", "任教课程", "所教学科", "主教学科")),
    Column("teaches", "任教班级", ("所教班级", "任课班级", "任教年级班级", "任教班")),
    Column("head_of", "班主任班级", ("班主任", "所带班级", "担任班主任班级")),
    Column("group", "教研组", ("年级组", "办公室", "部门", "所在部门", "处室", "组别")),
    Column("superior", "上级", ("直接上级", "分管领导", "责任领导", "上级负责人"), "name"),
    Column("staff_id", "工号", ("教工号", "职工号", "教师编号", "人员编号", "工作证号"), "id"),
    Column("seat", "序号", ("编号", "No", "号"), "seat"),
    Column("gender", "性别", ()),
    Column("title", "职称", ("专业技术职务", "现职称")),
    Column("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式", "电话号码"), "phone"),
    Column("id_number", "身份证号", ("身份证号码", "身份证", "证件号码"), "id"),
)  # fmt: skip
"""What a roster of staff has."""

OF_THE_FAMILY = ("guardian", "phone", "address")
"""Columns that are the pupil's though they stand under 家长信息 or 家庭情况; a number or a birthday there is a parent's."""

REMARK = Column(
    "remark",
    "备注",
    (
        "说明",
        "学籍状态",
        "状态",
        "学生状态",
        "异动",
        "异动情况",
        "在校状态",
        "学籍变动",
        "在岗状态",
        "人员状态",
    ),
)
"""Looked at for 转出, 休学 and the like; never loaded unless it is wanted."""

SCHOOL = Column("school", "学校", ("学校名称", "校名", "所在学校", "就读学校", "学校全称"))
"""Looked at for the rows of another school; never loaded unless it is wanted."""


def columns_for(fields: Iterable[str], *, staff: bool = False) -> tuple[Column, ...]:
    """Columns for a card's fields; a field that rosters do not usually have is looked for by its own name."""
    known = {column.field: column for column in (STAFF_COLUMNS if staff else PUPIL_COLUMNS)}
    known.setdefault(REMARK.field, REMARK)
    return tuple(known.get(name, Column(name, name)) for name in dict.fromkeys(fields))


def lenient(*, staff: bool = False) -> tuple[Column, ...]:
    """Every usual column, none but the names' needed: for showing how a roster is understood."""
    usual = STAFF_COLUMNS if staff else PUPIL_COLUMNS
    return tuple(replace(column, optional=column.field != NAME.field) for column in usual)


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """A heading in plain writing: without spaces, brackets and what they hold, numbering, stars, colons."""
    folded = unicodedata.normalize("NFKC", visible(text))
    without = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>", "", folded)
    plain = re.sub(r"[\s*:：、,，.。/\\\-_—\"'“”☆★·]+", "", without if without.strip(" *:") else folded)
    return re.sub(r"^\d+(?=[^\d])", "", plain).lower()


@lru_cache(maxsize=8192)
def group_key(text: str) -> str:
    """A heading over several columns in plain writing: 家长信息 → 家长, 学生基本情况 → 学生."""
    return re.sub(r"(基本)?(信息|情况|资料|部分|一栏|栏)$", "", heading_key(text))


@lru_cache(maxsize=65536)
def rank(column: Column, group: str, heading: str) -> int | None:
    """How sure a heading (under a group, "" for none) is this column: 0 is surest; None where it is not it."""
    names = column.names()
    own, above = heading_key(heading), group_key(group)
    if above and own:
        joined = above + own
        if joined in names:
            return names.index(joined)
        if above in ("学生", "学生本人", "本人", "基本", "个人", "教师", "教职工", ""):
            return names.index(own) if own in names else None
        if _other_person(above):
            told = column.field in OF_THE_FAMILY and own in names
            return len(names) + names.index(own) if told else None
    return names.index(own) if own in names else None


def _other_person(group: str) -> bool:
    return any(word in group for word in ("家长", "监护", "父", "母", "联系人", "成员", "家庭"))


def nearest(wanted: Column, headings: Sequence[str]) -> str:
    """The heading most like a column's names, "" where none is."""
    keys = {heading_key(heading): heading for heading in headings if heading_key(heading)}
    best, score = "", 0.0
    for key, heading in keys.items():
        for name in wanted.names():
            likeness = difflib.SequenceMatcher(None, key, name).ratio()
            if (name in key or key in name) and min(len(name), len(key)) > 1:
                likeness = max(likeness, 0.7)
            if likeness > score:
                best, score = heading, likeness
    return best if score > 0.5 else ""  # 0.5: one sign of two is the same
