"""The package of an office file (.docx): opened with suspicion, whoever asks for it and for whatever."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planforge.core.active_content import definitions
from planforge.core.unreadable import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOTAL = 100_000_000  # bytes, unpacked
_PARTS = 2000
_RATIO = 200  # how much smaller than itself a large part may be packed
_STRICT = b"http://purl.oclc.org/ooxml/"
_SAVE_AGAIN = "用 Word 或 WPS 打开，另存为 .docx"


@dataclass(frozen=True, slots=True)
class OfficePackage:
    """A Word file's parts by name; main: the name of the one that is the document."""

    parts: Mapping[str, bytes]
    main: str

    def related(self, kind: str) -> Iterator[str]:
        """The names of the parts of a kind (styles, header, comments …) that the document refers to."""
        data = self.parts.get(rels_of(self.main))
        for relation in () if data is None else parse(data):
            part = resolved(self.main, relation.get("Target", ""))
            inside = relation.get("TargetMode") != "External" and part in self.parts
            if inside and relation.get("Type", "").rpartition("/")[2] == kind:
                yield part


def open_package(data: bytes) -> OfficePackage:
    """A Word file from its bytes.

    Raises:
        Unreadable: it is none, holds macros or hidden definitions, or only pretends to be small; in Chinese.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("word.old", "是旧式 .doc，或者加了密码", "用 Word 或 WPS 去掉密码，另存为 .docx")
    parts = _unpacked(data)
    kinds = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in kinds or any("vbaproject" in part.lower() for part in parts):
        raise Unreadable("word.macros", "带有宏", "另存为不带宏的 .docx")
    if why := definitions(parts):
        raise Unreadable("word.definitions", why, "用 Word 或 WPS 打开后重新另存为 .docx")
    main = _main(parts)
    if _STRICT in parts[main]:
        raise Unreadable("word.strict", "是“严格”的 Open XML 格式", "另存为普通的 Word 文档（.docx）")
    root = parse(parts[main])
    if root.tag != f"{W}document" or root.find(f"{W}body") is None:
        raise _no_word()
    return OfficePackage(parts, main)


def parse(data: bytes) -> _Element:
    """A part's root; nothing is fetched or expanded. Raises Unreadable where it is no XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("word.damaged", "已经损坏", "用 Word 或 WPS 打开修复，另存一份") from error


def rels_of(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def resolved(part: str, target: str) -> str:
    """The part that a relationship of another points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    path = [*part.split("/")[:-1]]
    for step in target.split("/"):
        if step == "..":
            path = path[:-1]
        elif step != ".":
            path.append(step)
    return "/".join(path)


def _unpacked(data: bytes) -> dict[str, bytes]:
    swollen = Unreadable("word.size", "解开后大得不正常", "换一个正常保存的文件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            names = [info.filename for info in infos]
            if len(infos) > _PARTS or sum(info.file_size for info in infos) > _TOTAL:
                raise swollen
            for info in infos:
                if info.file_size > 1_000_000 and info.file_size > _RATIO * max(1, info.compress_size):
                    raise swollen
                if info.flag_bits & 1:
                    raise Unreadable("word.password", "加了密码", "去掉密码，另存一份")
            if len({name.casefold() for name in names}) != len(names) or any(map(_strange, names)):
                fix = "用 Word 或 WPS 打开后重新另存为 .docx"
                raise Unreadable("word.names", "里面的文件名不正常", fix)
            return {info.filename: package.read(info) for info in infos}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Unreadable("word.damaged", "不是 .docx，或者已经损坏", _SAVE_AGAIN) from error
    except zipfile.LargeZipFile as error:
        raise Unreadable("word.size", "太大", "换一个小些的文件") from error


def _strange(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _main(parts: Mapping[str, bytes]) -> str:
    rels = parts.get("_rels/.rels")
    for relation in () if rels is None else parse(rels):
        target = resolved("", relation.get("Target", ""))
        if relation.get("Type", "").endswith("/officeDocument") and target in parts:
            return target
    raise _no_word()


def _no_word() -> Unreadable:
    return Unreadable("word.none", "不是 Word 文档", "用 Word 或 WPS 另存为 .docx")
