"""The set-up: never a question, clear words for people without root, exact versions, nothing twice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "setup.sh"
LOCK = ROOT / "requirements-test.lock"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


def project() -> dict[str, list[str]]:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"runtime": data["dependencies"], **data["optional-dependencies"]}


def pinned() -> dict[str, str]:
    lines = [line for line in LOCK.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    found = dict(line.split("==") for line in lines)
    return {key(name): version for name, version in found.items()}


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def test_every_library_has_its_exact_version() -> None:
    versions = pinned()
    listed = [
        *project()["runtime"],
        *project()["test"],
        *project()["web"],
        "hatchling>=1.25",
        "editables>=0.5",
    ]
    for wanted in listed:
        if wanted == "planforge[web]":
            continue
        name, least = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:,<[\d.]+)?", wanted).groups()  # type: ignore[union-attr]
        assert numbers(versions[key(name)]) >= numbers(least), wanted


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert not re.search(r"://|@|--", LOCK.read_text("utf-8"))
    assert "planforge" not in pinned()


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of an ordinary person on a machine where dpkg knows of no package."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, body in {
        "dpkg-query": "exit 1",
        "id": "echo 1000",
        "apt-get": f"echo called >>'{tmp_path}/apt-was-called'",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (tools / name).chmod(0o755)
    return {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "VENV": str(tmp_path / "venv")}


@pytest.mark.parametrize("role", ["runtime", "test"])
def test_without_root_it_says_what_an_administrator_must_install(
    role: str, bare: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        ["bash", SCRIPT, role],
        env=bare,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "管理员" in done.stderr
    (command,) = [line for line in done.stderr.splitlines() if "apt-get install -y" in line]
    for name in (
        "libpango-1.0-0",
        "libharfbuzz-subset0",
        "fontconfig",
        "fonts-noto-cjk",
        "fonts-arphic-ukai",
    ):
        assert name in command
    assert not (tmp_path / "apt-was-called").exists() and not (tmp_path / "venv").exists()


def test_an_unknown_role_is_refused() -> None:
    done = subprocess.run(["bash", SCRIPT, "everything"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "runtime|test" in done.stderr


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "scripts").glob("*.sh")), ROOT / ".ci" / "run"], ids=lambda p: p.name
)
def test_scripts_stop_at_the_first_error(path: Path) -> None:
    subprocess.run(["bash", "-n", path], check=True)
    assert "set -euo pipefail" in path.read_text("utf-8")
    assert os.access(path, os.X_OK)


def test_the_checks_before_a_change_are_the_suite_and_the_four_tools() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.search(r"^make test$", run, re.MULTILINE) and re.search(r"^make lint$", run, re.MULTILINE)
    told = subprocess.run(
        ["make", "-n", "-C", ROOT, "lint"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    ).stdout
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert tool in told


def test_every_test_is_run_by_one_of_two_targets() -> None:
    def chosen(target: str) -> str:
        told = subprocess.run(
            ["make", "-n", "-C", ROOT, target],
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
        ).stdout
        (line,) = [line for line in told.splitlines() if "-m pytest" in line]
        return re.sub(r".*-m pytest.* -m (\"not long\"|long)\s.*", r"\1", line)

    assert {chosen("test"), chosen("test-long")} == {'"not long"', "long"}
