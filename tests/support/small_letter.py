"""A short letter with a field in each kind of block."""

from __future__ import annotations

from planforge.document.tree import (
    Blank,
    Cell,
    Document,
    Field,
    Item,
    NumberedList,
    Paragraph,
    Slip,
    Table,
    Text,
    Title,
)

_HEAD = ((Cell((Text("项目"),)), Cell((Text("内容"),))),)


SLIP = Slip(
    (Text("回执"),),
    (Paragraph((Field("class"), Field("seat"), Text("号"), Field("name"), Blank(6)), "flush"),),
)


SMALL = Document(
    "letter",
    "短信",
    (
        Title((Text("短信"),)),
        Paragraph((Text("尊敬的"), Field("name"), Text("家长："))),
        Paragraph((Text("座号“"), Field("seat"), Text("”的"), Field("name", True), Text("请写下每天的作息，"), Field("class"))),
        NumberedList((Item((Field("name"), Text("：早睡"))),)),
        Table((1, 2), _HEAD, ((Cell((Text("姓名"),)), Cell((Field("name"),))),)),
        SLIP,
    ),
)  # fmt: skip
