"""Forms as texts, with what they were before. A form's text is the form: nothing else of it is kept."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

_QUIET = timedelta(minutes=10)
"""A pause after which what stood there before is kept as a revision of its own."""
_REVISIONS = 200


class Form(models.Model):
    """A school's form of a term. version: counts its changes; a change that was made on an older one is told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    term = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    made = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        """How they are listed."""

        ordering = ("-changed",)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def changed_by(cls, form_id: uuid.UUID, change: Any, *, name: str = "") -> Form:
        """A form with its text changed, safe against others who change it at once.

        Args:
            form_id: of the form.
            change: makes the new text of the old one.
            name: of a revision that the person keeps on purpose; empty for a draft that saves itself.

        Raises:
            Form.DoesNotExist: it has been removed.
        """
        with transaction.atomic():
            form = cls.objects.select_for_update().get(pk=form_id)
            text = change(form.text)
            if text != form.text or name:
                if name or timezone.now() - form.changed > _QUIET or not form.revisions.exists():
                    form.revisions.create(text=form.text, name=name, version=form.version)
                    old = form.revisions.filter(name="").values_list("pk", flat=True)[_REVISIONS:]
                    Revision.objects.filter(pk__in=list(old)).delete()
                form.text = text
                form.version += 1
                form.title, form.term = titles(text)
                form.save()
            return form


class Revision(models.Model):
    """What a form was, before a quiet time or where somebody kept it on purpose."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    name = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        """How they are listed."""

        ordering = ("-made", "-pk")

    def __str__(self) -> str:
        return self.name or f"{self.made:%Y-%m-%d %H:%M}"


def titles(text: str) -> tuple[str, str]:
    """A form's school and term, for lists."""
    from planforge.app.form_fields import NotEditable, form_steps

    try:
        values = {one.path: one.value for one in form_steps(text)[0].fields}
    except NotEditable:
        return "未写校名", ""
    number = values.get("term.number", "")
    term = {"1": "第一学期", "2": "第二学期"}.get(number, number)
    return values.get("school.name", "")[:200] or "未写校名", f"{values.get('term.year', '')} {term}".strip()[
        :60
    ]
