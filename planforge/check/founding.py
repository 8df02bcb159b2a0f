"""Calendar items that a group is to do before it has been founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.finding import Finding
from planforge.check.rule_findings import told
from planforge.facts.model import Facts, ScheduleItem
from planforge.facts.paths import source_of

_GROUP = r"领导小组|工作小组|监督小组|督查小组|工作组|督查组|监督组|专班|家长委员会|家委会|膳食委员会|志愿队|宣讲团|小组"
_FOUNDED = re.compile(rf"(?:成立|组建|建立|设立|选举产生|选出)[^。；，]{{0,24}}?(?P<kind>{_GROUP})")
_NAMED = re.compile(_GROUP)
_ALIKE = {"家委会": "家长委员会"}
_PREPARES = re.compile(r"成立|组建|建立|设立|筹备|酝酿|推荐|报名|招募|选举|名单|换届")
_AGAIN = re.compile(r"新一届|换届|调整|改选|重新")
_OF_A_CLASS = re.compile(r"学习小组|合作小组|兴趣小组|互助小组|各小组|教研组|备课组|年级组")


def before_founding(facts: Facts) -> Iterator[Finding]:
    """Items that name a group, as doing or as done, on an earlier day or month than the item that founds it.

    Within one month without days nothing can be told. A group that several items found is founded anew each time.
    """
    founded: dict[str, ScheduleItem] = {}
    for item in facts.schedule:
        for match in _FOUNDED.finditer(item.what):
            if not _OF_A_CLASS.search(match[0]) and not _AGAIN.search(item.what):
                founded.setdefault(_ALIKE.get(match["kind"], match["kind"]), item)
    for index, item in enumerate(facts.schedule):
        if _PREPARES.search(item.what):
            continue
        named = _OF_A_CLASS.sub("", f"{item.what} {item.who}")
        for match in _NAMED.finditer(named):
            founding = founded.get(_ALIKE.get(match[0], match[0]))
            if founding is not None and _earlier(item, founding):
                source = source_of(facts.sources, f"schedule[{index}].what")
                day = founding.day or f"{founding.month.month}月"
                message = f"“{match[0]}”{day}才成立"
                place = source.place if source is not None else None
                yield told("dates.before-group", message, place, "月历", item.what, founding.what)
                break


def _earlier(item: ScheduleItem, founding: ScheduleItem) -> bool:
    mine = (item.month.year, item.month.month)
    theirs = (founding.month.year, founding.month.month)
    if mine != theirs:
        return mine < theirs
    return item.day is not None and founding.day is not None and item.day < founding.day
