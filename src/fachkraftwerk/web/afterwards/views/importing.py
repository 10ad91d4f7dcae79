"""Bring a workshop file from the hall laptop, or from another installation, to this one."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.afterwards.domain import intake
from fachkraftwerk.web.afterwards.views.access import lang
from fachkraftwerk.web.workshops.live import rooms


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the form; take the file. A refused file leaves everything as it was."""
    known: dict[str, Any] = {"faults": []}
    if request.method == "POST":
        try:
            taken = _take(request)
        except Refusal as refusal:
            known["faults"] = [fault.message(lang()) for fault in refusal.faults]
        else:
            messages.success(request, _said(taken))
            return redirect("afterwards:minutes", workshop_id=taken.workshop.id)
    return render(request, "afterwards/import.html", known, status=400 if known["faults"] else 200)


def _take(request: HttpRequest) -> intake.Taken:
    file = request.FILES.get("file")
    data = file.read(intake.MOST_BYTES + 1) if file else b""
    taken = intake.take(data, cast(User, request.user))
    rooms.on_thread(rooms.forget, taken.workshop.id)
    return taken


def _said(taken: intake.Taken) -> str:
    if taken.what == "same":
        return _("Diese Werkstatt ist schon vollständig hier. Es wurde nichts hinzugefügt.")
    count = ngettext("%(count)d Handlung", "%(count)d Handlungen", taken.added) % {"count": taken.added}
    if taken.what == "new":
        return _("Die Werkstatt ist hier, mit %(count)s.") % {"count": count}
    return _("Die Werkstatt war hier schon; hinzugekommen sind %(count)s.") % {"count": count}
