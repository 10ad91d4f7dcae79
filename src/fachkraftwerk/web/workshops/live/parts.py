"""Pieces of the pages, rendered once per version and language and shared by all who look."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.utils import translation

from fachkraftwerk.web.workshops.live import packed, rooms
from fachkraftwerk.web.workshops.live.hub import Hub
from fachkraftwerk.web.workshops.live.packed import Packed
from fachkraftwerk.web.workshops.live.senders import Sender
from fachkraftwerk.web.workshops.views import presenting

R = TypeVar("R")
MOST = 200
_made: WeakKeyDictionary[Hub, OrderedDict[object, asyncio.Future[Any]]] = WeakKeyDictionary()


async def answer(here: Hub, sender: Sender, query: dict[str, list[str]], accepted: bytes) -> tuple[bytes, bool]:
    """Return ``{"version": n, "parts": {name: html}, "mine": {name: html}}`` for a client and language.

    And whether it is compressed, which needs ``accepted`` (Accept-Encoding).
    """
    client = {"desk": "desk", "screen": "screen"}.get(query.get("client", [""])[0], "phone")
    if client == "desk" and sender.audience != rooms.DESK:
        client = "phone"
    lang = "en" if query.get("lang") == ["en"] else "de"
    channel = await here.channel(sender.workshop_id, sender.audience)
    shared = await _shared(here, sender, client, lang, channel)
    if client != "phone" or sender.actor is None:
        return packed.answer(shared, b"}", accepted)
    return await _with_own(here, sender, lang, channel, shared, accepted)


async def _shared(here: Hub, sender: Sender, client: str, lang: str, channel: rooms.Channel) -> Packed:
    known = await _known(here, sender, client, lang, channel)

    def make() -> Packed:
        pieces = rooms.encode(presenting.parts(client, lang, sender.code, channel.shown, known))
        return Packed(b'{"version":' + str(channel.version).encode() + b',"parts":' + pieces).prepare()

    return await _once(here, (sender.workshop_id, sender.audience, client, lang, channel.version), make)


async def _with_own(
    here: Hub, sender: Sender, lang: str, channel: rooms.Channel, shared: Packed, accepted: bytes
) -> tuple[bytes, bool]:
    actor = sender.actor
    assert actor is not None
    mine = await here.owned(lambda: rooms.mine(sender.workshop_id, actor))
    known = await _known(here, sender, "phone", lang, channel)

    def finish() -> tuple[bytes, bool]:
        own = rooms.encode(presenting.own_parts(lang, sender.code, channel.shown, mine, known))
        return packed.answer(shared, b',"mine":' + own + b"}", accepted)

    return await here.aside(finish)


async def _known(here: Hub, sender: Sender, client: str, lang: str, channel: rooms.Channel) -> dict[str, Any]:
    """Return what the templates of a client need, made once for the shared pieces and those of every person."""
    key = (sender.workshop_id, sender.audience, client, lang, channel.version, "context")
    return await _once(here, key, lambda: _context(channel, lang, sender.code))


def _context(channel: rooms.Channel, lang: str, code: str) -> dict[str, Any]:
    with translation.override(lang):
        return presenting.context(channel.shown, lang, code)


async def _once(here: Hub, key: object, work: Callable[[], R]) -> R:
    """Return what was made under this key; a hall that asks at once waits for one making."""
    made = _made.setdefault(here, OrderedDict())
    found = made.get(key)
    if found is None:
        found = made[key] = asyncio.ensure_future(here.aside(work))
        found.add_done_callback(lambda done: made.pop(key, None) if done.cancelled() or done.exception() else None)
        while len(made) > MOST:
            made.popitem(last=False)
    result: R = await asyncio.shield(found)
    return result
