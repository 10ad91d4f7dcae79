"""A link that was renewed, and a token left behind, end at once: in every process, for acts, reading and open streams."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from load.house import House
from load.wire import Lost, Wire
from tests.plugins import loops

_RENEW = """
import django, sys; django.setup()
from django.test import Client
from fachkraftwerk.web.workshops.models import Workshop
browser = Client(SERVER_NAME="127.0.0.1")
browser.force_login(Workshop.objects.get(pk=sys.argv[1]).host)
assert browser.post(f"/werkstatt/verwalten/{sys.argv[1]}/links/").status_code == 302
"""
_RETURN = """
import django, json, sys; django.setup()
from fachkraftwerk.web.workshops.domain import joining
from fachkraftwerk.web.workshops.models import Workshop
workshop = Workshop.objects.get(pk=sys.argv[1])
seat = joining.take_seat(workshop, "bildung", 1)
print(json.dumps({"token": seat.token, "phrase": seat.phrase}))
"""
_BACK = """
import django, sys; django.setup()
from django.test import Client
assert Client(SERVER_NAME="127.0.0.1").post(f"/werkstatt/{sys.argv[1]}/wieder/", {"phrase": sys.argv[2]}).status_code == 302
"""


def _ask(port: int, made: dict[str, Any], token: str, method: str, name: str, data: Any = None) -> int:
    async def once() -> int:
        wire = Wire(port, token)
        try:
            return (await wire.ask(method, f"/werkstatt/live/{made['code']}/{name}", data))[0]
        finally:
            wire.close()

    status: int = loops.run(once())
    return status


def _act(number: int) -> dict[str, Any]:
    return {"client": "moderator-revoked", "number": number, "verb": "extend", "payload": {"minutes": 1}}


async def _until_cut(port: int, made: dict[str, Any], renew: Any) -> float:
    """Return the seconds an open stream of the old link lived on after renewing, with changes going by."""
    wire, done = Wire(port, made["moderators"][1]), asyncio.Event()

    async def listen() -> None:
        try:
            async for _ in wire.events(f"/werkstatt/live/{made['code']}/stream?since=0"):
                pass
        except Lost:
            done.set()

    task = asyncio.create_task(listen())
    await asyncio.sleep(1.0)
    await asyncio.to_thread(renew)
    begun = time.monotonic()
    other = Wire(port, made["tokens"][0])
    for number in range(1, 40):
        if done.is_set():
            break
        card = {"client": "somebody-else", "number": number, "verb": "write_card", "payload": {"text": "x"}}
        await other.ask("POST", f"/werkstatt/live/{made['code']}/acts", card)
        await asyncio.sleep(0.1)
    task.cancel()
    other.close()
    return time.monotonic() - begun


@pytest.mark.postgres
def test_renewed_links_end_in_all_processes(postgres: str) -> None:
    with House(2, postgres, 2) as house:
        made = house.prepare()
        house.start()
        first, second = house.ports
        assert (
            _ask(first, made, made["moderators"][0], "POST", "acts", _act(1) | {"verb": "open", "payload": {}}) == 200
        )
        for port in (first, second):
            assert _ask(port, made, made["moderators"][0], "GET", "state?since=0") == 200, "known to both processes"
        lived = loops.run(_until_cut(second, made, lambda: house._python(_RENEW, "", made["id"])))
        assert lived < 2.0
        for port in (first, second):
            assert _ask(port, made, made["moderators"][0], "POST", "acts", _act(2)) == 401
            assert _ask(port, made, made["moderators"][0], "GET", "state?since=0") == 401
            assert _ask(port, made, made["screen"], "GET", "state?since=0") == 401
            assert _ask(port, made, made["tokens"][0], "GET", "state?since=0") == 200, "participants stay"


@pytest.mark.postgres
def test_a_token_left_behind_ends_in_all_processes(postgres: str) -> None:
    with House(2, postgres, 2) as house:
        made = house.prepare()
        person = json.loads(house._python(_RETURN, "", made["id"]))
        house.start()
        for port in house.ports:
            assert _ask(port, made, person["token"], "GET", "state?since=0") == 200
        house._python(_BACK, "", made["code"], person["phrase"])
        time.sleep(0.3)
        for port in house.ports:
            assert _ask(port, made, person["token"], "GET", "state?since=0") == 401


def test_an_act_by_a_renewed_link_is_refused_even_where_nobody_was_told() -> None:
    with House(2) as house:
        made = house.prepare()
        house.start()
        port = house.ports[0]
        assert _ask(port, made, made["moderators"][0], "POST", "acts", _act(1) | {"verb": "open", "payload": {}}) == 200
        house._python(_RENEW, "", made["id"])  # a process beside the server, which SQLite cannot tell
        assert _ask(port, made, made["moderators"][0], "POST", "acts", _act(2)) == 401
