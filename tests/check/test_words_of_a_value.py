"""Words of the form inside a template's sentence are told at the form's line, quoted from there, and once."""

from __future__ import annotations

from planforge.check.passages import of_document
from planforge.check.whole_school import check_school
from planforge.core.problems import Place
from planforge.document.tree import Document, Fact, Paragraph, Text
from tests.check.schools import packs, profile, read


def test_a_match_that_begins_in_the_template_stands_in_the_form() -> None:
    reading, facts = read(profile('acts:\n  - {id: a1, what: "石桥镇中心小学三科各自安排"}\n'))
    words = (Text("原因是"), Fact("acts[0].what", "石桥镇中心小学三科各自安排"), Text("。"))
    document = Document("work_plan", "减负工作计划", (Paragraph(words, place=Place("t.xml.j2", 23)),))
    said = of_document(document, facts)
    hit = said.at(1, 10)
    assert hit.place is not None and (hit.place.file, hit.place.line) == ("school.yaml", 9)
    assert said.text[hit.start : 10] == "石桥镇中心小学" and not hit.whole
    assert said.at(0, 4).place == Place("t.xml.j2", 23)
    found = check_school(reading, facts, packs(), [("工作计划", document), ("工作总结", document)])
    told = [one for one in found if one.rule == "text.other-school"]
    assert [(one.place.line, one.found[:2]) for one in told if one.place] == [(9, "石桥")]
