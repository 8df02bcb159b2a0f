"""What holds of the Word file of every tree: valid, unedited, nothing lost, the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from xml.etree import ElementTree

import docx
import ooxml_integrity
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given
from openxml_audit import OpenXmlValidator

from planforge.core.resources import templates_root
from planforge.document.look import Look, read_look
from planforge.document.tree import Attachment, Blank, Block, Document, Figure, Slip, inlines_of, plain
from planforge.writers.word import digest, stored_digest, write
from planforge.writers.word.oxml import printable
from planforge.writers.word.visible_text import VisibleTextReader
from tests.support.any_tree import DOCUMENTS
from tests.support.exploring import examples
from tests.support.soffice import to_docx

_ANY = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
    HealthCheck.large_base_example,
]


@pytest.fixture(scope="module")
def look() -> Look:
    """The look that prints every kind of block, a red head too."""
    return read_look(templates_root() / "styles" / "red-head.yaml")


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def simple(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks; those of a slip or an attachment one by one."""
    for block in blocks:
        if isinstance(block, Slip | Attachment):
            yield from simple(block.blocks)
        else:
            yield block


@examples(25, suppress_health_check=_ANY)
@given(document=DOCUMENTS)
def test_every_tree_gives_a_valid_file(document: Document, look: Look, tmp_path: Path) -> None:
    data = write(document, look)
    path = tmp_path / "any.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in ooxml_integrity.check(path)] == []
    assert digest(data) == stored_digest(data)
    assert write(document, look) == data


@examples(25, suppress_health_check=_ANY)
@given(document=DOCUMENTS)
def test_every_word_of_the_tree_is_in_the_file(document: Document, look: Look) -> None:
    body = docx.Document(io.BytesIO(write(document, look))).element.body
    described = "".join(squeezed(one.get("descr") or "") for one in body.iter(qn("wp:docPr")))
    printed = squeezed("".join(body.itertext()))
    for block in simple(document.blocks):
        if isinstance(block, Figure):
            # What it shows stands in the picture; who does not see it reads the title and the alternative text.
            assert squeezed(printable(plain(block.alternative))) in described
        for content in (block.title,) if isinstance(block, Figure) else inlines_of(block):
            words = squeezed(printable(plain(tuple(node for node in content if not isinstance(node, Blank)))))
            assert words in printed


@pytest.mark.slow
def test_libreoffice_saving_again_is_no_edit_of_any_tree(look: Look, tmp_path: Path) -> None:
    gathered: list[Document] = []

    @examples(20, phases=[Phase.generate], suppress_health_check=_ANY)
    @given(document=DOCUMENTS)
    def gather(document: Document) -> None:
        gathered.append(document)

    gather()
    paths = [tmp_path / f"any{count}.docx" for count in range(len(gathered))]
    for path, document in zip(paths, gathered, strict=True):
        path.write_bytes(write(document, look))
    for path, again in zip(paths, to_docx(paths, tmp_path / "again"), strict=True):
        ours, theirs = path.read_bytes(), again.read_bytes()
        assert digest(theirs) == digest(ours), (gathered[paths.index(path)], changes(ours, theirs))


def changes(ours: bytes, theirs: bytes) -> list[str]:
    """What of two Word files tells them apart, as their digests see it."""
    found: list[list[str]] = []
    for data in (ours, theirs):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {
                name: ElementTree.fromstring(package.read(f"word/{name}.xml"))
                for name in ("styles", "numbering", "document")
                if f"word/{name}.xml" in package.namelist()
            }  # as `fingerprint.digest_of_parts` reads them
        reader = VisibleTextReader(parts.get("styles"), parts.get("numbering"))
        reader.read(parts["document"])
        found.append([*reader.words, *reader.structure])
    return list(unified_diff(found[0], found[1], lineterm="", n=1))
