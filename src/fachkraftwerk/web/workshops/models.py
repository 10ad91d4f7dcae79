"""Stored state of workshops: the log of events is the truth, everything else is an index to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class Workshop(models.Model):
    """One workshop of one region. ``sequence`` is the number of the last event."""

    PREPARED, RUNNING, CLOSED = "prepared", "running", "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=6, unique=True)
    title = models.CharField(max_length=200)
    region = models.CharField(max_length=80, help_text="Figure region key: AGS, or AGS joined by +")
    region_name = models.CharField(max_length=200)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="workshops")
    colleagues = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="shared_workshops", blank=True)
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="following")
    format = models.JSONField(help_text="Snapshot of the script, so that later edits change nothing here")
    setup = models.JSONField(default=dict, help_text="Figures, fields, tables, existing measures prepared by the host")
    status = models.CharField(max_length=10, default=PREPARED)
    phase = models.PositiveSmallIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    link_version = models.PositiveSmallIntegerField(default=1, help_text="Raised to make old moderator links invalid")
    day = models.DateField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class Participant(models.Model):
    """A person in the room: a pseudonym and two ways back in. No name, no account, no address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    phrase_hash = models.CharField(max_length=64)
    bench = models.CharField(max_length=20)
    table = models.PositiveSmallIntegerField(default=0)
    joined = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workshop", "phrase_hash"), name="one_phrase_per_workshop"),)


class Reader(models.Model):
    """Somebody who was there may read the minutes: a digest of what the person holds, linked to no contribution."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="readers")
    digest = models.CharField(max_length=64)
    expires = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("workshop", "digest"), name="reader_digest"),)


class Event(models.Model):
    """One acknowledged act. Never changed; an undo is an event of its own that marks this one."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    client = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=30)
    payload = models.JSONField()
    actor = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=12)
    bench = models.CharField(max_length=20, blank=True)
    table = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=40, blank=True)
    written = models.BigIntegerField(help_text="Milliseconds since 1970, clock of the client corrected")
    stored = models.BigIntegerField(help_text="Milliseconds since 1970, clock of the server")
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=("workshop", "seq"), name="one_event_per_number"),
            models.UniqueConstraint(fields=("workshop", "client", "number"), name="one_event_per_message"),
        )


class Incident(models.Model):
    """Line of the moderation log: what was refused or hidden, and why. Without content of free text."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="incidents", null=True)
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=30)
    actor = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-at",)


class Script(models.Model):
    """A workshop format copied and edited by a host."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scripts")
    name = models.CharField(max_length=120)
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
