"""Saving, sharing and duplicating scenarios; what guests save is kept for a limited time and in limited number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.text import number
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.scenarios.models import SavedScenario

#: How long a scenario of a guest is kept after its last change, and how many one browser and all guests may keep.
LIFETIME = timedelta(days=180)
PER_BROWSER = 20
OF_ALL_GUESTS = 5000


@dataclass(frozen=True)
class Visitor:
    """Who saves: the account, if signed in, and the keys this browser holds, token → key."""

    account: Any = None
    keys: Mapping[str, str] = field(default_factory=dict)

    def owns(self, kept: SavedScenario) -> bool:
        """Tell whether this visitor may change and delete a scenario."""
        mine = self.account is not None and kept.owner_id == self.account.pk
        return mine or (bool(kept.key) and self.keys.get(kept.token) == kept.key)

    def saved(self) -> QuerySet[SavedScenario]:
        """Return the scenarios of this visitor that are still kept, latest first."""
        mine = Q(token__in=list(self.keys))
        return alive().filter(mine | Q(owner=self.account) if self.account is not None else mine)


def alive() -> QuerySet[SavedScenario]:
    """Return the scenarios whose time has not run out."""
    return SavedScenario.objects.filter(Q(expires=None) | Q(expires__gte=timezone.localdate()))


def save(scenario: Scenario, visitor: Visitor, token: str = "") -> SavedScenario:
    """Keep a scenario: change the one at ``token`` where it belongs to the visitor, else make a new one.

    Raises Refusal where a browser or all guests together keep too many, or the document is too large.
    """
    document = documents.dump(scenario)
    _check_size(document)
    expire()
    with transaction.atomic():
        found = alive().select_for_update().filter(token=token).first() if token else None
        kept = found if found is not None and visitor.owns(found) else None
        if kept is None:
            _check_room(visitor)
            kept = SavedScenario(owner=visitor.account)
        kept.name, kept.region, kept.document = scenario.name[:200], scenario.region[:200], document
        kept.expires = None if kept.owner_id else until()
        kept.save()
    return kept


def until() -> date:
    """Return the last day on which a guest's scenario saved today is kept."""
    return timezone.localdate() + LIFETIME


def expire() -> int:
    """Delete the scenarios whose time has run out; returns how many."""
    gone, _ = SavedScenario.objects.filter(expires__lt=timezone.localdate()).delete()
    return gone


def _check_size(document: str) -> None:
    if len(document.encode()) > documents.LONGEST:
        size = number(documents.LONGEST / 1024)
        raise refuse(
            "Das Szenario ist zu groß zum Sichern.", "The scenario is too large to be saved.",
            f"Kürzen Sie Begründungen; erlaubt sind {size} KB.", f"Shorten the reasons; {size} KB are allowed.",
        )  # fmt: skip


def _check_room(visitor: Visitor) -> None:
    if visitor.account is not None:
        return
    if visitor.saved().count() >= PER_BROWSER:
        raise refuse(
            f"Ohne Anmeldung lassen sich {PER_BROWSER} Szenarien sichern; so viele haben Sie.",
            f"Without signing in {PER_BROWSER} scenarios can be saved; you have that many.",
            "Löschen Sie eines, laden Sie dieses als Datei (JSON) herunter oder melden Sie sich an.",
            "Delete one, download this one as a file (JSON), or sign in.",
        )  # fmt: skip
    if SavedScenario.objects.filter(owner=None).count() >= OF_ALL_GUESTS:
        raise refuse(
            "Auf diesem Server ist kein Platz für weitere Szenarien von Gästen.", "There is no room on this server for more scenarios of guests.",
            "Laden Sie es als Datei (JSON) herunter oder melden Sie sich an.", "Download it as a file (JSON), or sign in.",
        )  # fmt: skip


def read(data: bytes, visitor: Visitor) -> SavedScenario:
    """Keep a scenario from a file. Raises Refusal for anything that is not one."""
    return save(documents.parse(data), visitor)


def find(token: str) -> SavedScenario:
    """Return a saved scenario. Raises Refusal where the link leads nowhere or its time has run out."""
    kept = alive().filter(token=token).first()
    if kept is None:
        raise refuse(
            "Dieses Szenario gibt es nicht (mehr).", "There is no such scenario (any more).",
            "Prüfen Sie den Link oder bauen Sie es neu.", "Check the link or build it again.",
        )  # fmt: skip
    return kept


def delete(token: str, visitor: Visitor) -> None:
    """Delete a saved scenario. Raises Refusal where it belongs to another browser."""
    kept = find(token)
    if not visitor.owns(kept):
        raise refuse(
            "Nur der Browser, der das Szenario gesichert hat, kann es löschen.", "Only the browser that saved the scenario can delete it.",
            "Legen Sie eine Kopie an; die gehört Ihnen.", "Make a copy; it belongs to you.",
        )  # fmt: skip
    kept.delete()


def opened(kept: SavedScenario, check: bool = True) -> Scenario:
    """Return the scenario of a saved one; without ``check`` also one saved under rules that have changed since."""
    return documents.parse(kept.document, check)


def duplicate(token: str, suffix: str, visitor: Visitor) -> SavedScenario:
    """Keep a copy under a name of its own."""
    original = opened(find(token), check=False)
    return save(replace(original, name=f"{original.name[: 199 - len(suffix)]} {suffix}"), visitor)
