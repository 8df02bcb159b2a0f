"""What the product builds passes its own check when it comes back as a file: Word, PDF, text, with its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.build import build
from planforge.app.build_results import BuildOptions
from planforge.app.check_files import check_files
from planforge.app.opened_profile import OpenedProfile
from planforge.compose import find_kinds
from planforge.core.resources import profiles_root

FORMATS = ("docx", "pdf", "txt")


def findings(profile: Path, kinds: tuple[str, ...], folder: Path) -> list[str]:
    report = build(
        OpenedProfile.open(profile), folder, BuildOptions(kinds=kinds, formats=FORMATS, allow=("all",))
    )
    papers = [file.put.path for file in report.files if file.put.path is not None and file.suffix in FORMATS]
    assert len(papers) >= len(FORMATS)
    _, *checked = check_files([profile, *papers], documents=False)
    assert all(one.usable for one in checked)
    return [
        f"{Path(one.file).name} {finding.place}: {finding.message} {finding.found}"
        for one in checked
        for finding in one.findings
    ]


@pytest.mark.parametrize("kind", ["work_plan", "division_of_work"])
def test_a_paper_of_ours_is_silent_in_every_format(kind: str, tmp_path: Path) -> None:
    assert findings(profiles_root() / "city-primary.yaml", (kind,), tmp_path) == []


@pytest.mark.long
@pytest.mark.parametrize("profile", sorted(path.name for path in profiles_root().glob("*.yaml")))
def test_every_paper_of_every_school_is_silent(profile: str, tmp_path: Path) -> None:
    opened = OpenedProfile.open(profiles_root() / profile)
    kinds = []
    for kind in find_kinds(opened.search):
        try:
            build(opened, tmp_path / kind, BuildOptions(kinds=(kind,), formats=("txt",), allow=("all",)))
        except Exception:  # a kind that this school cannot have
            continue
        kinds.append(kind)
    assert findings(profiles_root() / profile, tuple(kinds), tmp_path / "all") == []
