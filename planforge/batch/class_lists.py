"""The papers that go with letters: a class's list to tick off, the count of the whole school, the print-run sheet.

They are documents like any other: made as trees, printed by the same writers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planforge.document.tree import (
    Blank,
    Block,
    Break,
    Cell,
    Document,
    Inlines,
    Paragraph,
    Table,
    Text,
    Title,
)
from planforge.imposition.paper import Paper, SlipAt
from planforge.roster import Recipient
from planforge.roster.fields import value_of

KIND = "batch_list"
_SIDE_BY_SIDE = 12
"""From so many people on, a list stands in two columns, so that a class is one page."""
_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What one class gets.

    people: pupils, None where the letters go to the classes themselves; letters: sheets of text for them; sheets: of
    paper, None if unknown.
    """

    title: str
    people: int | None
    letters: int
    sheets: int | None


def class_list(
    letter: str, group: str, people: Sequence[Recipient], *, slip: bool, author: str = ""
) -> Document:
    """A class's list: a box for each pupil whose slip is to come back (应收、实收、未收), or a place to sign in.

    letter: the letter's name; group: the class's.
    """
    kind = "回执登记表" if slip else "签收表"
    content = (
        (*_shown(group), Break(), Text(f"《{letter}》{kind}")) if group else (Text(f"《{letter}》{kind}"),)
    )
    count = len(people)
    missing = "班级和座号" if _of_several_classes(people) else "座号"
    foot: Inlines = (
        (Text(f"应收{count}份　实收"), Blank(3), Text("份　未收"), Blank(3), Text("份"))
        if slip
        else (Text(f"应发{count}份　实发"), Blank(3), Text("份"))
    )
    by_whom: Inlines = (
        Text("经办人："),
        Blank(6),
        Text("　日期："),
        Blank(3),
        Text("月"),
        Blank(3),
        Text("日"),
    )
    blocks: tuple[Block, ...] = (
        Title(content),
        _people(people, "已交" if slip else "签收", "□" if slip else ""),
        Paragraph(foot, "flush"),
        *((Paragraph((Text(f"未收的{missing}："), Blank(24)), "flush"),) if slip else ()),
        Paragraph(by_whom, "flush"),
    )
    return Document(KIND, f"{group}《{letter}》{kind}", blocks, author=author)


def school_count(
    letter: str,
    shares: Sequence[ClassShare],
    *,
    paper: Paper,
    pages: int | None,
    grouped_by: str,
    author: str = "",
) -> Document:
    """How many letters and sheets each class gets, and all of them. pages: of a letter, None if unknown."""
    content = (Text(f"《{letter}》"), Break(), Text("全校汇总"))
    notes = f"{_said(paper, pages)}。" if pages is not None else ""
    return _count(
        f"《{letter}》全校汇总",
        content,
        shares,
        letters="份数",
        grouped_by=grouped_by,
        notes=notes,
        author=author,
    )


def print_run(
    letter: str,
    shares: Sequence[ClassShare],
    *,
    paper: Paper,
    pages: int | None,
    spare: int,
    author: str = "",
) -> Document:
    """The print-run sheet of a letter that is the same for all: each class's pupils, spare copies, paper."""
    content = (Text(f"《{letter}》"), Break(), Text("印数单"))
    said = f"每班备用{spare}份" if spare else "不另加备用"
    notes = f"{'；'.join(filter(None, (said, _said(paper, pages) if pages is not None else '')))}。"
    return _count(
        f"《{letter}》印数单",
        content,
        shares,
        letters="印数",
        grouped_by="班级",
        notes=notes,
        author=author,
    )


def sheets_for(paper: Paper, letters: int, pages: int | None, slip: SlipAt) -> int | None:
    """Sheets of paper for letters of so many pages; None where the pages are not known."""
    return None if pages is None else paper.sheets(letters, pages, slip)


def _count(
    title: str,
    content: Inlines,
    shares: Sequence[ClassShare],
    *,
    letters: str,
    grouped_by: str,
    notes: str,
    author: str,
) -> Document:
    known = all(share.sheets is not None for share in shares)
    personal = all(share.people is not None for share in shares)
    total = ClassShare(
        "合计",
        sum(share.people or 0 for share in shares),
        sum(share.letters for share in shares),
        sum(share.sheets or 0 for share in shares),
    )
    head = (
        grouped_by, *(("人数",) if personal else ()), letters, *(("用纸（张）",) if known else ())
    )  # fmt: skip
    rows = tuple(
        (
            Cell(_shown(share.title), "centre"),
            *((_number(share.people or 0),) if personal else ()),
            _number(share.letters),
            *((_number(share.sheets or 0),) if known else ()),
        )
        for share in (*shares, total)
    )
    table = Table(
        (2.0, *(1.0 for _ in head[1:])), (tuple(Cell((Text(words),), "centre") for words in head),), rows
    )
    blocks: list[Block] = [Title(content), table]
    if notes:
        blocks.append(Paragraph((Text(notes),), "flush"))
    return Document(KIND, title, tuple(blocks), author=author)


def _said(paper: Paper, pages: int) -> str:
    """How a letter lies on paper, in words."""
    each = [f"每份{pages}页", "双面" if paper.duplex else "单面"]
    if paper.copies > 1:
        each.append(f"每人{paper.copies}份")
    if paper.up > 1:
        each.append(f"一张A4纸{paper.up}份")
    return "，".join(each)


def _people(people: Sequence[Recipient], heading: str, mark: str) -> Table:
    """Everybody with a box or a place to sign, down the first column and on in the second.

    Who signs has a row of their own. Boxes to tick stand five to a row: lines within a cell are much cheaper to lay
    out than rows, and the rule after every fifth helps the eye.
    """
    sides = 2 if len(people) > _SIDE_BY_SIDE else 1
    together = _TOGETHER if mark else 1
    depth = max(1, -(-len(people) // sides))
    seats = any(person.seat is not None for person in people)
    classes = _of_several_classes(people)
    titles = (*(("班级",) if classes else ()), "座号" if seats else "序号", "姓名", heading)
    head = tuple(Cell((Text(words),), "centre") for _ in range(sides) for words in titles)
    rows = []
    for start in range(0, depth, together):
        cells: list[Cell] = []
        for side in range(sides):
            begin = side * depth + start
            numbers = range(begin, min(begin + together, (side + 1) * depth, len(people)))
            told = [
                _person(people[number], number, mark, seats=seats)[0 if classes else 1 :]
                for number in numbers
            ]
            columns = zip(*told, strict=True) if told else ((),) * len(titles)
            cells += [Cell(_lines(column), "centre") for column in columns]
        rows.append(tuple(cells))
    widths = (*((1.6,) if classes else ()), 1.0, 2.2, 1.3 if mark else 2.2)
    return Table(widths * sides, (head,), tuple(rows))


def _of_several_classes(people: Sequence[Recipient]) -> bool:
    return len({person.class_ for person in people}) > 1


def _person(person: Recipient, number: int, mark: str, *, seats: bool) -> tuple[str, str, str, str]:
    class_ = str(person.class_) if person.class_ is not None else ""
    seat = str(person.seat) if person.seat is not None else "" if seats else str(number + 1)
    return class_, seat, value_of(person, "name"), mark


def _lines(column: Sequence[str]) -> Inlines:
    """Words one below the other."""
    content: list[Text | Break] = []
    for words in column:
        content += [Break(), Text(words or "　")]
    return tuple(content[1:])


def _shown(text: str) -> Inlines:
    return (Text(text),) if text else ()


def _number(number: int) -> Cell:
    return Cell((Text(str(number)),), "centre")
