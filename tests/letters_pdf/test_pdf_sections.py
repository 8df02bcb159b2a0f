"""A file of many letters is the same whoever writes its sections: this process, a copy of it, or a copy that dies."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from planforge.core.processes import can_copy
from tests.support.small_runs import FOLDER

_RUN = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from planforge.core import processes
from planforge.batch import forked_work
from planforge.letters_pdf import sections as sectioned
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from tests.support.small_runs import made

output, how, jobs, sample = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
sectioned.SECTION = forked_work.SECTION = 4
processes.cores = lambda: 2
sections, section = PdfLetterWriter.sections, sectioned.SectionedFile.section
here, own = os.getpid(), []

def by_the_copy(pdf_writer, *given):
    assert os.getpid() != here
    for number, one in enumerate(sections(pdf_writer, *given)):
        if how == "killed" and number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "broken" and number == 1:
            raise RuntimeError("a copy that fails")
        yield replace(one, of=b"another file") if how == "another" else one

def by_either(made_of, number):
    if os.getpid() == here:
        own.append(number)
    return section(made_of, number)

PdfLetterWriter.sections, sectioned.SectionedFile.section = by_the_copy, by_either
outcome = made(output, formats=("pdf",), merge={"pdf": "all"}, jobs=jobs, sample=sample)
assert (outcome.problems, outcome.fallbacks.total(), outcome.made) == ([], 0, {"pdf": 1}), outcome
assert outcome.sampled == sample
print(own)
"""


def run(output: Path, how: str = "", jobs: int = 2, sample: int = 0) -> tuple[bytes, list[int]]:
    """The file of a run in a process of its own, and the sections that the process itself wrote."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, output, how, str(jobs), str(sample)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    (path,) = (output / FOLDER).glob("*.pdf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert {one.name for one in (output / FOLDER).iterdir()} == {path.name, "已发清单.jsonl"}
    return path.read_bytes(), [int(one) for one in done.stdout.strip("[]\n").split(", ")]


@cache
def alone(folder: Path) -> bytes:
    return run(folder / "alone", jobs=1)[0]


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux")


def test_a_copy_writes_the_last_sections(tmp_path: Path) -> None:
    data, own = run(tmp_path / "1")
    assert own == [0, 1, 2, 3]  # of eight
    assert data == alone(tmp_path)
    assert len(pypdfium2.PdfDocument(data)) == 30


def test_one_job_is_one_process(tmp_path: Path) -> None:
    _, own = run(tmp_path / "1", jobs=1)
    assert own == list(range(8))


@pytest.mark.parametrize(
    ("how", "own"), [("killed", range(8)), ("broken", (0, 1, 2, 3, 5, 6, 7)), ("another", range(8))]
)
def test_what_a_copy_does_not_do_this_process_does(tmp_path: Path, how: str, own: range) -> None:
    data, written = run(tmp_path / how, how)
    assert written == list(own)
    assert data == alone(tmp_path)


def test_a_copy_makes_the_sample_too_and_fewer_sections(tmp_path: Path) -> None:
    data, own = run(tmp_path / "1", sample=3)
    assert own == [0, 1, 2, 3, 4]
    assert data == alone(tmp_path)
    data, own = run(tmp_path / "2", "killed", sample=3)
    assert own == list(range(8))
    assert data == alone(tmp_path)


def test_a_process_that_has_laid_something_out_is_not_copied() -> None:
    from planforge.letters.plain import pdf
    from tests.support.letters import SIMPLE, fonts, letter, look

    pdf([letter("丁一禾", document=SIMPLE)], look(), fonts())
    assert not can_copy()
