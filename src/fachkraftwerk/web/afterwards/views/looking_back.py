"""What became of the measures of the workshop before: three words and a sentence each, asked while preparing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fachkraftwerk.web.afterwards.domain import series
from fachkraftwerk.web.afterwards.views.access import hosted
from fachkraftwerk.web.workshops.live import rooms


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the measures of the workshop before; keep what is said about them."""
    workshop = hosted(request, workshop_id)
    past = series.past(workshop)
    if request.method == "POST":
        said = {
            each.sheet: (request.POST.get(f"state-{each.sheet}", ""), request.POST.get(f"note-{each.sheet}", ""))
            for each in past
        }
        series.keep(workshop, said)
        rooms.on_thread(rooms.forget, workshop.id)
        messages.success(request, _("Gespeichert. Der Stand hängt an der Wand der bestehenden Maßnahmen."))
        return redirect("workshops:manage", workshop_id=workshop.id)
    known = {"workshop": workshop, "past": [(str(each.sheet), each) for each in past], "states": series.STATES.items()}
    return render(request, "afterwards/looking_back.html", known)
