"""Closing: pseudonyms go, cards and results stay."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fachkraftwerk.web.workshops.domain import closing, joining
from fachkraftwerk.web.workshops.domain.record import benches, full_record
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Event, Participant, Workshop

pytestmark = pytest.mark.django_db


def _day(hall: Any) -> list[Any]:
    seats = [hall.join("bildung" if n < 5 else "wirtschaft", 1 + n % 3) for n in range(7)]
    people = [seat.actor for seat in seats]
    hall.go("felder")
    for who in people:
        hall.act(who, "rank_fields", order=["p2", "p1"])
    hall.go("karten")
    for who in people:
        hall.act(who, "write_card", text=f"Karte {who.bench}")
    hall.go("blaetter")
    sheets = [hall.act(people[0], "open_sheet", title=f"Maßnahme {n}").body["seq"] for n in range(3)]
    hall.go("punkte")
    for number, who in enumerate(people):
        hall.act(who, "give_dots", dots={sheets[number % 3]: 3, sheets[0]: 2 if number % 3 else 3})
    return seats


def test_closing_erases_every_pseudonym_and_keeps_the_result(hall: Any) -> None:
    seats = _day(hall)
    before = full_record(hall.workshop)
    closing.close(hall.workshop)
    rooms.forget(hall.workshop.id)
    workshop = Workshop.objects.get()
    after = full_record(workshop)
    stored = json.dumps([list(row) for row in Event.objects.values_list("client", "actor", "payload", "bench")])
    for seat in seats:
        assert seat.actor.id not in stored
        assert joining.by_token(seat.token) is None
    assert not Participant.objects.exists()
    assert workshop.status == "closed"
    assert [card["text"] for card in after["cards"]] == [card["text"] for card in before["cards"]]
    for key in ("felder", "punkte"):
        assert _scores(after["results"][key]) == _scores(before["results"][key])
    assert after["sheets"] == before["sheets"]


def _scores(result: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(row["name"], row["score"], row["supporters"]) for row in result["rows"]]


def test_nothing_links_votes_and_cards_after_closing(hall: Any) -> None:
    _day(hall)
    closing.close(hall.workshop)
    ranked = set(Event.objects.filter(verb="rank_fields").values_list("actor", flat=True))
    assert len(ranked) == 7
    assert set(Event.objects.filter(verb="write_card").values_list("actor", flat=True)) == {""}
    assert len(set(Event.objects.values_list("client", flat=True))) == Event.objects.count()


def test_benches_below_five_are_never_shown(hall: Any) -> None:
    _day(hall)
    assert benches(hall.state) == {"bildung": 5, "": 2}
    closing.close(hall.workshop)
    assert not Event.objects.filter(bench="wirtschaft").exists()


def test_closing_twice_changes_nothing(hall: Any) -> None:
    _day(hall)
    closing.close(hall.workshop)
    first = list(Event.objects.values_list("seq", "verb", "actor", "payload"))
    closing.close(Workshop.objects.get())
    assert list(Event.objects.values_list("seq", "verb", "actor", "payload")) == first
    assert hall.workshop.events.filter(verb="close").count() == 1


def test_a_closed_workshop_takes_no_acts(hall: Any) -> None:
    seats = _day(hall)
    hall.steer("close")
    assert hall.act(seats[0].actor, "write_card", text="zu spät").status == 409
    assert hall.steer("extend", minutes=5).status == 409
    assert not Participant.objects.exists(), "closing at the desk deletes pseudonyms too"
    assert seats[0].actor.id not in json.dumps(list(Event.objects.values_list("actor", flat=True)))


def test_guests_expire_after_thirty_days(hall: Any) -> None:
    seat = hall.join()
    assert joining.by_token(seat.token)
    Participant.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert joining.by_token(seat.token) is None
    assert joining.expire() == 1


def test_the_record_is_plain_data_without_people(hall: Any) -> None:
    seats = _day(hall)
    record = json.dumps(full_record(hall.workshop))
    assert all(seat.actor.id not in record for seat in seats)
    assert set(json.loads(record)) >= {
        "cards",
        "groups",
        "sheets",
        "results",
        "roadmap",
        "benches",
        "figures",
        "gaps",
        "notes",
    }
