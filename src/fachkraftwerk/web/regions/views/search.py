"""Search by name, key or postal habit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.regions import COUNTRY, Region, fold
from fachkraftwerk.runs.desk import open_desk

LONGEST = 100


def _found(words: str, limit: int) -> list[Region]:
    return open_desk().edition.regions.search(words.strip()[:LONGEST], limit=limit)


def results(request: HttpRequest) -> HttpResponse:
    """Lead to the one Kreis that is meant, or offer those that match."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    desk = open_desk()
    fault = ""
    try:
        if fold(words) in COUNTRY and not _found(words, 1):
            return redirect("regions:start")
        if words:
            return redirect("regions:kreis", key=desk.short(desk.zone(words)))
    except Refusal as refusal:
        fault = refusal.message(getattr(request, "LANGUAGE_CODE", "de"))
    hits = [(region, desk.title(region)) for region in _found(words, 30)]
    status = 404 if words and not hits else 200
    return render(request, "regions/search.html", {"words_": words, "hits": hits, "fault": fault}, status=status)


@cache_control(max_age=3600)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return up to eight names for the search field, a Land before its Kreise."""
    desk = open_desk()
    words = request.GET.get("q", "")
    lang = getattr(request, "LANGUAGE_CODE", "de")
    whole = desk.edition.regions.land(words.strip()[:LONGEST])
    hits = [{"key": whole[0].ags[:2], "name": whole[0].land}] if len(whole) > 1 else []
    hits += [{"key": region.ags, "name": desk.title(region).in_(lang)} for region in _found(words, 8 - len(hits))]
    return JsonResponse({"hits": hits})
