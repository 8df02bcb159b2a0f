"""A bureau's workbook: one row a school, one a finding, totals by rule, and who handed in nothing.

What schools wrote is text in every cell, never a formula: the cell's type says so, and a mark keeps it so
when somebody edits the cell.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from planforge.check.export import Checked
from planforge.check.finding import NAMES, counts
from planforge.sheets.settled import settled

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST = 32_000
MARK = "planforge-check-report"
"""The workbook's property by which a later check knows that it may write over it."""
_WIDTHS = {
    "学校": 28,
    "学期": 24,
    "文件": 36,
    "内容": 40,
    "问题": 36,
    "现在写的": 40,
    "规定": 40,
    "依据": 40,
    "怎样改": 40,
    "规则": 26,
    "文档": 18,
    "名单上相近的": 28,
}
_NARROW = 10
"""Width, in characters, of a column of numbers or single words; in wider ones the text is wrapped."""


def not_handed_in(checked: Sequence[Checked], expected: Iterable[str]) -> list[str]:
    """The schools that were expected and of which no usable file came, in the order expected.

    Args:
        checked: the files that came.
        expected: lines of the list of schools; empty lines and those that begin with # are passed over.
    """
    names = [_bare(file.school) for file in checked if file.usable and file.school]
    return [
        name
        for name in dict.fromkeys(_listed(expected))
        if not any(_same(_bare(name), have) for have in names)
    ]


def not_expected(checked: Sequence[Checked], expected: Iterable[str]) -> list[tuple[str, str]]:
    """Schools that handed in though nobody expected them, each with the like name of the list, or nothing.

    Args:
        checked: the files that came.
        expected: lines of the list of schools; empty lines and those that begin with # are passed over.
    """
    wanted = _listed(expected)
    names = dict.fromkeys(file.school for file in checked if file.usable and file.school)
    strange = [name for name in names if not any(_same(_bare(school), _bare(name)) for school in wanted)]
    return [(name, next(iter(get_close_matches(name, wanted, 1, 0.6)), "")) for name in strange]


def _listed(expected: Iterable[str]) -> list[str]:
    return [name.strip() for name in expected if name.strip() and not name.lstrip().startswith("#")]


def _bare(name: str) -> str:
    return re.sub(r"[\s（）()]", "", name)


def _same(wanted: str, have: str) -> bool:
    """Lists name schools with or without their district: 听松路小学 is 望湖区听松路小学."""
    return (
        wanted == have
        or (len(wanted) >= 4 and have.endswith(wanted))
        or (len(have) >= 4 and wanted.endswith(have))
    )


def workbook(
    checked: Sequence[Checked],
    missing: Sequence[str] | None = None,
    strange: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The workbook's bytes; the same input gives the same bytes.

    Args:
        checked: the files, in the order of the rows.
        missing: the schools that handed in nothing; None where nobody said which were expected.
        strange: those that nobody expected, each with the like name of the list.
    """
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty

    book: Any = Workbook()
    book.custom_doc_props.append(StringProperty(name=MARK, value="1"))
    for sheet in list(book.worksheets):
        book.remove(sheet)
    _sheet(book, "学校", ["学校", "学期", "文件", *NAMES.values(), "没有填的项", "结果"], _schools(checked))
    _sheet(
        book,
        "明细",
        [
            "学校",
            "文件",
            "行",
            "列",
            "单元格",
            "程度",
            "文档",
            "内容",
            "问题",
            "现在写的",
            "规定",
            "依据",
            "怎样改",
            "规则",
        ],
        _findings(checked),
    )
    _sheet(book, "按规则", ["规则", "程度", "处数", "学校数"], _rules(checked))
    if missing is not None:
        _sheet(book, "没有交", ["学校"], [[name] for name in missing])
    if strange:
        _sheet(book, "不在名单上", ["学校", "名单上相近的"], strange)
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue())


def _schools(checked: Sequence[Checked]) -> list[list[object]]:
    rows: list[list[object]] = []
    for file in checked:
        number = counts(file.findings)
        result = (
            "读不出来"
            if not file.usable
            else "要改"
            if number["error"]
            else "要核对"
            if number["warning"]
            else "通过"
        )
        rows.append([file.school, file.term, file.file, *number.values(), file.missing, result])
    total = counts([finding for file in checked for finding in file.findings])
    rows.append(["合计", f"{len(checked)}份", "", *total.values(), sum(file.missing for file in checked), ""])
    return rows


def _findings(checked: Sequence[Checked]) -> Iterable[list[object]]:
    for file in checked:
        for finding in file.findings:
            place = finding.place
            yield [
                file.school,
                place.file if place else file.file,
                place.line if place and not place.cell else "",
                place.column if place and not place.cell else "",
                place.cell if place else "",
                NAMES[finding.severity],
                finding.document or "信息表",
                finding.field,
                finding.message,
                finding.found,
                finding.limit,
                finding.citation,
                finding.remedy,
                finding.rule,
            ]


def _rules(checked: Sequence[Checked]) -> list[list[object]]:
    times: Counter[tuple[str, str]] = Counter()
    schools: Counter[tuple[str, str]] = Counter()
    for file in checked:
        keys = [(finding.rule, NAMES[finding.severity]) for finding in file.findings]
        times.update(keys)
        schools.update(set(keys))
    return [
        [rule, name, count, schools[rule, name]]
        for (rule, name), count in sorted(times.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def _sheet(book: Any, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    last = 1
    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            _write(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=_WIDTHS.get(head[column - 1], 10) > _NARROW)
        last = number
    for column, name in enumerate(head, 1):
        cell = sheet.cell(1, column)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFDDE6F0")
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 10)
    sheet.freeze_panes = "A2"
    # The total stays outside the filter, so that filtering never hides it among the schools.
    end = last - 1 if title == "学校" else last
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{max(end, 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write(cell: Any, value: object) -> None:
    if isinstance(value, int):
        cell.value = value
        return
    text = _UNPRINTABLE.sub("", str(value))[:_LONGEST]
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
