"""A run makes every letter once, in order; whatever stops it, it can be gone on with to the same end."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from planforge.batch.run import Outcome
from planforge.core.problems import InputError
from planforge.output import OutputError, Store
from tests.support.letter_kind import KIND, LETTER, PEOPLE, PROFILE, files, roster, templates
from tests.support.ways import batch, remove


@pytest.fixture
def call(tmp_path: Path) -> Any:
    own, people = templates(tmp_path / "own"), roster(tmp_path / "名单.xlsx")

    def made(output: str = "out", who: Path = people, **more: Any) -> Outcome:
        return batch(PROFILE, KIND, who, tmp_path / output, own_templates=[own], **more).outcome

    return made


def test_word_a_letter_and_pdf_a_class_named_by_class_and_seat(call: Any) -> None:
    outcome = call()
    names = set(files(outcome.folder))
    assert {"三（1）班/01号.docx", "三（2）班/05号.docx", "三（1）班.pdf", "三（2）班.pdf"} <= names
    assert outcome.made == {"docx": len(PEOPLE), "pdf": 2}
    assert outcome.letters == len(PEOPLE)
    assert not outcome.fallbacks
    assert not any(person[2] in name for person in PEOPLE for name in names)
    with pikepdf.open(outcome.folder / "三（1）班.pdf") as pdf, pdf.open_outline() as read:
        assert [one.title for one in read.root] == [f"{seat}号 {name}" for _, seat, name in PEOPLE[:9]]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_their_owner_may_read_the_files(call: Any) -> None:
    outcome = call(formats=("docx",))
    for path in outcome.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("merge, count", [("each", len(PEOPLE)), ("class", 2), ("all", 1)])
def test_pdf_files_are_merged_as_asked(call: Any, merge: str, count: int) -> None:
    outcome = call(formats=("pdf",), merge=merge)
    assert outcome.made == {"pdf": count}


_WITH_WORKERS = """
import sys
from pathlib import Path
from planforge.batch import workers
from tests.support.ways import batch
from tests.support.letter_kind import KIND, PROFILE
here, make = [], workers.make
workers.make = lambda *unit: here.append(unit) or make(*unit)
own, people, output = map(Path, sys.argv[1:])
batch(PROFILE, KIND, people, output, own_templates=[own], jobs=2)
print(len(here))
"""


def test_workers_make_the_same_files(call: Any, tmp_path: Path) -> None:
    one = call("one")
    with ThreadPoolExecutor(1) as executor:
        two = call("two", executor=executor, formats=("docx",))
    places = [str(tmp_path / name) for name in ("own", "名单.xlsx", "three")]
    done = subprocess.run(
        [sys.executable, "-c", _WITH_WORKERS, *places], capture_output=True, text=True, check=True
    )
    assert sys.platform != "linux" or done.stdout == "0\n"  # nothing was made in that process itself
    three = tmp_path / "three" / one.folder.relative_to(tmp_path / "one")
    assert files(one.folder) == files(three)
    assert all(files(one.folder)[n] == d for n, d in files(two.folder).items() if n.endswith("docx"))


@pytest.mark.parametrize("merge", ["each", "class"])
def test_threads_make_the_same_files(call: Any, merge: str) -> None:
    one = call("one", formats=("pdf",), merge=merge)
    with ThreadPoolExecutor(3) as executor:
        two = call("two", formats=("pdf",), merge=merge, executor=executor)
    assert files(one.folder) == files(two.folder)


def test_resuming_does_only_what_changed(call: Any, tmp_path: Path) -> None:
    first = call()
    again = call(resume=True)
    assert (again.made, again.skipped) == ({}, len(PEOPLE) + 2)
    (first.folder / "三（1）班" / "03号.docx").unlink()
    changed = [*PEOPLE[:-1], (*PEOPLE[-1][:2], "陈大雨")]
    resumed = call(resume=True, who=roster(tmp_path / "名单2.xlsx", changed))
    assert resumed.made == {"docx": 2, "pdf": 1}
    afresh = call("fresh", who=tmp_path / "名单2.xlsx")
    assert files(resumed.folder) == files(afresh.folder)


def test_a_changed_template_makes_all_anew(call: Any, tmp_path: Path) -> None:
    call(formats=("docx",))
    templates(tmp_path / "own", LETTER.replace("作息", "时间"))
    assert call(formats=("docx",), resume=True).made == {"docx": len(PEOPLE)}


def test_an_edited_letter_is_kept_and_the_new_one_goes_beside(call: Any) -> None:
    first = call(formats=("docx", "pdf"))
    edited = first.folder / "三（1）班" / "02号.docx"
    edited.write_bytes(b"by hand")
    (first.folder / "三（2）班.pdf").write_bytes(b"notes")
    again = call()
    assert edited.read_bytes() == b"by hand"
    assert set(again.kept) == {
        ("三（1）班/02号.docx", "三（1）班/02号（新）.docx"),
        ("三（2）班.pdf", "三（2）班（新）.pdf"),
    }
    third = call()
    assert not (first.folder / "三（1）班" / "02号（新2）.docx").exists()
    assert call(resume=True).made == {}
    assert third.made == again.made


def test_a_file_that_is_not_ours_is_kept(call: Any) -> None:
    folder = call(formats=("docx",), where={"seat": ["1"]}).folder
    strange = folder / "三（1）班" / "02号.docx"
    strange.write_bytes(b"somebody else's")
    call(formats=("docx",))
    assert strange.read_bytes() == b"somebody else's"


def test_a_few_seats_are_printed_again_beside_the_whole_class(call: Any) -> None:
    whole = files(call(formats=("pdf",)).folder)
    some = call(formats=("pdf",), where={"class": ["三（1）班"], "seat": ["2", "7"]})
    assert some.made == {"pdf": 1}
    assert files(some.folder)["三（1）班.pdf"] == whole["三（1）班.pdf"]
    with pikepdf.open(some.folder / "三（1）班（部分）.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_a_row_that_cannot_be_read_is_told_by_its_cell_and_the_others_go_on(
    call: Any, tmp_path: Path
) -> None:
    broken = roster(tmp_path / "坏.xlsx", [*PEOPLE[:3], ("三（1）班", 4, "王？芳"), *PEOPLE[4:9]])
    outcome = call(who=broken, formats=("docx",))
    assert outcome.letters == 8
    (problem,) = outcome.problems
    assert problem.place is not None and problem.place.cell.endswith("C5")


def test_a_character_without_a_font_is_told_without_the_name(call: Any, tmp_path: Path) -> None:
    odd = roster(tmp_path / "生僻.xlsx", [*PEOPLE[:2], ("三（1）班", 3, "丁\U000323af")])
    outcome = call(who=odd)
    assert outcome.letters == 2
    (problem,) = outcome.problems
    assert "U+323AF" in problem.message and "丁" not in str(problem)


def test_a_second_run_is_refused(call: Any, tmp_path: Path) -> None:
    folder = call(formats=("docx",)).folder
    with (
        Store(tmp_path / "out").run(folder.parent.parent.name, folder.parent.name),
        pytest.raises(OutputError),
    ):
        call(formats=("docx",))


def test_a_kind_for_the_school_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="一人一份"):
        batch(PROFILE, "work_plan", roster(tmp_path / "名单.xlsx"), tmp_path)


def test_expunging_leaves_only_what_people_edited(call: Any, tmp_path: Path) -> None:
    folder = call().folder
    (folder / "三（1）班" / "01号.docx").write_bytes(b"by hand")
    removed, kept = remove(PROFILE, KIND, tmp_path / "out", [tmp_path / "own"])
    assert (removed, kept) == (len(PEOPLE) + 1, ["三（1）班/01号.docx"])
    assert files(folder) == {"三（1）班/01号.docx": b"by hand"}


_CHILD = """
import sys, time
from pathlib import Path
from planforge.batch import planning
from tests.support.ways import batch
planning.CHUNK = 2
batch(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), own_templates=[Path(sys.argv[5])],
      resume=True, progress=lambda done, total: (print(done, flush=True), time.sleep(0.02)))
"""


def _start(tmp_path: Path) -> subprocess.Popen[str]:
    arguments = [
        str(PROFILE),
        KIND,
        str(tmp_path / "名单.xlsx"),
        str(tmp_path / "out"),
        str(tmp_path / "own"),
    ]
    return subprocess.Popen([sys.executable, "-c", _CHILD, *arguments], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_stopped_by_the_person_a_run_ends_cleanly(call: Any, tmp_path: Path) -> None:
    child = _start(tmp_path)
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGINT)
    child.communicate()
    assert child.returncode == 0
    assert files(call(resume=True).folder) == files(call("undisturbed").folder)
