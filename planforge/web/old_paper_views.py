"""An old paper: dropped, read, shown with the findings beside its lines, and taken away with comments.

The paper lies in memory only, under a name that nobody can guess, and is gone after an hour or when others come.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from planforge.app.errors import InputError, MissingPart
from planforge.app.old_papers import MARKED, CheckedPaper, Unreadable, check_bytes, marked_bytes
from planforge.app.restyle import restyle
from planforge.web.access import refused
from planforge.web.files import attachment
from planforge.web.models import Form

_HOUR = 3600.0
_PAPERS = 8
SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Kept:
    data: bytes
    name: str
    checked: CheckedPaper
    since: float


class _Papers:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[uuid.UUID, _Kept] = OrderedDict()

    def keep(self, paper: _Kept) -> uuid.UUID:
        name = uuid.uuid4()
        with self._lock:
            for old in [key for key, one in self._kept.items() if paper.since - one.since > _HOUR]:
                del self._kept[old]
            self._kept[name] = paper
            while len(self._kept) > _PAPERS:
                self._kept.popitem(last=False)
        return name

    def get(self, name: uuid.UUID) -> _Kept | None:
        with self._lock:
            return self._kept.get(name)


_papers = _Papers()


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The place to drop a paper, and the paper with what was found."""
    context: dict[str, object] = {"forms": Form.objects.all()[:50]}
    if request.method == "GET":
        return render(request, "planforge/papers.html", context)
    file = request.FILES.get("paper")
    if file is None:
        return render(request, "planforge/papers.html", {**context, "problem": "没有选文件。"}, status=422)
    chosen = request.POST.get("form", "")
    form = Form.objects.filter(pk=chosen).first() if _is_id(chosen) else None
    name = PurePath(file.name or "旧稿").name
    data = file.read()
    try:
        checked = check_bytes(data, name, form.text if form is not None else "")
    except Unreadable as fault:
        told = f"{fault.message}。{fault.fix}。" if fault.fix else f"{fault.message}。"
        return render(request, "planforge/papers.html", {**context, "problem": told}, status=422)
    identity = _papers.keep(_Kept(data, name, checked, time.monotonic()))
    context |= {
        "name": name, "paper": identity, "checked": checked, "lines": checked.lines, "listed": checked.findings[:SHOWN],
        "more": max(0, len(checked.findings) - SHOWN), "can_mark": name.lower().endswith(".docx"),
    }  # fmt: skip
    return render(request, "planforge/papers.html", context)


@require_GET
def marked(request: HttpRequest, paper_id: uuid.UUID) -> HttpResponse:
    """The copy with comments, named so that nobody hands it in."""
    kept = _papers.get(paper_id)
    if kept is None or not kept.name.lower().endswith(".docx"):
        raise Http404
    return attachment(
        marked_bytes(kept.data, kept.name, kept.checked), f"{PurePath(kept.name).stem}{MARKED}.docx"
    )


@require_GET
def restyled(request: HttpRequest, paper_id: uuid.UUID, suffix: str) -> HttpResponse:
    """The paper set anew, its text untouched; or why it cannot be."""
    kept = _papers.get(paper_id)
    if kept is None or suffix not in ("docx", "pdf"):
        raise Http404
    try:
        made = restyle(kept.data, kept.name, formats=(suffix,))
    except InputError as error:
        told = "；".join(
            f"{problem.message}{f'（{problem.found}）' if problem.found else ''}"
            for problem in error.problems
        )
        return refused(request, "没有重排", f"{told}。", 409)
    except MissingPart as error:
        return refused(request, "没有重排", str(error), 409)
    return attachment(made.files[suffix], f"{made.name}.{suffix}")


def _is_id(words: str) -> bool:
    try:
        uuid.UUID(words)
    except ValueError:
        return False
    return True
