"""The tests mirror the package: a folder for a room, no test module that leans on another, no clock that decides."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "planforge"
NO_ROOMS = {
    "catalogue": "the seed texts, each held against what planforge writes",
    "setup": "scripts, Makefile, wheel",
    "support": "helpers that tests of several rooms use",
    "templates": "the built-in kinds, which are data",
}
CLOCKS = {
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "thread_time",
    "time",
    "time_ns",
}
"""`monotonic` may bound how long a test waits for another process; it decides nothing."""

MODULES = sorted(TESTS.rglob("test_*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(TESTS).as_posix()


def test_every_folder_is_a_room_or_says_what_it_is() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("*.py")} - {Path()}
    strays = {
        str(folder)
        for folder in folders
        if not list((PACKAGE / folder).glob("*.py")) and str(folder) not in NO_ROOMS
    }
    assert not strays, "name a room of planforge/, or add the folder to NO_ROOMS with its reason"
    assert not [name for name in NO_ROOMS if Path(name) not in folders], "a folder that is gone"


def test_no_two_test_modules_have_one_name() -> None:
    assert [name for name, times in Counter(path.name for path in MODULES).items() if times > 1] == []


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=name_of)
def test_no_module_imports_a_test_module(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            named = [module]
            if (TESTS.parent / module.replace(".", "/")).is_dir():
                named += [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for module in named:
            if module.startswith("tests"):
                assert not module.rpartition(".")[2].startswith("test_"), (
                    f"line {node.lineno}: what {module} lends belongs to a helper module"
                )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_test_is_decided_by_a_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "time":
            assert node.attr not in CLOCKS, f"line {node.lineno}: times are measured in benchmarks/"
        elif isinstance(node, ast.ImportFrom):
            assert node.module != "time", f"line {node.lineno}: say time.sleep, so that clocks are seen here"
