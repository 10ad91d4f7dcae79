"""Registers the measures and scenarios with Django."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Measures and scenarios."""

    name = "fachkraftwerk.web.scenarios"
    label = "scenarios"
    default_auto_field = "django.db.models.BigAutoField"
