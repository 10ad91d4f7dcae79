"""Editions side by side for one region: ours that are at hand, and those others have published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.edition.list import editions
from fachkraftwerk.runs import figures, waterfall
from fachkraftwerk.runs.desk import Desk, Reference, open_desk
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.web.regions.domain.kreis import Story


@dataclass(frozen=True)
class Vintage:
    """One edition's answer to the same question."""

    name: str
    value: FigureValue
    reasons: dict[str, float]
    files: dict[str, str]  # name of a source file → checksum


def ours(story: Story) -> list[Vintage]:
    """Return the answer of every edition at hand, the open one first; editions without the region are left out."""
    found = [_vintage(story.desk, story)]
    for entry in editions():
        if entry["edition"] == story.desk.edition.name:
            continue
        try:
            found.append(_vintage(open_desk(entry["path"]), story))
        except Refusal:
            continue
    return found


def _vintage(desk: Desk, story: Story) -> Vintage:
    figure = story.figure.at(edition=desk.edition.name)
    desk.check(figure)
    forecast = desk.forecast(figure.region, story.asked.draws)
    steps = waterfall.steps(figure, forecast)
    files = {file.name: file.sha256 for source in desk.edition.sources.values() for file in source.files}
    reasons = {step.key: step.amount for step in steps if step.key != "total"}
    return Vintage(desk.edition.name, figures.resolve(figure, forecast), reasons, files)


def changes(now: Vintage, before: Vintage) -> dict[str, Any]:
    """Return what changed between two editions: reason by reason, and which source files are new or renewed."""
    keys = dict.fromkeys([*now.reasons, *before.reasons])
    moved = [
        (waterfall.label(key, now.reasons.get(key, 0.0) > 0) if key != "skew" else Text("bis zur Mitte der Spanne", "to the middle of the range"),
         now.reasons.get(key, 0.0) - before.reasons.get(key, 0.0))
        for key in keys
    ]  # fmt: skip
    renewed = sorted(name for name, sha in now.files.items() if before.files.get(name, sha) != sha)
    added = sorted(set(now.files) - set(before.files))
    gone = sorted(set(before.files) - set(now.files))
    return {"before": before.name, "moved": moved, "renewed": renewed, "added": added, "gone": gone}


def published(story: Story) -> list[tuple[Text, list[Reference]]]:
    """Return what others have published for the region, by qualification, newest horizon first."""
    found = [(text, story.desk.references(story.zone, key)) for key, text in QUALIFICATION_GROUPS.items()]
    return [(text, references) for text, references in found if references]
