"""The wheel, installed elsewhere and without a network, builds the example school's documents."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the folders of a virtual environment are named otherwise"),
]

POISON = """\
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise RuntimeError(f"no network here: {event}")
sys.addaudithook(refuse)
"""


def call(*command: object, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of the checkout in its environment."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("planforge-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel, the libraries of this one, and no network; its bin folder."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    call(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (site / "refuse_network.py").write_text(POISON, "utf-8")
    (site / "refuse_network.pth").write_text("import refuse_network\n", "utf-8")
    return folder / "bin"


def test_the_wheel_carries_all_that_is_not_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    packed = {name for name in names if name.startswith("planforge/")}
    wanted = {
        f"planforge/data/{path.relative_to(ROOT)}" for path in files(ROOT / "templates", ROOT / "profiles")
    }
    wanted |= {str(path.relative_to(ROOT)) for path in files(ROOT / "planforge")}
    assert packed == wanted
    assert any("/policy/packs/" in name for name in packed) and any("/word/base/" in name for name in packed)
    assert all(name.startswith(("planforge/", "planforge-")) for name in names)


def files(*folders: Path) -> list[Path]:
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]


def test_there_really_is_no_network(installed: Path, tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = call(installed / "python", "-c", code, cwd=tmp_path, check=False)
    assert "no network here" in done.stderr


def test_the_wheel_builds_the_example_school_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where = call(installed / "python", "-c", "import planforge; print(planforge.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    code = "from planforge.core.resources import profiles_root; print(profiles_root())"
    profiles = Path(call(installed / "python", "-c", code, cwd=tmp_path).stdout.strip())
    assert profiles.is_relative_to(installed.parent)
    call(installed / "planforge", "build", profiles / "city-primary.yaml", cwd=tmp_path)
    made = [path for path in (tmp_path / "output").rglob("*") if path.suffix in (".docx", ".pdf")]
    assert {path.suffix for path in made} == {".docx", ".pdf"}
    assert all(path.stat().st_size > 5_000 for path in made)
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
