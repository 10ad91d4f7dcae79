"""Prints: cards, table cards, poster."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fachkraftwerk.reports import cards as printing
from fachkraftwerk.reports.poster import poster as draw
from fachkraftwerk.web.afterwards.domain import minutes as written
from fachkraftwerk.web.afterwards.domain import paper
from fachkraftwerk.web.afterwards.views.access import download, hosted, lang
from fachkraftwerk.web.workshops.domain.codes import show_code
from fachkraftwerk.web.workshops.models import Workshop
from fachkraftwerk.web.workshops.views.qr import join_address

EMPTY, MOST = 80, 600
PDF = "application/pdf"


@login_required
@require_GET
def cards(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return A6 cards: empty ones with codes (``anzahl``), or with ``art=karten`` those on the wall."""
    workshop = hosted(request, workshop_id)
    record = written.record(workshop)
    wanted = _wall(record) if request.GET.get("art") == "karten" else _empty(workshop, record, _count(request))
    return download(printing.cards(workshop.title, wanted, lang()), PDF, workshop, "karten", "pdf")


def _count(request: HttpRequest) -> int:
    typed = request.GET.get("anzahl", "")
    return min(max(int(typed), 1), MOST) if typed.isascii() and typed.isdigit() else EMPTY


def _empty(workshop: Workshop, record: dict[str, Any], count: int) -> list[printing.Card]:
    """Spread the cards over the fields in whole sheets: each field has its shape."""
    fields = [field["name"] for field in record["fields"]][:12] or [""]
    sheets = [number // printing.PER_SHEET for number in range(count)]
    return [printing.Card(paper.code(workshop.id, number + 1), field=fields[sheets[number] % len(fields)],
                          shape=printing.SHAPES[sheets[number] % len(fields) % len(printing.SHAPES)]) for number in range(count)]  # fmt: skip


def _wall(record: dict[str, Any]) -> list[printing.Card]:
    """Headings and their cards, field by field."""
    fields = {field["id"]: (place, field["name"]) for place, field in enumerate(record["fields"])}
    shown = [card for card in record["cards"] if not card["merged_into"]]
    made = []
    for key, (place, name) in [*fields.items(), ("", (0, ""))]:
        inside = [card for card in shown if (card["field"] if card["field"] in fields else "") == key]
        shape = printing.SHAPES[place % len(printing.SHAPES)]
        for group in [*record["groups"], {"id": 0, "heading": ""}]:
            members = [card for card in inside if card["group"] == group["id"]]
            if members and group["heading"]:
                made.append(printing.Card(text=group["heading"], field=name, shape=shape, heading=True))
            made += [printing.Card(card["paper"], card["text"], name) for card in members]
    return made


@login_required
@require_GET
def table_cards(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return one tent card per table with code and QR; without tables one for the door."""
    workshop = hosted(request, workshop_id)
    record = written.record(workshop)
    names = {field["id"]: field["name"] for field in record["fields"]}
    address, code = join_address(request, workshop.code), show_code(workshop.code)
    given = workshop.setup.get("table_fields", {})
    places = [printing.Place(number, names.get(given.get(str(number), ""), ""), address, code)
              for number in range(1, record["workshop"]["tables"] + 1)]  # fmt: skip
    door = [printing.Place(0, _("Herzlich willkommen"), address, code)]
    return download(printing.table_cards(workshop.title, places or door, lang()), PDF, workshop, "tischkarten", "pdf")


@login_required
@require_GET
def poster(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Return the Fahrplan as A1 poster."""
    workshop = hosted(request, workshop_id)
    return download(draw(written.record(workshop), lang()), PDF, workshop, "fahrplan", "pdf")
