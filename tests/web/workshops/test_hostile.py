"""Hostile input against a real server: refused, logged, and nobody else notices."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from load.house import House
from load.wire import Lost, Wire
from tests.plugins import loops

_INCIDENTS = """
import django, json, sys; django.setup()
from fachkraftwerk.web.workshops.models import Incident
print(json.dumps(list(Incident.objects.values_list("kind", "verb", "count", "note"))))
"""


@pytest.fixture(scope="module")
def room() -> Iterator[tuple[House, dict[str, Any], dict[str, Any]]]:
    """A running server with two open workshops of four people."""
    with House(4) as house:
        made = house.prepare()
        other = json.loads(house._python(_second(), json.dumps({})))
        house.start()
        assert _post(house, made, made["moderators"][0], "open")[0] == 200
        yield house, made, other


def _second() -> str:
    return """
import django, json; django.setup()
from django.contrib.auth.models import User
from fachkraftwerk.web.workshops.domain import formats, hosting, joining
workshop = hosting.create(User.objects.get(), "Andere", "99002", "Anderswo", next(iter(formats.shipped().values())), {"tables": 2})
print(json.dumps({"code": workshop.code, "token": joining.take_seat(workshop, "bildung", 1).token,
                  "moderator": hosting.key(workshop, hosting.MODERATE, "x")}))
"""


_number = iter(range(1, 10_000))


def _post(house: House, made: dict[str, Any], token: str, verb: str, **payload: Any) -> tuple[int, dict[str, Any]]:
    message = {
        "client": f"client-{token[-12:].replace('_', 'a').replace(':', 'b')}",
        "number": next(_number),
        "verb": verb,
        "payload": payload,
    }
    return _ask(house, made, token, "POST", "acts", message)


def _ask(
    house: House, made: dict[str, Any], token: str, method: str, name: str, data: Any = None
) -> tuple[int, dict[str, Any]]:
    async def once() -> tuple[int, Any]:
        wire = Wire(house.ports[0], token)
        try:
            return await wire.ask(method, f"/werkstatt/live/{made['code']}/{name}", data)
        finally:
            wire.close()

    return loops.run(once())


def _incidents(house: House) -> list[tuple[str, str, int, str]]:
    time.sleep(1.5)  # written at most once a second
    return [tuple(row) for row in json.loads(house._python(_INCIDENTS, ""))]


def test_forged_tokens_are_refused_and_logged(room: Any) -> None:
    house, made, _ = room
    assert _post(house, made, "f" * 32, "write_card", text="x")[0] == 401
    assert _post(house, made, made["moderators"][0][:-2] + "xx", "close")[0] == 401
    assert _ask(house, made, "", "GET", "state")[0] == 401
    assert "forged" in {kind for kind, *_ in _incidents(house)}


def test_tokens_and_keys_of_another_workshop_are_refused_and_logged(room: Any) -> None:
    house, made, other = room
    for token in (other["token"], other["moderator"]):
        assert _post(house, made, token, "write_card", text="x")[0] == 403
        assert _ask(house, made, token, "GET", "state?since=0")[0] == 403
    assert "foreign" in {kind for kind, *_ in _incidents(house)}


def test_participants_cannot_steer_and_screens_cannot_act(room: Any) -> None:
    house, made, _ = room
    for verb in ("next_phase", "reveal", "hide", "close", "merge_cards", "join"):
        assert _post(house, made, made["tokens"][0], verb, phase="erster")[0] == 403
    assert _post(house, made, made["screen"], "open")[0] == 403
    assert ("role", "next_phase") in {(kind, verb) for kind, verb, *_ in _incidents(house)}
    assert _state(house, made)["step"]["key"] == "erster"


def _state(house: House, made: dict[str, Any]) -> dict[str, Any]:
    state: dict[str, Any] = _ask(house, made, made["screen"], "GET", "state")[1]["changes"][0]["set"]
    return state


def test_a_card_of_ten_megabytes_is_refused_before_it_is_read(room: Any) -> None:
    house, made, _ = room
    head = (f"POST /werkstatt/live/{made['code']}/acts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {made['tokens'][0]}\r\n"
            "Content-Length: 10485760\r\n\r\n")  # fmt: skip
    with socket.create_connection(("127.0.0.1", house.ports[0]), timeout=10) as line:
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    chunked = head.replace("Content-Length: 10485760", "Transfer-Encoding: chunked")
    with socket.create_connection(("127.0.0.1", house.ports[0]), timeout=10) as line:
        line.sendall(chunked.encode() + b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    assert "too_large" in {kind for kind, *_ in _incidents(house)}


@pytest.mark.parametrize("body", [
    "nonsense", [], {"client": "x", "number": 1, "verb": "write_card"}, {"client": "client-12345", "number": True, "verb": "write_card"},
    {"client": "client-12345", "number": -1, "verb": "write_card"}, {"client": "client-12345", "number": 1, "verb": 7},
    {"client": "client-12345", "number": 1, "verb": "write_card", "payload": []}, {"client": ["a"] * 9, "number": 1, "verb": "x"},
    {"client": "client-12345", "number": 1, "verb": "write_card", "payload": {}, "sent": "morgen"}, None,
])  # fmt: skip
def test_messages_of_a_wrong_shape_are_refused(room: Any, body: Any) -> None:
    house, made, _ = room
    assert _ask(house, made, made["tokens"][1], "POST", "acts", body)[0] == 400
    if body is None:
        assert "shape" in {kind for kind, *_ in _incidents(house)}


@pytest.mark.parametrize("payload", [
    {}, {"text": ""}, {"text": "   \u0000\u0007 "}, {"text": "x" * 241}, {"text": 7}, {"text": "x", "author": "somebody"},
    {"text": {"a": 1}}, {"text": "x", "field": "zz"},
])  # fmt: skip
def test_payloads_that_do_not_fit_are_refused(room: Any, payload: Any) -> None:
    house, made, _ = room
    assert _post(house, made, made["tokens"][1], "write_card", **payload)[0] in (404, 422)


def test_scripts_and_control_signs_in_cards_stay_text(room: Any) -> None:
    house, made, _ = room
    words = "<script>alert(1)</script><img src=x onerror=alert(2)>\u0000\ud800 \u202eEnde"
    status, body = _post(house, made, made["tokens"][1], "write_card", text=words)
    assert status == 200
    time.sleep(0.5)  # changes are gathered for a fifth of a second
    assert _state(house, made)[f"card:{body['seq']}"]["text"].startswith("<script>alert(1)")
    for client in ("phone", "screen"):
        parts = _ask(house, made, made["tokens"][1], "GET", f"parts?client={client}&lang=de")[1]
        html = "".join(parts["parts"].values()) + "".join(parts.get("mine", {}).values())
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "<img" not in html


def test_who_floods_is_slowed_down_and_others_are_not(room: Any) -> None:
    house, made, _ = room
    statuses = [
        _post(house, made, made["tokens"][2], "check_gap", field="p1", judgement="partly")[0] for _ in range(60)
    ]
    assert 429 in statuses
    assert statuses[0] == 200
    assert _post(house, made, made["tokens"][3], "check_gap", field="p1", judgement="missing")[0] == 200
    flood = [count for kind, _, count, _ in _incidents(house) if kind == "flood"]
    assert sum(flood) >= statuses.count(429)


def test_others_notice_nothing_of_a_flood(room: Any) -> None:
    house, made, other = room
    quiet = loops.run(_acting(house, made, [], 1.0))
    loud = loops.run(_acting(house, made, [made["tokens"][2], "f" * 32, other["token"], ""], 4.0))
    assert {status for status, _ in quiet + loud} == {200}
    assert len(loud) >= 15, "the quiet person was hardly served"
    assert sorted(seconds for _, seconds in loud)[int(0.9 * len(loud))] < 0.5
    counted: dict[str, int] = {}
    for kind, _, count, _ in _incidents(house):
        counted[kind] = counted.get(kind, 0) + count
    assert min(counted[kind] for kind in ("flood", "forged", "foreign")) > 20


async def _acting(house: House, made: dict[str, Any], flooders: list[str], seconds: float) -> list[tuple[int, float]]:
    """Return status and time of the acts of one quiet person, while others send as fast as they are answered."""
    path, over = f"/werkstatt/live/{made['code']}/acts", asyncio.Event()

    async def flood(token: str, large: bool) -> None:
        wire = Wire(house.ports[0], token)
        message = {"client": "flooding-1", "number": 1, "verb": "check_gap", "payload": {"x": "y" * (20_000 * large)}}
        while not over.is_set():
            with contextlib.suppress(Lost):
                await wire.ask("POST", path, message)
        wire.close()

    async def act() -> tuple[int, float]:
        begun = time.perf_counter()
        answer = {"field": "p1", "judgement": "missing"}
        message = {"client": "quiet-person", "number": next(_number), "verb": "check_gap", "payload": answer}
        return (await quiet.ask("POST", path, message))[0], time.perf_counter() - begun

    quiet, found = Wire(house.ports[0], made["tokens"][3]), []
    floods = [asyncio.create_task(flood(token, large)) for token in flooders for large in (False, False, True)]
    for _ in range(int(seconds / 0.25)):
        await asyncio.sleep(0.25)
        found.append(await act())
    over.set()
    await asyncio.gather(*floods)
    quiet.close()
    return found


def test_wrong_methods_and_paths_are_refused(room: Any) -> None:
    house, made, _ = room
    assert _ask(house, made, made["tokens"][1], "GET", "acts")[0] == 405
    assert _ask(house, made, made["tokens"][1], "POST", "state", {})[0] == 405
    with pytest.raises(Lost):  # an ordinary page, not JSON
        _ask(house, made, made["tokens"][1], "GET", "anders")


def test_the_log_holds_no_texts(room: Any) -> None:
    house, made, _ = room
    _post(house, made, made["tokens"][1], "write_card", text="geheim" * 60)
    assert "geheim" not in json.dumps(_incidents(house))


def test_a_broken_connection_harms_nobody(room: Any) -> None:
    house, made, _ = room
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", house.ports[0])) as line:
            line.sendall(b"POST /werkstatt/live/%s/acts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 500\r\n\r\n{"
                         % (made["code"].encode(), made["tokens"][1].encode()))  # fmt: skip
    assert _state(house, made)["room"]["status"] == "running"


def test_importing_the_live_channel_costs_no_heavy_library() -> None:
    code = "import django,sys; django.setup(); import fachkraftwerk.web.workshops.live.app; print([m for m in ('pandas','numba','sklearn','xarray') if m in sys.modules])"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fachkraftwerk.web.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
