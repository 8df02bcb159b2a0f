"""Letters and agreements: the roster goes in, what was understood of it comes back, letters are taken away by class."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planforge.app.letters import LetterOrder
from planforge.app.rosters import blank_roster
from planforge.app.templates import find_kinds, template_search
from planforge.web.files import attachment
from planforge.web.form_views import one
from planforge.web.letter_jobs import LetterJob, LetterJobs

ROSTERS = (".xlsx", ".xls", ".csv")
SHOWN = 20
jobs = LetterJobs(settings.DATA / "private")


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """Which letter, to whom, in which files."""
    form = one(form_id)
    kinds = {
        name: kind.card.name
        for name, kind in find_kinds(template_search()).items()
        if kind.card.audience != "school"
    }
    context: dict[str, object] = {
        "form": form,
        "kinds": kinds.items(),
        "kind": request.POST.get("kind", "parent_letter"),
    }
    if request.method == "GET":
        return render(request, "planforge/letters.html", context)
    file, kind = request.FILES.get("roster"), request.POST.get("kind", "")
    suffix = PurePath(file.name or "").suffix.lower() if file is not None else ""
    if kind not in kinds or file is None or suffix not in ROSTERS:
        context["problem"] = "请选名单（.xlsx、.xls 或 .csv）。" if kind in kinds else "请选一种信。"
        return render(request, "planforge/letters.html", context, status=422)
    order = LetterOrder(
        formats=("pdf",) if request.POST.get("format") == "pdf" else ("docx",) if request.POST.get("format") == "docx" else ("docx", "pdf"),
        merge="class", lists="auto", allow_blank="allow_blank" in request.POST,
    )  # fmt: skip
    name = jobs.start(form.pk, form.text, kind, file.read(), suffix, order)
    if name is None:
        context["problem"] = "正在做的已经有几批，请等一批做完。"
        return render(request, "planforge/letters.html", context, status=429)
    return redirect("job", form_id=form_id, job_id=name)


@require_GET
def job(request: HttpRequest, form_id: uuid.UUID, job_id: uuid.UUID) -> HttpResponse:
    """How far the letters are; asked again by itself while they are being made."""
    form, found = one(form_id), _job(form_id, job_id)
    context: dict[str, object] = {
        "form": form,
        "job": found,
        "job_id": job_id,
        "problems": found.problems[:SHOWN],
    }
    context["more"] = max(0, len(found.problems) - SHOWN)
    if found.batch is not None:
        left_out: dict[str, int] = {}
        for row in found.batch.left_out:
            left_out[row.reason] = left_out.get(row.reason, 0) + 1
        context |= {"counts": found.batch.counts, "left_out": left_out.items(), "unread": found.batch.unread}
    part = "planforge/job_state.html" if getattr(request, "htmx", False) else "planforge/job.html"
    return render(request, part, context)


@require_GET
def blank(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """A roster to fill in."""
    one(form_id)
    return attachment(blank_roster(), "花名册.xlsx")


@require_POST
def stop(request: HttpRequest, form_id: uuid.UUID, job_id: uuid.UUID) -> HttpResponse:
    """Stop making letters."""
    _job(form_id, job_id).cancel.set()
    return redirect("job", form_id=form_id, job_id=job_id)


@require_POST
def forget(request: HttpRequest, form_id: uuid.UUID, job_id: uuid.UUID) -> HttpResponse:
    """Remove the letters from this machine's private folder."""
    _job(form_id, job_id)
    jobs.remove(job_id)
    return redirect("letters", form_id=form_id)


@require_GET
def job_file(request: HttpRequest, form_id: uuid.UUID, job_id: uuid.UUID) -> HttpResponse:
    """The letters by class, in one archive."""
    found = _job(form_id, job_id)
    if found.state != "done":
        raise Http404
    return attachment(found.packed(), f"{one(form_id).title}{found.kind}.zip")


def _job(form_id: uuid.UUID, job_id: uuid.UUID) -> LetterJob:
    found = jobs.get(job_id)
    if found is None or found.form != form_id:
        raise Http404
    return found
