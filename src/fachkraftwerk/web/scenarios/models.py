"""Scenarios people have saved. The document is the truth; name and region are copied out for lists."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models


def new_token() -> str:
    """Return the part of a link nobody can guess."""
    return secrets.token_urlsafe(12)


class SavedScenario(models.Model):
    """One saved scenario: canonical JSON, reachable by its link; ``key`` lets the browser that saved it change it.

    Without ``owner`` it belongs to a guest and is kept up to and including the day ``expires``.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    key = models.CharField(max_length=32, default=new_token, editable=False)
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=200)
    document = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    expires = models.DateField(null=True, blank=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-changed", "-id")

    def __str__(self) -> str:
        return f"{self.name} ({self.region})"
