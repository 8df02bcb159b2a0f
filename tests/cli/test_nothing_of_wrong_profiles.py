"""Wrong profiles from the door: nothing is written, not even in part, and nobody sees a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.profile import read_profile
from tests.support.ways import build

FOLDER = Path(__file__).parents[1] / "profile" / "wrong"
WRONG = [path for path in sorted(FOLDER.glob("*.yaml")) if not read_profile(path).ok]


def test_there_are_many() -> None:
    assert len(WRONG) >= 100


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_profile_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    """All its mistakes come at once, those of the form before anything is composed."""
    with pytest.raises(InputError) as stopped:
        build(path, tmp_path / "output")
    expected = [one for one in read_profile(path).problems if one.severity == "error"]
    assert {one for one in stopped.value.problems if one.severity == "error"} >= set(expected)
    assert not list(tmp_path.iterdir())
