"""A room full of phones, two moderators and a screen against a real server.

    python -m load.room --people 150 --lost 0.3 --seconds 60 --outage 40
    python -m load.room --people 1000 --seconds 40 --database postgresql://… --processes 2

Checks that every acknowledged act is stored exactly once, that event numbers have no gap, and that all readers agree
in the end; reports the times of POST and from vote to screen.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import uvloop

from load.house import FIELDS, House
from load.wire import Lost, Wire


@dataclass(frozen=True)
class Weather:
    """How bad the network is, and how long it lasts. All come within ``arrive`` seconds (a hall takes about twenty)."""

    people: int = 150
    seconds: float = 60.0
    lost: float = 0.3
    doubled: float = 0.1
    pause: float = 4.0
    outage: float = 0.0
    skew_hours: float = 3.0
    arrive: float = 10.0
    seed: int = 0


@dataclass
class Report:
    """What was measured (milliseconds) and what was found wrong."""

    people: int
    acts: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    post_p50: float = 0.0
    post_p99: float = 0.0
    post_max: float = 0.0
    page_p50: float = 0.0
    page_p99: float = 0.0
    screen_p50: float = 0.0
    screen_p99: float = 0.0
    late_p99: float = 0.0
    """How late the clients themselves come to their turn: POST and page times contain this."""
    server_cpu: float = 0.0
    clients_cpu: float = 0.0
    memory_mb: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Room:
    """What all clients share."""

    made: dict[str, Any]
    ports: list[int]
    weather: Weather
    chance: random.Random
    up: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    acked: dict[tuple[str, int], int] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    weathered: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    seen: list[tuple[int, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)

    def path(self, name: str) -> str:
        """Address of a live endpoint."""
        return f"/werkstatt/live/{self.made['code']}/{name}"


class Phone:
    """One participant: acts now and then, repeats what was not acknowledged, reads what the others do."""

    def __init__(self, room: Room, number: int, token: str) -> None:
        self.room, self.number = room, number
        port = room.ports[number % len(room.ports)]
        self.port, self.token, self.read = port, token, Wire(port, token)
        self.idle: list[Wire] = []
        self.client, self.next = f"phone-{number:05d}-load", 1
        self.skew = int(room.chance.uniform(-1, 1) * room.weather.skew_hours * 3_600_000)
        self.arrives = room.chance.random() * min(room.weather.arrive, room.weather.seconds / 3)
        self.view: dict[str, Any] = {}
        self.version = 0
        self.stale, self.urgent = asyncio.Event(), asyncio.Event()

    async def act(self) -> None:
        """Act until the room is over; at the end everything has been acknowledged."""
        chance, weather = self.room.chance, self.room.weather
        await asyncio.sleep(self.arrives + chance.random() * weather.pause)
        while not self.room.over.is_set():
            batch = [self._message() for _ in range(chance.choice((1, 1, 1, 2)))]
            chance.shuffle(batch)  # what was written together may arrive in any order
            await asyncio.gather(*(self._deliver(message) for message in batch))
            await asyncio.sleep(weather.pause * chance.uniform(0.5, 1.5))

    async def ask(self, *request: Any, **more: Any) -> tuple[int, Any]:
        """Ask on an idle connection or a new one, as a browser does."""
        wire = self.idle.pop() if self.idle else Wire(self.port, self.token)
        try:
            return await wire.ask(*request, **more)
        finally:
            self.idle.append(wire)

    def _message(self) -> dict[str, Any]:
        chance, number = self.room.chance, self.next
        self.next += 1
        verb, payload = chance.choice((
            ("write_card", {"text": f"Karte {number} von {self.number} <b>ä</b>"}),
            ("rank_fields", {"order": chance.sample([field["id"] for field in FIELDS], 3)}),
            ("check_gap", {"field": "p1", "judgement": chance.choice(("enough", "partly", "missing"))}),
            ("check_gap", {"field": "p2", "judgement": chance.choice(("enough", "partly", "missing"))}),
        ))  # fmt: skip
        written = int(time.time() * 1000) + self.skew
        return {
            "client": self.client,
            "number": number,
            "verb": verb,
            "payload": payload,
            "phase": "erster",
            "written": written,
        }

    async def _deliver(self, message: dict[str, Any]) -> None:
        """Repeat one message with growing, jittered waits until it is answered; sometimes send it twice."""
        for turn in range(1000):
            if await self._once(message):
                break
            await asyncio.sleep(min(0.25 * 2**turn, 4.0) * self.room.chance.uniform(0.5, 1.5))
        if self.room.chance.random() < self.room.weather.doubled:
            self.room.weathered["doubled"] += 1
            await self._once(message)

    async def _once(self, message: dict[str, Any]) -> bool:
        chance, lost = self.room.chance, self.room.weather.lost
        if chance.random() < lost / 2:
            self.room.weathered["lost"] += 1
            return False  # lost on the way there
        begun = time.perf_counter()
        try:
            sent = int(time.time() * 1000) + self.skew
            status, body = await self.ask(
                "POST", self.room.path("acts"), message | {"sent": sent}, chance.random() < lost / 2
            )
        except Lost:
            self.room.weathered["lost"] += 1
            return False  # lost on the way back, or nobody there
        if status == 429:
            return False
        self._note(message, status, body, begun)
        return True

    def _note(self, message: dict[str, Any], status: int, body: dict[str, Any], begun: float) -> None:
        room, key = self.room, (message["client"], message["number"])
        if status != 200:
            room.refused[f"{status} {body.get('refused')}"] += 1
            return
        if room.acked.setdefault(key, body["seq"]) != body["seq"]:
            room.wrong.append(f"{key} was acknowledged with two numbers")
        room.times.append(time.perf_counter() - begun)
        room.begun.setdefault(body["seq"], begun)

    async def watch(self) -> None:
        """Read changes: half of the phones by stream, half by polling; both paths break now and then."""
        await asyncio.sleep(self.arrives)
        while not self.room.over.is_set():
            try:
                if self.number % 2:
                    await self._stream(self.room.chance.uniform(5, 20))
                else:
                    await self._poll()
            except Lost:
                await asyncio.sleep(self.room.chance.uniform(1.5, 3.0))  # as the phone does

    async def _stream(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                async for change in self.read.events(f"{self.room.path('stream')}?since={self.version}"):
                    self.take(change)
        except TimeoutError:
            self.read.close()

    async def _poll(self) -> None:
        _, body = await self.read.ask("GET", f"{self.room.path('state')}?since={self.version}")
        for change in body.get("changes", ()):
            self.take(change)
        await asyncio.sleep(self.room.chance.uniform(2, 4))

    def take(self, change: dict[str, Any]) -> None:
        """Apply one change, or the full state after a gap."""
        if "version" not in change:
            return
        if change["since"] == 0:
            self.view = {}
        elif change["since"] > self.version:
            self.room.wrong.append(f"phone {self.number} was sent a change with a gap")
        self.view |= change["set"]
        for key in change["del"]:
            self.view.pop(key, None)
        self.version = change["version"]
        if change["set"].keys() - {"people"} or change["del"]:
            self.stale.set()
        if "step" in change["set"] and change["since"]:
            self.urgent.set()

    async def look(self) -> None:
        """Fetch the pieces of the page after what was read or done, at the pace of the phone: see ``live.js``."""
        path, usual = f"{self.room.path('parts')}?client=phone&lang=de", max(4.0, 0.008 * self.room.weather.people)
        while not self.room.over.is_set():
            await self.stale.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.urgent.wait(), usual * self.room.chance.uniform(0.75, 1.25))
                await asyncio.sleep(self.room.chance.random() * max(0.9, 0.4 * usual))
            self.stale.clear()
            self.urgent.clear()
            begun = time.perf_counter()
            try:
                status, _ = await self.ask("GET", path, parse=False)
            except Lost:
                self.stale.set()
                continue
            if status == 200:
                self.room.looks.append(time.perf_counter() - begun)


async def moderate(room: Room, number: int) -> None:
    """Steer the room: hide cards and change the time, at the same time as the other moderator."""
    wire = Wire(room.ports[number % len(room.ports)], room.made["moderators"][number])
    count = 0
    while not room.over.is_set():
        await asyncio.sleep(room.chance.uniform(0.5, 1.5))
        known = list(room.begun) or [0]
        verb, payload = room.chance.choice((
            ("extend", {"minutes": room.chance.choice((1, -1))}),
            *[("hide", {"id": room.chance.choice(known), "on": room.chance.random() < 0.5})] * 9,
        ))  # fmt: skip
        count += 1
        await _insist(room, wire, {"client": f"moderator-{number}", "number": count, "verb": verb, "payload": payload})


async def _insist(room: Room, wire: Wire, message: dict[str, Any]) -> None:
    for _ in range(1000):
        try:
            status, body = await wire.ask("POST", room.path("acts"), message)
        except Lost:
            await asyncio.sleep(0.5)
            continue
        if status == 200:
            room.acked[(message["client"], message["number"])] = body["seq"]
        return


async def project(room: Room) -> None:
    """The screen: note when each event number arrives."""
    wire, version = Wire(room.ports[-1], room.made["screen"]), 0
    while not room.over.is_set():
        try:
            async for change in wire.events(f"{room.path('stream')}?since={version}"):
                if "version" in change:
                    version = change["version"]
                    room.seen.append((version, time.perf_counter()))
        except Lost:
            await asyncio.sleep(0.3)


async def _watch_clock(room: Room) -> None:
    """Note how late the clients' own loop is: what a busy machine adds to every figure."""
    while not room.over.is_set():
        due = time.perf_counter() + 0.02
        await asyncio.sleep(0.02)
        room.lateness.append(max(0.0, time.perf_counter() - due))


async def play(house: House, weather: Weather) -> Report:
    """Run the whole scenario and check it."""
    made = house.prepare()
    house.start()
    room = Room(made, house.ports, weather, random.Random(weather.seed))
    await _insist(
        room, Wire(house.ports[0], made["moderators"][0]), {"client": "moderator-0", "number": 999_999, "verb": "open"}
    )
    phones = [Phone(room, number, token) for number, token in enumerate(made["tokens"])]
    acting = [asyncio.create_task(phone.act()) for phone in phones]
    acting += [asyncio.create_task(moderate(room, number)) for number in range(2)]
    watching = [asyncio.create_task(each) for phone in phones for each in (phone.watch(), phone.look())]
    watching += [asyncio.create_task(project(room)), asyncio.create_task(_watch_clock(room))]
    await _time_passes(house, weather)
    used = (house.memory(), house.processor(), time.process_time())
    room.over.set()
    await asyncio.gather(*acting)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    await asyncio.sleep(1.5)
    faults = [*room.wrong, *await _agree(room, phones), *_stored(room, house.events(made["id"]))]
    house.kill()
    return _report(room, used, faults)


async def _time_passes(house: House, weather: Weather) -> None:
    if not weather.outage:
        await asyncio.sleep(weather.seconds)
        return
    await asyncio.sleep(weather.seconds / 2)
    await asyncio.to_thread(house.kill)
    await asyncio.sleep(weather.outage)
    await asyncio.to_thread(house.start)
    await asyncio.sleep(weather.seconds / 2)


async def _agree(room: Room, phones: list[Phone]) -> list[str]:
    """Every phone catches up once more; then all must hold the same."""
    faults: list[str] = []
    for phone in phones:
        try:
            _, body = await phone.read.ask("GET", f"{room.path('state')}?since={phone.version}")
        except Lost:
            _, body = await phone.read.ask("GET", f"{room.path('state')}?since={phone.version}")
        for change in body.get("changes", ()):
            phone.take(change)
        phone.read.close()
    fresh = Wire(room.ports[0], room.made["screen"])
    _, body = await fresh.ask("GET", f"{room.path('state')}?since=0")
    fresh.close()
    truth = json.dumps(body["changes"][0]["set"], sort_keys=True)
    differing = [phone.number for phone in phones if json.dumps(phone.view, sort_keys=True) != truth]
    if differing:
        faults.append(f"{len(differing)} phones do not agree with the server: {differing[:5]}")
    return faults


def _stored(room: Room, events: list[tuple[int, str, int, str]]) -> list[str]:
    """Every acknowledged act is stored once, under the number it was told, and numbers have no gap."""
    faults = []
    if [seq for seq, *_ in events] != list(range(1, len(events) + 1)):
        faults.append("event numbers have gaps or doubles")
    by_key = {(client, number): seq for seq, client, number, _ in events}
    if len(by_key) != len(events):
        faults.append("a message was stored twice")
    missing = [key for key, seq in room.acked.items() if by_key.get(key) != seq]
    if missing:
        faults.append(f"{len(missing)} acknowledged acts are missing: {missing[:5]}")
    return faults + [f"refused: {kind} × {count}" for kind, count in room.refused.items()]


def _report(room: Room, used: tuple[float, float, float], faults: list[str]) -> Report:
    memory, server, clients = used
    report = Report(
        room.weather.people,
        len(room.acked),
        max(room.acked.values(), default=0),
        room.weathered["lost"],
        room.weathered["doubled"],
        memory_mb=round(memory),
        server_cpu=round(server, 1),
        clients_cpu=round(clients, 1),
        faults=faults,
    )
    if room.lateness:
        report.late_p99 = _at(room.lateness, 0.99)
    if room.times:
        report.post_p50, report.post_p99 = _at(room.times, 0.5), _at(room.times, 0.99)
        report.post_max = _at(room.times, 1.0)
    if room.looks:
        report.page_p50, report.page_p99 = _at(room.looks, 0.5), _at(room.looks, 0.99)
    delays = sorted(_screen_delays(room))
    if delays:
        report.screen_p50, report.screen_p99 = _at(delays, 0.5), _at(delays, 0.99)
    return report


def _screen_delays(room: Room) -> list[float]:
    """Seconds from the start of a POST until the screen had its event; acts around an outage are left out."""
    delays, place = [], 0
    for seq in sorted(room.begun):
        while place < len(room.seen) and room.seen[place][0] < seq:
            place += 1
        if place < len(room.seen) and room.seen[place][1] - room.begun[seq] < 5.0:
            delays.append(room.seen[place][1] - room.begun[seq])
    return delays


def _at(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 1)


def main() -> None:
    """Run from the command line and print the report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in asdict(Weather()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--database", default="")
    parser.add_argument("--processes", type=int, default=1)
    chosen = vars(parser.parse_args())
    with House(chosen["people"], chosen.pop("database"), chosen.pop("processes")) as house:
        report = uvloop.run(play(house, Weather(**chosen)))
    print(json.dumps(asdict(report), indent=1))
    raise SystemExit(bool(report.faults))


if __name__ == "__main__":
    main()
