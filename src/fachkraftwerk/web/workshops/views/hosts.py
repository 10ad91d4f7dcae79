"""Pages of hosts: list, create, prepare, links, close."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fachkraftwerk.web.addresses import absolute
from fachkraftwerk.web.workshops.domain import codes, formats, hosting, preparing
from fachkraftwerk.web.workshops.domain.acts.fields import VOCABULARY
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request
from fachkraftwerk.web.workshops.live import rooms, senders
from fachkraftwerk.web.workshops.models import Incident, Script, Workshop
from fachkraftwerk.web.workshops.views import wordings
from fachkraftwerk.web.workshops.views.qr import join_address, svg


def home(request: HttpRequest) -> HttpResponse:
    """Show the way in for participants and, to hosts, their workshops."""
    return render(
        request,
        "workshops/home.html",
        {"workshops": hosting.hosted_by(request.user), "code_typed": request.GET.get("code", "")[:40]},
    )


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make a workshop: region, title, script, number of tables. Everything else has a default."""
    lang = get_language() or "de"
    known: dict[str, Any] = {
        "scripts": [(key, script.name.in_(lang), script.summary.in_(lang)) for key, script in formats.shipped().items()],
        "own": Script.objects.filter(owner=request.user.pk), "previous": hosting.hosted_by(request.user),
    }  # fmt: skip
    if request.method == "POST":
        workshop, faults = preparing.create(request.user, request.POST.dict())
        if workshop is not None:
            return redirect("workshops:manage", workshop_id=workshop.id)
        known |= {"faults": [fault.message(lang) for fault in faults], "typed": request.POST}
    return render(request, "workshops/create.html", known)


def _hosted(request: HttpRequest, workshop_id: UUID) -> Workshop:
    """Return a workshop the person may host; 404 for strangers, so that nobody learns what exists."""
    workshop = Workshop.objects.filter(pk=workshop_id).first()
    if workshop is None or not hosting.may_host(request.user, workshop):
        raise Http404
    return workshop


@login_required
def manage(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show links, code and what remains to be prepared."""
    workshop = _hosted(request, workshop_id)
    address = join_address(request, workshop.code)
    script = formats.read(workshop.format)
    lang = get_language() or "de"
    return render(request, "workshops/manage.html", {
        "workshop": workshop, "code_shown": codes.show_code(workshop.code), "address": address, "qr": svg(address),
        "moderate": _link(request, workshop, "workshops:desk", hosting.MODERATE, f"h{request.user.pk}"),
        "project": _link(request, workshop, "workshops:screen", hosting.PROJECT, "screen"),
        "phases": [(phase.title.in_(lang), phase.minutes) for phase in script.phases],
        "duration": wordings.duration(sum(phase.minutes for phase in script.phases)), "script_name": script.name.in_(lang),
        "vocabulary": [(key, words[1 if lang == "en" else 0]) for key, words in VOCABULARY.items()],
        "judgement": _link(request, workshop, "workshops:judgement", hosting.MODERATE, f"h{request.user.pk}"),
        "colleagues": workshop.colleagues.order_by("username"),
        "fields_text": request.POST.get("fields", preparing.fields_text(workshop)),
        "existing_text": request.POST.get("existing", preparing.existing_text(workshop)),
        "tables_text": request.POST.get("tables", workshop.setup.get("tables", 0)),
    })  # fmt: skip


def _link(request: HttpRequest, workshop: Workshop, view: str, purpose: str, name: str) -> str:
    return absolute(request, reverse(view, args=[hosting.key(workshop, purpose, name)]))


@login_required
@require_POST
def renew_links(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Make all links to desk and screen invalid and show new ones."""
    workshop = _hosted(request, workshop_id)
    workshop.link_version += 1
    workshop.save(update_fields=["link_version"])
    senders.revoke(workshop.id)
    messages.success(request, _("Die alten Links gelten nicht mehr."))
    return redirect("workshops:manage", workshop_id=workshop.id)


@login_required
@require_POST
def prepare(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Keep fields, tables and existing measures; possible until the workshop begins."""
    workshop = _hosted(request, workshop_id)
    faults = preparing.prepare(workshop, request.POST.dict())
    rooms.on_thread(rooms.forget, workshop.id)
    if faults:
        for fault in faults:
            messages.error(request, fault.message(get_language() or "de"))
        return manage(request, workshop_id)  # with what was typed still in its fields
    messages.success(request, _("Gespeichert."))
    return redirect("workshops:manage", workshop_id=workshop.id)


@login_required
@require_POST
def close(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Close for good: a running day ends as at the desk, what never ran or is over already is erased at once."""
    workshop = _hosted(request, workshop_id)
    if workshop.status == Workshop.RUNNING:
        message = Message(f"closing-{uuid4().hex[:20]}", 1, "close")
        rooms.on_thread(rooms.act, workshop.id, [Request(hosting.moderator(f"h{request.user.pk}"), message)])
    else:
        rooms.on_thread(rooms.erase, workshop.id)
    messages.success(request, _("Die Werkstatt ist geschlossen. Karten und Ergebnisse bleiben."))
    return redirect("workshops:manage", workshop_id=workshop.id)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Delete a workshop for good; the code typed once more tells that it is meant. Not while it runs."""
    workshop = _hosted(request, workshop_id)
    if workshop.status == Workshop.RUNNING:
        messages.error(request, _("Die Werkstatt läuft. Schließen Sie sie zuerst."))
        return redirect("workshops:manage", workshop_id=workshop.id)
    if request.method == "POST":
        if codes.read_code(request.POST.get("code", "")) == workshop.code:
            rooms.on_thread(_delete, workshop)
            messages.success(request, _("Die Werkstatt ist gelöscht."))
            return redirect("workshops:home")
        messages.error(request, _("Der Code stimmt nicht. Es wurde nichts gelöscht."))
    known = {"workshop": workshop, "code_shown": codes.show_code(workshop.code)}
    return render(request, "workshops/delete.html", known)


def _delete(workshop: Workshop) -> None:
    rooms.forget(workshop.id)
    senders.forget()
    workshop.delete()


@login_required
@require_POST
def colleague(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Let another account host this workshop too."""
    workshop = _hosted(request, workshop_id)
    found = User.objects.filter(username=request.POST.get("name", "").strip()).first()
    if found is None:
        messages.error(request, _("Dieses Konto gibt es hier nicht. Die Betreuung legt Konten an."))
    else:
        workshop.colleagues.add(found)
        messages.success(request, _("Eingetragen."))
    return redirect("workshops:manage", workshop_id=workshop.id)


@login_required
def incidents(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the moderation log."""
    workshop = _hosted(request, workshop_id)
    return render(
        request,
        "workshops/incidents.html",
        {"workshop": workshop, "incidents": [_said(each) for each in workshop.incidents.all()[:500]]},
    )


def _said(each: Incident) -> dict[str, Any]:
    """Return a line of the log in words."""
    return {"at": each.at, "count": each.count, "kind": wordings.INCIDENTS.get(each.kind, each.kind),
            "verb": wordings.VERBS.get(each.verb, each.verb)}  # fmt: skip


@login_required
def incidents_csv(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return the moderation log as CSV (UTF-8 with mark, semicolons): time, kind, verb, note, how often."""
    workshop = _hosted(request, workshop_id)
    text = io.StringIO()
    rows = workshop.incidents.values_list("at", "kind", "verb", "note", "count")
    csv.writer(text, delimiter=";").writerows(
        [("at", "kind", "verb", "note", "count"), *((at.isoformat(), *rest) for at, *rest in rows)]
    )
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="moderation-{workshop.code}.csv"'
    return response
