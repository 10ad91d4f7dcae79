"""Statements of a long wall all get reactions, one at a time, and nothing moves under a finger."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.views import presenting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wall(hall: Any) -> list[int]:
    """Thirty open cards in the gallery."""
    who = [hall.join().actor for _ in range(3)]
    hall.go("karten")
    cards = [hall.act(who[n // 10], "write_card", text=f"Gedanke {n}").body["seq"] for n in range(30)]
    hall.steer("reveal", phase="karten")
    hall.go("galerie")
    return cards


def _queue(hall: Any, who: Any) -> list[str]:
    queue: list[str] = rooms.on_thread(rooms.mine, hall.workshop.id, who)["queue"]
    return queue


def test_people_who_answer_a_few_reach_all_statements(hall: Any, wall: list[int]) -> None:
    for _ in range(24):
        who = hall.join().actor
        for _turn in range(5):
            hall.act(who, "take_stance", item=int(_queue(hall, who)[0]), stance="agree")
    assert hall.seen(rooms.DESK)["answers"] == {"statements": 30, "least": pytest.approx(3, abs=2)}
    assert hall.seen(rooms.DESK)["answers"]["least"] > 0


def test_ones_order_stays_while_others_answer(hall: Any, wall: list[int]) -> None:
    reader, other = hall.join().actor, hall.join().actor
    before = _queue(hall, reader)
    for item in wall[:5]:
        hall.act(other, "take_stance", item=item, stance="disagree")
    assert _queue(hall, reader) == before
    assert sorted(map(int, before)) == wall


def test_answered_statements_stand_apart_and_the_phone_says_when_all_is_done(hall: Any, wall: list[int]) -> None:
    who = hall.join().actor
    for item in wall[:-1]:
        hall.act(who, "take_stance", item=item, stance="pass")
    mine = rooms.on_thread(rooms.mine, hall.workshop.id, who)
    task = presenting.own_parts("de", hall.workshop.code, hall.seen(), mine)["task"]
    assert "29 von 30 beantwortet" in task and 'data-done tabindex="-1" hidden' in task
    assert (
        task.index(f"statement-{wall[-1]}") < task.index("Ihre Antworten ändern") < task.index(f"statement-{wall[0]}")
    )
    hall.act(who, "take_stance", item=wall[-1], stance="agree")
    mine = rooms.on_thread(rooms.mine, hall.workshop.id, who)
    assert mine["queue"] == []
    assert (
        "hidden"
        not in presenting.own_parts("de", hall.workshop.code, hall.seen(), mine)["task"].split("data-done")[1][:20]
    )
