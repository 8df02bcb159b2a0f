"""Every shape that the page on shapes shows can be written into a form as it stands, and the page knows all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planforge.app.document_composing import compose_all
from planforge.compose.frameworks import frameworks
from planforge.core import resources
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.templates.composed import packs
from tests.templates.readable import assert_reads_well

PAGE = (Path(__file__).parents[2] / "docs" / "shapes.md").read_text(encoding="utf-8")
SHAPES = re.findall(r"```yaml\n(documents:.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(SHAPES)))
@pytest.mark.parametrize("name", ["two-campus-primary", "junior"])
def test_a_shape_on_the_page_is_composed(name: str, number: int, tmp_path: Path) -> None:
    form = (resources.profiles_root() / f"{name}.yaml").read_text(encoding="utf-8")
    file = tmp_path / "profile.yaml"
    file.write_text(form.split("\ndocuments:")[0] + "\n" + SHAPES[number], encoding="utf-8")
    reading = read_profile(file)
    assert reading.ok, [str(problem) for problem in reading.problems]
    made = compose_all(resolve(reading, packs()), reading, (), (resources.templates_root(),))
    assert len(made) == 1
    assert_reads_well(made[0][1].document)


def test_there_are_as_many_shapes_as_the_page_promises() -> None:
    assert len(SHAPES) == 8


def test_the_page_lists_every_framework() -> None:
    listed = re.findall(r"^\| (\S+) \|", PAGE, re.MULTILINE)[1:]
    known = frameworks([resources.templates_root()])
    names = {word: one.id for one in known.values() for word in (one.name, *one.also)}
    assert sorted(names[word] for word in listed) == sorted(known)
