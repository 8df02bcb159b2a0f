"""The form: its steps, its fields that save themselves, and what the check says of them."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planforge.app.form_fields import (
    FormField,
    FormStep,
    NotEditable,
    checked_fields,
    form_steps,
    set_rows,
    set_value,
)
from planforge.app.forms import workbook
from planforge.web.files import attachment
from planforge.web.models import Form
from planforge.web.page_views import kinds_of

SHOWN = 10
"""Findings that are listed at once; more would only frighten."""
_LONGEST = 20_000
_ROWS = 500


@require_GET
def form(request: HttpRequest, form_id: uuid.UUID, step: str = "school") -> HttpResponse:
    """The form at one of its steps, the page beside it."""
    kept = one(form_id)
    steps = form_steps(kept.text)
    here = next((one for one in steps if one.id == step), None)
    if here is None:
        raise Http404
    by_path, findings = checked_fields(kept.text)
    told = with_findings(here, by_path)
    groups = [
        {
            "title": title,
            "open": [one for one in fields if one.open],
            "closed": [one for one in fields if not one.open],
        }
        for title, fields in told.groups
    ]
    context = {
        "form": kept, "steps": steps, "here": told, "groups": groups, "kinds": kinds_of(kept),
        "findings": findings[:SHOWN], "more": max(0, len(findings) - SHOWN), "kind": request.GET.get("kind", ""),
        "after": next((later for now, later in pairwise(steps) if now.id == step), None),
    }  # fmt: skip
    return render(request, "planforge/form.html", context)


@require_POST
def value(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """One field was changed: it is saved, and comes back with what the check says of it."""
    path, words = request.POST.get("path", ""), request.POST.get("value", "")[:_LONGEST].replace("\r\n", "\n")
    return _changed(request, form_id, path, lambda text: set_value(text, path, words))


@require_POST
def rows(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """A table was changed: all of its rows are sent, in their order."""
    path = request.POST.get("path", "")
    try:
        sent = json.loads(request.POST.get("rows", "[]"))
        given = [
            {str(key): str(words)[:_LONGEST] for key, words in row.items()}
            for row in sent[:_ROWS]
            if isinstance(row, dict)
        ]
    except (ValueError, TypeError, AttributeError):
        return HttpResponse("这张表没有送全，请再改一次。", status=400)
    return _changed(request, form_id, path, lambda text: set_rows(text, path, given))


def _changed(request: HttpRequest, form_id: uuid.UUID, path: str, change: object) -> HttpResponse:
    try:
        kept = Form.changed_by(form_id, change)
    except Form.DoesNotExist:
        return HttpResponse("这份信息表已经删除。", status=404)
    except NotEditable as error:
        return HttpResponse(f"没有保存：{error}", status=422)
    steps = form_steps(kept.text)
    step = next((one for one in steps if any(field.path == path for field in one.fields)), None)
    if step is None:
        return HttpResponse("没有这一项。", status=422)
    by_path, _ = checked_fields(kept.text)
    field = next(field for field in with_findings(step, by_path).fields if field.path == path)
    answer = render(request, "planforge/field.html", {"field": field, "form": kept})
    answer["HX-Trigger"] = json.dumps({"planforge:saved": {"version": kept.version}})
    return answer


@require_GET
def findings(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """What the check says of the whole form, errors first."""
    kept = one(form_id)
    by_path, everything = checked_fields(kept.text)
    where = {id(finding): path for path, found in by_path.items() for finding in found}
    steps = {field.path: step.id for step in form_steps(kept.text) for field in step.fields}
    listed = []
    for finding in everything[:SHOWN]:
        path = where.get(id(finding), "")
        field = next((known for known in sorted(steps, key=len, reverse=True) if path.startswith(known)), "")
        listed.append((finding, field, steps.get(field, "")))
    context = {"form": kept, "listed": listed, "more": max(0, len(everything) - SHOWN)}
    return render(request, "planforge/findings.html", context)


@require_http_methods(["GET", "POST"])
def revisions(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """What the form was before; one of them can be brought back, and what stands now is kept first."""
    kept = one(form_id)
    if request.method == "POST":
        if "back" in request.POST:
            old = kept.revisions.filter(
                pk=request.POST["back"] if request.POST["back"].isdecimal() else 0
            ).first()
            if old is None:
                raise Http404
            Form.changed_by(form_id, lambda text: old.text, name="换回以前的一份之前")
            return redirect("form", form_id=form_id)
        Form.changed_by(
            form_id, lambda text: text, name=request.POST.get("name", "").strip()[:60] or "手工保存"
        )
        return redirect("revisions", form_id=form_id)
    return render(request, "planforge/revisions.html", {"form": kept, "revisions": kept.revisions.all()[:60]})


@require_http_methods(["GET", "POST"])
def term(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """The calendar to tick off: several at once."""
    kept = one(form_id)
    problem = ""
    if request.method == "POST":
        status = request.POST.get("status", "")
        picked = [int(number) for number in request.POST.getlist("item") if number.isdecimal()][:_ROWS]
        evidence = request.POST.get("evidence", "").strip()[:200]

        def ticked(text: str) -> str:
            for number in picked:
                text = set_value(text, f"schedule[{number}].status", status)
                if evidence:
                    text = set_value(text, f"schedule[{number}].evidence", evidence)
            return text

        if not picked:
            problem = "没有选哪一项。"
        elif status not in ("完成", "推迟", "取消", "未完成"):
            problem = "请选一种进展。"
        else:
            try:
                kept = Form.changed_by(form_id, ticked)
            except NotEditable as error:
                problem = f"没有保存：{error}"
    table = next(field for step in form_steps(kept.text) for field in step.fields if field.path == "schedule")
    columns = [column.key for column in table.columns]
    items = [dict(zip(columns, row[1:], strict=True), number=row[0]) for row in table.rows]
    return render(
        request,
        "planforge/term.html",
        {"form": kept, "items": items, "problem": problem},
        status=422 if problem else 200,
    )


@require_POST
def remove(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """A form and all that it was are removed, on the person's word."""
    one(form_id).delete()
    return redirect("home")


@require_GET
def download(request: HttpRequest, form_id: uuid.UUID, suffix: str) -> HttpResponse:
    """The form itself, to keep or to fill in elsewhere."""
    kept = one(form_id)
    if suffix not in ("yaml", "xlsx"):
        raise Http404
    data = kept.text.encode() if suffix == "yaml" else workbook(kept.text)
    return attachment(data, f"{kept.title}信息表.{suffix}")


def one(form_id: uuid.UUID) -> Form:
    """A form by its id. Raises Http404."""
    try:
        return Form.objects.get(pk=form_id)
    except Form.DoesNotExist as error:
        raise Http404 from error


def with_findings(step: FormStep, by_path: object) -> FormStep:
    """A step, each field with what the check says of it or of what stands in it."""
    assert isinstance(by_path, dict)

    def said(field: FormField) -> FormField:
        found = [
            finding
            for path, findings in by_path.items()
            if path == field.path or path.startswith((f"{field.path}[", f"{field.path}."))
            for finding in findings
        ]
        return replace(field, findings=tuple(found), open=field.open or bool(found))

    groups = tuple((title, tuple(said(field) for field in fields)) for title, fields in step.groups)
    return replace(step, groups=groups)
