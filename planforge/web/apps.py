"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Its name and its words."""

    name = "planforge.web"
    label = "planforge"
    default_auto_field = "django.db.models.BigAutoField"
