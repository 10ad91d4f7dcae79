"""Accounts of hosts. Participants have none."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fachkraftwerk.web.accounts"
    label = "accounts"
