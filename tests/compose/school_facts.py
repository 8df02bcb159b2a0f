"""An invented school's facts, made by hand, for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planforge.facts import model as m

SEPTEMBER, OCTOBER = m.Month(2026, 9), m.Month(2026, 10)


def facts(**groups: Any) -> m.Facts:
    """A primary school of six grades; groups replace whole groups of its facts."""
    head = m.Person("沈砚秋", "校长", duty="全面工作。")
    made = m.Facts(
        school=m.School(
            name="青石桥小学",
            short_name="我校",
            stage="primary",
            system="6-3",
            grades=(1, 2, 3, 4, 5, 6),
            region=m.Region(district="云溪区"),
        ),
        term=m.Term(
            title="2026—2027学年第一学期",
            year_from=2026,
            year_to=2027,
            number=1,
            months=(SEPTEMBER, OCTOBER),
            starts=date(2026, 9, 1),
            starts_given=True,
            weeks=20,
        ),
        bases=(),
        posts=(head,),
        group=m.LeadingGroup(
            name="减负工作领导小组",
            heads=(head,),
            deputies=(m.Person("林舟", "副校长", duty="教学"),),
            members=(m.Person("何青", "教导主任"), m.Person("欧阳静", "总务主任")),
        ),
        homework=m.Homework(
            bands=(m.Band((1, 2), "none"), m.Band((3, 4, 5, 6), "average", 60)),
            coordinator="年级组长",
        ),
        lessons=m.Lessons(minutes=40),
        assessment=m.Assessment(paperless_grades=(1, 2), exam_grades=(3, 4, 5, 6), finals=1),
        day=m.SchoolDay(arrival="7:50"),
        after_school=m.AfterSchool(offered=True),
        sport=m.Sport(minutes=120, lessons=(((1, 2), 4), ((3, 4, 5, 6), 3))),
        materials=m.Materials(),
        phones=m.Phones(),
        reading=m.ReadingMatter(),
        supervision=m.Supervision(hotline="0000-1234567"),
        home=m.HomeSchool(),
        problems=(),
        goals=(m.Goal("g1", "作业公示率达到100%。"),),
        acts=(
            m.Act("a1", "控制作业总量", "教导处", "9月", "公示记录", "homework"),
            m.Act("a2", "改进课堂", "教研组", "10月", "听课记录", "lessons"),
        ),
        schedule=(
            m.ScheduleItem("s1", SEPTEMBER, "排课", day=date(2026, 9, 1), until=date(2026, 9, 5)),
            m.ScheduleItem("s2", OCTOBER, "检查"),
        ),
        approval=m.Approval(),
        sources={},
        missing=(),
    )
    return replace(made, **groups)
