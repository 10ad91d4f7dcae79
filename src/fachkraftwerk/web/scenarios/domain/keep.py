"""Saving, sharing and duplicating scenarios."""

from __future__ import annotations

from django.db import transaction

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.scenarios.models import SavedScenario


def save(scenario: Scenario, token: str = "", key: str = "") -> SavedScenario:
    """Keep a scenario: change the one at ``token`` where ``key`` fits, else make a new one."""
    with transaction.atomic():
        kept = SavedScenario.objects.select_for_update().filter(token=token, key=key).first() if token and key else None
        kept = kept or SavedScenario()
        kept.name, kept.region, kept.document = scenario.name[:200], scenario.region[:200], documents.dump(scenario)
        kept.save()
    return kept


def read(data: bytes) -> SavedScenario:
    """Keep a scenario from a file. Raises Refusal for anything that is not one."""
    return save(documents.parse(data))


def find(token: str) -> SavedScenario:
    """Return a saved scenario. Raises Refusal where the link leads nowhere."""
    kept = SavedScenario.objects.filter(token=token).first()
    if kept is None:
        raise refuse(
            "Dieses Szenario gibt es nicht (mehr).", "There is no such scenario (any more).",
            "Prüfen Sie den Link oder bauen Sie es neu.", "Check the link or build it again.",
        )  # fmt: skip
    return kept


def delete(token: str, key: str) -> None:
    """Delete a saved scenario. Raises Refusal where it belongs to another browser."""
    kept = find(token)
    if not key or kept.key != key:
        raise refuse(
            "Nur der Browser, der das Szenario gesichert hat, kann es löschen.", "Only the browser that saved the scenario can delete it.",
            "Legen Sie eine Kopie an; die gehört Ihnen.", "Make a copy; it belongs to you.",
        )  # fmt: skip
    kept.delete()


def opened(kept: SavedScenario) -> Scenario:
    """Return the scenario of a saved one."""
    return documents.parse(kept.document)


def duplicate(token: str, suffix: str) -> SavedScenario:
    """Keep a copy under a name of its own."""
    from dataclasses import replace

    original = opened(find(token))
    return save(replace(original, name=f"{original.name} {suffix}"[:200]))
