"""Registers the app with Django."""

from django.apps import AppConfig


class AfterwardsConfig(AppConfig):
    """Minutes, files, prints and paper of workshops."""

    name = "fachkraftwerk.web.afterwards"
    label = "afterwards"
    verbose_name = "Nach der Werkstatt"
