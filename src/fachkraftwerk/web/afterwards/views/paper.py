"""Entry of paper cards by the host: typed lines or a CSV file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.web.afterwards.domain import paper
from fachkraftwerk.web.afterwards.views.access import hosted, lang
from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop

MOST_BYTES = 400_000


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the form; enter the cards. If one line is wrong, nothing is entered and every fault is named."""
    workshop = hosted(request, workshop_id)
    known: dict[str, Any] = {"workshop": workshop, "faults": [], "typed": "", "example": paper.code(workshop.id, 1)}
    if request.method == "POST":
        try:
            typed = known["typed"] = _typed(request)
            found = rooms.on_thread(_enter, workshop, typed, f"p{request.user.pk}")
        except Refusal as refusal:
            known["faults"] = [fault.message(lang()) for fault in refusal.faults]
        else:
            messages.success(request, _said(found))
            return redirect("afterwards:paper", workshop_id=workshop.id)
    return render(request, "afterwards/paper.html", known, status=400 if known["faults"] else 200)


def _typed(request: HttpRequest) -> str:
    """Return the lines of the file, if one was chosen, else those typed."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("lines", "")
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise refuse("Die Datei ist zu groß.", "The file is too large.", "Teilen Sie sie.", "Split it.")
    try:
        return str(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return str(data.decode("cp1252", errors="replace"))


def _enter(workshop: Workshop, typed: str, name: str) -> paper.Sorted:
    """Enter all cards in one transaction. Owner's thread of the rooms."""
    room = rooms.refresh(workshop.id)
    found = paper.sort(paper.read(typed), room.book.state, workshop.id)
    if room.book.state.signed:
        raise refuse("Das Protokoll ist freigegeben.", "The minutes are signed off.",
                     "Tragen Sie die Karten in der Folgewerkstatt ein.", "Enter the cards in the next workshop.")  # fmt: skip
    who = hosting.moderator(name)
    # Doubles are refused by the act itself; a fresh number lets a card that was taken back be entered again.
    first = room.book.state.seq + 1
    requests = [
        Request(who, Message(f"paper-{each.code}", first + i, "paper_card", _payload(each)))
        for i, each in enumerate(found.new)
    ]
    for answer, each in zip(rooms.act(workshop.id, requests), found.new, strict=True):
        if answer.status != 200:
            raise Refusal(Fault(Text(answer.body["de"], answer.body["en"]), Text("", ""), f"Zeile {each.line}"))
    return found


def _payload(typed: paper.Typed) -> dict[str, Any]:
    return {"text": typed.text, "paper": typed.code, "field": typed.field, "table": typed.table}


def _said(found: paper.Sorted) -> str:
    said = ngettext("%(count)d Karte hängt an der Wand.", "%(count)d Karten hängen an der Wand.", len(found.new)) % {
        "count": len(found.new)
    }
    if found.known:
        said += " " + ngettext("%(count)d war schon da.", "%(count)d waren schon da.", found.known) % {
            "count": found.known
        }
    return said
