"""Pages of the regions."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "fachkraftwerk.web.regions"
    label = "regions"
