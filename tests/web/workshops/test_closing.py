"""Closing: pseudonyms go, cards and results stay."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from fachkraftwerk.web.workshops.domain import closing, joining
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request, now_ms, perform
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


def _sent(hall: Any, who: Any, verb: str, now: int, age: int = 0, **payload: Any) -> int:
    """Perform an act at a given moment, as while an event loop is there to erase later; return its status."""
    client = f"client-{uuid4().hex[:20]}"
    message = Message(client, 1, verb, payload, "" if verb == "close" else "punkte", age)
    return perform(rooms.room(hall.workshop.id).book, [Request(who, message)], now)[0].status


def test_what_was_on_its_way_at_the_end_still_counts_for_a_minute(hall: Any) -> None:
    who, end = _day(hall)[0].actor, now_ms()
    dots = {str(sheet): 1 for sheet in list(hall.state.sheets)[:1]}
    assert _sent(hall, hall.moderator, "close", end) == 200
    assert _sent(hall, who, "give_dots", end + 30_000, 31_000, dots=dots) == 200
    assert _sent(hall, who, "give_dots", end + 30_000, 20_000, dots=dots) == 409, "written after the end"
    assert _sent(hall, who, "give_dots", end + 61_000, 62_000, dots=dots) == 409, "too long on its way"
    assert _sent(hall, hall.moderator, "sign_off", end + 5_000) == 200
    assert _sent(hall, who, "give_dots", end + 30_000, 31_000, dots=dots) == 409, "the minutes are final"


def test_pseudonyms_are_due_a_minute_after_the_end(hall: Any) -> None:
    _day(hall)
    end = now_ms()
    assert _sent(hall, hall.moderator, "close", end) == 200
    assert closing.due(end + closing.LATE - 1) == []
    assert closing.due(end + closing.LATE) == [hall.workshop.id]
    rooms.erase_due()
    assert Participant.objects.count() == 7, "not before the minute is over"
    closing.close(hall.workshop)
    assert closing.due(end + closing.LATE) == []


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
