"""The first screen, and the ways to a form."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planforge.app.errors import InputError
from planforge.app.form_fields import NotEditable, blank_form, form_steps
from planforge.app.forms import examples, form_text
from planforge.web.models import Form, titles

_LARGEST = 2_000_000
"""Characters of a form: the largest example has 20,000."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is it this time? Below, the papers of this school."""
    return render(
        request, "planforge/home.html", {"forms": Form.objects.all()[:50], "examples": list(examples())}
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Five questions, once; what was typed stands there again where something is not right."""
    today = date.today()
    first = today.year if today.month >= 7 else today.year - 1
    given = {
        "name": "", "stage": "小学", "grades": "", "year": f"{first}-{first + 1}", "number": "1" if today.month >= 7 else "2",
        "head": "", "office": "教导处",
    }  # fmt: skip
    problems: list[str] = []
    if request.method == "POST":
        given |= {key: request.POST.get(key, "").strip()[:200] for key in given}
        heads = [part.strip() for part in given["head"].replace("，", "、").split("、") if part.strip()]
        problems = [
            words
            for key, words in (
                ("name", "请写学校全称。"),
                ("year", "请写学年，如 2026-2027。"),
                ("head", "请写组长，如 林远（校长）。"),
            )
            if not given[key]
        ]
        answers: dict[str, str | list[str]] = {
            "school.name": given["name"], "school.stage": given["stage"], "school.grades": given["grades"],
            "term.year": given["year"], "term.number": given["number"], "group.heads": heads,
            "group.office": given["office"],
        }  # fmt: skip
        if not problems:
            text = blank_form({path: value for path, value in answers.items() if value})
            return redirect("form", form_id=_kept(text).pk)
    return render(
        request, "planforge/new.html", {"given": given, "problems": problems}, status=422 if problems else 200
    )


@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """A form that starts as one of the invented schools'."""
    known = examples()
    name = request.POST.get("name", "")
    if name not in known:
        return redirect("home")
    return redirect("form", form_id=_kept(known[name]).pk)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A form that somebody has filled in elsewhere."""
    file = request.FILES.get("form")
    if file is None:
        return _refused(request, ["没有选文件。"])
    try:
        text = form_text(file.read(), file.name or "")
        if len(text) > _LARGEST:
            return _refused(request, ["信息表太大，不像是学校填的表。"])
        form_steps(text)
    except InputError as error:
        return _refused(request, [str(problem) for problem in error.problems])
    except NotEditable as error:
        return _refused(request, [f"{error}。请用 Excel 的信息表，或者检查缩进和冒号。"])
    return redirect("form", form_id=_kept(text).pk)


def _kept(text: str) -> Form:
    title, term = titles(text)
    return Form.objects.create(title=title, term=term, text=text)


def _refused(request: HttpRequest, problems: list[str]) -> HttpResponse:
    context = {"forms": Form.objects.all()[:50], "examples": list(examples()), "problems": problems[:10]}
    return render(request, "planforge/home.html", context, status=422)
