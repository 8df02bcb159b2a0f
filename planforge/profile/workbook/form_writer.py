"""The form as a workbook: a sheet for each part, filled with what a form says, or blank."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from planforge.profile.form import choices
from planforge.profile.workbook.block_headings import GUIDE, STAR, VALUE
from planforge.profile.workbook.blocks import BlockField, FormBlock, KeyPath, blocks, sheets
from planforge.profile.workbook.cells import ERASED, MARK, Value, to_cell
from planforge.profile.workbook.content import Content
from planforge.profile.workbook.formatting import SMALLER, columns_of, height, put, spans_of, styles
from planforge.profile.workbook.guide import write_guide
from planforge.profile.workbook.linking import names
from planforge.sheets.settled import settled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ALONE, _LAST, _BETWEEN = 30, 12, 6
"""Rows to fill in: of a list that has a sheet to itself, of the last on a sheet, of others."""
_SPARE = 3
_REACH = 500
"""Rows that drop-down lists reach down to below the last list of a sheet."""
_HINTS = {
    "texts": "几个用顿号隔开，或者一行一个。", "lines": "几条的，一行一条。",
    "options": "一行一个，写成“选项：取值”。",
}  # fmt: skip
_WARNINGS = re.compile(rb"</worksheet>\s*$")


def blank_workbook() -> bytes:
    """The blank form as an .xlsx file; always the same bytes."""
    return workbook(Content(groups={(): {("schema",): "1"}}))


def workbook(content: Content) -> bytes:
    """An .xlsx file with what a form says; the same content gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    for style in styles().values():
        book.add_named_style(style)
    guide = book.worksheets[0]
    guide.title = GUIDE
    write_guide(guide)
    _protect(guide, "7F7F7F")
    for name, here in sheets().items():
        sheet = book.create_sheet(name)
        _SheetWriter(sheet, here, content).write()
        needed = any(block.entry is not None and block.entry.first for block in here)
        _protect(sheet, "C00000" if needed else "5B9BD5")
    book.properties.creator = "planforge"
    book.properties.title = "学校信息表"
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue(), _quiet)


def _quiet(name: str, part: bytes) -> bytes:
    """A sheet told not to mark numbers that are kept as text: all of the form is text on purpose."""
    if not name.startswith("xl/worksheets/sheet"):
        return part
    mark = (
        b'<ignoredErrors><ignoredError sqref="A1:Z2000" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )
    return _WARNINGS.sub(mark, part)


def _protect(sheet: Worksheet, colour: str) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.tabColor = colour
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    # False: allowed on the protected sheet.
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(sheet.protection, allowed, False)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A　第 &P 页"))


class _SheetWriter:
    def __init__(self, sheet: Worksheet, here: tuple[FormBlock, ...], content: Content) -> None:
        self._sheet, self._blocks, self._content = sheet, here, content
        self._widths = columns_of(here)
        self._filled, self._told = spans_of(self._widths)
        self._row = 0
        self._named: dict[KeyPath, str] = {}

    def write(self) -> None:
        """Write all blocks, one below the other."""
        from openpyxl.styles import Protection
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.hyperlink import Hyperlink

        for column, width in enumerate(self._widths, 1):
            letter = get_column_letter(column)
            self._sheet.column_dimensions[letter].width = width
            # Below what is drawn here the sheet is open, so that the last list has no end.
            self._sheet.column_dimensions[letter].protection = Protection(locked=False)
            self._sheet.column_dimensions[letter].number_format = "@"
        self._line("表题", self._sheet.title, 30)
        self._line("去处", f"回到“{GUIDE}”", 16)
        cell = self._sheet.cell(self._row, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{GUIDE}'!A1")
        cell.style = "去处"
        for number, block in enumerate(self._blocks):
            if number:
                self._row += 1
                for column in range(1, len(self._widths) + 1):
                    self._sheet.cell(self._row, column).style = "附注"
            last = number == len(self._blocks) - 1
            self._heading(block)
            if block.table:
                self._table(block, last=last)
            else:
                self._group(block)
        alone = len(self._blocks) == 1 and self._blocks[0].table
        self._sheet.freeze_panes = f"B{self._top}" if alone else "A3"
        if alone:
            self._sheet.print_title_rows = f"{self._top - 1}:{self._top - 1}"

    def _line(self, style: str, text: str, tall: float) -> None:
        """A row of one text over the whole width."""
        self._row += 1
        for column in range(1, len(self._widths) + 1):
            self._sheet.cell(self._row, column).style = style
        put(self._sheet.cell(self._row, 1), style, text)
        self._merge(1, len(self._widths))
        self._sheet.row_dimensions[self._row].height = tall

    def _merge(self, first: int, last: int) -> None:
        """Merge cells of this row; all have been given their style, so openpyxl need not look for borders."""
        from openpyxl.utils import get_column_letter

        self._sheet.merged_cells.add(
            f"{get_column_letter(first)}{self._row}:{get_column_letter(last)}{self._row}"
        )

    def _heading(self, block: FormBlock) -> None:
        self._line("栏目", f"{MARK} {block.title}", 22)
        text = block.entry.description if block.entry is not None else "这份信息表本身。"
        if block.link:
            text += f"第一列写是哪个{block.link}的（{block.link}表里的名称）。"
        self._line("附注", text, height([(text, sum(self._widths))]))

    def _group(self, block: FormBlock) -> None:
        self._values("标题行", "标题行", "标题行", ("项目", VALUE, "说明"))
        values = self._content.groups.get(block.path, {})
        for field in block.fields:
            text = self._text(values.get(field.path, ""), (*block.path, *field.path))
            fixed = field.path == ("schema",)
            style = "项目" if fixed else "填写"
            self._values("项目", style, "解释", (_starred(field), text, _help(field, sample=True)))
            if not fixed:
                self._choose(field, 2, self._row, self._row)

    def _values(self, label: str, value: str, told: str, texts: tuple[str, str, str]) -> None:
        """A row of a name, what is filled in, and its explanation."""
        self._row += 1
        parts = ((1, 1, label), (2, self._filled, value), (self._filled + 1, self._told, told))
        need = []
        for (first, last, style), text in zip(parts, texts, strict=True):
            for column in range(first, last + 1):
                self._sheet.cell(self._row, column).style = style
            put(self._sheet.cell(self._row, first), style, text)
            if last > first:
                self._merge(first, last)
            wide = sum(self._widths[first - 1 : last])
            need.append((text, round(wide * SMALLER) if style == "解释" else wide))
        self._sheet.row_dimensions[self._row].height = height(need)

    def _table(self, block: FormBlock, *, last: bool) -> None:
        shift = 1 if block.link else 0
        self._row += 1
        told = [_help(field, sample=False) for field in block.fields]
        head = [_starred(field) for field in block.fields]
        if block.link:
            told = [f"{block.link}的名称。", *told]
            head = [block.link, *head]
        for column, text in enumerate(told, 1):
            put(self._sheet.cell(self._row, column), "解释", text)
        need = [(text, round(width * SMALLER)) for text, width in zip(told, self._widths, strict=False)]
        self._sheet.row_dimensions[self._row].height = height(need)
        self._row += 1
        for column, text in enumerate(head, 1):
            put(self._sheet.cell(self._row, column), "标题行", text)
        self._sheet.row_dimensions[self._row].height = 20
        self._top = self._row + 1
        rows = self._content.rows.get(block.path, [])
        least = _ALONE if last and len(self._blocks) == 1 else _LAST if last else _BETWEEN
        for number in range(max(least, len(rows) + _SPARE)):
            self._row += 1
            values = rows[number].values if number < len(rows) else {}
            if block.link:
                parent = self._parents(block)[rows[number].parent] if number < len(rows) else ""
                put(self._sheet.cell(self._row, 1), "填写", parent)
            texts = [
                ERASED if values.get(field.path) == "" else to_cell(values.get(field.path, ""))
                for field in block.fields
            ]
            if number < len(rows) and not values:
                # Only lists inside it say something. The first cell would empty the whole list.
                texts[1] = ERASED
            for column, text in enumerate(texts, 1 + shift):
                put(self._sheet.cell(self._row, column), "填写", text)
            if values:  # blank rows grow with what is typed
                self._sheet.row_dimensions[self._row].height = height(
                    list(zip(texts, self._widths[shift:], strict=False))
                )
        if block.path in self._content.erased:
            put(self._sheet.cell(self._top, 1), "填写", ERASED)
        end = self._row + (_REACH if last else 0)
        for column, field in enumerate(block.fields, 1 + shift):
            self._choose(field, column, self._top, end)
        if block.link:
            self._list(self._named[block.parent], 1, self._top, end, told[0])
        self._named[block.path] = f"=$A${self._top}:$A${self._row}"

    def _parents(self, block: FormBlock) -> list[str]:
        key = blocks()[block.parent].fields[0].path
        texts = [row.values.get(key, "") for row in self._content.rows.get(block.parent, [])]
        return names([text if isinstance(text, str) else "" for text in texts])

    def _text(self, value: Value, path: KeyPath) -> str:
        return ERASED if path in self._content.erased else to_cell(value)

    def _choose(self, field: BlockField, column: int, top: int, end: int) -> None:
        """A drop-down list for a closed choice; for other cells what to write, shown where they are chosen."""
        words = choices(field.entry.info)
        if words:
            self._list(f'"{",".join(words)}"', column, top, end, field.entry.description, closed=words)
            return
        told = _help(field, sample=True)
        self._validation(column, top, end, field.entry.title, told)

    def _list(
        self, formula: str, column: int, top: int, end: int, told: str, closed: tuple[str, ...] = ()
    ) -> None:
        self._validation(column, top, end, "从列表里选", told, formula, closed)

    def _validation(
        self,
        column: int,
        top: int,
        end: int,
        title: str,
        told: str,
        formula: str = "",
        closed: tuple[str, ...] = (),
    ) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        check = DataValidation(allow_blank=True, showErrorMessage=bool(closed))
        if formula:
            check.type, check.formula1 = "list", formula
        check.showInputMessage = True
        check.promptTitle, check.prompt = title[:32], told[:250]
        if closed:
            check.errorTitle, check.error = "请从列表里选", f"只能是：{'、'.join(closed)}"[:220]
        letter = get_column_letter(column)
        check.add(f"{letter}{top}:{letter}{end}")
        self._sheet.add_data_validation(check)


def _starred(field: BlockField) -> str:
    return f"{field.title} {STAR}" if field.entry.first else field.title


def _help(field: BlockField, *, sample: bool) -> str:
    """What to write, for people: the model's explanation, the choices, a sample."""
    entry = field.entry
    words = choices(entry.info)
    parts = [entry.description]
    if words and not all(word in entry.description for word in words):
        parts.append(f"可填：{'、'.join(words)}。")
    parts.append(_HINTS.get(field.shape, ""))
    if sample and entry.sample:
        parts.append(f"例：{_sample(entry.sample)}")
    return "".join(parts)


def _sample(sample: object) -> str:
    if isinstance(sample, dict):
        return "；".join(f"{name}：{text}" for name, text in sample.items())
    return "、".join(map(str, sample)) if isinstance(sample, list) else str(sample)
