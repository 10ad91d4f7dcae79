"""The projector: nothing to operate."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.domain.codes import show_code
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views import presenting
from fachkraftwerk.web.workshops.views.qr import join_address, svg


@never_cache
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show the running step."""
    read = hosting.read_key(key)
    workshop = Workshop.objects.filter(pk=read[0], link_version=read[2]).first() if read else None
    if workshop is None:
        raise Http404
    lang = get_language() or "de"
    channel = rooms.on_thread(rooms.publish, workshop.id).channels[rooms.PUBLIC]
    address = join_address(request, workshop.code)
    return render(request, "workshops/screen.html", {
        "workshop": workshop, "parts": presenting.parts("screen", lang, workshop.code, channel.shown),
        "code_shown": show_code(workshop.code), "qr": svg(address), "signing": "gebaerden" in request.GET,
        # The code stands beside it, so the address ends where it is typed in.
        "address": address.partition("://")[2].removesuffix(f"/{workshop.code}/"),
        "live": {"code": workshop.code, "token": key, "client": "screen", "lang": lang, "version": channel.version,
                 "step": channel.shown["step"]["key"]},
    })  # fmt: skip
