"""What becomes of the plan is written into the person's own file, and nothing else in it changes."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.core.resources import profiles_root
from planforge.profile import read_profile
from planforge.profile.recording import Record, find, record

DONE = Record("done", date(2026, 9, 4), "签到表存教导处")
BLOCK = """\
# 头上的注释
school: {name: 临溪小学, stage: 小学}   # 行尾的注释
term:
  year: 2026-2027
  number: 1
schedule:
  # 第一条
  - id: s1
    month: 9
    what: "公布 作息"     # 注释
    who: '教导处'

  - what: 家长会
    day: 2026-09-11
  - {id: s3, month: 10, what: 运动会, }
acts:
  - id: a1
    what: 统筹单
goals:
  - {id: g1, text: 作业不超限量}   # 完
"""


def made(folder: Path, text: str = BLOCK) -> Path:
    path = folder / "school.yaml"
    path.write_bytes(text.encode("utf-8"))
    return path


def added(before: str, after: str) -> list[str]:
    """The lines of `after` that `before` has not; it must have all of its own, in order."""
    left = after.splitlines()
    new: list[str] = []
    for line in before.splitlines():
        while left and left[0] != line:
            new.append(left.pop(0))
        assert left, f"lost: {line}"
        left.pop(0)
    return new + left


def test_a_done_item_gets_its_keys_below_its_own(tmp_path: Path) -> None:
    path = made(tmp_path)
    entry = record(path, "s1", DONE)
    assert (entry.id, entry.record.status, entry.record.done_on) == ("s1", "done", date(2026, 9, 4))
    assert added(BLOCK, path.read_text("utf-8")) == [
        "    status: 完成", "    done_on: 2026-09-04", "    evidence: 签到表存教导处",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["item-2", "家长会", "家长"])
def test_an_item_without_an_id_is_named_by_its_number_or_words(tmp_path: Path, word: str) -> None:
    path = made(tmp_path)
    record(path, word, DONE)
    assert [one.status for one in read_profile(path).profile.schedule] == [None, "done", None]


def test_an_item_in_braces_stays_on_its_line(tmp_path: Path) -> None:
    path = made(tmp_path)
    record(path, "s3", Record("postponed", reason='雨, 多; "大"', moved_to=date(2026, 11, 6)))
    text = path.read_text("utf-8")
    assert len(text.splitlines()) == len(BLOCK.splitlines())
    item = read_profile(path).profile.schedule[2]
    assert (item.status, item.reason, item.moved_to) == ("postponed", '雨, 多; "大"', date(2026, 11, 6))


@pytest.mark.parametrize("word", ["s1", "s3", "a1", "g1"])
def test_a_later_record_takes_the_place_of_an_earlier_one(tmp_path: Path, word: str) -> None:
    path = made(tmp_path)
    record(path, word, DONE)
    record(path, word, Record("cancelled", reason="并入家长开放日"))
    now = find(read_profile(path).profile, word).record
    assert (now.status, now.done_on, now.evidence, now.reason) == ("cancelled", None, "", "并入家长开放日")
    record(path, word, Record("open"))
    assert find(read_profile(path).profile, word).record.status == "open"


@pytest.mark.parametrize(
    ("entry", "rest"),
    [
        ("{id: s1, day: 2026-09-04, what: 教师会, status: 完成, done_on: 2026-09-04}", "status: 取消, reason: 停电}"),
        ("{id: s1, day: 2026-09-04, done_on: 2026-09-04, evidence: 签到表, what: 教师会, status: 完成}", "reason: 停电}"),
        ("{done_on: 2026-09-04, id: s1, day: 2026-09-04, what: 教师会, status: 完成}", "status: 取消, reason: 停电}"),
        ("{id: s1, day: 2026-09-04, what: 教师会,  # 年级组长也到\n     done_on: 2026-09-04, status: 完成}", "reason: 停电}"),
        ("{id: s1, day: 2026-09-04, what: 教师会, done_on: }", "status: 取消, reason: 停电"),
    ],
)  # fmt: skip
def test_a_key_in_braces_that_no_longer_holds_goes_whole(tmp_path: Path, entry: str, rest: str) -> None:
    """An empty key left behind made the file unreadable at the next record."""
    path = made(tmp_path, BLOCK.partition("schedule:")[0] + f"schedule:\n  - {entry}  # 大会议室\n")
    record(path, "s1", Record("cancelled", reason="停电"))
    text = path.read_text("utf-8")
    assert "done_on" not in text and "evidence" not in text
    assert rest in text and "# 大会议室" in text and ("年级组长" in entry) == ("# 年级组长也到" in text)
    record(path, "s1", Record("done", date(2026, 9, 5), "签到表"))
    (item,) = read_profile(path).profile.schedule
    assert (item.status, item.done_on, item.evidence, item.what) == (
        "done", date(2026, 9, 5), "签到表", "教师会"
    )  # fmt: skip


def test_a_key_without_a_value_at_the_end_of_the_braces_does_not_stop_a_record(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        BLOCK.partition("schedule:")[0]
        + "schedule:\n  - {id: s1, day: 2026-09-04, what: 教师会, done_on: }\n",
    )
    record(path, "s1", Record("done", evidence="签到表"))
    assert read_profile(path).profile.schedule[0].evidence == "签到表"


def test_what_was_postponed_and_then_done_keeps_its_story(tmp_path: Path) -> None:
    path = made(tmp_path)
    record(path, "s3", Record("postponed", reason="雨", moved_to=date(2026, 11, 6)))
    record(path, "s3", Record("done", date(2026, 11, 6), "成绩册"))
    item = read_profile(path).profile.schedule[2]
    assert (item.status, item.reason, item.moved_to, item.evidence) == (
        "done",
        "雨",
        date(2026, 11, 6),
        "成绩册",
    )


def test_the_same_record_twice_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path)
    record(path, "a1", DONE)
    once = path.read_bytes()
    record(path, "a1", DONE)
    assert path.read_bytes() == once


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_mark_and_rights_stay(tmp_path: Path, ending: str, mark: bytes) -> None:
    path = tmp_path / "school.yaml"
    path.write_bytes(mark + BLOCK.replace("\n", ending).encode("utf-8"))
    path.chmod(0o640)
    for word in ("s1", "家长会", "g1"):
        record(path, word, DONE)
    data = path.read_bytes()
    assert data.startswith(mark) and data.count(b"\r") == (data.count(b"\n") if ending == "\r\n" else 0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read_profile(path).ok
    assert [one.name for one in tmp_path.iterdir()] == ["school.yaml"]


def test_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    path = made(tmp_path, BLOCK.partition("goals:")[0].rstrip("\n"))
    record(path, "a1", DONE)
    assert read_profile(path).profile.acts[0].status == "done"


def test_an_entry_of_a_file_above_is_written_there(tmp_path: Path) -> None:
    above = made(tmp_path)
    path = tmp_path / "term.yaml"
    path.write_text("extends: school.yaml\nacts:\n  - {id: a9, what: 巡查}\n", "utf-8")
    record(path, "s1", DONE)
    assert "status: 完成" in above.read_text("utf-8") and "status" not in path.read_text("utf-8")
    record(path, "a9", DONE)
    assert "status: 完成" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("word", "code", "says"),
    [("s9", "entry.unknown", "s1"), ("会", "entry.several", "运动会"), ("", "entry.unknown", "全部编号")],
)
def test_what_names_no_one_item_is_told(tmp_path: Path, word: str, code: str, says: str) -> None:
    path = made(tmp_path)
    with pytest.raises(InputError) as caught:
        record(path, word, DONE)
    (problem,) = caught.value.problems
    assert problem.code == code and says in problem.found + problem.fix
    assert path.read_text("utf-8") == BLOCK


@pytest.mark.parametrize(
    "text",
    [
        BLOCK.replace("what: 家长会", "what: &a 家长会").replace("what: 统筹单", "what: *a"),
        BLOCK.replace("    who: '教导处'", "    evidence: |\n      几行\n      文字"),
    ],
)
def test_a_file_that_cannot_be_edited_safely_is_left_alone(tmp_path: Path, text: str) -> None:
    path = made(tmp_path, text)
    with pytest.raises(InputError) as caught:
        record(path, "s1", DONE)
    assert "用编辑器" in caught.value.problems[0].fix
    assert path.read_text("utf-8") == text


def test_a_record_that_contradicts_the_plan_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    with pytest.raises(InputError) as caught:
        record(path, "家长会", Record("postponed", moved_to=date(2026, 9, 1)))
    assert caught.value.problems[0].code == "progress.moved_back"
    assert path.read_text("utf-8") == BLOCK


@pytest.mark.parametrize("name", [path.name for path in sorted(profiles_root().glob("*.yaml"))])
def test_every_entry_of_every_example_can_be_recorded(tmp_path: Path, name: str) -> None:
    from planforge.profile.recording import entries

    for one in profiles_root().glob("*.yaml"):  # one example may extend another
        (tmp_path / one.name).write_bytes(one.read_bytes())
    path = tmp_path / name
    names = [one.id for one in entries(read_profile(path).profile)]
    for each in names:
        record(path, each, Record("done", date(2027, 1, 8), "记录，存教导处: 第3册 #1"))
    assert {one.record.evidence for one in entries(read_profile(path).profile)} <= {
        "记录，存教导处: 第3册 #1"
    }
