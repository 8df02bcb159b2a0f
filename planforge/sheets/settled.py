"""The same workbook, the same bytes: what openpyxl writes, without the time at which it was written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

_STAMP = (1980, 1, 1, 0, 0, 0)
_NEVER = b"1980-01-01T00:00:00Z"

Change = Callable[[str, bytes], bytes]


def settled(data: bytes, change: Change | None = None) -> bytes:
    """The package `data` with fixed times. change: what to make of a part, given its name and content."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in given.infolist():
            content = given.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _NEVER, content)
            if change is not None:
                content = change(info.filename, content)
            fixed = zipfile.ZipInfo(info.filename, _STAMP)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(fixed, content)
    return buffer.getvalue()
