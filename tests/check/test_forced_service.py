"""A service that is no free choice is against the rule, and no document then calls it one."""

from __future__ import annotations

from planforge.check.passages import of_document
from tests.check.schools import checked, profile, read, rules_of

RULE = "after-school.voluntary.2021"


def test_a_forced_service_is_an_error_at_its_line() -> None:
    text = profile("after_school:\n  offered: 是\n  voluntary: 否\n")
    (finding,) = [one for one in checked(text) if one.rule == RULE]
    assert finding.severity == "error" and finding.found == "否"
    assert finding.place is not None and finding.place.line == 10
    assert RULE not in rules_of(text.replace("否", "是"))


def test_no_document_calls_it_voluntary() -> None:
    from planforge.app.document_composing import compose_all
    from planforge.app.opened_profile import template_search

    kinds = ["work_plan", "after_school_plan", "after_school_summary", "day_timetable", "parent_letter"]
    listed = "".join(f"  - {{kind: {kind}}}\n" for kind in kinds)
    for said, expected in (("否", False), ("是", True)):
        more = (
            f'after_school: {{offered: 是, voluntary: {said}, starts: "15:30", until: "17:40"}}\ndocuments:\n'
        )
        reading, facts = read(profile(more + listed))
        made = compose_all(facts, reading, (), template_search())
        text = "\n".join(of_document(one.document).text for _, one in made)
        assert any(word in text for word in ("自愿参加", "自愿选择", "和孩子定")) is expected
