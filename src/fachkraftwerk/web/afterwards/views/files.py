"""The workshop as files: minutes to print and to go on writing, everything to keep and to import."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fachkraftwerk.reports import minutes
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.domain import tables, transfer
from fachkraftwerk.web.afterwards.views.access import download, hosted, lang
from fachkraftwerk.web.workshops.domain.ballot_files import ballot_files
from fachkraftwerk.web.workshops.domain.perform import open_book
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_GET
def minutes_pdf(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return the minutes as tagged PDF."""
    workshop = hosted(request, workshop_id)
    content = minutes.pdf(written.document(workshop, lang()))
    return download(content, "application/pdf", workshop, "protokoll", "pdf")


@login_required
@require_GET
def minutes_docx(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return the minutes as DOCX."""
    workshop = hosted(request, workshop_id)
    return download(minutes.docx(written.document(workshop, lang())), DOCX, workshop, "protokoll", "docx")


@login_required
@require_GET
def export_json(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return the workshop file: everything, to be kept or imported elsewhere; after closing without pseudonyms."""
    workshop = hosted(request, workshop_id)
    if workshop.status == Workshop.CLOSED and workshop.closed is None:
        rooms.on_thread(rooms.erase, workshop.id)
        workshop.refresh_from_db()
    return download(transfer.export(workshop), "application/json", workshop, "werkstatt", "json")


@login_required
@require_GET
def export_csv(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return all tables as CSV in one ZIP, and of a closed workshop the votes in the formats of Polis and Pabulib."""
    workshop = hosted(request, workshop_id)
    votes = ballot_files(open_book(workshop).state)
    content = tables.archive(written.record(workshop), written.names(lang()), votes)
    return download(content, "application/zip", workshop, "werkstatt", "zip")
