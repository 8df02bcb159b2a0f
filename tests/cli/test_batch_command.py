"""`planforge batch` as an office calls it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from planforge.app.letters import Batch
from planforge.batch.run import Outcome
from planforge.cli.batch_messages import told
from tests.support.commands import planforge
from tests.support.letter_kind import KIND, PEOPLE, PROFILE, roster, templates


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    own = templates(tmp_path / "own")
    people = roster(tmp_path / "名单.xlsx")
    return [str(PROFILE), KIND, str(people), "--templates", str(own), "-o", str(tmp_path / "out")]


def call(*words: str) -> subprocess.CompletedProcess[str]:
    return planforge("batch", *words)


def test_a_run_says_what_it_made_and_names_nobody(arguments: list[str]) -> None:
    done = call(*arguments, "--format", "docx", "--no-lists")
    assert done.returncode == 0, done.stderr
    assert f"{len(PEOPLE)} 份，docx {len(PEOPLE)} 个" in done.stdout
    assert "抽查 3 份，与逐份排版一致" in done.stdout
    assert not any(name in done.stdout + done.stderr for _, _, name in PEOPLE)
    again = call(*arguments, "--format", "docx", "--no-lists", "--resume")
    assert f"原有没有变化的 {len(PEOPLE)} 个" in again.stdout
    removed = call(*arguments, "--expunge")
    assert f"已删除 {len(PEOPLE)} 个文件" in removed.stdout
    assert removed.returncode == 0


@pytest.mark.parametrize("how", ["the list is lost", "the school is renamed"])
def test_what_still_lies_there_after_removing_is_told_and_no_success(
    arguments: list[str], tmp_path: Path, how: str
) -> None:
    assert call(*arguments, "--format", "docx", "--no-lists").returncode == 0
    (listed,) = (tmp_path / "out").rglob("已发清单.jsonl")
    if how == "the list is lost":
        listed.unlink()
        told = "个文件不在已发清单里"
    else:
        school = listed.parents[2]
        school.rename(school.with_name("旧校名小学"))
        told = "别的校名或学期下还有"
    removed = call(*arguments, "--expunge")
    assert removed.returncode == 1
    assert "已删除 0 个文件" in removed.stdout and told in removed.stdout
    assert not any(name in removed.stdout + removed.stderr for _, _, name in PEOPLE)


@pytest.mark.parametrize(
    "words, message",
    [
        (["--format", "exe"], "应当是：docx、pdf"),
        (["--each", "--merge-all"], "只能写一个"),
        (["--where", "座号7"], "没有写对"),
        (["--where", "座号=70"], "没有人符合“座号=70”"),
        (["--spare", "3"], "--spare 只同 --master 一起用"),
        (["--master", "--each"], "--master 只做一份"),
        (["--merge-by", "校车"], "校车"),
        (["--jobs", "-1"], "--jobs 写处理器的个数"),
    ],
)
def test_a_wrong_call_is_refused_with_a_sentence(
    arguments: list[str], words: list[str], message: str
) -> None:
    done = call(*arguments, *words)
    assert done.returncode == 2
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_is_grouped_and_begins_with_examples() -> None:
    done = call("--help")
    assert done.returncode == 0
    for heading in (
        "例：",
        "分成哪些文件：",
        "印在什么纸上：",
        "印给谁，按什么排：",
        "随附的表，人人一样的信：",
        "怎样做：",
    ):
        assert f"\n{heading}\n" in done.stdout


def test_a_master_needs_no_roster(tmp_path: Path) -> None:
    twice = ("--format", "txt", "--format", "docx")  # an option given again adds to what it said
    done = call(str(PROFILE), "家长问卷", "--master", *twice, "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "发群文字.txt" in done.stdout and "母版.docx" in done.stdout
    assert "共印 1068 份" in done.stdout


def test_a_base_that_is_not_there_is_told_with_the_line_that_names_it(tmp_path: Path) -> None:
    form, people = tmp_path / "我校.yaml", roster(tmp_path / "名单.xlsx")
    form.write_text(
        "school: {name: 青石区临溪小学, stage: 小学}\n"
        "term: {year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}\n"
        "documents:\n  - kind: 致家长的一封信\n    base: 没有.docx\n",
        encoding="utf-8",
    )
    for more in ((people,), ("--master",)):
        done = call(str(form), "致家长的一封信", *map(str, more), "-o", str(tmp_path / "out"))
        assert done.returncode == 2 and "没有.docx" in done.stderr, done.stderr
        assert "我校.yaml:5:11" in done.stderr
    assert not list(tmp_path.rglob("*.docx"))


def test_letters_that_were_laid_out_singly_are_told_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = Outcome(Path("out"), letters=45, made={"pdf": 45}, sampled=3)
    outcome.fallbacks.update({"有字在所用的字体里都没有": 2})
    assert told(Batch("短信", outcome, (), (), ()), 1.0) == 0
    said = capsys.readouterr().out
    assert "其中 2 份改用逐份排版" in said and "有字在所用的字体里都没有" in said
    assert "抽查 3 份，与逐份排版一致" in said
