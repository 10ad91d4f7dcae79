"""One measure of the library: what it is, where it comes from, and the ways to take it along."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.library import records
from fachkraftwerk.web.scenarios.domain.draft import zone_words
from fachkraftwerk.web.workshops.domain import hosting, preparing
from fachkraftwerk.web.workshops.models import Workshop


def page(request: HttpRequest, ident: str) -> HttpResponse:
    """Show a measure with source, status and lever; take it into a scenario or a prepared workshop."""
    one = _known(ident)
    region = request.GET.get("region", "")
    return render(request, "scenarios/record.html", {
        "one": one, "field": records.FIELDS[one.field], "status": records.STATUS[one.status],
        "origin": records.ORIGINS[one.kind], "lever": kinds().get(one.lever),
        "zone": open_desk().zone(zone_words(region)) if region else None,
        "workshops": hosting.hosted_by(request.user).filter(status=Workshop.PREPARED),
        "line": " | ".join((one.title.in_(_lang()), one.owner.in_(_lang()), records.FIELDS[one.field].in_(_lang()))),
    })  # fmt: skip


@login_required
@require_POST
def take(request: HttpRequest, ident: str) -> HttpResponse:
    """Add the measure to the register of existing measures of a workshop that is still being prepared."""
    one, workshop = _known(ident), _mine(request)
    entry = {
        "title": one.title.in_(_lang()), "owner": one.owner.in_(_lang()), "library": one.id,
        "note": f"{records.STATUS[one.status].in_(_lang())}, {one.region.in_(_lang())}",
    }  # fmt: skip
    faults = preparing.remember(workshop, one.field, entry)
    for fault in faults:
        messages.error(request, fault.message(_lang()))
    if not faults:
        messages.success(request, _("Aufgenommen in „%(title)s“.") % {"title": workshop.title})
    return redirect("scenarios:record", one.id)


def _known(ident: str) -> records.Record:
    try:
        return records.record(ident)
    except Refusal:
        raise Http404(ident) from None


def _mine(request: HttpRequest) -> Workshop:
    """Return the chosen workshop of this host; 404 for strangers, so that nobody learns what exists."""
    try:
        chosen = uuid.UUID(request.POST.get("werkstatt", ""))
    except ValueError:
        raise Http404 from None
    workshop = hosting.hosted_by(request.user).filter(pk=chosen).first()
    if workshop is None:
        raise Http404
    return workshop


def _lang() -> str:
    return get_language() or "de"
