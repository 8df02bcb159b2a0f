"""What can be asked for is written; what nobody knows is told, and never written as something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from planforge.batch.options import batch_request
from planforge.batch.unit import RunSettings, Suffix, WorkUnit, make
from planforge.core.problems import InputError
from planforge.imposition.paper import SINGLE
from planforge.writers.formats import FORMATS, Use, known, suffixes, writer
from tests.support.commands import planforge
from tests.support.letters import SIMPLE, look
from tests.support.small_runs import plan

BEGINNINGS = {
    "docx": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "html": b"<!DOCTYPE html>",
    "png": b"\x89PNG",
    "txt": "致家长的一封信".encode(),
}


@pytest.mark.parametrize("suffix", [suffix for suffix, listed in FORMATS.items() if listed.load is not None])
def test_every_format_is_written_as_what_it_is(suffix: str) -> None:
    assert writer(suffix)(SIMPLE, look()).lstrip().startswith(BEGINNINGS[suffix])


def test_every_format_that_is_offered_can_be_written() -> None:
    offered = {suffix for use in get_args(Use) for suffix in suffixes(use)}
    assert offered == set(BEGINNINGS)
    assert set(suffixes("letters")) == set(get_args(Suffix))


@pytest.mark.parametrize("suffix", ["wps", "ics", "zip", "", "DOCX"])
def test_what_has_no_writer_is_told(suffix: str) -> None:
    with pytest.raises(InputError, match="没有这种格式"):
        writer(suffix)


def test_all_that_is_not_offered_is_told_at_once() -> None:
    assert known(["pdf", "docx", "pdf"], "documents") == ("pdf", "docx")
    with pytest.raises(InputError) as caught:
        known(["png", "docx", "wps"], "documents")
    (problem,) = caught.value.problems
    assert (problem.found, problem.expected) == ("png、wps", "docx、pdf、html、txt")


def test_letters_in_an_unknown_format_never_fall_into_word() -> None:
    wrong: Any = ("odt",)
    with pytest.raises(InputError, match="没有这种格式"):
        batch_request(formats=wrong, merge="", where={}, sort=(), paper=SINGLE)
    with pytest.raises(InputError, match="没有这种格式"):
        replace(plan(), formats=wrong)
    with pytest.raises(AssertionError):
        make(RunSettings(key="odd", documents=(SIMPLE,), look=look()), WorkUnit(wrong[0], (), (), ()))


@pytest.mark.parametrize("command, uses", [("build", ["documents"]), ("batch", ["letters"])])
def test_the_help_names_what_is_offered(command: str, uses: list[Use], tmp_path: Path) -> None:
    told = planforge(command, "--help").stdout
    assert all("、".join(suffixes(use)) in "".join(told.split()) for use in uses)
