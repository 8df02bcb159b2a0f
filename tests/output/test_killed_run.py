"""A run that dies at any moment leaves the old file or the new one, and the next run goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planforge.output import Store
from planforge.output.manifest import JOURNAL_NAME

ROOT = Path(__file__).parents[2]
SIZE = 3_000_000
RUN = f"""
import sys
from pathlib import Path
from planforge.output import Store
print("begun", flush=True)
for number in range(1, 1000):
    with Store(Path(sys.argv[1])).run("学校", "学期") as run:
        run.put("计划", "docx", bytes([number % 250]) * {SIZE}, kind="x")
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_writing(tmp_path: Path, seed: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"
        time.sleep(0.05 + random.Random(seed).random() * 0.1)
        process.send_signal(signal.SIGKILL)
    path = tmp_path / "学校" / "学期" / "计划.docx"
    if path.exists():
        data = path.read_bytes()
        assert len(data) == SIZE and len(set(data)) == 1
    with Store(tmp_path).run("学校", "学期") as run:  # no lock is left, and the file is still known as ours
        assert run.put("计划", "docx", b"last", kind="x").status == "written"
    assert sorted(one.name for one in path.parent.iterdir()) == ["manifest.json", "计划.docx"]


def test_a_file_put_by_a_run_that_died_before_its_manifest_is_known(tmp_path: Path) -> None:
    dies = "import os\nwith Store(Path(sys.argv[1])).run('学校', '学期') as run:\n"
    dies += "    run.put('计划', 'docx', b'2', kind='x')\n    os._exit(9)\n"
    code = "import sys\nfrom pathlib import Path\nfrom planforge.output import Store\n" + dies
    with Store(tmp_path).run("学校", "学期") as run:
        run.put("计划", "docx", b"1", kind="x")
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert ended.returncode == 9
    journal = run.folder / JOURNAL_NAME
    assert journal.exists()
    with journal.open("a", encoding="utf-8") as file:
        file.write('{"path": "计划.do')  # the last line of a run that died may be half
    with Store(tmp_path).run("学校", "学期"):
        pass
    assert not journal.exists()
    with Store(tmp_path).run("学校", "学期") as run:
        assert run.put("计划", "docx", b"3", kind="x").status == "written"


def test_half_written_files_of_a_dead_run_are_swept_and_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "学校" / "学期"
    folder.mkdir(parents=True)
    (folder / ".planforge-4711.part").write_bytes(b"half")
    (folder / "download.part").write_bytes(b"somebody's")
    with Store(tmp_path).run("学校", "学期"):
        pass
    assert [one.name for one in folder.iterdir()] == ["download.part"]
