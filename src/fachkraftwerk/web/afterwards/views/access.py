"""Who may see what is left of a workshop: its hosts. Strangers learn not even that it exists."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.models import Workshop


def hosted(request: HttpRequest, workshop_id: UUID) -> Workshop:
    """Return a workshop of this host; 404 for everybody else."""
    workshop = Workshop.objects.filter(pk=workshop_id).first()
    if workshop is None or not hosting.may_host(request.user, workshop):
        raise Http404
    return workshop


def lang() -> str:
    """Return the language of the reader: "de" or "en"."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def download(content: bytes, kind: str, workshop: Workshop, word: str, ending: str) -> HttpResponse:
    """Return a file that is saved under a name telling what it is; never cached, because the workshop goes on."""
    response = HttpResponse(content, content_type=kind)
    day = f"-{workshop.day.isoformat()}" if workshop.day else ""
    response["Content-Disposition"] = f'attachment; filename="{word}-{workshop.code}{day}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response
