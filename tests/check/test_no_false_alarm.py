"""Every kind of document that the example schools can build passes the check: no error, no warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import rule_packs, template_search
from planforge.check import check_school
from planforge.compose import find_kinds
from planforge.core.problems import InputError
from planforge.core.resources import profiles_root
from planforge.document.tree import Document
from tests.support.ways import read_facts

EXAMPLES = sorted(profiles_root().glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_kind_of_an_example_school_is_clean(path: Path) -> None:
    search = template_search()
    facts, reading = read_facts(path)
    documents: list[tuple[str, Document]] = []
    for kind in find_kinds(search):
        try:
            made = compose_all(facts, reading, [kind], search)
        except InputError:
            continue  # this school cannot have it, and is told so
        documents += [(one.shape.name, one.document) for _, one in made]
    assert len(documents) > 20
    found = check_school(reading, facts, rule_packs(), documents)
    assert [f"{one.place} {one.rule} {one.found}" for one in found if one.severity != "note"] == []
