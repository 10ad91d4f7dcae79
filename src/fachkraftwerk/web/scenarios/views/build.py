"""The scenario page: build, see the answer, change, see it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.scenario import Scenario, levers
from fachkraftwerk.web.charts.waterfall import waterfall
from fachkraftwerk.web.scenarios import charts
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain import keep
from fachkraftwerk.web.scenarios.domain.draft import Draft


def page(request: HttpRequest) -> HttpResponse:
    """Show the form and, once a region is chosen, the answer. Adding and removing lead back to the plain address."""
    draft = drafts.read(request.GET)
    changed = _acted(request, draft)
    if changed is not None:
        return redirect(f"{reverse('scenarios:build')}?{changed.query()}#massnahmen")
    return render(request, "scenarios/build.html", context(request, draft))


def answer(request: HttpRequest) -> HttpResponse:
    """Send only the answer, for a slider that moves."""
    return render(request, "scenarios/_answer.html", answered(drafts.read(request.GET)))


def _acted(request: HttpRequest, draft: Draft) -> Draft | None:
    if remove := request.GET.get("weg", ""):
        return draft.removing(int(remove)) if remove.isdigit() else draft
    if without := request.GET.get("ohne", ""):
        return draft.disbelieving(int(without)) if without.isdigit() else draft
    if add := request.GET.get("dazu", "").strip():
        return draft.adding(add)
    return None


def context(request: HttpRequest, draft: Draft, **more: Any) -> dict[str, Any]:
    """Return what the whole page shows."""
    rows = [_row(number, row) for number, row in enumerate(draft.rows, 1)]
    owned = draft.token in request.session.get("scenarios", {})
    return answered(draft, robust=request.GET.get("pruefen") == "1") | {
        "rows": rows, "judgements": drafts.told(draft), "years": range(BASE_YEAR + 1, HORIZON + 1), "frames": FRAMES.values(), "levers": levers(),
        "records": [one for one in records.records() if one.lever], "owned": owned, **more,
    }  # fmt: skip


def _row(number: int, row: drafts.Row) -> dict[str, Any]:
    kind = kinds().get(row.kind)
    title = records.record(row.record).title if row.record else (kind.name if kind else row.kind)
    own = {key: values for key, *values in row.assumptions}
    ranges = [
        (p, list(enumerate(own.get(p.key, [f"{v:g}" for v in (p.low, p.central, p.high)]))), p.key in own)
        for p in (kind.parameters if kind else ())
    ]
    return {"number": number, "row": row, "kind": kind, "title": title, "ranges": ranges, "own": bool(own)}


def answered(draft: Draft, robust: bool = False) -> dict[str, Any]:
    """Return the answer part: the simulated scenario, or the faults in it."""
    plain = {"draft": draft, "query": draft.query(), "answer": None, "faults": []}
    if not draft.region:
        return plain
    lang = get_language() or "de"
    try:
        scenario = checked(draft)
        made = answers.answer(open_desk(), scenario, lang)
        return plain | {
            "answer": made,
            "zone": scenario.region,
            "pictures": pictures(made),
            "matrix": _matrix(scenario, robust),
        }
    except Refusal as refusal:
        return plain | {"faults": [fault.message(lang) for fault in refusal.faults]}


def _matrix(scenario: Scenario, robust: bool) -> Any:
    return answers.robustness(open_desk(), scenario) if robust else None


def checked(draft: Draft) -> Scenario:
    """Return the scenario of a draft. Raises Refusal."""
    saved = keep.opened(keep.find(draft.token)) if draft.token else None
    return drafts.scenario(draft, open_desk().zone(draft.region).key, saved)


def pictures(made: answers.Answer) -> dict[str, str]:
    """Return the pictures for desk and phone."""
    year, lang = made.scenario.year, made.lang
    return {
        "path": charts.paths(made.path, year, lang), "path_narrow": charts.paths(made.path, year, lang, "paths-n", True),
        "fall": waterfall(made.steps, lang, "wf"), "fall_narrow": waterfall(made.steps, lang, "wf-n", True),
    }  # fmt: skip
