"""The server side of a load run: database, workshop, processes that can be killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCRIPT: dict[str, Any] = {
    "key": "load", "name": "Lastprobe", "summary": "Zwei Schritte, in denen alle alles dürfen.",
    "phases": [
        {"key": key, "kind": "cards", "title": key, "prompt": key, "plain": key, "minutes": 60,
         "verbs": ["write_card", "edit_card", "rank_fields", "check_gap"]}
        for key in ("erster", "zweiter")
    ],
}  # fmt: skip
FIELDS = [{"id": f"p{number}", "name": f"Feld {number}"} for number in range(1, 6)]

_PREPARE = """
import django, json, secrets, sys; django.setup()
from django.contrib.auth.models import User
from fachkraftwerk.web.workshops.domain import formats, hosting, joining
from fachkraftwerk.web.workshops.domain.admission import Message
from fachkraftwerk.web.workshops.domain.perform import Request, open_book, perform
from fachkraftwerk.web.workshops.domain.state import SYSTEM, Actor
order = json.load(sys.stdin)
host = User.objects.create_user("load-" + secrets.token_hex(4))
setup = {"tables": 20, "fields": order["fields"], "figures": [], "existing": []}
workshop = hosting.create(host, "Lastprobe", "99001", "Musterkreis", formats.read(order["script"]), setup)
seats = [joining.take_seat(workshop, "bildung", 1 + number % 20) for number in range(order["people"])]
book = open_book(workshop)
for start in range(0, len(seats), 100):
    perform(book, [Request(Actor(s.actor.id, SYSTEM, s.actor.bench, s.actor.table), Message(**joining.seat_message(s)))
                   for s in seats[start:start + 100]])
keys = [hosting.key(workshop, hosting.MODERATE, name) for name in ("eins", "zwei")]
print(json.dumps({"id": str(workshop.id), "code": workshop.code, "tokens": [s.token for s in seats], "moderators": keys,
                  "screen": hosting.key(workshop, hosting.PROJECT, "screen")}))
"""
_EVENTS = """
import django, json, sys; django.setup()
from fachkraftwerk.web.workshops.models import Event
rows = Event.objects.filter(workshop_id=sys.argv[1]).order_by("seq").values_list("seq", "client", "number", "verb")
print(json.dumps(list(rows)))
"""


@dataclass
class House:
    """Server processes on loopback ports sharing one database."""

    people: int
    database: str = ""
    processes: int = 1
    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="fachkraftwerk-load-")))
    ports: list[int] = field(default_factory=list)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def prepare(self) -> dict[str, Any]:
        """Make database, workshop and seats; return code and secrets."""
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=self._environment(), check=True)
        order = json.dumps({"people": self.people, "script": SCRIPT, "fields": FIELDS})
        made: dict[str, Any] = json.loads(self._python(_PREPARE, order))
        self.ports = [_free_port() for _ in range(self.processes)]
        return made

    def events(self, workshop_id: str) -> list[tuple[int, str, int, str]]:
        """Return (seq, client, number, verb) of everything stored."""
        return [tuple(row) for row in json.loads(self._python(_EVENTS, "", workshop_id))]

    def start(self) -> None:
        """Start all processes and wait until they answer."""
        for port in self.ports:
            command = [sys.executable, "-m", "uvicorn", "fachkraftwerk.web.asgi:application", "--port", str(port),
                       "--log-level", "warning", "--timeout-graceful-shutdown", "1", "--backlog", "4096",
                       "--timeout-keep-alive", "30", "--lifespan", "off"]  # fmt: skip
            self.running.append(subprocess.Popen(command, env=self._environment()))
        for port in self.ports:
            _wait(port)

    def kill(self) -> None:
        """Kill all processes at once, without a word of warning."""
        while self.running:
            process = self.running.pop()
            process.kill()
            process.wait()

    def __enter__(self) -> House:
        """Use as a context: however it ends, no server and no folder stays behind."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill what runs and remove the folder."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def memory(self) -> float:
        """Return resident memory of all processes in MB."""
        pages = (int(Path(f"/proc/{p.pid}/statm").read_text().split()[1]) for p in self.running)
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def processor(self) -> float:
        """Return the seconds of processor time all processes have used."""
        stats = (Path(f"/proc/{p.pid}/stat").read_text().rpartition(")")[2].split() for p in self.running)
        return sum(int(each[11]) + int(each[12]) for each in stats) / os.sysconf("SC_CLK_TCK")

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "FACHKRAFTWERK_HOME": str(self.home), "DATABASE_URL": self.database,
                "DJANGO_SETTINGS_MODULE": "fachkraftwerk.web.settings"}  # fmt: skip

    def _python(self, code: str, given: str, *arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, env=self._environment(), input=given, check=True, capture_output=True, text=True)
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer on port {port}")
