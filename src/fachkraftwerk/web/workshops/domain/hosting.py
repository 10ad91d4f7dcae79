"""Hosts and moderators: making a workshop, and who may steer it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.db import IntegrityError, models, transaction

from fachkraftwerk.web.workshops.domain import codes, formats
from fachkraftwerk.web.workshops.domain.state import MODERATOR, Actor
from fachkraftwerk.web.workshops.models import Workshop

SALT = "fachkraftwerk.workshop"
MODERATE, PROJECT, READ = "moderate", "project", "read"
READABLE = timedelta(days=90)
"""How long a link to the minutes lives from the moment it was made."""


def create(host: User, title: str, region: str, region_name: str, script: formats.Format, setup: dict[str, Any],
           previous: Workshop | None = None) -> Workshop:  # fmt: skip
    """Store a prepared workshop with a fresh code and a snapshot of its script."""
    for _ in range(20):
        try:
            with transaction.atomic():
                return Workshop.objects.create(
                    code=codes.new_code(), title=title, region=region, region_name=region_name, host=host,
                    format=formats.dump(script), setup=setup, previous=previous,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise RuntimeError("no free code found")


def may_host(user: AbstractBaseUser | AnonymousUser, workshop: Workshop) -> bool:
    """Owner or colleague."""
    if not user.is_authenticated:
        return False
    return workshop.host_id == user.pk or workshop.colleagues.filter(pk=user.pk).exists()


def hosted_by(user: AbstractBaseUser | AnonymousUser) -> models.QuerySet[Workshop]:
    """Workshops a person may host, newest first."""
    if not user.is_authenticated:
        return Workshop.objects.none()
    return Workshop.objects.filter(models.Q(host=user.pk) | models.Q(colleagues=user.pk)).distinct()


def key(workshop: Workshop, purpose: str, name: str = "") -> str:
    """Return a signed key for this workshop alone: to moderate it, or to show it on a screen."""
    return signing.dumps([str(workshop.id), purpose, workshop.link_version, name or secrets.token_hex(4)], salt=SALT)


def read_key(signed: str) -> tuple[UUID, str, int, str] | None:
    """Return workshop, purpose, version and name of a key; None if forged."""
    try:
        workshop, purpose, version, name = signing.loads(signed, salt=SALT)
        return UUID(workshop), str(purpose), int(version), str(name)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def reading_key(workshop: Workshop) -> str:
    """Return a signed key to read the minutes of this workshop, good for ``READABLE``."""
    return key(workshop, READ, "minutes")


def readable(signed: str) -> Workshop | None:
    """Return the closed workshop whose minutes a key opens; None if it is forged, expired or made invalid."""
    try:
        identity, purpose, version, _name = signing.loads(signed, salt=SALT, max_age=READABLE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Workshop.objects.filter(pk=identity, link_version=version, status=Workshop.CLOSED).first()
    return found if purpose == READ else None


def moderator(name: str) -> Actor:
    """Return the actor of a moderator's key."""
    return Actor(f"moderation-{name}", MODERATOR)
