"""Who asks for more time has ten minutes more after every bell; nobody sees who, and totals shown end the vote for all."""

from __future__ import annotations

from typing import Any

import pytest

from fachkraftwerk.web.workshops.domain.acts.base import Refused
from fachkraftwerk.web.workshops.domain.admission import GRACE, MORE_TIME, Message, admit
from fachkraftwerk.web.workshops.domain.state import Actor
from fachkraftwerk.web.workshops.domain.view import desk, mine, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(hall: Any) -> Any:
    """Two people; the first one needs more time."""
    hall.slow, hall.quick = hall.join().actor, hall.join().actor
    hall.go("karten")
    assert hall.act(hall.slow, "need_time").status == 200
    return hall


def taken(hall: Any, who: Actor, verb: str, phase: str, now: int, age: int = 0, **payload: Any) -> bool:
    """Whether an act would be taken at a moment."""
    try:
        admit(hall.state, who, Message("c", 1, verb, payload, phase, age), now)
    except Refused:
        return False
    return True


def test_cards_of_the_last_step_are_taken_ten_minutes_longer(room: Any) -> None:
    room.go("ordnen")
    ended = room.state.ended["karten"]
    late = ended + MORE_TIME - 1000
    assert taken(room, room.slow, "write_card", "karten", late, text="Bus")
    assert not taken(room, room.quick, "write_card", "karten", late, text="Bus")
    assert taken(room, room.quick, "write_card", "karten", ended + GRACE - 1, age=GRACE, text="Bus")
    assert not taken(room, room.slow, "write_card", "karten", ended + MORE_TIME + GRACE + 1, text="Bus")


def test_a_timed_vote_stays_open_for_that_person_until_totals_are_shown(room: Any) -> None:
    room.go("blaetter")
    sheet = room.act(room.slow, "open_sheet", title="Bus").body["seq"]
    room.go("punkte")
    over = room.state.ends + 60_000
    assert taken(room, room.slow, "give_dots", "punkte", over, dots={sheet: 2})
    assert not taken(room, room.quick, "give_dots", "punkte", over, dots={sheet: 2})
    room.steer("reveal", phase="punkte")
    shown = room.state.bells["punkte"] + 1000
    assert not taken(room, room.slow, "give_dots", "punkte", shown, dots={sheet: 2})
    room.go("budget")
    assert not taken(room, room.slow, "give_dots", "punkte", room.state.ended["punkte"] + 2000, dots={sheet: 2})


def test_the_moderation_sees_a_count_and_the_room_nothing(room: Any) -> None:
    assert desk(room.state)["slow"] == 1
    assert "slow" not in public(room.state)
    assert mine(room.state, room.slow)["slow"]
    assert not mine(room.state, room.quick)["slow"]


def test_it_can_be_given_back(room: Any) -> None:
    room.act(room.slow, "need_time", on=False)
    assert desk(room.state)["slow"] == 0


def test_a_card_finished_at_the_bell_may_take_its_way(room: Any) -> None:
    room.go("ordnen")
    ended = room.state.ended["karten"]
    assert taken(room, room.quick, "write_card", "karten", ended + 1500, text="Bus")
    assert not taken(room, room.quick, "write_card", "karten", ended + 2500, text="Bus")
    assert taken(room, room.quick, "write_card", "karten", ended + 9000, age=8000, text="Bus")
