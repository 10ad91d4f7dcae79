"""Changing tables: late comers get a seat, hosts stay, everybody learns where to go, the desk sees how evenly people meet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from fachkraftwerk.web.workshops.domain import closing, seating
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Event
from fachkraftwerk.web.workshops.views import presenting

pytestmark = pytest.mark.django_db(transaction=True)
BENCHES = ("bildung", "wirtschaft", "verwaltung")


@pytest.fixture
def seated(hall: Any) -> list[Any]:
    """Twelve people, all at table 1, in the step that changes tables."""
    people = [hall.join(bench, 1).actor for bench in BENCHES for _ in range(4)]
    hall.go("wechsel")
    return people


def _tables(hall: Any) -> dict[str, int]:
    return {actor: person.table for actor, person in hall.state.people.items()}


def test_whoever_comes_late_sits_where_there_is_room(hall: Any, seated: list[Any]) -> None:
    assert seating.suggest(hall.state, "bildung") in (2, 3)
    hall.steer("plan_rotation", rounds=2)
    late = hall.join("bildung", 0).actor
    hall.steer("rotate")
    first = _tables(hall)
    assert first[late.id] in (1, 2, 3)
    assert sorted([*first.values()].count(table) for table in (1, 2, 3)) == [4, 4, 5]
    hall.steer("rotate")
    assert sorted([*_tables(hall).values()].count(table) for table in (1, 2, 3)) == [4, 4, 5]


def test_the_door_gives_a_table_to_who_asks_for_one(hall: Any, seated: list[Any]) -> None:
    phone = Client()
    door = phone.get(f"/werkstatt/{hall.workshop.code}/").text
    assert '<option value="any">' in door
    phone.post(f"/werkstatt/{hall.workshop.code}/beitreten/", {"bench": "andere", "table": "any"})
    page = phone.get(f"/werkstatt/{hall.workshop.code}/").text
    table = max(_tables(hall).items(), key=lambda each: each[0] not in {who.id for who in seated})[1]
    assert table in (2, 3)
    assert f"Bitte setzen Sie sich an <strong>Tisch {table}</strong>" in page


def test_hosts_stay_one_at_a_table(hall: Any, seated: list[Any]) -> None:
    host, other, *_ = seated
    assert hall.act(host, "host_table").status == 200
    assert hall.act(other, "host_table").status == 409
    hall.steer("plan_rotation", rounds=3)
    for _turn in range(3):
        hall.steer("rotate")
        assert _tables(hall)[host.id] == 1
    assert hall.act(host, "host_table", on=False).status == 200
    assert hall.act(hall.join("bildung", 0).actor, "host_table").body["refused"] == "no_table"


def test_who_hosts_after_the_plan_was_made_stays_too(hall: Any, seated: list[Any]) -> None:
    hall.steer("plan_rotation", rounds=1)
    moving = next(who for who in seated if hall.state.rotation[0][who.id] != 1)
    hall.act(moving, "host_table")
    hall.steer("rotate")
    assert _tables(hall)[moving.id] == 1


def test_every_phone_learns_of_the_change(hall: Any, seated: list[Any]) -> None:
    hall.steer("plan_rotation", rounds=1)
    before = hall.seen()
    hall.steer("rotate")
    after = hall.seen()
    assert before["step"]["turn"] == 0 and after["step"]["turn"] == 1
    mine = rooms.on_thread(rooms.mine, hall.workshop.id, seated[0])
    task = presenting.own_parts("de", hall.workshop.code, after, mine)["task"]
    assert f"Wechsel 1: Bitte setzen Sie sich an <strong>Tisch {mine['table']}</strong>" in task


def test_the_desk_sees_how_evenly_people_meet(hall: Any, seated: list[Any]) -> None:
    hall.steer("plan_rotation", rounds=2)
    shown = hall.seen(rooms.DESK)
    fairness = shown["rotation"]["fairness"]
    assert 3 <= fairness["met_least"] <= fairness["met_mean"] <= fairness["others"] == 11
    step = presenting.parts("desk", "de", hall.workshop.code, shown)["step"]
    assert f"In 2 Runden trifft jede Person mindestens {fairness['met_least']} andere" in step


def test_after_closing_nothing_tells_who_sat_where(hall: Any, seated: list[Any]) -> None:
    hall.steer("plan_rotation", rounds=2)
    late = hall.join("bildung", 0).actor
    hall.steer("rotate")
    hall.steer("close")
    closing.close(hall.workshop)
    stored = json.dumps(list(Event.objects.values_list("payload", flat=True)))
    assert not any(who.id in stored for who in (*seated, late))
