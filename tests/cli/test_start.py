"""Start, stop, start again: the second start reads what the first computed, and shows the same pages."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.plugins.chromium import free_port

import fachkraftwerk
from fachkraftwerk.cli.serve import _home
from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs.desk import Desk

PROGRAM = [sys.executable, "-m", "fachkraftwerk"]


@dataclass(frozen=True)
class Installed:
    """A copy of the program that nobody works on while the test runs, and a small edition."""

    package: Path
    edition: Path

    def environment(self, home: Path) -> dict[str, str]:
        """Return the variables of a process with its own home."""
        kept = {key: value for key, value in os.environ.items() if key != "FACHKRAFTWERK_CACHE"}
        places = {"PYTHONPATH": self.package, "FACHKRAFTWERK_HOME": home, "FACHKRAFTWERK_EDITION": self.edition}
        return kept | {name: str(place) for name, place in places.items()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, musterland_path: Path) -> Installed:
    package = tmp_path_factory.mktemp("src")
    source = Path(fachkraftwerk.__file__).parent
    shutil.copytree(source, package / "fachkraftwerk", ignore=shutil.ignore_patterns("shipped"))  # with compiled code
    return Installed(package, musterland_path)


def _start(installed: Installed, home: Path, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*PROGRAM, "serve", f"127.0.0.1:{port}"], env=installed.environment(home))


@contextmanager
def _serving(installed: Installed, home: Path) -> Iterator[httpx.Client]:
    port = free_port()
    running = _start(installed, home, port)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield _ready(client, running)
    finally:
        running.terminate()
        running.wait(20)


def _ready(client: httpx.Client, running: subprocess.Popen[bytes]) -> httpx.Client:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        try:
            client.get("/konto/anmelden/")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return client
    raise AssertionError(f"no answer, exit code {running.poll()}")


def _page(client: httpx.Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    own = re.compile(rf'csrfmiddlewaretoken" value="[^"]+"|:{client.base_url.port}\b')
    return own.sub("", answer.text)


def _kept(home: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in home.glob("cache/*/*.npz")}


def _until_measured(home: Path) -> dict[str, int]:
    until = time.monotonic() + 60
    while time.monotonic() < until and "ranges-200.npz" not in _kept(home):
        time.sleep(0.2)
    return _kept(home)


def test_the_second_start_reads_what_the_first_computed(tmp_path: Path, installed: Installed) -> None:
    addresses = ("/", f"/kreis/{open_edition(installed.edition).regions.regions[0].ags}/")
    with _serving(installed, tmp_path) as client:
        _page(client, addresses[1])
        files = _until_measured(tmp_path)
        pages = [_page(client, address) for address in addresses]
    assert set(files) == {"inputs.npz", "exchange.npz", "workforce.npz", "ranges-200.npz"}
    with _serving(installed, tmp_path) as client:
        until = time.monotonic() + 60  # the sentence on reasons comes once all central paths are there
        while _page(client, "/") != pages[0] and time.monotonic() < until:
            time.sleep(0.2)
        assert [_page(client, address) for address in addresses] == pages
    assert _kept(tmp_path) == files, "nothing was written anew"


def test_two_servers_started_at_once_on_an_empty_home_both_serve(tmp_path: Path, installed: Installed) -> None:
    with ExitStack() as stack:
        ports = [free_port(), free_port()]
        started = [_start(installed, tmp_path, port) for port in ports]
        for running in started:
            stack.callback(running.wait, 20)
            stack.callback(running.terminate)
        clients = [httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) for port in ports]
        both = [_ready(client, running) for client, running in zip(clients, started, strict=True)]
        _until_measured(tmp_path)
        assert _page(both[0], "/") == _page(both[1], "/")
    assert not list(tmp_path.glob("cache/*/*.part"))


def test_a_home_without_room_for_kept_files_serves_all_the_same(tmp_path: Path, installed: Installed) -> None:
    (tmp_path / "cache").write_text("no folder")
    with _serving(installed, tmp_path) as client:
        assert "<svg" in _page(client, "/")


def test_a_home_that_is_no_folder_is_refused_with_its_remedy(tmp_path: Path, installed: Installed) -> None:
    home = tmp_path / "home"
    home.write_text("no folder")
    line = [*PROGRAM, "serve", f"127.0.0.1:{free_port()}"]
    ended = subprocess.run(line, env=installed.environment(home), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "FACHKRAFTWERK_HOME" in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_says_so_and_nothing_else(tmp_path: Path, installed: Installed, sent: signal.Signals) -> None:
    port = free_port()
    line = [*PROGRAM, "serve", f"127.0.0.1:{port}"]
    running = subprocess.Popen(line, env=installed.environment(tmp_path), stderr=subprocess.PIPE, text=True)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        _ready(client, running)  # type: ignore[arg-type]
    running.send_signal(sent)
    told = running.communicate(timeout=20)[1]
    assert told.splitlines() == [f"Fachkraftwerk: http://127.0.0.1:{port}", "Beendet. · Stopped."]
    assert running.returncode == 0


def test_the_scratch_folder_of_a_demonstration_is_deleted_at_the_end(tmp_path: Path) -> None:
    with _home(None) as scratch:
        (scratch / "people").write_text("secret")
    with _home(tmp_path) as given:
        pass
    assert not scratch.exists() and given == tmp_path and tmp_path.is_dir()


ASKED = """
from fachkraftwerk.runs.desk import open_desk
print(repr(float(open_desk().inputs.demand.paths.sum(axis=1)[0, -1])))
"""


def _asked(installed: Installed, home: Path) -> str:
    """What the program says of one number of the inputs."""
    line = [sys.executable, "-c", ASKED]
    return subprocess.run(line, env=installed.environment(home), check=True, capture_output=True, text=True).stdout


def test_a_changed_parameter_never_meets_kept_arrays(tmp_path: Path, installed: Installed) -> None:
    home, own = tmp_path / "home", Installed(tmp_path / "src", installed.edition)
    shutil.copytree(installed.package, own.package, ignore=shutil.ignore_patterns("web", "__pycache__"))
    assumptions = own.package / "fachkraftwerk/model/demand/parameters.yaml"
    text = assumptions.read_text("utf-8")
    before = _asked(own, home)
    assumptions.write_text(_halved(text, "regional_deviation"), "utf-8")
    after = _asked(own, home)
    assert after != before
    assert after == _asked(own, tmp_path / "other"), "as computed in an empty home"
    assumptions.write_text(text, "utf-8")
    kept = _kept(home)
    assert _asked(own, home) == before
    assert _kept(home) == kept, "the old shelf still serves the old parameters"


def _halved(text: str, name: str) -> str:
    found = re.search(rf"^{name}:.*?\bvalue: ([\d.]+)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return text[: found.start(1)] + str(float(found[1]) / 2) + text[found.end(1) :]


@pytest.mark.parametrize("name", ["inputs", "ranges-12", "workforce", "exchange"])
def test_cut_off_files_are_replaced(
    tmp_path: Path, musterland_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACHKRAFTWERK_HOME", str(tmp_path))
    monkeypatch.delenv("FACHKRAFTWERK_CACHE", raising=False)
    shown = _shown(Desk(open_edition(musterland_path), draws=12))
    (path,) = tmp_path.glob(f"cache/*/{name}.npz")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert _shown(Desk(open_edition(musterland_path), draws=12)) == shown
    assert path.read_bytes() == whole


def _shown(desk: Desk) -> list[object]:
    desk.warm()
    figure, zone = desk.figure("all", 2030), desk.zone(desk.edition.regions.regions[0].ags)
    return [desk.kreise(figure), desk.overview(figure), desk.ages(zone), desk.partner(zone.key)]
