"""Pages of participants: join, act, hand over. They work without scripts."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.workshops.domain import codes, hosting, joining, seating
from fachkraftwerk.web.workshops.domain.acts.people import BENCHES
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Answer, Request
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor
from fachkraftwerk.web.workshops.live import incidents, rooms, senders
from fachkraftwerk.web.workshops.live.limits import Limiter
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views import payloads, presenting, seats

ANY = "any"
"""What the door sends for "give me a table"."""
_phrases = Limiter(rate=0.2, burst=10)
_joins = Limiter(rate=10.0, burst=300)
_acts = Limiter(rate=4.0, burst=40)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Take a typed code to its workshop."""
    code = codes.read_code(request.GET.get("code", ""))
    if Workshop.objects.filter(code=code, status=Workshop.CLOSED).exists():
        return redirect("workshops:phone", code=code)
    try:
        return redirect("workshops:phone", code=joining.find(code).code)
    except Refusal as refusal:
        messages.error(request, refusal.message(get_language() or "de"))
        return redirect(reverse("workshops:home") + "?" + urlencode({"code": request.GET.get("code", "")[:40]}))


@never_cache
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the running step to a person with a seat, the door to others."""
    held, index = seats.tokens(request, code), seats.active(request, code)
    found = joining.by_token(held[index]) if index >= 0 else None
    if found is None:
        return _door(request, code, held)
    actor, workshop_id = found
    workshop = Workshop.objects.get(pk=workshop_id)
    if workshop.status == Workshop.CLOSED:
        return _over(request, workshop, held)
    return render(request, "workshops/phone.html", _known(request, workshop, actor, held, index))


def _known(request: HttpRequest, workshop: Workshop, actor: Actor, held: list[str], index: int) -> dict[str, Any]:
    lang = get_language() or "de"
    room = rooms.on_thread(rooms.publish, workshop.id)
    channel, mine = room.channels[rooms.PUBLIC], rooms.on_thread(rooms.mine, workshop.id, actor)
    shared = presenting.parts("phone", lang, workshop.code, channel.shown)
    return {
        "workshop": workshop, "bare": True, "seat": index + 1, "seat_count": len(held), "mine": mine,
        "parts": presenting.with_form_fields(
            shared | presenting.own_parts(lang, workshop.code, channel.shown, mine), form_fields(request)),
        "phrase": request.session.pop(f"phrase-{workshop.code}", ""),
        "placed": request.session.pop(f"placed-{workshop.code}", 0), "shared_device": len(held) > 1,
        "live": {
            "code": workshop.code, "token": held[index], "client": "phone", "lang": lang, "version": channel.version,
            "step": channel.shown["step"]["key"], "seat": codes.digest(held[index])[:12],
        },
    }  # fmt: skip


def form_fields(request: HttpRequest) -> str:
    """Return the hidden fields of a plain form: protection, a client made for this page, a place for the number."""
    client = f"page-{uuid.uuid4().hex[:24]}"
    return (
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        f'<input type="hidden" name="client" value="{client}"><input type="hidden" name="number" value="{{}}">'
    )


def _door(request: HttpRequest, code: str, held: list[str]) -> HttpResponse:
    over = Workshop.objects.filter(code=code, status=Workshop.CLOSED).first()
    if over is not None:
        return _over(request, over, held)
    workshop = joining.find(code)
    seated = [number for number, token in enumerate(held, start=1) if joining.by_token(token)]
    lang = 1 if (get_language() or "de").startswith("en") else 0
    return render(request, "workshops/door.html", {
        "workshop": workshop, "code": code, "code_shown": codes.show_code(code), "seated": seated,
        "benches": [(key, words[lang], words[2]) for key, words in BENCHES.items()],
        "tables": range(1, int(workshop.setup.get("tables", 0)) + 1), "table": request.GET.get("tisch", ""),
    })  # fmt: skip


def _over(request: HttpRequest, workshop: Workshop, held: list[str]) -> HttpResponse:
    """Show the way to the minutes: at once on a device that was there, with the four words on any other."""
    minutes = hosting.reading_key(workshop) if joining.may_read(workshop, held) else ""
    known = {"workshop": workshop, "code": workshop.code, "code_shown": codes.show_code(workshop.code)}
    return render(request, "workshops/over.html", known | {"minutes": minutes})


@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Take a seat and go to the running step."""
    workshop = joining.find(code)
    if not _joins.allow(f"{workshop.id}"):
        _flood(workshop.id, "join")
        return HttpResponse(_("Gerade kommen viele an. Bitte versuchen Sie es gleich noch einmal."), status=429)
    typed = request.POST.get("table", "")
    wanted = None if typed == ANY else int(typed) if typed.isdigit() and len(typed) < 4 else 0
    seat = rooms.on_thread(_seat, workshop, request.POST.get("bench", ""), wanted)
    held = [*seats.tokens(request, code), seat.token]
    request.session[f"phrase-{code}"] = seat.phrase
    request.session[f"placed-{code}"] = seat.actor.table if wanted is None else 0
    response = redirect("workshops:phone", code=code)
    seats.keep(response, code, held, len(held) - 1)
    return response


def _seat(workshop: Workshop, bench: str, table: int | None) -> joining.Seat:
    """Seat a person at the table they name, or at the one that suits the room best."""
    joining.expire()
    place = seating.suggest(rooms.refresh(workshop.id).book.state, bench) if table is None else table
    seat = joining.take_seat(workshop, bench, place)
    actor = Actor(seat.actor.id, SYSTEM, bench, seat.actor.table)
    rooms.act(workshop.id, [Request(actor, Message(**joining.seat_message(seat)))])
    senders.look_up([seat.token])
    return seat


@require_POST
def re_enter(request: HttpRequest, code: str) -> HttpResponse:
    """Come back with the four words: to one's seat, or after closing to the minutes."""
    workshop = Workshop.objects.filter(code=code, status=Workshop.CLOSED).first() or joining.find(code)
    address = request.META.get("REMOTE_ADDR", "?")
    if not _phrases.allow(f"{workshop.id}{address}"):
        incidents.note(workshop.id, "phrase", "", "", "")
        rooms.on_thread(incidents.write)
        return HttpResponse(_("Zu viele Versuche. Bitte warten Sie eine Minute."), status=429)
    if workshop.status == Workshop.CLOSED:
        return _read(request, workshop)
    found = rooms.on_thread(joining.re_enter, workshop, request.POST.get("phrase", ""))
    if found is None:
        messages.error(request, _("Diese vier Wörter kennen wir nicht. Bitte prüfen Sie die Reihenfolge."))
        return redirect("workshops:phone", code=code)
    senders.revoke(workshop.id, found[0].id)
    held = [*seats.tokens(request, code), found[1]]
    response = redirect("workshops:phone", code=code)
    seats.keep(response, code, held, len(held) - 1)
    return response


def _read(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    if joining.may_read(workshop, phrase=request.POST.get("phrase", "")):
        return redirect("afterwards:shared", key=hosting.reading_key(workshop))
    messages.error(request, _("Diese vier Wörter kennen wir nicht. Bitte prüfen Sie die Reihenfolge."))
    return redirect("workshops:phone", code=workshop.code)


@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Take one act from a plain form; the same form sent twice counts once."""
    held, index = seats.tokens(request, code), seats.active(request, code)
    found = joining.by_token(held[index]) if index >= 0 else None
    if found is None:
        return redirect("workshops:phone", code=code)
    actor, workshop_id = found
    if not _acts.allow(held[index]):
        _flood(workshop_id, request.POST.get("verb", ""), actor.id)
        return HttpResponse(_("Das waren sehr viele Eingaben. Bitte warten Sie kurz."), status=429)
    answer = perform_form(request, workshop_id, actor)
    if answer.status != 200:
        messages.error(request, answer.body["en" if (get_language() or "de").startswith("en") else "de"])
    else:
        messages.success(request, _("Gesendet."))
    return redirect("workshops:phone", code=code)


def _flood(workshop_id: uuid.UUID, verb: str, actor: str = "") -> None:
    if incidents.note(workshop_id, "flood", actor, verb):
        rooms.on_thread(incidents.write)


def perform_form(request: HttpRequest, workshop_id: uuid.UUID, actor: Actor) -> Answer:
    """Perform the act of a posted form."""
    form = request.POST
    client = form.get("client", "")[:36] or f"form-{uuid.uuid4().hex[:24]}"
    number = int(form["number"]) if form.get("number", "").isdigit() else 1
    message = Message(client, number, form.get("verb", ""), payloads.payload(form), form.get("phase", ""))
    answer: Answer = rooms.on_thread(rooms.act, workshop_id, [Request(actor, message)])[0]
    if answer.status in (403, 404, 422):
        incidents.note(workshop_id, str(answer.body["refused"]), actor.id, message.verb)
        rooms.on_thread(incidents.write)
    return answer


@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Cover the screen and let the next person take the device."""
    response = redirect("workshops:phone", code=code)
    seats.keep(response, code, seats.tokens(request, code), -1)
    return response


@require_POST
def take(request: HttpRequest, code: str, seat: int) -> HttpResponse:
    """Continue as one of the people of this device."""
    held = seats.tokens(request, code)
    response = redirect("workshops:phone", code=code)
    if 1 <= seat <= len(held):
        seats.keep(response, code, held, seat - 1)
    return response


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Forget all seats of this device."""
    response = redirect("workshops:home")
    seats.drop(response, code)
    return response
