"""The hall box as its host uses it: start, account, workshop, a phone from the hall, the file carried to the server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.plugins.chromium import free_port

from fachkraftwerk.cli import network

PASSWORD = "ein-langes-kennwort-7"


@dataclass
class Box:
    """A served installation: its port, what it said on the terminal."""

    port: int
    log: Path

    def said(self) -> str:
        """What stands on the terminal."""
        return self.log.read_text("utf-8")


@contextmanager
def served(home: Path, edition: Path, *options: str) -> Iterator[Box]:
    """Make an account, serve on a free port, end it however the test ends."""
    home.mkdir()
    environment = {**os.environ, "FACHKRAFTWERK_HOME": str(home), "FACHKRAFTWERK_EDITION": str(edition)}
    environment.pop("FACHKRAFTWERK_HOSTS", None)
    program = [sys.executable, "-m", "fachkraftwerk"]
    subprocess.run([*program, "host", "saal"], input=PASSWORD, text=True, env=environment, check=True, timeout=60)
    box = Box(free_port(), home / "log")
    with box.log.open("w") as log:
        running = subprocess.Popen([*program, "serve", f"127.0.0.1:{box.port}", *options], env=environment, stderr=log)
        try:
            _wait(box, running)
            yield box
        finally:
            running.kill()
            running.wait()


def _wait(box: Box, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, box.said()
        try:
            httpx.get(f"http://127.0.0.1:{box.port}/konto/anmelden/", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("no answer")


class Browser(httpx.Client):
    """A browser without scripts: posts forms with the protection of the page they stand on."""

    def send_form(self, page: str, target: str, data: dict[str, str], **files: tuple[str, bytes]) -> httpx.Response:
        """Open a page and post a form from it."""
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', self.get(page).text)
        assert token, f"no form on {page}"
        given = data | {"csrfmiddlewaretoken": token[1]}
        return self.post(target, data=given, files=files or None, headers={"Referer": f"{self.base_url}{page}"})

    def sign_in(self) -> None:
        """Sign in as the host."""
        page = "/konto/anmelden/"
        assert self.send_form(page, page, {"username": "saal", "password": PASSWORD}).status_code == 200


def _browser(address: str) -> Browser:
    return Browser(base_url=address, follow_redirects=True, timeout=60)


@pytest.mark.slow
def test_a_day_in_the_hall_arrives_on_the_server_once(tmp_path: Path, musterland_path: Path) -> None:
    found = network.local_addresses()
    if not found:
        pytest.skip("this machine is in no network at all")
    with served(tmp_path / "hall", musterland_path, "--hall") as hall:
        address = f"http://{found[0]}:{hall.port}"
        assert address in hall.said()
        assert len([line for line in hall.said().splitlines() if "█" in line or "▄" in line]) > 10, "a code to scan"
        host = _browser(f"http://127.0.0.1:{hall.port}")
        host.sign_in()
        asked = {"region": "99001", "script": "01-hessen-ein-tag", "tables": "4"}
        made = host.send_form("/werkstatt/neu/", "/werkstatt/neu/", asked)
        workshop = made.url.path.split("/")[3]
        code = re.search(r"/werkstatt/([A-Z0-9]{6})/", made.text)
        desk = re.search(rf'href="{re.escape(address)}(/werkstatt/moderation/[^"]+)"', made.text)
        assert code and desk, "codes and links lead to an address that the hall can reach"
        assert f"{address}/werkstatt/{code[1]}/" in made.text
        _play(address, f"/werkstatt/{code[1]}/", desk[1])
        file = host.get(f"/werkstatt/{workshop}/export.json").content
    with served(tmp_path / "server", musterland_path) as server:
        office = _browser(f"http://127.0.0.1:{server.port}")
        office.sign_in()
        said = [
            office.send_form("/werkstatt/import/", "/werkstatt/import/", {}, file=("tag.json", file)).text
            for _ in range(2)
        ]
        assert "Die Werkstatt ist hier" in said[0]
        assert "Es wurde nichts hinzugefügt" in said[1]
        assert said[1].count("Karte aus dem Saal") == said[0].count("Karte aus dem Saal") >= 1
        assert office.get(f"/werkstatt/{workshop}/export.json").content == file


def _play(address: str, door: str, desk: str) -> None:
    """A phone joins by the address of the hall and writes a card; the moderator steers from another device."""
    phone, moderator = _browser(address), _browser(address)
    joined = phone.send_form(door, f"{door}beitreten/", {"bench": "bildung", "table": "1"})
    assert "Ihre vier Wörter" in joined.text
    moderator.send_form(desk, f"{desk}tat/", {"verb": "open", "client": "desk-of-the-hall", "number": "1"})
    page = moderator.get(desk).text
    for number in range(2, 20):
        step = re.search(r'name="leave" value="([^"]+)"', page)
        if step is None or step[1] == "karten":
            break
        page = moderator.send_form(desk, f"{desk}tat/", {
            "verb": "next_phase", "leave": step[1], "client": "desk-of-the-hall", "number": str(number),
        }).text  # fmt: skip
    card = {
        "verb": "write_card",
        "phase": "karten",
        "text": "Karte aus dem Saal",
        "client": "phone-of-the-hall",
        "number": "1",
    }
    for _ in range(2):  # sent twice, counts once
        assert "Karte aus dem Saal" in phone.send_form(door, f"{door}tat/", card).text


def test_a_laptop_without_a_route_still_finds_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_routed", list)
    monkeypatch.setattr(network, "_of_interfaces", lambda: ["127.0.0.1", "192.168.8.1", "169.254.3.4"])
    monkeypatch.setattr(network, "_of_name", lambda: ["127.0.1.1", "192.168.8.1", "10.0.0.7"])
    assert network.local_addresses() == ["192.168.8.1", "10.0.0.7"]


def test_several_processes_need_postgresql(tmp_path: Path) -> None:
    environment = {**os.environ, "FACHKRAFTWERK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "fachkraftwerk", "serve", "--workers", "2"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert told.returncode == 2
    assert "PostgreSQL" in told.stderr
