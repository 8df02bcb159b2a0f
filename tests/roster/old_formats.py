"""One roster as old Excel writes it, as a page with a table, and as an XML spreadsheet."""

from __future__ import annotations

from pathlib import Path

import xlwt


def old_excel(path: Path) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("三（2）班")
    red = xlwt.easyxf("font: color red")
    struck = xlwt.easyxf("font: struck_out true")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write_merge(0, 0, 0, 4, "枫林小学学生花名册")
    for column, text in enumerate(("座号", "姓名", "班级", "联系电话", "出生日期")):
        sheet.write(1, column, text)
    names = ["丁一禾", "卞小舟", "甘雨桐", "冉云起", "应如是", "叶知秋"]
    for n, name in enumerate(names):
        sheet.write(n + 2, 0, n + 1.0)
        sheet.write(n + 2, 1, name, struck if n == 3 else red if n == 4 else xlwt.easyxf())
        sheet.write(n + 2, 3, 13900000001 + n)
        sheet.write(n + 2, 4, 43344, date)
    sheet.write_merge(2, 7, 2, 2, "三（2）班")
    sheet.row(7).hidden = True
    gone = book.add_sheet("旧")
    gone.visibility = 1
    book.save(str(path))
    return path


HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{0}"><style>td {{color:red}}</style></head>
<body><table border=1><tr><td colspan=4>枫林小学学生名册</td></tr>
<tr><th>座号</th><th>姓&nbsp;名</th><th>班级</th><th>联系电话</th></tr>
<tr><td>1</td><td>丁一禾</td><td rowspan=3>三（2）班</td><td>13900000001</td></tr>
<tr><td>2</td><td><b>卞小舟</b></td><td>13900000002</td></tr>
<tr><td>3</td><td>甘雨桐<br></td><td>13900000003</td></tr>
<tr><td>4</td><td><s>冉云起</s></td><td>三（2）班</td></tr>
<tr><td>5</td><td style="color:#FF0000">应如是</td><td>三（2）班</td></tr>
<tr style="display:none"><td>6</td><td>叶知秋</td><td>三（2）班</td></tr>
</table></body></html>"""


XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="三2"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">名单</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">座号</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">联系电话</Data></Cell></Row>
{rows}<Row><Cell><Data ss:Type="Number">4</Data></Cell><Cell ss:StyleID="s1"><Data ss:Type="String">冉云起</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">姓名</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""
