"""Registers the workshop with Django."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """The live workshop."""

    name = "fachkraftwerk.web.workshops"
    label = "workshops"
    verbose_name = "Zukunftswerkstatt"
    default_auto_field = "django.db.models.BigAutoField"
