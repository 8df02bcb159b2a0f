"""A run whose files go to memory makes the same files as one that goes to a folder; a run can be stopped by its caller."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from planforge.batch import planning
from planforge.batch.planning import AccompanyingFile
from planforge.batch.run import run
from planforge.output import FolderBusy, Store
from planforge.output.listed_folder import LIST_NAME
from tests.support.small_runs import FOLDER, NAMES, files, made, people, plan

BOTH: dict[str, Any] = {"merge": {"docx": "each", "pdf": ("class",)}}
WORD: dict[str, Any] = {"formats": ("docx",), "sample": 0}


def letters_of(output: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(output).items() if name != LIST_NAME}


@pytest.mark.parametrize("threads", [0, 2])
def test_memory_gets_the_bytes_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 5)
    extra = AccompanyingFile("全校汇总.txt", "key", lambda: "共30人".encode())
    how: dict[str, Any] = {**BOTH, "extras": lambda _: [extra]}
    on_disk = made(tmp_path, **how)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    if threads:
        executor: Executor
        with ThreadPoolExecutor(threads) as executor:
            in_memory = made(None, executor=executor, **how)
    else:
        in_memory = made(None, **how)
    assert dict(in_memory.files) == letters_of(tmp_path)
    assert (in_memory.folder, on_disk.files) == (None, {})
    assert (in_memory.made, in_memory.letters, in_memory.extras) == ({"docx": 30, "pdf": 2}, 30, 1)
    assert in_memory.sampled == on_disk.sampled and in_memory.problems == []
    assert sorted(tmp_path.rglob("*")) == before, "something was written to the disk"


def test_runs_to_memory_do_not_see_each_other() -> None:
    assert made(None, **WORD).made == made(None, resume=True, prune=True, **WORD).made == {"docx": 30}


def test_four_threads_at_once_make_the_same() -> None:
    alone = dict(made(None, NAMES[:6], **BOTH).files)
    found: list[dict[str, bytes]] = []
    threads = [
        threading.Thread(target=lambda: found.append(dict(made(None, NAMES[:6], **BOTH).files)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_cancelled_it_stops_between_units_and_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 5)
    enough = threading.Event()

    def progress(done: int, total: int) -> None:
        if done >= 10:
            enough.set()

    first = made(tmp_path / "out", progress=progress, cancel=enough.is_set, **WORD)
    assert first.interrupted and first.made == {"docx": 10} and len(letters_of(tmp_path / "out")) == 10
    second = made(tmp_path / "out", resume=True, cancel=lambda: False, **WORD)
    assert not second.interrupted and (second.skipped, second.made) == (10, {"docx": 20})
    made(tmp_path / "whole", **WORD)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_cancelled_before_it_began_it_makes_nothing() -> None:
    outcome = run(plan(formats=("docx",)), people(), None, cancel=lambda: True)
    assert outcome.interrupted and outcome.files == {} and outcome.made == {}


def test_cancelled_while_an_executor_is_at_work_it_keeps_what_was_put(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 5)
    asked: list[None] = []

    def cancel() -> bool:
        asked.append(None)
        return len(asked) > 3  # it is asked at the beginning and after each unit

    with ThreadPoolExecutor(2) as executor:
        outcome = made(None, executor=executor, cancel=cancel, **WORD)
    assert outcome.interrupted and outcome.made == {"docx": 15} and len(outcome.files) == 15


def test_a_folder_that_another_run_holds_is_told_by_its_kind(tmp_path: Path) -> None:
    with Store(tmp_path).run(FOLDER.parts[0], FOLDER.parts[1]), pytest.raises(FolderBusy) as caught:
        made(tmp_path, **WORD)
    assert caught.value.code == "output-locked"
    made(tmp_path, **WORD)
