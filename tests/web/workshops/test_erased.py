"""After closing, the database itself is read, byte by byte: no pseudonym is left, cards are."""

from __future__ import annotations

import asyncio
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
    await act(moderator, 2, "close")
    await asyncio.sleep(0.5)


def _closed(house: House) -> list[str]:
    """Play a day, close it, return who was there."""
    made = house.prepare()
    people: list[str] = json.loads(house._python(_PEOPLE, ""))
    house.start()
    loops.run(_day(house, made))
    assert len(people) == 8
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
