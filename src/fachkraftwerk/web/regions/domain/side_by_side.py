"""Two to five Kreise side by side, on common axes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, INDICATORS, OCCUPATIONS
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.regions import Zone
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures, waterfall, wording
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.web.charts import small
from fachkraftwerk.web.regions.domain import kreis
from fachkraftwerk.web.regions.domain.asked import Asked

MOST = 5


def stories(desk: Desk, names: list[str], asked: Asked, lang: str) -> list[kreis.Story]:
    """Return one story for each name. Raises Refusal with every name that is not known, or where there are too many."""
    given = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(given) > MOST:
        raise refuse(
            f"{len(given)} Kreise sind zu viele für ein Bild.", f"{len(given)} Kreise are too many for one picture.",
            "Wählen Sie zwei bis fünf.", "Choose two to five.", "kreis",
        )  # fmt: skip
    zones: dict[str, Zone] = {}
    faults: list[Fault] = []
    for name in given:
        try:
            zone = desk.zone(name)
            zones[zone.key] = zone
        except Refusal as refusal:
            faults.extend(refusal.faults)
    if faults:
        raise Refusal(faults)
    return [kreis.tell(desk, zone, asked, lang) for zone in zones.values()]


def columns(told: list[kreis.Story]) -> list[dict[str, Any]]:
    """Return what stands in each column: amount, share with its range on one axis, strongest occupations."""
    shares = [_share(story) for story in told]
    ends = [end for one in shares for end in (one.p10, one.p90)] + [0.0]
    return [
        {
            "story": story, "amount": wording.rounded(story.value.value, wording.step(story.value)), "share": share,
            "rail": small.rail(share, min(ends), max(ends)), "chance": wording.certainty(story.value.p_shortage),
            "open": story.value.ranged and wording.certainty(story.value.p_shortage) == wording.OPEN,
            "runs": wording.runs_of(story.value.p_shortage, story.asked.draws), "strongest": _strongest(story),
        }
        for story, share in zip(told, shares, strict=True)
    ]  # fmt: skip


def _share(story: kreis.Story) -> figures.FigureValue:
    """Return the figure per 100 people employed in the base year."""
    base = figures.employed(story.figure, story.forecast) or 1.0
    v = story.value
    names = ("value", "central", "p10", "p25", "p75", "p90")
    scaled = {name: 100 * getattr(v, name) / base for name in names}
    return replace(v, unit=f"per 100 employed {BASE_YEAR}", **scaled)


def _strongest(story: kreis.Story) -> list[tuple[Text, float]]:
    cells = [c for c in figures.cells(story.figure, story.forecast, by_level=False) if c.occupation]
    return [(OCCUPATIONS[c.occupation], c.value.value) for c in cells[:5] if c.value.value >= figures.SMALLEST]


def reasons(told: list[kreis.Story]) -> list[dict[str, Any]]:
    """Return one row for each reason: the contribution per 100 employed in every column."""
    keys = [*waterfall.components(told[0].figure), told[0].figure.indicator]
    rows = []
    for key in keys:
        cells = []
        for story in told:
            value = figures.resolve(story.figure.at(indicator=key), story.forecast)
            base = figures.employed(story.figure, story.forecast) or 1.0
            cells.append(
                {"share": 100 * value.central / base, "amount": value.central, "figure": story.figure.at(indicator=key)}
            )
        total = key == told[0].figure.indicator
        label = Text("Lücke, mittlerer Weg", "Gap, central path") if total else INDICATORS[key]
        rows.append({"label": label, "cells": cells, "total": total})
    return rows
