"""Has somebody worked on this Word file, or has a program merely saved it again?

Word, WPS and LibreOffice write the same document in different XML: other style ids, other runs, other
numbers of lists. So two digests are taken of what a reader sees: of the words in their order, and of the
structure (style, alignment, spacing, list, emphasis and size of every stretch of text, cells of tables).
Headers, footers, notes and comments count as words. The digests are stored in the file as custom properties, which every office program carries along.

Works on the zip and the XML alone: neither python-docx nor lxml is needed.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from planforge.writers.word.outside_body import words_outside
from planforge.writers.word.visible_text import VisibleTextReader

_VERSION = "1"
_LIMIT = 200_000_000
_CUSTOM = "docProps/custom.xml"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
NAMES = ("planforge text", "planforge structure")


@dataclass(frozen=True, slots=True)
class Digest:
    """text: of the words in order. structure: of how they are set. Equal digests: nobody edited."""

    text: str
    structure: str


def digest(data: bytes) -> Digest:
    """The digests of a Word file as it stands. Raises ValueError where it is not a readable one."""
    return digest_of_parts(_parts(data))


def stored_digest(data: bytes) -> Digest | None:
    """The digests that `write` put into the file; None where it is not one of ours (or they were removed)."""
    custom = _parts(data).get(_CUSTOM)
    if custom is None:
        return None
    properties = {
        element.get("name", ""): "".join(element.itertext()).strip()
        for element in _parse(custom).iter(_PROPERTY)
    }
    text, structure = (properties.get(name, "") for name in NAMES)
    return Digest(text, structure) if text and structure else None


def resaved(name: str, data: bytes) -> bool:
    """Whether a Word file of ours says what it said when it was made: an office program merely saved it again.

    name: its file's; other formats keep no digest. Raises ValueError where it is not a readable one.
    """
    return name.endswith(".docx") and stored_digest(data) == digest(data)


def digest_of_parts(parts: Mapping[str, bytes]) -> Digest:
    """The digests of a package that has already been read."""
    main = "word/document.xml" if "word/document.xml" in parts else _main_part(parts)
    folder = main.rpartition("/")[0]
    styles, numbering = (parts.get(f"{folder}/{name}.xml") for name in ("styles", "numbering"))
    reader = VisibleTextReader(
        _parse(styles) if styles is not None else None,
        _parse(numbering) if numbering is not None else None,
    )
    reader.read(_parse(parts[main]))
    return Digest(_hash([*reader.words, *words_outside(parts)]), _hash(reader.structure))


def _hash(lines: list[str]) -> str:
    # Each line is counted in with its length, so that no two sequences of lines look alike.
    state = hashlib.sha256()
    for line in lines:
        encoded = line.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(encoded))
        state.update(encoded)
    return f"{_VERSION}:{state.hexdigest()}"


def _parts(data: bytes) -> dict[str, bytes]:
    end = data.rfind(b"PK\x05\x06")  # the package's last record, 22 bytes and a comment
    if end < 0 or end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") != len(data):
        raise ValueError("not a Word file: no package, or one with something behind its end")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if info.filename.endswith((".xml", ".rels"))]
            if sum(info.file_size for info in infos) > _LIMIT:
                raise ValueError("the parts of the package are too large")
            return {info.filename: package.read(info) for info in infos}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"not a Word file: {error}") from error


def _main_part(parts: Mapping[str, bytes]) -> str:
    root = _parse(parts.get("_rels/.rels", b"<none/>"))
    for element in root:
        target = element.get("Target", "").lstrip("/")
        if element.get("Type", "").endswith("/officeDocument") and target in parts:
            return target
    raise ValueError("not a Word file: it has no main document")


def _parse(data: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(f"not a Word file: {error}") from error
