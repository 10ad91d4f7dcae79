"""Pieces of the pages, rendered once per version and language and shared by all who look."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from fachkraftwerk.web.workshops.live import rooms
from fachkraftwerk.web.workshops.live.hub import Hub
from fachkraftwerk.web.workshops.live.senders import Sender
from fachkraftwerk.web.workshops.views import presenting

Key = tuple[UUID, str, str, int]
_rendered: OrderedDict[Key, bytes] = OrderedDict()


async def answer(here: Hub, sender: Sender, query: dict[str, list[str]]) -> bytes:
    """Return ``{"version": n, "parts": {name: html}, "mine": {name: html}}`` for a client and language."""
    client = {"desk": "desk", "screen": "screen"}.get(query.get("client", [""])[0], "phone")
    if client == "desk" and sender.audience != rooms.DESK:
        client = "phone"
    lang = "en" if query.get("lang") == ["en"] else "de"
    channel = await here.channel(sender.workshop_id, sender.audience)
    shared = await _shared(here, (sender.workshop_id, client, lang, channel.version), sender, channel)
    head = b'{"version":' + str(channel.version).encode() + b',"parts":' + shared
    if client != "phone" or sender.actor is None:
        return head + b"}"
    return head + b',"mine":' + await _own(here, sender, lang, channel) + b"}"


async def _shared(here: Hub, key: Key, sender: Sender, channel: rooms.Channel) -> bytes:
    found = _rendered.get(key)
    if found is None:
        _, client, lang, _ = key
        found = await here.aside(lambda: rooms.encode(presenting.parts(client, lang, sender.code, channel.shown)))
        _rendered[key] = found
        while len(_rendered) > 200:
            _rendered.popitem(last=False)
    return found


async def _own(here: Hub, sender: Sender, lang: str, channel: rooms.Channel) -> bytes:
    actor = sender.actor
    assert actor is not None
    mine = await here.owned(lambda: rooms.mine(sender.workshop_id, actor))
    return await here.aside(lambda: rooms.encode(presenting.own_parts(lang, sender.code, channel.shown, mine)))
