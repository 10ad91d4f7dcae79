"""The moderator's desk, reached by a signed link for this workshop alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.domain.codes import show_code
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views import presenting, said
from fachkraftwerk.web.workshops.views.phone import form_fields, perform_form


def opened(key: str) -> tuple[Workshop, str]:
    """Return the workshop of a moderator's key and the name in it; 404 for everything else."""
    read = hosting.read_key(key)
    if read is None or read[1] != hosting.MODERATE:
        raise Http404
    workshop = Workshop.objects.filter(pk=read[0], link_version=read[2]).first()
    if workshop is None:
        raise Http404
    return workshop, read[3]


@never_cache
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show the desk."""
    workshop, _name = opened(key)
    lang = get_language() or "de"
    channel = rooms.on_thread(rooms.publish, workshop.id).channels[rooms.DESK]
    return render(request, "workshops/desk.html", {
        "workshop": workshop, "key": key, "code_shown": show_code(workshop.code),
        "parts": presenting.with_form_fields(presenting.parts("desk", lang, workshop.code, channel.shown), form_fields(request)),
        "screen_key": hosting.key(workshop, hosting.PROJECT, "screen"),
        "live": {"code": workshop.code, "token": key, "client": "desk", "lang": lang, "version": channel.version,
                 "step": channel.shown["step"]["key"]},
    })  # fmt: skip


@require_POST
def act(request: HttpRequest, key: str) -> HttpResponse:
    """Take one act from a plain form."""
    workshop, name = opened(key)
    answer = perform_form(request, workshop.id, hosting.moderator(name))
    if answer.status != 200:
        messages.error(request, answer.body["en" if (get_language() or "de").startswith("en") else "de"])
    return redirect("workshops:proposals" if request.POST.get("next") else "workshops:desk", key=key)


@never_cache
@require_GET
def minutes(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the minutes of the closed workshop, to be read without an account."""
    workshop, _name = opened(key)
    if workshop.status != Workshop.CLOSED:
        return redirect("workshops:desk", key=key)
    return redirect("afterwards:shared", key=hosting.reading_key(workshop))


@never_cache
@require_GET
def proposals(request: HttpRequest, key: str) -> HttpResponse:
    """Show doubles, fields and headings the machine proposes for the cards of the wall."""
    from fachkraftwerk.web.workshops.domain.proposals import propose

    workshop, _name = opened(key)
    state = rooms.on_thread(rooms.refresh, workshop.id).book.state
    lang = get_language() or "de"
    shown = [each | {"choices": _choices(each, lang)} for each in propose(state)]
    return render(request, "workshops/desk/proposals.html", {"key": key, "proposals": shown, "workshop": workshop})


def _choices(proposal: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """Return the buttons of a proposal with their form fields."""
    choices = proposal.get("choices") or [{"payload": proposal["payload"], "name": _("Übernehmen")}]
    return [{"name": said.field_name(each, lang), "inputs": list(_inputs(each["payload"]))} for each in choices]


def _inputs(payload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in payload.items():
        if isinstance(value, list):
            yield from ((f"nlist.{key}", str(each)) for each in value)
        else:
            yield f"n.{key}" if isinstance(value, int) else key, str(value)
