"""The public door: what a program does with a form, in memory and in folders, from threads and other machines."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import planforge
from planforge import (
    Cancelled,
    CheckFailed,
    FolderBusy,
    InputError,
    LetterOrder,
    School,
    read_roster,
    read_rules,
)
from planforge.core.resources import profiles_root
from planforge.output.lock import locked

ROOT = Path(__file__).parents[2]
CITY = profiles_root() / "city-primary.yaml"
PLAN = "减负工作计划"
LETTER = "致家长的一封信"
PDF_EACH = LetterOrder(formats=["pdf"], merge="each")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    rows = [
        f"三（{number // 15 + 1}）班,{number % 15 + 1},甘一{'二三四五六七八九十'[number % 9]}"
        for number in range(30)
    ]
    path = tmp_path / "学生名单.csv"
    path.write_text("\n".join(["班级,座号,姓名", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = School.open(CITY).build(tmp_path_factory.mktemp("out"), [PLAN]).folder
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".docx", ".pdf")}


def test_everything_that_is_exported_is_there_and_said_in_the_docs() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in planforge.__all__:
        assert getattr(planforge, name) is not None
        if name not in ("__version__", "Problem", "Place", "Finding"):
            assert name in page, name
    assert set(planforge.__all__) <= set(dir(planforge))
    with pytest.raises(AttributeError):
        _ = planforge.nothing_of_this_name


def test_a_fresh_process_loads_nothing_heavy_for_its_import() -> None:
    code = "import planforge, sys; print([m for m in ('weasyprint', 'docx', 'pydantic', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_files_in_memory_are_those_that_a_build_writes(built: dict[str, bytes]) -> None:
    school = School.open(CITY)
    assert school.ok and school.name
    assert school.render([PLAN]).files == built


def test_text_is_never_taken_for_a_path() -> None:
    school = School.read(str(CITY))
    assert not school.ok
    assert all(problem.place is None or problem.place.file == "信息表.yaml" for problem in school.problems)


def test_a_form_read_from_text_gives_the_plan_and_reaches_no_other_file(built: dict[str, bytes]) -> None:
    text = CITY.read_text(encoding="utf-8")
    plan = School.read(text, name=CITY.name).render([PLAN], ["docx"]).files
    assert plan == {f"{PLAN}.docx": built[f"{PLAN}.docx"]}
    more = "extends: ../bureau.yaml\npolicy: [../../../etc/passwd]\n"
    school = School.read(more + text)
    refused = [problem for problem in school.problems if problem.code == "file.no-folder"]
    assert [problem.found for problem in refused] == ["../bureau.yaml", "../../../etc/passwd"]
    assert [problem.place.line if problem.place else 0 for problem in refused] == [1, 2]
    with pytest.raises(InputError):
        school.render([PLAN], ["txt"])


def test_what_is_wrong_stands_in_problems_and_raises_only_when_it_is_used() -> None:
    school = School.read("school: {name: 某某小学, stage: 大学}\n", name="a.yaml")
    assert [
        problem.place.line for problem in school.problems if problem.severity == "error" and problem.place
    ]
    with pytest.raises(InputError) as raised:
        _ = school.facts
    assert tuple(raised.value.problems) == school.problems


def test_errors_of_the_check_stop_a_render_until_somebody_allows_them() -> None:
    text = CITY.read_text(encoding="utf-8")
    wrong = text.replace("how: 平均不超过, minutes: 45", "how: 不超过, minutes: 145")
    assert wrong != text
    school = School.read(wrong)
    with pytest.raises(CheckFailed) as raised:
        school.render([PLAN], ["txt"])
    rules = {finding.rule for finding in raised.value.findings if finding.severity == "error"}
    assert rules
    rendered = school.render([PLAN], ["txt"], allow=sorted(rules))
    assert set(rendered.waived) == rules


def test_letters_in_memory_are_those_of_a_folder(tmp_path: Path, roster: Path) -> None:
    school = School.open(CITY)
    in_memory = school.letters(LETTER, roster, order=PDF_EACH)
    assert in_memory.outcome.folder is None and len(in_memory.files) == 30
    folder = school.letters(LETTER, roster, tmp_path / "out", PDF_EACH).outcome.folder
    assert folder is not None
    assert {name: (folder / name).read_bytes() for name in in_memory.files} == dict(in_memory.files)


def test_progress_begins_at_nothing_and_ends_with_all_and_cancel_leaves_no_file(
    tmp_path: Path, roster: Path
) -> None:
    school = School.open(CITY)
    told: list[tuple[int, int]] = []
    school.render(["减负工作计划", "减负工作实施方案"], ["txt"], progress=lambda *step: told.append(step))
    assert told == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(Cancelled):
        school.build(tmp_path / "out", [PLAN], ["txt"], cancel=lambda: True)
    assert not (tmp_path / "out").exists()
    made = school.letters(LETTER, roster, tmp_path / "letters", PDF_EACH, cancel=lambda: True)
    assert made.outcome.interrupted and not made.outcome.made


def test_a_folder_in_which_another_run_is_at_work_is_a_typed_exception(tmp_path: Path) -> None:
    school = School.open(CITY)
    folder = school.build(tmp_path, [PLAN], ["txt"]).folder
    with locked(folder), pytest.raises(FolderBusy):
        school.build(tmp_path, [PLAN], ["txt"])


@pytest.mark.slow
def test_four_threads_get_the_bytes_of_one(built: dict[str, bytes], roster: Path) -> None:
    school = School.open(CITY)
    letters = dict(school.letters(LETTER, roster, order=PDF_EACH).files)
    barrier = threading.Barrier(4)

    def work(number: int) -> tuple[dict[str, bytes], dict[str, bytes]]:
        barrier.wait()
        mine = school if number % 2 else School.open(CITY)
        return mine.render([PLAN]).files, dict(mine.letters(LETTER, roster, order=PDF_EACH).files)

    with ThreadPoolExecutor(4) as pool:
        assert all(result == (built, letters) for result in pool.map(work, range(4)))


@pytest.mark.slow
def test_an_executor_elsewhere_gives_the_same_bytes(built: dict[str, bytes], roster: Path) -> None:
    from distributed import Client

    school = School.open(CITY)
    letters = dict(school.letters(LETTER, roster, order=PDF_EACH).files)
    with Client(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as client:
        executor = client.get_executor()
        assert school.render([PLAN], executor=executor).files == built
        assert dict(school.letters(LETTER, roster, order=PDF_EACH, executor=executor).files) == letters


def test_nothing_of_a_pupil_is_logged(roster: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="planforge"):
        School.open(CITY).letters(LETTER, roster, order=LetterOrder(formats=["docx"]))
    assert "made 30 letters" in caplog.text
    assert "甘一" not in caplog.text and "三（" not in caplog.text


def test_rosters_and_rules_are_read_by_themselves(roster: Path) -> None:
    read = read_roster(roster)
    assert len(read.recipients) == 30 and not read.errors
    assert read_rules().packs


_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_the_examples_of_the_docs_run(number: int, roster: Path) -> None:
    blocks = _BLOCK.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    assert len(blocks) == 3
    folder = roster.parent
    (folder / "我校.yaml").write_bytes(CITY.read_bytes())
    (folder / "example.py").write_text(
        "if __name__ == '__main__':\n" + re.sub("^(?=.)", "    ", blocks[number], flags=re.M),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=folder, capture_output=True, text=True, env=_here(), check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def _here() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
