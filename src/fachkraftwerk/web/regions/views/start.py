"""The map of Germany and of each Land."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fachkraftwerk.core.classifications import BASE_YEAR
from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.web.charts import choropleth
from fachkraftwerk.web.regions.domain import asked as questions
from fachkraftwerk.web.regions.domain import atlas
from fachkraftwerk.web.regions.views.kreis import choices


def germany(request: HttpRequest) -> HttpResponse:
    """Show the map of all Kreise."""
    return render(request, "regions/atlas.html", context(request, ""))


def land(request: HttpRequest, land: str) -> HttpResponse:
    """Show the map of one Land; the key has two digits."""
    known = {region.ags[:2] for region in open_desk().edition.regions.regions}
    if land not in known:
        raise Http404(land)
    return render(request, "regions/atlas.html", context(request, land))


def context(request: HttpRequest, land: str) -> dict[str, Any]:
    """Return what the map page shows."""
    desk, lang = open_desk(), get_language() or "de"
    asked = questions.read(request.GET.dict(), desk.edition.name)
    sure = atlas.certain_places(desk, asked, land) if asked.measure == "sicherheit" else None
    rows, classes = (sure, []) if sure is not None else atlas.places(desk, asked, land)
    digits = choropleth.digits(classes)
    legend = [(c.klass, c.words(lang, digits)) for c in classes] or [
        pair for pair in atlas.certainty_legend(lang) if any(row.klass == pair[0] for row in rows)
    ]
    title = _("Karte der Kreise. Mit den Pfeiltasten von Kreis zu Kreis, mit der Eingabetaste zur Seite.")
    present = sorted({region.ags[:2] for region in desk.edition.regions.regions})
    return {
        "asked": asked, "rows": rows, "land": land, "map": atlas.drawn(desk, rows, title, lang, whole=not land, group=asked.group),
        "whole": land if land in LAENDER and len(rows) > 1 else "",
        "legend": legend, "sure": sure is not None,
        "waiting": asked.measure == "sicherheit" and sure is None, "choices": choices(),
        "measures": atlas.MEASURES.items(), "measure": atlas.MEASURES[asked.measure], "base_year": BASE_YEAR,
        "laender": [(key, LAENDER.get(key, "Musterland")) for key in present],
        "summary": atlas.summary(desk, asked, rows, land), "hidden": any(row.share is None for row in rows),
    }  # fmt: skip
