"""Up to four saved scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.web.charts.small import rail
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import keep
from fachkraftwerk.web.scenarios.models import SavedScenario
from fachkraftwerk.web.scenarios.views.library import mine

MOST = 4


def page(request: HttpRequest) -> HttpResponse:
    """Compare scenarios given by link or token; the scale is the same for all."""
    asked = [_token(words) for words in request.GET.getlist("s") if words.strip()][:MOST]
    lang, desk = get_language() or "de", open_desk()
    columns: list[dict[str, Any]] = []
    for token in dict.fromkeys(asked):
        kept = keep.find(token)
        scenario = _opened(kept)
        columns.append(
            {"kept": kept, "answer": answers.answer(desk, scenario, lang), "frame": FRAMES[scenario.frame].name}
        )
    values = [value for one in columns for value in (one["answer"].with_, one["answer"].without)]
    low, high = min([0.0, *(v.p10 for v in values)]), max([1.0, *(v.p90 for v in values)])
    for one in columns:
        one["rails"] = [rail(value, low, high) for value in (one["answer"].without, one["answer"].with_)]
    fields = (asked + [""] * MOST)[:MOST]
    mixed = len({one["answer"].scenario.indicator for one in columns}) > 1
    shown = {"columns": columns, "fields": fields, "mine": mine(request), "mixed": mixed}
    return render(request, "scenarios/compare.html", shown)


def _opened(kept: SavedScenario) -> Scenario:
    """Return the scenario of a saved one. Raises Refusal that names it, so that people know which one to put right."""
    try:
        return keep.opened(kept)
    except Refusal as refusal:
        raise Refusal([replace(fault, where=f"{kept.name}: {fault.where}") for fault in refusal.faults]) from None


def _token(words: str) -> str:
    """Accept the whole link as well as its last part."""
    return words.strip().rstrip("/").rsplit("/", 1)[-1]
