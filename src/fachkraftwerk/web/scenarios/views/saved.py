"""Saving, sharing, duplicating, reading and writing scenarios."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.runs import scenario as documents
from fachkraftwerk.runs.scenario import LONGEST
from fachkraftwerk.web.scenarios.domain import draft as drafts
from fachkraftwerk.web.scenarios.domain import keep
from fachkraftwerk.web.scenarios.models import SavedScenario
from fachkraftwerk.web.scenarios.views.build import checked, context, visitor


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the scenario of the form; the browser that saved it may change it later."""
    draft = replace(drafts.read(QueryDict(request.POST.get("q", ""))), name=request.POST.get("name", "").strip()[:200])
    kept = keep.save(checked(draft), visitor(request), draft.token)
    return _remembered(request, kept)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Read a scenario from a file; one that lacks a reason or contradicts itself opens as a form that says so."""
    file = request.FILES.get("datei")
    if file is None:
        raise refuse(
            "Es ist keine Datei gewählt.",
            "No file is chosen.",
            "Wählen Sie eine Szenario-Datei.",
            "Choose a scenario file.",
        )
    data = file.read(LONGEST + 1)
    found = documents.parse(data, check=False)
    if documents.incomplete(found):
        return redirect(f"{reverse('scenarios:build')}?{drafts.of(found).query()}")
    return _remembered(request, keep.read(data, visitor(request)))


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show a saved scenario under its link."""
    kept = keep.find(token)
    draft = drafts.of(keep.opened(kept, check=False), token)
    link = request.build_absolute_uri()
    return render(request, "scenarios/build.html", context(request, draft, kept=kept, link=link))


@require_GET
def document(request: HttpRequest, token: str) -> HttpResponse:
    """Send a saved scenario as it is kept, byte for byte."""
    kept = keep.find(token)
    headers = {"Content-Disposition": 'attachment; filename="szenario.json"'}
    return HttpResponse(kept.document.encode(), content_type="application/json", headers=headers)


@require_POST
def duplicate(request: HttpRequest, token: str) -> HttpResponse:
    """Keep a copy that belongs to this browser."""
    return _remembered(request, keep.duplicate(token, _("(Kopie)"), visitor(request)))


@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a scenario this browser saved."""
    keep.delete(token, visitor(request))
    owned = request.session.get("scenarios", {})
    request.session["scenarios"] = {one: key for one, key in owned.items() if one != token}
    return redirect("scenarios:library")


def _remembered(request: HttpRequest, kept: SavedScenario) -> HttpResponse:
    alive = set(visitor(request).saved().values_list("token", flat=True))
    held = {token: key for token, key in request.session.get("scenarios", {}).items() if token in alive}
    request.session["scenarios"] = held | {kept.token: kept.key}
    return redirect("scenarios:saved", kept.token)
