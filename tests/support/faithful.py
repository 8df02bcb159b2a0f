"""LibreOffice reading Word files as Word does: what its import leaves out is put right before the layout.

LibreOffice 7.4 reads `w:overflowPunct` the wrong way round (0 lets punctuation hang), and does not read
`w:autoSpaceDE`/`w:autoSpaceDN` (it always widens the gap between Han and Latin) nor
`w:noLineBreaksBefore`/`After` (it has lists of its own). Our Word files say all three, and Word obeys; so
a small macro says them again to what LibreOffice has read.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tests.support import soffice

_PROGRAM_FOLDERS = "/usr/lib/libreoffice/program"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"'

_MACRO = """
Sub Convert(folder As String)
  Dim found As String, files(999) As String, total As Integer, i As Integer, j As Integer
  Dim doc As Object, styles As Object, one As Object
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  On Error GoTo Failed
  Dim chinese As New com.sun.star.lang.Locale
  Dim rules As New com.sun.star.i18n.ForbiddenCharacters
  chinese.Language = "zh"
  chinese.Country = "CN"
  opening(0).Name = "Hidden"
  opening(0).Value = True
  saving(0).Name = "FilterName"
  saving(0).Value = "writer_pdf_Export"
  found = Dir(folder & "/*.docx", 0)
  Do While found <> ""
    files(total) = found
    total = total + 1
    found = Dir
  Loop
  For i = 0 To total - 1
    doc = StarDesktop.loadComponentFromURL(ConvertToURL(folder & "/" & files(i)), "_blank", 0, opening())
    rules.beginLine = BEGIN
    rules.endLine = END_
    settings = doc.createInstance("com.sun.star.document.Settings")
    settings.ForbiddenCharacters.setForbiddenCharacters(chinese, rules)
    styles = doc.StyleFamilies.getByName("ParagraphStyles")
    For j = 0 To styles.Count - 1
      one = styles.getByIndex(j)
      one.ParaIsHangingPunctuation = False
      one.ParaIsCharacterDistance = False
    Next j
    doc.storeToURL(ConvertToURL(folder & "/" & Left(files(i), Len(files(i)) - 5) & ".pdf"), saving())
    doc.close(True)
  Next i
Failed:
  StarDesktop.terminate()
End Sub
"""


def to_pdf(words: Sequence[bytes]) -> list[bytes]:
    """Word files of one look as PDF, in one run of LibreOffice; raises RuntimeError where it did not write one."""
    home = _home()
    _write_macro(home, *_breaks(words[0]))
    with tempfile.TemporaryDirectory(prefix="planforge-faithful-") as name:
        folder = Path(name)
        for number, data in enumerate(words):
            (folder / f"{number:04}.docx").write_bytes(data)
        _run(home, f'macro:///Standard.Faithful.Convert("{folder}")')
        made = [folder / f"{number:04}.pdf" for number in range(len(words))]
        absent = [path.name for path in made if not path.is_file()]
        if absent:
            raise RuntimeError(f"LibreOffice did not write {absent}")
        return [path.read_bytes() for path in made]


def _run(home: Path, *arguments: str) -> None:
    profile = (home / "faithful").as_uri()
    path = os.pathsep.join((os.environ.get("PATH", ""), _PROGRAM_FOLDERS))
    subprocess.run(
        [shutil.which("soffice", path=path) or "soffice", f"-env:UserInstallation={profile}", "--headless",
         "--norestore", *arguments],
        check=True, capture_output=True, timeout=120,
        env={**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf"), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


@cache
def _home() -> Path:
    """A LibreOffice profile that has the macro, beside the private fonts.conf."""
    home = soffice._home()
    _run(home, "--terminate_after_init")
    library = home / "faithful" / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    spaces = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
    (library.parent / "script.xlc").write_text(
        f'{_HEAD.format("library:libraries")} "libraries.dtd">\n<library:libraries {spaces}>'
        '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"'
        ' xlink:type="simple" library:link="false"/></library:libraries>'
    )
    (library / "script.xlb").write_text(
        f'{_HEAD.format("library:library")} "library.dtd">\n<library:library {spaces} library:name="Standard"'
        ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Faithful"/>'
        "</library:library>"
    )
    return home


def _write_macro(home: Path, not_first: str, not_last: str) -> None:
    code = _MACRO.replace("BEGIN", _basic(not_first)).replace("END_", _basic(not_last))
    (home / "faithful" / "user" / "basic" / "Standard" / "Faithful.xba").write_text(
        f'{_HEAD.format("script:module")} "module.dtd">\n<script:module script:name="Faithful"'
        ' xmlns:script="http://openoffice.org/2000/script" script:language="StarBasic">'
        f"{escape(code)}</script:module>",
        encoding="utf-8",
    )


def _basic(text: str) -> str:
    """A string as an expression of StarBasic, whose quotes are told apart from typographic ones by code."""
    return " & ".join(f"Chr({ord(character)})" for character in text)


def _breaks(word: bytes) -> tuple[str, str]:
    """The characters that may not begin and end a line, as a Word file has them in its settings."""
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        settings = ElementTree.fromstring(package.read("word/settings.xml"))
    found = [settings.find(f"{name}noLineBreaks{side}") for side in ("Before", "After")]
    before, after = ("" if one is None else one.get(f"{name}val", "") for one in found)
    return before, after
