"""The course of the day: steps, bells, late comers, replay."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from fachkraftwerk.web.workshops.domain import formats, perform
from fachkraftwerk.web.workshops.domain.acts import Refused
from fachkraftwerk.web.workshops.domain.admission import GRACE, Message, admit
from fachkraftwerk.web.workshops.domain.fold import replay
from fachkraftwerk.web.workshops.domain.perform import Request
from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.models import Workshop

pytestmark = pytest.mark.django_db


def test_nobody_acts_before_the_opening(hall: Any) -> None:
    who = hall.join().actor
    assert hall.act(who, "write_card", text="zu früh").status == 409
    assert hall.steer("open").status == 200
    assert hall.steer("open").status == 409


def test_two_moderators_who_press_next_go_one_step(hall: Any) -> None:
    hall.steer("open")
    first = hall.steer("next_phase", leave="eroeffnung")
    second = hall.steer("next_phase", leave="eroeffnung")
    assert (first.status, second.status) == (200, 409)
    assert hall.state.phase.key == "prognose"
    assert hall.steer("previous_phase", leave="prognose").status == 200
    assert hall.state.phase.key == "eroeffnung"


def test_written_before_the_bell_and_delivered_within_a_minute_counts(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    message = Message("client-abcdef", 1, "write_card", {"text": "rechtzeitig"}, "karten", age=30_000)
    hall.steer("next_phase", leave="karten")
    ended = hall.state.ended["karten"]
    room = rooms.on_thread(rooms.room, hall.workshop.id)
    late = perform.perform(room.book, [Request(who, message)], now=ended + 30_000)[0]
    assert late.status == 200
    assert hall.state.cards[late.body["seq"]].phase == "karten"


@pytest.mark.parametrize(("age", "delay"), [(10_000, 30_000), (GRACE + 10_000, GRACE + 5_000)])
def test_written_after_the_bell_or_delivered_too_late_does_not_count(hall: Any, age: int, delay: int) -> None:
    who = hall.join().actor
    hall.go("karten")
    hall.steer("next_phase", leave="karten")
    with pytest.raises(Refused) as refusal:
        admit(
            hall.state,
            who,
            Message("client-abcdef", 1, "write_card", {"text": "x"}, "karten", age),
            hall.state.ended["karten"] + delay,
        )
    assert refusal.value.status == 409
    assert "bleibt auf diesem Gerät" in refusal.value.message("de")


def test_a_wrong_clock_does_not_matter(hall: Any) -> None:
    """Only the time between writing and sending counts, both read from the same clock."""
    message = Message("client-abcdef", 1, "write_card", {}, "karten", age=5_000)
    assert message.written(1_000_000) == 995_000
    assert Message("client-abcdef", 1, "x", age=-99).written(1_000_000) == 1_000_000


def test_a_timed_vote_closes_and_extending_opens_it_again(hall: Any) -> None:
    who = hall.join().actor
    hall.go("punkte")
    end = hall.state.ends
    message = Message("client-abcdef", 1, "give_dots", {"dots": {}}, "punkte")
    with pytest.raises(Refused):
        admit(hall.state, who, message, end + 1)
    hall.steer("extend", minutes=5)
    assert admit(hall.state, who, message, end + 1)[1] == "punkte"


def test_freezing_stops_people_but_not_the_moderation(hall: Any) -> None:
    who = hall.join().actor
    hall.go("karten")
    hall.steer("freeze", on=True)
    assert hall.act(who, "write_card", text="zu spät", phase="karten").status == 409
    assert hall.steer("write_card", text="von der Moderation").status == 200
    hall.steer("freeze", on=False)
    assert hall.act(who, "write_card", text="wieder", phase="karten").status == 200


def test_late_comers_join_the_running_step(hall: Any) -> None:
    hall.go("karten")
    who = hall.join(table=3).actor
    assert hall.act(who, "write_card", text="neu hier", phase="karten").status == 200
    assert hall.seen()["people"] == {"joined": 1, "acted": 1}


def test_the_desk_counts_who_has_not_acted_without_names(hall: Any) -> None:
    one, two = hall.join(table=1).actor, hall.join(table=1).actor
    hall.join(table=2)
    hall.go("karten")
    hall.act(one, "write_card", text="eins", phase="karten")
    shown = hall.seen(rooms.DESK)
    assert shown["acted"] == [{"table": 1, "seated": 2, "acted": 1}, {"table": 2, "seated": 1, "acted": 0},
                              {"table": 3, "seated": 0, "acted": 0}]  # fmt: skip
    assert two.id not in str(shown)


def test_replaying_all_events_gives_the_same_state(hall: Any) -> None:
    people = [hall.join(table=1 + n % 3).actor for n in range(6)]
    hall.go("karten")
    cards = [hall.act(who, "write_card", text=f"Karte {who.id[:4]}", phase="karten").body["seq"] for who in people]
    hall.steer("hide", id=cards[0])
    hall.steer("undo", seq=cards[1])
    hall.steer("plan_rotation", rounds=2)
    hall.steer("rotate")
    stored = perform.open_book(Workshop.objects.get(pk=hall.workshop.pk))
    again = replay(stored.state.script, stored.setup, stored.facts)
    assert asdict(again) == asdict(hall.state) == asdict(stored.state)


@pytest.mark.parametrize("key", sorted(formats.shipped()))
def test_scripts_survive_export_and_import(key: str) -> None:
    script = formats.shipped()[key]
    raw = formats.dump(script)
    assert formats.read(formats.from_yaml(formats.to_yaml(raw))) == script
    assert formats.to_yaml(formats.from_yaml(formats.to_yaml(raw))) == formats.to_yaml(raw)
    assert all(text.de != text.en for phase in script.phases for text in (phase.prompt, phase.plain))


def test_a_broken_script_is_refused_with_all_faults() -> None:
    from fachkraftwerk.core.errors import Refusal

    with pytest.raises(Refusal) as refusal:
        formats.read({"name": "x", "phases": [{"key": "A B", "kind": "tanz", "verbs": ["singen"], "minutes": "lang"}]})
    places = [fault.where for fault in refusal.value.faults]
    assert {"phases[0].key", "phases[0].kind", "phases[0].verbs", "phases[0].minutes", "summary"} <= set(places)
