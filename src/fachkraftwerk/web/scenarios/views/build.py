"""The scenario page: build, see the answer, change, see it again."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text, significant
from fachkraftwerk.core.text import number as said
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.evidence import GRADES
from fachkraftwerk.model.measures.kind import Kind
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.measures.reach import touched
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.library import records
from fachkraftwerk.runs.scenario import Scenario, levers
from fachkraftwerk.runs.simulate import response_of
from fachkraftwerk.web.scenarios import charts
from fachkraftwerk.web.scenarios.bars import bars
from fachkraftwerk.web.scenarios.domain import answer as answers
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain import keep, rows
from fachkraftwerk.web.scenarios.domain.amounts import number, written
from fachkraftwerk.web.scenarios.domain.draft import Draft
from fachkraftwerk.web.scenarios.domain.rows import Row


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
    if remove := request.GET.get("weg", "")[:6]:
        return draft.removing(int(remove)) if remove.isdecimal() else draft
    if without := request.GET.get("ohne", "")[:6]:
        return draft.disbelieving(int(without)) if without.isdecimal() else draft
    if add := request.GET.get("dazu", "").strip():
        return draft.adding(add, place_of(draft))
    return None


def visitor(request: HttpRequest) -> keep.Visitor:
    """Return who asks: the account, if signed in, and the keys of this browser."""
    account = request.user if request.user.is_authenticated else None
    return keep.Visitor(account, request.session.get("scenarios", {}))


def context(request: HttpRequest, draft: Draft, **more: Any) -> dict[str, Any]:
    """Return what the whole page shows."""
    named = [(ident, rows.name(row)) for ident, row in zip(draft.idents, draft.rows, strict=True)]
    place = place_of(draft) if draft.rows else None
    shown = [
        _row(i, ident, row, named, place) | _usual_cost(row, ident, place)
        for i, (ident, row) in enumerate(zip(draft.idents, draft.rows, strict=True), 1)
    ]
    kept = more.get("kept")
    owned = kept is not None and visitor(request).owns(kept)
    return answered(draft, robust=request.GET.get("pruefen") == "1") | {
        "rows": shown, "judgements": drafts.told(draft), "years": range(BASE_YEAR + 1, HORIZON + 1), "frames": FRAMES.values(), "levers": levers(),
        "records": [one for one in records.records() if one.lever], "owned": owned, "until": keep.until(), **more,
    }  # fmt: skip


def _row(position: int, ident: str, row: Row, others: list[tuple[str, Text]], place: Place | None) -> dict[str, Any]:
    kind = rows.lever_in(row.kind, place) if row.kind in kinds() else None
    own = {key: values for key, *values in row.assumptions}
    ranges = [
        (p, list(enumerate(own.get(p.key, [written(v) for v in (p.low, p.central, p.high)]))), p.key in own)
        for p in (kind.parameters if kind else ())
    ]
    return {
        "number": position, "ident": ident, "row": row, "kind": kind, "title": rows.name(row), "ranges": ranges, "own": bool(own),
        "grade": "C" if own and kind else kind.grade if kind else "", "grade_words": GRADES.get("C" if own else kind.grade if kind else "", ""),
        "bold": _bold(kind, row),
        "record": records.record(row.record) if row.record else None,
        "others": [one for one in others if one[0] != ident],
        "chosen": _chosen(row), "occupations": OCCUPATIONS.items() if kind else (), "levels": _levels(kind) if kind else [],
        "unit": groups.UNITS.get(kind.group, groups.PERSONS) if kind else None,
    }  # fmt: skip


def _chosen(row: Row) -> str:
    """Return the names of the occupations and levels chosen, so that a closed list says what is in it."""
    lang = get_language() or "de"
    names = [
        known[key]
        for known, keys in ((LEVELS, row.levels), (OCCUPATIONS, row.occupations))
        for key in keys
        if key in known
    ]
    return ", ".join(name.in_(lang) for name in names)


def _levels(kind: Kind) -> list[tuple[str, Text]]:
    """Return the requirement levels to choose from; none where the lever reaches one only."""
    known = [(key, LEVELS[key]) for key in touched(kind)]
    return known if len(known) > 1 else []


def place_of(draft: Draft) -> Place | None:
    """Return the data of the region typed; none where there is no such region, which the answer says."""
    try:
        desk = open_desk()
        return response_of(desk, desk.zone(draft.region).key).place if draft.region else None
    except Refusal:
        return None


def _dose(kind: Kind, row: Row) -> float:
    typed = number(row.dose) if row.dose else kind.dose.central
    return typed if math.isfinite(typed) else kind.dose.central


def _bold(kind: Kind | None, row: Row) -> bool:
    """Tell whether a strength lies outside experience, so that the page asks why."""
    return kind is not None and not kind.usual(_dose(kind, row))


def _usual_cost(row: Row, ident: str, place: Place | None) -> dict[str, str]:
    """Return the estimated cost a year in this Kreis, shown where nobody has entered an own amount."""
    if place is None:
        return {}
    try:
        measure = replace(rows.measure(row, ident, place), euro=None, days=None)
    except Refusal:
        return {}
    lang = get_language() or "de"
    euro, days = (float(path.max()) for path in (measure.euro_years(place), measure.days_years(place)))
    return {"euro": said(significant(euro, 3), lang), "days": said(significant(days, 3), lang)}


def answered(draft: Draft, robust: bool = False) -> dict[str, Any]:
    """Return the answer part: the simulated scenario, or the faults in it."""
    plain = {
        "draft": draft,
        "query": draft.query(),
        "answer": None,
        "faults": [],
        "settled": draft.query(reading="pendeln"),
    }
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
    saved = keep.opened(keep.find(draft.token), check=False) if draft.token else None
    desk = open_desk()
    zone = desk.zone(draft.region)
    return drafts.scenario(draft, zone.key, saved, response_of(desk, zone.key).place)


def pictures(made: answers.Answer) -> dict[str, str]:
    """Return the pictures for desk and phone."""
    year, lang, alone = made.scenario.year, made.lang, not made.scenario.measures
    return {
        "path": charts.paths(made.path, year, lang, alone=alone),
        "path_narrow": charts.paths(made.path, year, lang, "paths-n", True, alone),
        "bars": bars(made.bars, lang), "bars_narrow": bars(made.bars, lang, "bars-n", True),
    }  # fmt: skip
