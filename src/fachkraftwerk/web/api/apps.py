"""Registers the API with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The open API."""

    name = "fachkraftwerk.web.api"
    label = "api"
