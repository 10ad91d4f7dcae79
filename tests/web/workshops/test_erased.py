"""After closing, the database itself is read, byte by byte: no pseudonym is left, cards are."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from load.house import House
from load.wire import Wire
from tests.plugins import loops

_PEOPLE = """
import django, json; django.setup()
from fachkraftwerk.web.workshops.models import Participant
print(json.dumps([str(person.id) for person in Participant.objects.all()]))
"""
_TABLES = """
import django, json; django.setup()
from django.apps import apps
print(json.dumps([[model.__name__, list(map(list, model.objects.values_list()))] for model in apps.get_models()], default=str))
"""


_MINUTE_LATER = """
import django; django.setup()
from django.db.models import F
from fachkraftwerk.web.workshops.models import Event, Participant
assert Participant.objects.count() == 8, "not erased before the minute is over"
Event.objects.filter(verb="close").update(stored=F("stored") - 63_000)
"""
_COUNT = """
import django, json; django.setup()
from fachkraftwerk.web.workshops.models import Event, Participant, Workshop
print(json.dumps([Participant.objects.count(), Event.objects.filter(verb="write_card").count(), Workshop.objects.get().status]))
"""


async def _day(house: House, made: dict[str, Any]) -> None:
    async def act(secret: str, number: int, verb: str, **payload: Any) -> None:
        wire = Wire(house.ports[0], secret)
        message = {"client": f"client-{abs(hash(secret))}", "number": number, "verb": verb, "payload": payload}
        status, body = await wire.ask("POST", f"/werkstatt/live/{made['code']}/acts", message)
        wire.close()
        assert status == 200, body

    moderator = made["moderators"][0]
    await act(moderator, 1, "open")
    for token in made["tokens"]:
        await act(token, 1, "write_card", text="Diese Karte bleibt")
        await act(token, 2, "check_gap", field="p1", judgement="partly")
    begun = time.monotonic()
    await act(moderator, 2, "close")
    assert time.monotonic() - begun < 1.0, "the end of the day is told at once"


async def _ask(house: House) -> None:
    wire = Wire(house.ports[0], "nobody")
    await wire.ask("GET", "/werkstatt/live/AAAAAA/state")
    wire.close()


def _closed(house: House) -> list[str]:
    """Play a day, close it, kill the server before it has erased anything, start it later; return who was there."""
    made = house.prepare()
    people: list[str] = json.loads(house._python(_PEOPLE, ""))
    house.start()
    loops.run(_day(house, made))
    assert len(people) == 8
    house.kill()
    house._python(_MINUTE_LATER, "")
    house.start()
    loops.run(_ask(house))
    for _ in range(60):
        if json.loads(house._python(_COUNT, ""))[0] == 0:
            break
        time.sleep(0.5)
    assert json.loads(house._python(_COUNT, "")) == [0, 8, "closed"]
    return people


def test_the_files_hold_no_pseudonym_after_closing() -> None:
    with House(8) as house:
        people = _closed(house)
        time.sleep(0.5)
        held = {path.name: path.read_bytes() for path in house.home.glob("*.sqlite3*")}
        assert b"Diese Karte bleibt" in held["fachkraftwerk.sqlite3"]
        for name, data in held.items():
            for person in people:
                assert person.encode() not in data, name
                assert person.replace("-", "").encode() not in data, name


@pytest.mark.postgres
def test_no_table_holds_a_pseudonym_after_closing(postgres: str) -> None:
    with House(8, postgres) as house:
        people = _closed(house)
        tables = house._python(_TABLES, "")
        assert "Diese Karte bleibt" in tables
        assert not [person for person in people if person in tables]
