"""A workshop on the running server: made, steered and read without a browser, so that browsers play only their part."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import sqlite3
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.plugins.chromium import Server

MAKE = """
import json, secrets
from django.contrib.auth.models import User
from django.test import Client
from fachkraftwerk.web.workshops.domain import formats, hosting
host, _ = User.objects.get_or_create(username="host")
fields = [{"id": f"p{n}", "name": name, "vocabulary": ""} for n, name in enumerate(("Ankommen", "Lernen", "Bleiben"), 1)]
figure = {"id": "gap", "label": {"de": "Es fehlen", "en": "Missing"}, "text": {"de": "", "en": ""}, "value": 8900, "low": 7400, "high": 10300}
setup = {"tables": 3, "fields": fields, "figures": [figure], "existing": [{"title": "Bildungspunkt", "owner": "Agentur", "field": "p2"}]}
made = hosting.create(host, "Probe", "06633", "Landkreis Kassel", formats.shipped()["01-hessen-ein-tag"], setup)
browser = Client()
browser.force_login(host)
key = hosting.key(made, hosting.MODERATE, "m")
print(json.dumps({"id": str(made.id), "code": made.code, "key": key, "desk": f"/werkstatt/moderation/{key}/",
                  "screen": "/werkstatt/leinwand/" + hosting.key(made, hosting.PROJECT, "s") + "/",
                  "session": browser.cookies["sessionid"].value}))
"""


class Refused(Exception):
    """The server refused: status, what was sent, what it said."""


@dataclass
class Stage:
    """One workshop: addresses for the browsers, a moderator without one, and the stored events."""

    server: Server
    id: str
    code: str
    key: str
    desk: str
    screen: str
    session: str
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def door(self) -> str:
        """Where phones come in."""
        return f"/werkstatt/{self.code}/"

    def cookies(self) -> list[dict[str, str]]:
        """The host's own session."""
        return [{"name": "sessionid", "value": self.session, "url": self.server.address}]

    def steer(self, verb: str, **payload: Any) -> dict[str, Any]:
        """Act as a moderator."""
        return self.act(self.key, verb, **payload)

    def act(self, secret: str, verb: str, **payload: Any) -> dict[str, Any]:
        """Act as whoever holds the secret."""
        client = "stage-" + hashlib.sha256(secret.encode()).hexdigest()[:20]
        message = {"client": client, "number": next(self._numbers), "verb": verb, "payload": payload}
        return self._ask("acts", json.dumps(message).encode(), secret)

    def refused(self, secret: str) -> None:
        """Leave a line in the log: an act with a forged secret."""
        with contextlib.suppress(Refused):
            self.act(secret, "write_card", text="x")

    def go(self, key: str) -> None:
        """Go on to a step."""
        while (step := self.seen()["step"]["key"]) != key:
            self.steer("next_phase", leave=step)
            while self.seen()["step"]["key"] == step:
                time.sleep(0.1)  # changes are gathered for a moment before they are shown

    def seen(self) -> dict[str, Any]:
        """What the moderation sees now."""
        shown: dict[str, Any] = self._ask("state?since=0")["changes"][0]["set"]
        return shown

    def stored(self, verb: str) -> list[dict[str, Any]]:
        """Payloads of all stored events of a verb, in order, from the database itself."""
        with sqlite3.connect(self.server.home / "fachkraftwerk.sqlite3") as base:
            rows = base.execute(
                "SELECT payload FROM workshops_event e JOIN workshops_workshop w ON w.id = e.workshop_id"
                " WHERE w.code = ? AND e.verb = ? ORDER BY e.seq", (self.code, verb),
            )  # fmt: skip
            return [json.loads(row[0]) for row in rows]

    def _ask(self, name: str, body: bytes | None = None, secret: str = "") -> dict[str, Any]:
        address = f"{self.server.address}/werkstatt/live/{self.code}/{name}"
        request = urllib.request.Request(address, body, {"Authorization": f"Bearer {secret or self.key}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                found: dict[str, Any] = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise Refused(error.code, (body or b"").decode(), error.read().decode()) from error
        return found


def make(server: Server) -> Stage:
    """Make a prepared workshop on a running server."""
    return Stage(server, **json.loads(server.python(MAKE)))
