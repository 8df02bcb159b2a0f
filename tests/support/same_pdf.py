"""Whether two PDF files show the same: words, places, order, outline and tags."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from tests.support.letters import letter
from tests.support.positions import signs


def tags(data: bytes) -> list[Any]:
    """The structure as nested lists, with the page of each element and the marked content it holds."""

    def told(element: Any, pages: dict[Any, int]) -> Any:
        if isinstance(element, int):
            return element
        kids = element.get("/K", [])
        page = pages.get(element["/Pg"].objgen) if "/Pg" in element else None
        return [str(element["/S"]), page, [told(one, pages) for one in kids]]

    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        root = pdf.Root["/StructTreeRoot"]
        found = [told(one, pages) for one in root["/K"]]
        parents = list(root["/ParentTree"]["/Nums"])
        listed = {int(number): marks for number, marks in zip(parents[::2], parents[1::2], strict=True)}
        own = {
            int(page.obj["/StructParents"]): n for n, page in enumerate(pdf.pages) if "/StructParents" in page
        }
        assert listed.keys() == own.keys()  # an empty side needs none
        for key, marks in listed.items():
            for mark, element in enumerate(marks):
                assert pages[element["/Pg"].objgen] == own[key]
                assert list(element["/K"]) == [mark]
        return found


def outline(data: bytes) -> list[tuple[str, int, list[float]]]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as read:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return [
            (one.title, pages[one.destination[0].objgen], [float(x) for x in one.destination[2:]])  # type: ignore[index]
            for one in read.root
        ]


def assert_same(fast: bytes, slow: bytes) -> None:
    ours, theirs = signs(fast), signs(slow)
    assert [(one.text, one.page) for one in ours] == [(one.text, one.page) for one in theirs]
    assert (
        max((max(abs(a.x - b.x), abs(a.y - b.y)) for a, b in zip(ours, theirs, strict=True)), default=0)
        < 0.01
    )
    assert tags(fast) == tags(slow)
    assert outline(fast) == outline(slow)
    with pikepdf.open(io.BytesIO(fast)) as pdf:
        assert pdf.check_pdf_syntax() == []


CLASS = [letter(name, "三（2）班", str(seat)) for seat, name in enumerate(
    ("丁一禾", "卞小舟", "甘雨桐", "李明", "欧阳欣怡", "买买提·阿不都", "赵喆", "钱𬱖", "Anna Li", "", "王&<b>"), 8
)]  # fmt: skip
