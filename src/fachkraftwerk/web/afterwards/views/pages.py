"""The minutes as a page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fachkraftwerk.reports.minutes.blocks import Bars, Block, Cards, Heading, Table
from fachkraftwerk.web.addresses import absolute
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.views.access import hosted, lang
from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Event, Workshop
from fachkraftwerk.web.workshops.views.qr import svg


@login_required
@never_cache
@require_GET
def minutes(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the minutes; while the workshop runs, they are the state of this moment."""
    workshop = hosted(request, workshop_id)
    judgement = reverse("workshops:judgement", args=[hosting.key(workshop, hosting.MODERATE, f"h{request.user.pk}")])
    known = drawn(workshop) | _sharing(request, workshop) | {"judgement": judgement}
    return render(request, "afterwards/minutes.html", known)


def drawn(workshop: Workshop) -> dict[str, Any]:
    """Return what the page of the minutes shows, for hosts and for readers."""
    document = written.document(workshop, lang())
    blocks = [_drawn(block, place) for place, block in enumerate(document.blocks)]
    contents = [block for block in blocks if block["kind"] == "heading" and block["level"] == 1]
    return {"workshop": workshop, "document": document, "blocks": blocks, "contents": contents}


def _sharing(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """Return the link for participants with its last day, once the workshop is closed."""
    if workshop.status != Workshop.CLOSED:
        return {}
    address = absolute(request, reverse("afterwards:shared", args=[hosting.reading_key(workshop)]))
    signed = bool(Event.objects.filter(workshop=workshop, verb="sign_off", undone=False).exists())
    return {
        "link": address,
        "link_qr": svg(address),
        "link_until": timezone.localdate() + hosting.READABLE,
        "signed": signed,
    }


@login_required
@require_POST
def sign_off(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Declare the minutes final: from now on no paper card is added any more."""
    workshop = hosted(request, workshop_id)
    message = Message(f"sign-off-{uuid4().hex[:20]}", 1, "sign_off")
    act = Request(hosting.moderator(f"h{request.user.pk}"), message)
    answer = rooms.on_thread(rooms.act, workshop.id, [act])[0]
    if answer.status != 200:
        messages.error(request, answer.body[lang()])
    return redirect("afterwards:minutes", workshop_id=workshop.id)


def _drawn(block: Block, place: int) -> dict[str, Any]:
    """Return a block as its template wants it: numbers written, columns known, headings with an anchor."""
    drawn: dict[str, Any] = asdict(block)
    if isinstance(block, Heading):
        drawn |= {"anchor": f"abschnitt-{place}", "tag": f"h{block.level + 1}"}
    elif isinstance(block, Cards):
        marks = block.marks or ("",) * len(block.texts)
        drawn["cards"] = list(zip(block.texts, marks, strict=True))
    elif isinstance(block, Table):
        drawn["header"] = [(text, column in block.numeric) for column, text in enumerate(block.header)]
        drawn["rows"] = [[(text, column in block.numeric) for column, text in enumerate(row)] for row in block.rows]
    elif isinstance(block, Bars):
        drawn["bars"] = [asdict(bar) | {"width": f"{100 * bar.value / block.longest:.2f}"} for bar in block.bars]
    return drawn
