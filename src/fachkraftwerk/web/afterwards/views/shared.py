"""The minutes for everybody who was there: read-only, by a signed link that expires."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fachkraftwerk.reports import minutes as typeset
from fachkraftwerk.web.addresses import absolute
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.views.access import download, lang
from fachkraftwerk.web.afterwards.views.pages import drawn
from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views.qr import svg


def _workshop(key: str) -> Workshop:
    """Return the workshop a link opens. 404 for forged and expired links, and while the workshop runs."""
    found = hosting.readable(key)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def minutes(request: HttpRequest, key: str) -> HttpResponse:
    """Show the minutes without anything only hosts may do."""
    workshop = _workshop(key)
    known = drawn(workshop) | {"shared": key}
    return render(request, "afterwards/minutes.html", known)


@never_cache
@require_GET
def minutes_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """Return the minutes as tagged PDF."""
    workshop = _workshop(key)
    content = typeset.pdf(written.document(workshop, lang()))
    return download(content, "application/pdf", workshop, "protokoll", "pdf")


@never_cache
@require_GET
def screen_code(request: HttpRequest, key: str) -> HttpResponse:
    """Draw the QR code of the minutes for the projector, reached by the projector's own key."""
    read = hosting.read_key(key)
    workshop = (
        Workshop.objects.filter(pk=read[0], link_version=read[2], status=Workshop.CLOSED).first() if read else None
    )
    if workshop is None:
        raise Http404
    address = absolute(request, reverse("afterwards:shared", args=[hosting.reading_key(workshop)]))
    return HttpResponse(svg(address), content_type="image/svg+xml")
