"""The pages as they will print, beside the form, and the files to take away: the very ones that a build makes."""

from __future__ import annotations

import io
import threading
import uuid
import zipfile
from collections import OrderedDict
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planforge.app.errors import InputError, MissingPart
from planforge.app.page_pictures import page_count, page_picture
from planforge.app.rules import CheckFailed, Finding
from planforge.app.school import School
from planforge.app.templates import find_kinds, template_search
from planforge.web.files import attachment
from planforge.web.models import Form

_KEPT = 24
"""Documents that are kept laid out: a few people at a few papers each."""
FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind in the list of papers. pack: it belongs to the term's pack."""

    id: str
    name: str
    pack: bool


class _LaidOut:
    """The last documents that were laid out, by form, version and kind; one is laid out at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[uuid.UUID, int, str], bytes] = OrderedDict()

    def pdf(self, form: Form, kind: str) -> bytes:
        key = form.pk, form.version, kind
        with self._lock:
            if key not in self._made:
                made = School.read(form.text).render([kind], ["pdf"], allow=["all"], processes=1).files
                self._made[key] = next(data for name, data in made.items() if name.endswith(".pdf"))
            self._made.move_to_end(key)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return self._made[key]


laid_out = _LaidOut()


def kinds_of(form: Form) -> list[KindChoice]:
    """The kinds there are, those of the term's pack first."""
    kinds = find_kinds(template_search())
    listed = [KindChoice(name, kind.card.name, kind.card.pack == "term") for name, kind in kinds.items()]
    return sorted(listed, key=lambda one: (not one.pack, one.id != "work_plan"))


@require_GET
def pages(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """The pages of a paper; where it cannot be made yet, what is still missing."""
    form = _form(form_id)
    kinds = kinds_of(form)
    kind = next((one for one in kinds if one.id == request.GET.get("kind")), kinds[0])
    context: dict[str, object] = {"form": form, "kind": kind, "kinds": kinds}
    try:
        context["numbers"] = range(1, page_count(laid_out.pdf(form, kind.id)) + 1)
    except InputError as error:
        context["problems"] = [_told(problem) for problem in error.problems[:10]]
    except MissingPart as error:
        context["problems"] = [str(error)]
    return render(request, "planforge/pages.html", context)


def _told(problem: object) -> str:
    """A problem in a sentence, without the line of a file that nobody sees."""
    field, message, fix = (getattr(problem, name, "") for name in ("field", "message", "fix"))
    return f"{f'【{field}】' if field else ''}{message}{f'（{fix}）' if fix else ''}"


@require_GET
def picture(request: HttpRequest, form_id: uuid.UUID, version: int, kind: str, number: int) -> HttpResponse:
    """A page of a paper, of the form as it is now: an older version's picture is gone."""
    form = _form(form_id)
    if version != form.version:
        raise Http404
    try:
        answer = HttpResponse(page_picture(laid_out.pdf(form, kind), number), content_type="image/png")
    except (InputError, MissingPart, IndexError, StopIteration) as error:
        raise Http404 from error
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


@require_GET
def take(request: HttpRequest, form_id: uuid.UUID, kind: str, suffix: str) -> HttpResponse:
    """One paper as a file, byte for byte what a build writes."""
    if suffix not in FORMATS:
        raise Http404
    return _taken(request, _form(form_id), [kind], [suffix])


@require_GET
def pack(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """The term's papers in one archive."""
    return _taken(request, _form(form_id), [], FORMATS)


def _taken(request: HttpRequest, form: Form, kinds: list[str], formats: object) -> HttpResponse:
    allow = ["all"] if request.GET.get("allow") == "all" else []
    try:
        files = School.read(form.text).render(kinds, list(formats), allow=allow).files  # type: ignore[call-overload]
    except CheckFailed as error:
        found: list[Finding] = [one for one in error.findings if one.severity == "error"]
        context: dict[str, object] = {"form": form, "findings": found[:10], "more": max(0, len(found) - 10)}
        return render(request, "planforge/stopped.html", context, status=409)
    except (InputError, MissingPart) as error:
        told = (
            [_told(problem) for problem in error.problems[:10]]
            if isinstance(error, InputError)
            else [str(error)]
        )
        return render(request, "planforge/stopped.html", {"form": form, "problems": told}, status=409)
    if kinds and len(files) == 1:
        ((name, data),) = files.items()
        return attachment(data, name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return attachment(made.getvalue(), f"{form.title}{form.term}.zip")


def _form(form_id: uuid.UUID) -> Form:
    try:
        return Form.objects.get(pk=form_id)
    except Form.DoesNotExist as error:
        raise Http404 from error
