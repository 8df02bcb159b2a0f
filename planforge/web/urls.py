"""Addresses and what answers them."""

from __future__ import annotations

from django.urls import path

from planforge.web import form_views, home_views, letter_views, old_paper_views, page_views

handler404 = "planforge.web.access.not_found"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("new", home_views.new, name="new"),
    path("example", home_views.example, name="example"),
    path("upload", home_views.upload, name="upload"),
    path("papers", old_paper_views.check, name="papers"),
    path("papers/<uuid:paper_id>/restyled.<str:suffix>", old_paper_views.restyled, name="restyled"),
    path("papers/<uuid:paper_id>/marked.docx", old_paper_views.marked, name="marked"),
    path("forms/<uuid:form_id>/", form_views.form, name="form"),
    path("forms/<uuid:form_id>/step/<slug:step>", form_views.form, name="step"),
    path("forms/<uuid:form_id>/value", form_views.value, name="value"),
    path("forms/<uuid:form_id>/rows", form_views.rows, name="rows"),
    path("forms/<uuid:form_id>/findings", form_views.findings, name="findings"),
    path("forms/<uuid:form_id>/revisions", form_views.revisions, name="revisions"),
    path("forms/<uuid:form_id>/term", form_views.term, name="term"),
    path("forms/<uuid:form_id>/remove", form_views.remove, name="remove"),
    path("forms/<uuid:form_id>/form.<str:suffix>", form_views.download, name="form_file"),
    path("forms/<uuid:form_id>/pages", page_views.pages, name="pages"),
    path(
        "forms/<uuid:form_id>/<int:version>/<str:kind>/<int:number>.png", page_views.picture, name="picture"
    ),
    path("forms/<uuid:form_id>/take/<str:kind>.<str:suffix>", page_views.take, name="take"),
    path("forms/<uuid:form_id>/pack.zip", page_views.pack, name="pack"),
    path("forms/<uuid:form_id>/letters", letter_views.letters, name="letters"),
    path("forms/<uuid:form_id>/letters/roster.xlsx", letter_views.blank, name="blank_roster"),
    path("forms/<uuid:form_id>/letters/<uuid:job_id>", letter_views.job, name="job"),
    path("forms/<uuid:form_id>/letters/<uuid:job_id>/stop", letter_views.stop, name="job_stop"),
    path("forms/<uuid:form_id>/letters/<uuid:job_id>/forget", letter_views.forget, name="job_forget"),
    path("forms/<uuid:form_id>/letters/<uuid:job_id>/letters.zip", letter_views.job_file, name="job_file"),
]
