"""Files that are taken away."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "yaml": "application/yaml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file with a Chinese name, which the browser saves and does not show."""
    answer = HttpResponse(data, content_type=_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
