"""What no office file may bring along, at whichever door it comes in: what runs, fetches, or hides behind a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

FIELDS = {
    "DDE": "从别的程序取内容",
    "DDEAUTO": "从别的程序取内容",
    "LINK": "链接到别的文件",
    "INCLUDEPICTURE": "从别处取图片",
    "INCLUDETEXT": "从别处取文字",
    "INCLUDE": "从别处取文字",
    "IMPORT": "从别处取图片",
    "DATABASE": "从数据库取内容",
    "RD": "引用别的文件",
    "MACROBUTTON": "运行宏",
    "AUTOTEXT": "取自动图文集",
    "AUTOTEXTLIST": "取自动图文集",
    "EMBED": "嵌入对象",
    "CONTROL": "控件",
    "HTMLCONTROL": "控件",
    "ADDIN": "加载项",
    "PRINT": "向打印机发指令",
    "GOTOBUTTON": "按钮",
    "MERGEREC": "邮件合并的数据",
    "NEXT": "邮件合并的数据",
    "NEXTIF": "邮件合并的数据",
    "SKIPIF": "邮件合并的数据",
    "ASK": "打开时要求填写",
    "FILLIN": "打开时要求填写",
}
"""Fields that fetch, run or ask (ECMA-376 part 1, 17.16.5; INCLUDE, IMPORT, EMBED, HTMLCONTROL are of older versions)."""

RELATIONSHIPS = (
    "oleObject",
    "package",
    "control",
    "vbaProject",
    "activeXControlBinary",
    "subDocument",
    "aFChunk",
    "attachedToolbars",
    "attachedTemplate",
    "frame",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "externalLink",
)
"""The ends of relationship types that lead to something that runs or is fetched (ECMA-376 part 1, annexes A and L)."""

_DECLARED = re.compile(r"^\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_XML_NAMES = (".xml", ".rels", ".vml")


def hidden_definition(data: bytes) -> str:
    """Why a part of a package is not read as XML, in Chinese; empty where it may be.

    A package's parts are UTF-8 or UTF-16 (ECMA-376 part 2, 8.2.4), so whatever is encoded otherwise was made to
    get something past a reader.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return "里面的文字编码不正常"
        declared = _DECLARED.match(text)
        if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
            return "里面的文字编码不正常"
    if "\0" in text:  # UTF-32, or UTF-16 without its mark
        return "里面的文字编码不正常"
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "里面有不该有的 XML 声明"
    return ""


def definitions(parts: Mapping[str, bytes]) -> str:
    """The first `hidden_definition` of a package's parts; empty where there is none."""
    for name, data in parts.items():
        is_xml = name.lower().endswith(_XML_NAMES) or data.lstrip()[:5] == b"<?xml"
        if is_xml and (why := hidden_definition(data)):
            return why
    return ""


def active_field(root: _Element) -> str:
    """The name of the first field of a Word part that fetches, runs or asks; empty where there is none.

    A field whose name is itself made by a field counts, as nobody can say beforehand what it will be.
    """
    for instruction in _instructions(root):
        name = instruction.split(None, 1)[0].upper() if instruction.strip() else ""
        if name.startswith(_NESTED):
            return "QUOTE"
        name = name.partition(_NESTED)[0].strip('"\\')
        if name in FIELDS:
            return name
    return ""


_NESTED = "\ue000"
"""Stands in an instruction where another field is nested."""


def _instructions(root: _Element) -> Iterator[str]:
    """Each field's instruction, pieced together from its runs."""
    for simple in root.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "")
    open_fields: list[list[str]] = []  # the instruction so far of each field that has begun
    in_result: list[bool] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                if open_fields and not in_result[-1]:
                    open_fields[-1].append(_NESTED)
                open_fields.append([])
                in_result.append(False)
            elif kind == "separate" and open_fields:
                in_result[-1] = True
            elif kind == "end" and open_fields:
                in_result.pop()
                yield "".join(open_fields.pop())
        elif open_fields and not in_result[-1]:
            open_fields[-1].append(element.text or "")
        else:
            yield element.text or ""
    for unfinished in open_fields:
        yield "".join(unfinished)
