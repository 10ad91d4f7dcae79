"""The room's judgement on the forecast, on its way into a scenario: seen by the moderation, taken over with its source."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.text import number, significant
from fachkraftwerk.runs.judgements import Judgement, faults
from fachkraftwerk.web.scenarios.domain.draft import judgement_words
from fachkraftwerk.web.workshops.domain import delphi
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views.desk import opened


@never_cache
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """List what the room says on each figure; with figures chosen, lead to the scenario that assumes them."""
    workshop, _name = opened(key)
    lang = get_language() or "de"
    rows = _rows(workshop, lang)
    if "weiter" in request.GET or request.GET.getlist("zahl"):
        try:
            return redirect(_scenario(workshop, _chosen(rows, request.GET.getlist("zahl"))))
        except Refusal as refusal:
            messages.error(request, refusal.message(lang))
    known = {
        "workshop": workshop,
        "key": key,
        "rows": rows,
        "first": next((row["id"] for row in rows if row["said"]), ""),
    }
    return render(request, "workshops/judgement.html", known)


def _rows(workshop: Workshop, lang: str) -> list[dict[str, Any]]:
    state = rooms.on_thread(rooms.refresh, workshop.id).book.state
    found = []
    for figure in state.setup.get("figures", ()):
        said = delphi.judgement(state, figure, f"{workshop.title}, {workshop.region_name}", workshop.day)
        turns = delphi.rounds(state, figure["id"])
        label = figure["label"].get(lang) or figure["label"]["de"]
        row = {
            "id": figure["id"],
            "label": label,
            "shown": number(figure["value"], lang),
            "said": said,
            "turn": len(turns),
        }
        found.append(
            row
            | (
                {name: number(significant(getattr(said, name)), lang) for name in ("value", "low", "high")}
                if said
                else {}
            )
        )
    return found


def _chosen(rows: list[dict[str, Any]], wanted: list[str]) -> list[Judgement]:
    """Return the judgements ticked. Raises Refusal where they contradict each other or none is there."""
    found = [row["said"] for row in rows if row["id"] in wanted and row["said"]]
    if not wanted:
        raise refuse("Sie haben keine Zahl ausgewählt.", "You have not chosen a figure.",
                     "Kreuzen Sie die ganze Lücke an oder ihre Teile.", "Tick the whole gap or its parts.")  # fmt: skip
    if not found:
        raise refuse(
            "Zu dieser Zahl gibt es noch keine Einschätzung.", "There is no judgement of this figure yet.",
            "Fünf Personen müssen die Zahl bestätigen oder eine eigene nennen.",
            "Five people must confirm the figure or name one of their own.",
        )  # fmt: skip
    if wrong := faults(found):
        raise Refusal(wrong)
    return found


def _scenario(workshop: Workshop, judgements: list[Judgement]) -> str:
    fields = [("region", workshop.region), ("jahr", str(judgements[0].year)), ("name", workshop.title)]
    fields += [("z", judgement_words(one)) for one in judgements]
    return f"{reverse('scenarios:build')}?{urlencode(fields)}"
