"""A real server and a real browser, both bounded to this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import absent

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass
class Server:
    """A running application: its address, its home folder and its process."""

    address: str
    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] = field(repr=False)

    def manage(self, *arguments: str) -> str:
        """Run a Django management command against the server's database."""
        command = [sys.executable, "-m", "django", *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    def python(self, code: str) -> str:
        """Run Python inside the server's Django (for preparing data)."""
        setup = "import django; django.setup()\n"
        command = [sys.executable, "-c", setup + code]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(home: Path, database: str = "") -> Server:
    """Migrate and start uvicorn on a free port; waits until it answers."""
    port = free_port()
    environment = {**os.environ, "FACHKRAFTWERK_HOME": str(home), "DATABASE_URL": database,
                   "DJANGO_SETTINGS_MODULE": "fachkraftwerk.web.settings"}  # fmt: skip
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    command = [sys.executable, "-m", "uvicorn", "fachkraftwerk.web.asgi:application", "--port", str(port),
               "--log-level", "warning", "--timeout-graceful-shutdown", "1"]  # fmt: skip
    process = subprocess.Popen(command, env=environment)
    server = Server(f"http://127.0.0.1:{port}", home, environment, process)
    _wait_until_answering(server)
    return server


def _wait_until_answering(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with code {server.process.returncode}")
        try:
            urllib.request.urlopen(server.address + "/konto/anmelden/", timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer in time")


def stop_server(server: Server) -> None:
    """End the server's process and wait for it."""
    server.process.terminate()
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(5)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application on a free port with an empty home and the shipped edition."""
    running = start_server(tmp_path_factory.mktemp("home"))
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        absent("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with a record of what it asked outside hosts for and what it complained about."""

    page: Any
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def clean(self) -> None:
        """Assert that nothing went outside and nothing was complained about."""
        assert self.outside == []
        assert self.complaints == []


@pytest.fixture
def watched(chromium: Any, server: Server) -> Iterator[Any]:
    """Open pages with ``watched(path, width, height, **context_options)``; axe may be injected."""
    contexts = []

    def open_page(path: str = "/", width: int = 1280, height: int = 900, **options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="de-DE", **options)
        contexts.append(context)
        seen = Watched(context.new_page())
        seen.page.on("request", lambda r: _note_outside(seen, r.url, server.address))
        seen.page.on("console", lambda m: seen.complaints.append(m.text) if m.type == "error" else None)
        seen.page.on("pageerror", lambda e: seen.complaints.append(str(e)))
        seen.page.goto(server.address + path)
        return seen

    yield open_page
    for context in contexts:
        context.close()


def _note_outside(seen: Watched, url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        seen.outside.append(url)


def axe_findings(chromium: Any, url: str, width: int = 1280, height: int = 900, cookies: Any = None) -> list[str]:
    """Return axe's findings for ``url``: one line each. CSP is bypassed only for injecting axe itself."""
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": width, "height": height}, bypass_csp=True, locale="de-DE")
    try:
        if cookies:
            context.add_cookies(cookies)
        page = context.new_page()
        page.goto(url)
        results = Axe().run(page).response
        return [f"{v['id']}: {node['html'][:120]}" for v in results["violations"] for node in v["nodes"]]
    finally:
        context.close()
