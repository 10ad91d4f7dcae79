"""The live endpoints as a small ASGI application in front of Django's own.

Below ``/werkstatt/live/<code>/``: ``acts`` (POST), ``state`` (GET, ``since``), ``stream`` (GET, Server-Sent Events,
``since``), ``parts`` (GET, pieces of the page). The secret comes in the Authorization header and never from a cookie,
so no foreign page can act for anybody. No session, no cookie, no middleware: one act costs one transaction.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request, now_ms
from fachkraftwerk.web.workshops.live import collector, incidents, parts, rooms, senders
from fachkraftwerk.web.workshops.live.hub import Hub, hub
from fachkraftwerk.web.workshops.live.limits import BODY, Limiter
from fachkraftwerk.web.workshops.live.senders import Sender

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = re.compile(r"^/werkstatt/live/([A-Za-z0-9]{1,12})/(acts|state|stream|parts)$")
CLIENT = re.compile(r"^[A-Za-z0-9-]{8,36}$")
_acts = Limiter(rate=4.0, burst=40.0)
_reads = Limiter(rate=8.0, burst=60.0)
_strangers = Limiter(rate=2.0, burst=120.0)


class Problem(Exception):
    """An answer that ends the request."""

    def __init__(self, status: int, kind: str, de: str, en: str) -> None:
        super().__init__(kind)
        self.status, self.kind = status, kind
        self.body = rooms.encode({"refused": kind, "de": de, "en": en})


def live(application: Application) -> Application:
    """Return ``application`` with the live endpoints in front of it."""
    collector.calm()

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        match = PATH.match(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            if scope["type"] == "http":
                hub()  # whoever comes first wakes it: a server killed before may owe the erasing of pseudonyms
            await application(scope, receive, send)
            return
        try:
            await _route(match[1].upper(), match[2], scope, receive, send)
        except Problem as problem:
            await _send(send, problem.status, problem.body)

    return handle


async def _route(code: str, name: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["method"] != ("POST" if name == "acts" else "GET"):
        raise Problem(405, "method", "So geht es nicht. Laden Sie die Seite neu.", "Not this way. Reload the page.")
    here, headers = hub(), dict(scope["headers"])
    sender = await _sender(here, code, headers, scope)
    try:
        _limit(_acts if name == "acts" else _reads, sender, headers)
        await _answer(here, name, sender, scope, receive, send)
    except Problem as problem:
        await _note(here, sender, problem.kind, name, "")
        raise


async def _answer(here: Hub, name: str, sender: Sender, scope: Scope, receive: Receive, send: Send) -> None:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if name == "acts":
        await _act(here, sender, dict(scope["headers"]), receive, send)
    elif name == "state":
        await _state(here, sender, query, send)
    elif name == "parts":
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
        await _send(send, 200, *await parts.answer(here, sender, query, accepted))
    else:
        await _stream(here, sender, _secret(dict(scope["headers"])), query, receive, send)


def _secret(headers: dict[bytes, bytes]) -> str:
    return headers.get(b"authorization", b"").decode("latin-1").removeprefix("Bearer ").strip()


async def _sender(here: Hub, code: str, headers: dict[bytes, bytes], scope: Scope) -> Sender:
    """Return who asks. Forged secrets and secrets of other workshops end here."""
    secret = _secret(headers)
    address = (scope.get("client") or ("?",))[0]
    known, sender = senders.remembered(secret)
    if not known and secret:
        # A whole hall may share one address, so only wrong secrets count against it, and known people are never asked.
        if sender is None and _strangers.empty(address):
            raise Problem(429, "flood", "Zu viele Anfragen. Bitte warten Sie kurz.", "Too many requests. Please wait.")
        sender = await here.identify(secret)
    if sender is None:
        _strangers.allow(address)
        await _note(here, None, "forged", "", code)
        raise Problem(
            401,
            "token",
            "Dieses Gerät ist hier nicht angemeldet. Geben Sie Ihre vier Wörter ein, oder treten Sie neu bei.",
            "This device has not joined here. Enter your four words, or join anew.",
        )
    if sender.code != code:
        await _note(here, sender, "foreign", "", code)
        raise Problem(
            403,
            "foreign",
            "Das ist eine andere Werkstatt. Vergleichen Sie den Code mit der Leinwand.",
            "This is another workshop. Compare the code with the screen.",
        )
    return sender


def _limit(limiter: Limiter, sender: Sender, headers: dict[bytes, bytes]) -> None:
    if sender.audience == rooms.PUBLIC and not limiter.allow(headers[b"authorization"].decode("latin-1")):
        raise Problem(429, "flood", "Zu viele Anfragen. Bitte warten Sie kurz.", "Too many requests. Please wait.")


async def _act(here: Hub, sender: Sender, headers: dict[bytes, bytes], receive: Receive, send: Send) -> None:
    if sender.actor is None:
        raise Problem(
            403,
            "role",
            "Eine Leinwand handelt nicht. Öffnen Sie die Moderation.",
            "A screen does not act. Open the moderation.",
        )
    message = _message(await _body(headers, receive))
    answer = await here.submit(sender.workshop_id, Request(sender.actor, message, sender.link))
    if answer.status in (403, 404, 422):
        await _note(here, sender, str(answer.body["refused"]), message.verb, "")
    await _send(send, answer.status, rooms.encode({**answer.body, "now": now_ms()}))


async def _body(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """Read a small body; a large one is refused before it is read."""
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > BODY:
        raise _too_large()
    body = bytearray()
    while True:
        piece = await receive()
        if piece["type"] == "http.disconnect":
            raise Problem(
                400,
                "gone",
                "Die Nachricht brach ab. Sie wird von selbst noch einmal gesendet.",
                "The message broke off. It is sent again by itself.",
            )
        body += piece.get("body", b"")
        if len(body) > BODY:
            raise _too_large()
        if not piece.get("more_body", False):
            return bytes(body)


def _message(body: bytes) -> Message:
    try:
        raw = json.loads(body)
        client, number, verb, payload = raw["client"], raw["number"], raw["verb"], raw.get("payload", {})
        age = int(raw.get("sent", 0)) - int(raw.get("written", raw.get("sent", 0)))
        shape = isinstance(payload, dict) and isinstance(verb, str) and isinstance(number, int) and CLIENT.match(client)
        if not shape or isinstance(number, bool) or not 0 < number < 2_000_000_000:
            raise ValueError("shape")
        return Message(client, number, verb[:30], payload, str(raw.get("phase", ""))[:40], max(0, min(age, 86_400_000)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Problem(
            400,
            "shape",
            "Die Nachricht ist nicht lesbar. Laden Sie die Seite neu.",
            "The message cannot be read. Reload the page.",
        ) from error


def _too_large() -> Problem:
    return Problem(
        413,
        "too_large",
        "Die Nachricht ist zu groß. Kürzen Sie den Text.",
        "The message is too large. Shorten the text.",
    )


async def _state(here: Hub, sender: Sender, query: dict[str, list[str]], send: Send) -> None:
    channel = await here.channel(sender.workshop_id, sender.audience)
    pieces = channel.since(_since(query))
    extra = ""
    if "mine" in query and (actor := sender.actor):
        mine = await here.owned(lambda: rooms.mine(sender.workshop_id, actor))
        extra = ',"mine":' + rooms.encode(mine).decode()
    head = f'{{"now":{now_ms()},"version":{channel.version}{extra},"changes":['.encode()
    await _send(send, 200, head + b",".join(piece.data for piece in pieces) + b"]}")


async def _stream(
    here: Hub, sender: Sender, secret: str, query: dict[str, list[str]], receive: Receive, send: Send
) -> None:
    """Send changes until the reader goes away or may read no more."""
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    start = f'event: hello\ndata: {{"now":{now_ms()}}}\n\n'.encode()
    await send({"type": "http.response.body", "body": start, "more_body": True})
    writer = asyncio.create_task(_write(here, sender, secret, _since(query), send))
    gone = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait((writer, gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        writer.cancel()
        gone.cancel()
        await asyncio.gather(writer, gone, return_exceptions=True)


async def _write(here: Hub, sender: Sender, secret: str, since: int, send: Send) -> None:
    known = senders.changes()
    front = sender.actor is None or sender.audience == rooms.DESK
    async for event in here.changes(sender.workshop_id, sender.audience, since, front):
        if sender.link and senders.changes() != known:
            known = senders.changes()
            if await here.identify(secret) is None:
                return  # the link was renewed: whoever holds the old one sees no more
        await send({"type": "http.response.body", "body": event, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _since(query: dict[str, list[str]]) -> int:
    value = query.get("since", ["0"])[0]
    return int(value) if value.isdigit() and len(value) < 12 else 0


async def _note(here: Hub, sender: Sender | None, kind: str, verb: str, text: str) -> None:
    workshop_id = sender.workshop_id if sender else None
    actor = sender.actor.id if sender and sender.actor else ""
    if incidents.note(workshop_id, kind, actor, verb, text):
        here.later(1.0, incidents.write)


async def _send(send: Send, status: int, body: bytes, gzipped: bool = False) -> None:
    headers = [
        (b"content-type", b"application/json"), (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"), (b"content-length", str(len(body)).encode()),
    ]  # fmt: skip
    if gzipped:
        headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
    if status == 429:
        headers.append((b"retry-after", b"2"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
