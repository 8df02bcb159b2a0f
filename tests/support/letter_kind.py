"""A small kind for recipients and a school and roster to go with it, on disk. Everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from planforge.batch.run import Outcome
from planforge.core.resources import profiles_root

PROFILE = profiles_root() / "city-primary.yaml"
PEOPLE = tuple(
    (f"三（{number // 9 + 1}）班", number % 9 + 1, name)
    for number, name in enumerate(
        [
            "丁一禾",
            "卞小舟",
            "甘雨桐",
            "周林",
            "吴芳晨",
            "郑宇涵",
            "王欣怡",
            "李子轩",
            "买买提·阿不都",
            "赵梓",
            "钱喆",
            "孙明",
            "冯桐",
            "陈小雨",
        ]
    )
)
CARD = """\
name: 短信
for: recipient
look: letter
prints: [name, class, seat]
sections: [letter]
"""
LETTER = """\
<title>短信</title>
<p role="salutation">尊敬的{{ recipient.name }}家长：</p>
<p>{{ school.name }}请您写下孩子的作息，交给老师。</p>
<slip><caption>回执</caption>
<p role="flush">班级：{{ recipient.class }}　座号：{{ recipient.seat }}　姓名：{{ recipient.name }}</p></slip>
"""
KIND = "short_note"


def templates(folder: Path, letter: str = LETTER) -> Path:
    """A folder of templates with the kind."""
    kind = folder / KIND
    kind.mkdir(parents=True, exist_ok=True)
    (kind / "card.yaml").write_text(CARD, encoding="utf-8")
    (kind / "letter.xml.j2").write_text(letter, encoding="utf-8")
    return folder


def roster(path: Path, people: Sequence[tuple[str, int, str]] = PEOPLE) -> Path:
    """A roster as an Excel file."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["班级", "座号", "姓名"])
    for one in people:
        sheet.append(list(one))
    book.save(path)
    return path


def folder_of(outcome: Outcome) -> Path:
    """The folder of a run that went to one."""
    assert outcome.folder is not None
    return outcome.folder


def files(folder: Path | None) -> dict[str, bytes]:
    """Everything below a folder, the lock apart."""
    assert folder is not None
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
