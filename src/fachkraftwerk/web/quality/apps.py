"""Pages on the quality of the forecast."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "fachkraftwerk.web.quality"
    label = "quality"
