"""What readers are sent: deltas, the full state after a gap, everything encoded once, tallies gathered."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plugins import loops

from fachkraftwerk.web.workshops.live import hub as hubs
from fachkraftwerk.web.workshops.live import parts, rooms
from fachkraftwerk.web.workshops.live.hub import Hub
from fachkraftwerk.web.workshops.live.rooms import RING, Channel

VIEWS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)), min_size=1, max_size=12)


def _channel(views: list[dict[str, int]]) -> Channel:
    channel = Channel()
    for version, shown in enumerate(views, start=1):
        channel = channel.after(version, shown)
    return channel


def _applied(view: dict[str, int], channel: Channel, version: int) -> dict[str, int]:
    """What a reader of this version holds after taking what it is sent."""
    for frame in channel.since(version):
        change = json.loads(frame.data)
        view = {} if change["since"] == 0 else view
        view = {key: value for key, value in (view | change["set"]).items() if key not in change["del"]}
    return view


@given(VIEWS, st.integers(-3, 15))
def test_from_any_version_one_gets_to_the_newest(views: list[dict[str, int]], version: int) -> None:
    channel = _channel(views)
    known = views[version - 1] if 0 < version <= len(views) else {"old": 1}
    assert _applied(known, channel, version) == views[-1]


def test_whoever_is_up_to_date_is_sent_nothing() -> None:
    channel = _channel([{"a": 1}, {"a": 2}])
    assert list(channel.since(2)) == []
    assert [frame.since for frame in channel.since(1)] == [1]


@pytest.mark.parametrize("version", [0, -1, 5, 999_999])
def test_after_a_gap_the_whole_state_is_sent(version: int) -> None:
    channel = _channel([{"n": number} for number in range(RING + 10)])
    sent = channel.since(version)
    assert [frame.since for frame in sent] == [0]
    assert json.loads(sent[0].data)["set"] == {"n": RING + 9}


def test_every_change_is_encoded_once_for_all_readers() -> None:
    channel = _channel([{"a": 1}, {"a": 2}])
    assert channel.since(1)[0].event is channel.since(1)[0].event
    assert channel.since(0)[0].data is channel.since(0)[0].data
    assert channel.since(1)[0].event == b"data: " + channel.since(1)[0].data + b"\n\n"


@pytest.mark.django_db
def test_many_votes_are_one_change(hall: Any) -> None:
    people = [hall.join().actor for _ in range(12)]
    hall.go("felder")
    before = hall.seen()
    version = rooms.on_thread(rooms.publish, hall.workshop.id).channels[rooms.PUBLIC].version
    for who in people:
        hall.act(who, "rank_fields", order=["p2", "p1"])
    channel = rooms.on_thread(rooms.publish, hall.workshop.id).channels[rooms.PUBLIC]
    sent = channel.since(version)
    assert len(sent) == 1
    assert channel.version == version + 12
    assert json.loads(sent[0].data)["set"] == {"people": before["people"] | {"acted": 12}}


def test_a_large_hall_hears_more_rarely_and_never_too_rarely() -> None:
    async def ticks() -> list[float]:
        hub, workshop = Hub(), uuid4()
        found = [hub._tick(workshop)]
        for listeners, cost in ((60, 0.001), (500, 0.01), (500, 0.05), (5000, 1.0)):
            hub._listeners[workshop], hub._cost[workshop] = listeners, cost
            found.append(hub._tick(workshop))
        return found

    assert loops.run(ticks()) == pytest.approx([hubs.TICK, hubs.TICK, 0.4, 0.5, hubs.SLOWEST_TICK])


def test_a_hall_that_asks_at_once_waits_for_one_rendering() -> None:
    made: list[str] = []

    def render() -> str:
        made.append("page")
        return "page"

    def broken() -> str:
        made.append("broken")
        raise ValueError

    async def ask() -> list[Any]:
        hub = Hub()
        pages = await asyncio.gather(*(parts._once(hub, "key", render) for _ in range(50)))
        for _ in range(2):  # a rendering that failed is tried again
            with pytest.raises(ValueError):
                await parts._once(hub, "other", broken)
            await asyncio.sleep(0)
        return pages

    assert loops.run(ask()) == ["page"] * 50
    assert made == ["page", "broken", "broken"]


@pytest.mark.django_db
def test_a_card_of_the_desk_is_rendered_anew_when_it_changes(hall: Any) -> None:
    from fachkraftwerk.web.workshops.views import presenting

    who = hall.join().actor
    hall.go("karten")
    card = hall.act(who, "write_card", text="Erste Fassung").body["seq"]
    show = lambda: presenting.parts("desk", "de", "ABCDEF", hall.seen(rooms.DESK))["wall"]  # noqa: E731
    assert "Erste Fassung" in show()
    hall.act(who, "edit_card", card=card, text="Zweite Fassung")
    assert "Zweite Fassung" in show() and "Erste Fassung" not in show()
    hall.steer("hide", id=card)
    assert "verdeckt" in show()
    assert "hidden" in presenting.parts("desk", "en", "ABCDEF", hall.seen(rooms.DESK))["wall"].lower()
