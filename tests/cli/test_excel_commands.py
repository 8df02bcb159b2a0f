"""Every command takes the workbook in place of YAML; what it says names the sheet and the cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planforge.app.check_files import check_files
from planforge.check.export import as_json, as_sarif
from planforge.core.resources import profiles_root
from planforge.facts import describe
from planforge.profile.workbook.convert import convert
from tests.profile.excel_forms import group, made, table
from tests.support.commands import planforge
from tests.support.ways import read_facts

VILLAGE = profiles_root() / "village-primary.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("excel")


def test_new_and_convert(folder: Path) -> None:
    run = planforge("new", "--excel", at=folder)
    assert run.returncode == 0 and "planforge check 学校信息表.xlsx" in run.stdout
    run = planforge("new", "--excel", "甲.yaml", at=folder)
    assert run.returncode == 2 and ".xlsx" in run.stderr
    run = planforge("convert", VILLAGE, "甲.xlsx", at=folder)
    assert run.returncode == 0 and "甲.xlsx" in run.stdout, run.stderr
    run = planforge("convert", "甲.xlsx", at=folder)
    assert run.returncode == 0 and (folder / "甲.yaml").is_file()


def test_the_same_plan_from_either_file(folder: Path) -> None:
    excel, text = folder / "村小.xlsx", folder / "村小.yaml"
    convert(VILLAGE, excel)
    convert(excel, text)
    written = []
    for source in (excel, text):
        out = folder / source.suffix[1:]
        run = planforge("build", source, "--only", "工作计划", "--format", "txt", "-o", out)
        assert run.returncode == 0, run.stderr
        (plan,) = out.rglob("*.txt")
        written.append((plan.relative_to(out), plan.read_bytes()))
    assert written[0] == written[1]
    facts, _ = read_facts(excel)
    assert any(f"{excel} 学校和学期!B" in one.origin for one in describe(facts))


def test_findings_carry_sheet_and_cell_in_every_format(tmp_path: Path) -> None:
    path = made(
        tmp_path / "表.xlsx",
        {
            "作业表": table(
                "作业·作业限额", ("年级", "限额", "怎样限", "每天分钟数"), ("1-6", "更严", "不超过", 90)
            ),
            "监督": group("监督", ("监督电话", 57100000000)),
        },
    )
    run = planforge("check", path, "--profile-only")
    assert run.returncode == 1
    for cell in ("监督!B3", "作业表!D3"):
        assert f"{path} {cell}" in run.stderr, run.stderr
    checked = check_files([path], [], [], documents=False)
    data = json.loads(as_json(checked))
    cells = {one["cell"] for one in data["files"][0]["findings"]}
    assert {"监督!B3", "作业表!D3"} <= cells
    sarif = json.loads(as_sarif(checked))
    places = [one["locations"][0] for one in sarif["runs"][0]["results"] if "locations" in one]
    named = {one["logicalLocations"][0]["fullyQualifiedName"] for one in places if "logicalLocations" in one}
    assert {"监督!B3", "作业表!D3"} <= named
    assert not any("region" in one["physicalLocation"] for one in places if "logicalLocations" in one)
    broken = tmp_path / "坏.xlsm"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    run = planforge("build", broken, "-o", tmp_path / "out")
    assert run.returncode == 2 and "Traceback" not in run.stderr and "坏.xlsm" in run.stderr
