"""Whatever happens to a run, one sentence says what, and gone on with it ends byte for byte as an undisturbed one."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planforge.batch import planning, workers
from planforge.batch.run import run
from planforge.output import OutputError, Store, group_write, listed_folder, own_files
from planforge.output.listed_folder import LIST_NAME
from tests.support.limits import as_nobody, largest_file
from tests.support.small_runs import FOLDER, NAMES, files, hears_ctrl_c, made, people, plan

ROOT = Path(__file__).parents[2]
WORD: dict[str, Any] = {"formats": ("docx",), "sample": 0}
BOTH: dict[str, Any] = {"merge": {"docx": "each", "pdf": ("class",)}, "sample": 0}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "CHUNK", 5)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Mapping[str, bytes]]:
    """What a run that nothing happens to leaves."""

    @cache
    def found(word_only: bool = True, names: tuple[str, ...] = NAMES) -> Mapping[str, bytes]:
        output = tmp_path_factory.mktemp("undisturbed")
        made(output, names, **(WORD if word_only else BOTH))
        return files(output)

    return found


def after(letters: int) -> Callable[[int, int], None]:
    """The person presses Ctrl-C when so many letters are there."""

    def progress(done: int, total: int) -> None:
        if letters <= done < total:
            raise KeyboardInterrupt

    return progress


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are killed in forks")
def test_killed_at_twenty_random_moments_every_run_can_be_gone_on_with(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.batch.killed", str(tmp_path), "20260901", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert len(set(done.stderr.split("\n"))) > 5, "they all died at the same moment"


_WITH_WORKERS = """
import sys
from pathlib import Path
from planforge.batch import planning, workers
from tests.support.small_runs import made
planning.CHUNK = 2
made(Path(sys.argv[1]), formats=("docx",), sample=0, jobs=2,
     progress=lambda done, total: (print(done, flush=True), sys.stdin.read()) if done else None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are found in /proc")
def test_killed_with_its_workers_at_work_it_bars_nobody_and_leaves_none_behind(
    tmp_path: Path, undisturbed: Any
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WITH_WORKERS, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout is not None and first.stdout.readline().strip().isdigit()
        workers = Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split()
        assert len(workers) == 2
        first.kill()
    made(tmp_path, resume=True, **WORD)  # at once: the lock went with the process that held it
    assert files(tmp_path) == undisturbed()
    deadline = time.monotonic() + 10
    while (left := [one for one in workers if _at_work(one)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []


def _at_work(process: str) -> bool:
    """Whether a process is still there and has not just ended unnoticed by whom it belongs to now."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_stopped_by_the_person_nothing_is_half(tmp_path: Path, undisturbed: Any) -> None:
    first = made(tmp_path, progress=after(12), **WORD)
    assert first.interrupted and first.made == {"docx": 15}
    there = files(tmp_path)
    assert all(
        there[name] == data for name, data in undisturbed().items() if name in there and name != LIST_NAME
    )
    second = made(tmp_path, resume=True, **WORD)
    assert (second.skipped, second.made) == (15, {"docx": 15})
    assert files(tmp_path) == undisturbed()


@pytest.mark.parametrize(
    "room, how, letters",
    [
        pytest.param(6_000, WORD, 0, id="not one letter"),
        pytest.param(20_000, BOTH, 30, id="the letters, but no class file"),
    ],
)
def test_a_full_disk(tmp_path: Path, undisturbed: Any, room: int, how: dict[str, Any], letters: int) -> None:
    with largest_file(room), pytest.raises(OutputError) as caught:
        made(tmp_path, **how)
    (problem,) = caught.value.problems
    assert caught.value.code == "output-full" and "磁盘" in problem.message
    assert (f"已写好的 {letters} 个文件" in problem.fix and "--resume" in problem.fix) == bool(letters)
    assert len([name for name in files(tmp_path) if name.endswith(".docx")]) == letters
    assert not [name for name in files(tmp_path) if name.endswith(".part")]
    assert made(tmp_path, resume=True, **how).skipped == letters
    assert files(tmp_path) == undisturbed(how is WORD)


def test_a_disk_that_is_full_in_the_middle_tells_how_many_are_there(
    tmp_path: Path, undisturbed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, calls = group_write.put_together, []

    def full(*given: Any, **how: Any) -> None:
        calls.append(given)
        if len(calls) == 8:
            raise OSError(errno.ENOSPC, "full")
        put(*given, **how)

    monkeypatch.setattr(listed_folder, "AT_ONCE", 2)
    monkeypatch.setattr(own_files, "put_together", full)
    with pytest.raises(OutputError) as caught:
        made(tmp_path, **WORD)
    there = len([name for name in files(tmp_path) if name.endswith(".docx")])
    (problem,) = caught.value.problems
    assert there == 12 and f"已写好的 {there} 个文件都是完整的" in problem.fix
    assert problem.message == "磁盘写不下了，还有文件没有生成，原有的文件没有动"
    monkeypatch.setattr(own_files, "put_together", put)
    assert made(tmp_path, resume=True, **WORD).skipped == there
    assert files(tmp_path) == undisturbed()


_STOPPED_TWICE = """
import sys
from pathlib import Path
from planforge.batch import planning
from tests.support.small_runs import made, NAMES
planning.CHUNK = 3
names = [one + other for one in NAMES for other in "禾舟桐林晨涵怡轩梓明"]
outcome = made(Path(sys.argv[1]), names, formats=("pdf",), merge={"pdf": "each" if sys.argv[2] == "each" else ("class",)}, jobs=2,
               progress=lambda done, total: print(done, flush=True) if done else None)
print(outcome.interrupted)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="workers are copies on Linux")
@pytest.mark.parametrize("merge", ["each", "class"])
@pytest.mark.parametrize(
    "apart", [pytest.param(0.0, marks=pytest.mark.long), 0.02, pytest.param(0.1, marks=pytest.mark.long)]
)
def test_stopped_twice_in_a_row_it_leaves_nothing_at_work(tmp_path: Path, merge: str, apart: float) -> None:
    how = [sys.executable, "-c", _STOPPED_TWICE, str(tmp_path), merge]
    with subprocess.Popen(
        how, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hears_ctrl_c
    ) as run_:
        assert run_.stdout is not None and run_.stdout.readline()
        workers_ = Path(f"/proc/{run_.pid}/task/{run_.pid}/children").read_text().split()
        for _ in range(2):
            run_.send_signal(signal.SIGINT)
            time.sleep(apart)
        told, _ = run_.communicate(timeout=60)
    assert not [name for name in files(tmp_path) if name.endswith(".part")], told
    assert len(workers_) == 2 and not [one for one in workers_ if _at_work(one)]


def test_a_disk_on_which_the_list_finds_no_room(tmp_path: Path, undisturbed: Any) -> None:
    names = NAMES * 3  # so that the list grows larger than a letter
    with largest_file(11_000), pytest.raises(OutputError) as caught:
        made(tmp_path, names, **WORD)
    assert caught.value.code == "output-full" and "--resume" in str(caught.value)
    there = [name for name in files(tmp_path) if name.endswith(".docx")]
    assert 0 < len(there) < len(names) and not [name for name in files(tmp_path) if name.endswith(".part")]
    assert made(tmp_path, names, resume=True, **WORD).skipped == len(there)
    assert files(tmp_path) == undisturbed(names=names)


_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from planforge.batch import planning, workers
from planforge.output import OutputError
from tests.support.small_runs import files, made
planning.CHUNK = 5
output = Path(sys.argv[1])
try:
    made(output, formats=("docx",), sample=0)
except OutputError as error:
    there = [name for name in files(output) if name.endswith(".docx")]
    print(error.code, 0 < len(there) < 30, f"已写好的 {len(there)} 个文件" in str(error))
subprocess.run(["mount", "-o", "remount,size=8m", str(output)], check=True)
made(output, formats=("docx",), sample=0, resume=True)
print(files(output) == files(Path(sys.argv[2])))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="a small disk takes a name space of its own")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk, whole = tmp_path / "disk", tmp_path / "whole"
    disk.mkdir()
    made(whole, **WORD)
    python = f'mount -t tmpfs -o size=200k none "{disk}" || exit 77; exec "{sys.executable}" -c "$0" "{disk}" "{whole}"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", python, _SMALL_DISK],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("this system allows no name spaces")
    assert done.stdout.split("\n")[:2] == ["output-full True True", "True"], done.stderr


def test_a_folder_that_became_read_only(undisturbed: Any) -> None:
    whole = undisturbed()  # made, and everything loaded, while there still are rights to
    with as_nobody() as output:
        made(output, progress=after(12), **WORD)
        before = files(output)
        folders = [output / FOLDER, *(one for one in (output / FOLDER).iterdir() if one.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        (output / FOLDER / LIST_NAME).chmod(0o444)
        try:
            with pytest.raises(OutputError) as caught:
                made(output, resume=True, **WORD)
        finally:
            for folder in folders:
                folder.chmod(0o700)
            (output / FOLDER / LIST_NAME).chmod(0o600)
        (problem,) = caught.value.problems
        assert caught.value.code == "output-denied" and "权限" in problem.message
        assert files(output) == before
        made(output, resume=True, **WORD)
        assert files(output) == whole


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    made(tmp_path / "out", progress=after(5), **WORD)
    (tmp_path / "out" / FOLDER / "三（2）班").symlink_to(elsewhere)
    with pytest.raises(OutputError) as caught:
        made(tmp_path / "out", resume=True, **WORD)
    assert caught.value.code == "output-outside"
    assert list(elsewhere.iterdir()) == []


def test_a_roster_changed_between_runs(tmp_path: Path, undisturbed: Any) -> None:
    made(tmp_path, progress=after(20), **WORD)
    changed = ("丁禾林二", *NAMES[1:10], *NAMES[11:28])  # one renamed, one gone, so that later ones move up
    kept = made(tmp_path, changed, resume=True, **WORD)
    assert kept.over == []  # the broken run had not come as far as the seats that are no more
    assert files(tmp_path) == undisturbed(names=changed)
    fewer = changed[:20]
    more = made(tmp_path, fewer, resume=True, **WORD)
    assert more.over == [f"三（2）班/{seat:02d}号.docx" for seat in range(6, 13)]
    pruned = made(tmp_path, fewer, resume=True, prune=True, **WORD)
    assert (pruned.pruned, pruned.over) == (7, [])
    assert files(tmp_path) == undisturbed(names=fewer)


def test_of_what_is_used_no_more_only_unedited_files_go(tmp_path: Path) -> None:
    made(tmp_path, **WORD)
    (tmp_path / FOLDER / "三（2）班" / "15号.docx").write_bytes(b"by hand")
    outcome = made(tmp_path, NAMES[:28], prune=True, **WORD)
    assert (outcome.pruned, outcome.over) == (1, ["三（2）班/15号.docx"])


def test_a_part_of_the_roster_makes_nothing_superfluous(tmp_path: Path) -> None:
    made(tmp_path, **WORD)
    assert made(tmp_path, NAMES[:3], some=True, prune=True, **WORD).over == []
    assert len(files(tmp_path)) == len(NAMES) + 1


def test_clocks_that_go_backwards(tmp_path: Path, undisturbed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, progress=after(12), **WORD)
    for number, path in enumerate(sorted((tmp_path / FOLDER).rglob("*"))):
        moment = 4_102_444_800 if number % 2 else 315_532_800  # the years 2100 and 1980
        os.utime(path, (moment, moment))
    hours: Iterator[float] = iter(range(2_000_000_000, 0, -3600))
    for clock in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, clock, lambda: float(next(hours)))
    second = made(tmp_path, resume=True, **WORD)
    monkeypatch.undo()
    assert (second.skipped, second.made) == (15, {"docx": 15})
    assert files(tmp_path) == undisturbed()


def test_single_files_do_not_hang_on_those_made_before(tmp_path: Path) -> None:
    names = (
        "丁一禾",
        "买买提·阿不都",
        "钱𬱖",
        "“甘”雨",
        "Anna Li",
        "Иван",
        "卞" * 40,
        "丁\u0301禾",
        "李 明",
        "喆堃翀",
        "赵喆",
        "王&<b>",
    )
    how: dict[str, Any] = {"merge": {"docx": "each", "pdf": "each"}, "sample": 0}
    made(tmp_path / "whole", names, **how)
    made(tmp_path / "parted", names, progress=after(5), **how)
    some = tmp_path / "parted" / FOLDER / "三（1）班"
    for seat in (2, 3, 5):
        (some / f"{seat:02d}号.docx").unlink(missing_ok=True)
        (some / f"{seat:02d}号.pdf").unlink(missing_ok=True)
    made(tmp_path / "parted", names, resume=True, **how)
    assert files(tmp_path / "parted") == files(tmp_path / "whole")


_FONT_GOES = """
import sys
from pathlib import Path
from planforge.batch.font_inventory import FontsAtHand
from planforge.core.problems import InputError
from tests.support.letters import look
from tests.support.small_runs import files, made
output, undisturbed = Path(sys.argv[1]), Path(sys.argv[2])
how = {"formats": ("pdf",), "merge": {"pdf": ("class",)}, "sample": 0}
made(undisturbed, **how)
font = next(Path(file) for file in FontsAtHand(look())._files if "Serif" in file)
away = font.with_name("away")

def progress(done, total):
    if done == 15:
        font.rename(away)

try:
    made(output, progress=progress, **how)
except InputError as error:
    (problem,) = error.problems
    print(problem.code, font.name in problem.message, "--resume" in problem.fix)
print(sorted(name for name in files(output) if name.endswith("pdf")))
away.rename(font)
print(made(output, resume=True, **how).skipped, files(output) == files(undisturbed))
"""


@pytest.mark.slow
def test_a_font_that_goes_in_the_middle(tmp_path: Path) -> None:
    from planforge.batch.font_inventory import FontsAtHand
    from tests.support.letters import look

    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for file in FontsAtHand(look())._files:
        (fonts / Path(file).name).symlink_to(file)
    conf = tmp_path / "fonts.conf"
    conf.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-c", _FONT_GOES, str(tmp_path / "out"), str(tmp_path / "undisturbed")],
        cwd=ROOT, env={**os.environ, "FONTCONFIG_FILE": str(conf)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split("\n")[:3] == ["font-gone True True", "['三（1）班.pdf']", "1 True"], done.stderr


def test_workers_that_die_cost_no_letter(
    tmp_path: Path, undisturbed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_may_have_workers", lambda: True)  # Word letters are not laid out
    monkeypatch.setattr(workers, "_begin", lambda *_: os._exit(1))
    outcome = made(tmp_path, jobs=2, **WORD)
    assert (outcome.letters, outcome.problems) == (len(NAMES), [])
    assert files(tmp_path) == undisturbed()


def test_a_pool_that_breaks_elsewhere_costs_no_letter(tmp_path: Path, undisturbed: Any) -> None:
    class Broken(ThreadPoolExecutor):
        """Does the first it is asked, and loses all others, as a pool does whose machine goes down."""

        def submit(self, fn: Any, /, *args: Any, **named: Any) -> Future[Any]:
            if not self._threads:
                return super().submit(fn, *args, **named)
            lost: Future[Any] = Future()
            lost.set_exception(BrokenProcessPool("gone"))
            return lost

    with Broken(1) as executor:
        outcome = made(tmp_path, executor=executor, **WORD)
    assert (outcome.letters, outcome.problems) == (len(NAMES), [])
    assert files(tmp_path) == undisturbed()


def test_a_row_that_cannot_be_written_is_told_by_its_cell_without_a_word_of_it(
    tmp_path: Path, undisturbed: Any
) -> None:
    recipients = people()
    recipients[0] = replace(recipients[0], values={**recipients[0].values, "class": ["3"]})  # type: ignore[dict-item]
    outcome = run(plan(formats=("docx",)), recipients, tmp_path, jobs=1, sample=0)
    assert outcome.letters == len(NAMES) - 1
    (problem,) = outcome.problems
    assert problem.place is not None and problem.place.cell == "C2"
    assert problem.code == "letter-failed" and "丁" not in str(problem) and "禾" not in str(problem)
    ours, whole = files(tmp_path), undisturbed()
    assert set(whole) - set(ours) == {"三（1）班/01号.docx"}
    assert all(ours[name] == whole[name] for name in ours if name != LIST_NAME)


def test_a_second_run_at_once_is_refused_and_touches_nothing(tmp_path: Path) -> None:
    with Store(tmp_path).run(FOLDER.parts[0], FOLDER.parts[1]), pytest.raises(OutputError) as caught:
        made(tmp_path, **WORD)
    assert caught.value.code == "output-locked"
    assert files(tmp_path) == {}


def test_a_run_that_is_expunged_leaves_nothing(tmp_path: Path) -> None:
    from planforge.batch.run import expunge

    made(tmp_path, progress=after(12), **WORD)
    (tmp_path / FOLDER / "三（1）班" / ".planforge-1-0.part").write_bytes(b"of a run that died")
    assert expunge(FOLDER.parts[2], FOLDER.parts[0], FOLDER.parts[1], tmp_path) == (15, [])
    assert not (tmp_path / FOLDER).exists()


def test_a_new_version_that_went_beside_is_expunged_too(tmp_path: Path) -> None:
    from planforge.batch.run import expunge

    made(tmp_path, NAMES[:2], **WORD)
    first = tmp_path / FOLDER / "三（1）班" / "01号.docx"
    first.write_bytes(b"by hand")
    made(tmp_path, ("丁一二", NAMES[1]), **WORD)  # goes beside
    first.unlink()
    made(tmp_path, ("丁一二", NAMES[1]), **WORD)  # goes to its place again
    assert expunge(FOLDER.parts[2], FOLDER.parts[0], FOLDER.parts[1], tmp_path) == (3, [])
