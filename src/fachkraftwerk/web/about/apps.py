"""Registers the pages with Django."""

from django.apps import AppConfig


class AboutConfig(AppConfig):
    """Data protection and accessibility."""

    name = "fachkraftwerk.web.about"
    label = "about"
