"""Who is printed and in what order the cut piles lie."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.core.problems import Place
from planforge.roster import Recipient, SchoolClass
from planforge.roster.print_order import (
    PaperSheet,
    PlacedPage,
    imposed,
    parse_where,
    select,
    sides,
    sorted_for_print,
)
from tests.roster.making import one_sheet, read

CLASSES = st.one_of(st.none(), st.builds(SchoolClass, st.integers(1, 9), st.integers(1, 12)))


def _one(class_: SchoolClass | None, seat: int | None, row: int = 2) -> Recipient:
    return Recipient({"name": "丁一禾"}, "名单", row, Place("a.xlsx", cell=f"名单!A{row}"), class_, seat)


RECIPIENTS = st.lists(st.builds(_one, CLASSES, st.one_of(st.none(), st.integers(1, 60)), st.integers(2, 99)))


@given(recipients=RECIPIENTS)
def test_print_order_is_class_then_seat_and_loses_nobody(recipients: list[Recipient]) -> None:
    ordered = sorted_for_print(recipients)
    assert sorted(map(id, ordered)) == sorted(map(id, recipients))
    keys = [
        (one.class_ is None, one.class_ or SchoolClass(0, 0), one.seat is None, one.seat or 0)
        for one in ordered
    ]
    assert keys == sorted(keys)


def test_ten_comes_after_two() -> None:
    classes = [SchoolClass(3, 10), SchoolClass(3, 2), SchoolClass(2, 11)]
    ordered = sorted_for_print([_one(class_, seat) for class_ in classes for seat in (10, 9)])
    assert [(str(one.class_), one.seat) for one in ordered] == [
        ("二（11）班", 9), ("二（11）班", 10), ("三（2）班", 9), ("三（2）班", 10), ("三（10）班", 9), ("三（10）班", 10)
    ]  # fmt: skip


@given(
    letters=st.integers(0, 200),
    up=st.integers(1, 3),
    pages=st.integers(1, 4),
    duplex=st.booleans(),
    slip=st.booleans(),
    mirrored=st.booleans(),
)
def test_cut_piles_lie_in_order(
    letters: int, up: int, pages: int, duplex: bool, slip: bool, mirrored: bool
) -> None:
    sheets = imposed(letters, up, pages=pages, duplex=duplex, slip=slip, mirrored=mirrored)
    seen: list[PlacedPage] = []
    for pile in range(up):  # cut, lay the first pile on top, read through it front and back
        for sheet in sheets:
            back = sheet.back[up - 1 - pile] if mirrored else sheet.back[pile]
            assert len(sheet.front) == len(sheet.back) == up
            seen += [turn for turn in (sheet.front[pile], back) if turn is not None]
            if back is not None and sheet.front[pile] is not None:
                assert back.letter == sheet.front[pile].letter  # type: ignore[union-attr]
                assert not (slip and back.page == pages), "a slip stands on a front"
                assert not (slip and sheet.front[pile].page == pages), "nothing behind a slip"  # type: ignore[union-attr]
    assert seen == [PlacedPage(letter, page) for letter in range(letters) for page in range(1, pages + 1)]
    if letters:
        assert len(sheets) == -(-letters // up) * -(
            -len(sides(pages, duplex=duplex, slip=slip)) // (2 if duplex else 1)
        )


@pytest.mark.parametrize(
    ("pages", "slip", "expected"),
    [
        (1, False, (1, None)), (2, False, (1, 2)), (3, False, (1, 2, 3, None)),
        (1, True, (1, None)), (2, True, (1, None, 2, None)), (3, True, (1, 2, 3, None)), (4, True, (1, 2, 3, None, 4, None)),
    ],
)  # fmt: skip
def test_a_letter_begins_a_fresh_sheet_and_leaves_the_back_of_its_slip_empty(
    pages: int, slip: bool, expected: tuple[int | None, ...]
) -> None:
    assert sides(pages, duplex=True, slip=slip) == expected
    assert sides(pages, duplex=False, slip=slip) == tuple(range(1, pages + 1))


def test_seven_slips_three_on_a_sheet() -> None:
    fronts = [[turn.letter if turn else None for turn in sheet.front] for sheet in imposed(7, 3)]
    assert fronts == [[0, 3, 6], [1, 4, None], [2, 5, None]]
    assert imposed(0, 2) == ()
    assert imposed(1, 2, pages=2, duplex=True, mirrored=True) == (
        PaperSheet((PlacedPage(0, 1), None), (None, PlacedPage(0, 2))),
    )


def test_a_few_are_printed_again(tmp_path: Path) -> None:
    rows = [("班级", "座号", "姓名", "社团")]
    rows += [
        (f"三（{c}）班", str(n), f"丁一{n}".replace(str(n), "甲乙丙丁戊己庚辛壬癸"[n - 1]), "合唱")
        for c in (1, 2)
        for n in range(1, 11)
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), "name class seat club")
    where, problems = parse_where(["座号=7,9-10", "班级=302"])
    assert not problems and where == {"seat": ("7", "9-10"), "class": ("302",)}
    chosen = select(roster.recipients, where)
    assert [(str(one.class_), one.seat) for one in chosen.recipients] == [
        ("三（2）班", 7),
        ("三（2）班", 9),
        ("三（2）班", 10),
    ]
    assert len(select(roster.recipients, {"grade": ["三年级"], "club": ["合唱"]}).recipients) == 20
    rows.append(("三（3）班", "11", "卞小舟", "合唱"))
    more = read(one_sheet(tmp_path / "b.xlsx", rows), "name class seat club").recipients
    apart = select(more, {"seat": ["7", "11"], "class": ["301", "302"]})
    assert [(one.code, one.found) for one in apart.problems] == [("where.nobody", "11")]
    assert "班级合要求的人里，没有人符合“座号=11”" in apart.problems[0].message
    nobody = select(roster.recipients, {"seat": ["7", "45"]})
    assert [one.code for one in nobody.problems] == ["where.nobody"] and "45" in nobody.problems[0].message
    unknown = select(roster.recipients, {"phone": ["1"]})
    assert [one.code for one in unknown.problems] == ["where.field"] and unknown.recipients == ()
    assert [one.code for one in parse_where(["座号", "=7", "座号="])[1]] == ["where.form"] * 3


@given(recipients=RECIPIENTS, seats=st.lists(st.integers(1, 60), min_size=1))
def test_selecting_keeps_order_and_takes_exactly_those(recipients: list[Recipient], seats: list[int]) -> None:
    chosen = select(recipients, {"seat": [str(seat) for seat in seats]}).recipients
    assert list(chosen) == [one for one in recipients if one.seat in seats]


def test_recipients_travel_to_other_processes(tmp_path: Path) -> None:
    [one] = read(
        one_sheet(tmp_path / "a.xlsx", [("姓名", "班级"), ("丁一禾", "三2")]), "name class"
    ).recipients
    again = pickle.loads(pickle.dumps(one))
    assert again == one and dict(again.values) == {"name": "丁一禾", "class": "三（2）班"}
