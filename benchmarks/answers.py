"""How fast a reader gets an answer: ``python benchmarks/answers.py`` prints a Markdown page.

From ``./werk start`` to whole pages, pages from a warm process, ten measures with 500 draws, one slider moved, the
best portfolio of 60 × 3 × 5 options, the command line from a cold start, memory. Best of several rounds.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("FACHKRAFTWERK_HOME", tempfile.mkdtemp(prefix="fachkraftwerk-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fachkraftwerk.web.settings")
os.environ.setdefault("FACHKRAFTWERK_HOSTS", "testserver,127.0.0.1")

ROOT = Path(__file__).parents[1]
REGION = "06633"
HEAD = (
    "# How fast a reader gets an answer", "",
    f"Printed by `python benchmarks/answers.py` on {os.cpu_count()} processors; best of several rounds, warm process "
    "unless said, all of Germany once.", "", "| what | aim | measured |", "|---|---:|---:|",
)  # fmt: skip


def best(task: Callable[[], object], rounds: int = 5) -> float:
    """Return the best wall-clock seconds of some rounds after one that warms up."""
    task()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def command(*arguments: str) -> Callable[[], object]:
    """Return a task that runs the command line in a process of its own."""
    line = [sys.executable, "-m", "fachkraftwerk", *arguments]
    return lambda: subprocess.run(line, check=True, capture_output=True)


def pages() -> list[tuple[str, str, float]]:
    """Time pages through Django's client in this process."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0, interactive=False)
    client = Client()
    addresses = {"start page": "/", "Kreis page": f"/kreis/{REGION}/", "quality page": "/guete/"}
    rows = [(name, "< 0.2 s", best(partial(client.get, address))) for name, address in addresses.items()]
    return [*rows, ("slider of ten moved, answer of the page", "< 0.3 s", best(_slider(client)))]


def _slider(client: Any) -> Callable[[], object]:
    """Return a task that moves the last of ten levers on the page of measures, to another place each time."""
    from fachkraftwerk.model.measures.measure import plan
    from fachkraftwerk.runs.scenario import levers

    ten = [plan(kind.key) for kind in levers()[:10]]
    places = iter(range(1, 100))

    def move() -> None:
        doses = [one.dose for one in ten[:-1]] + [ten[-1].dose * (1 - next(places) / 1000)]
        pairs = "".join(f"&k={one.kind.key}&d={dose}" for one, dose in zip(ten, doses, strict=True))
        answer = client.get(f"/massnahmen/rechnen/antwort/?region={REGION}{pairs}")
        assert answer.status_code == 200, answer.status_code

    return move


def measures() -> list[tuple[str, str, float]]:
    """Time simulation and portfolio on Landkreis Kassel with 500 draws."""
    from fachkraftwerk.cli.portfolio import aside
    from fachkraftwerk.model.measures.measure import plan
    from fachkraftwerk.runs import portfolio, simulate
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.portfolio_checks import Limits
    from fachkraftwerk.runs.scenario import levers

    response = simulate.response_of(open_desk(), REGION, 500)
    keys = [kind.key for kind in levers()]
    ten = [plan(key) for key in keys[:10]]
    sixty = [plan(keys[i % len(keys)], ident=f"m{i}") for i in range(60)]
    doses = iter(range(1, 100))

    def ask() -> None:
        response._kept.clear()
        simulate.document(simulate.simulate(response, ten), "bench")

    def move() -> None:
        last = ten[-1].with_dose(ten[-1].dose * (1 - next(doses) / 1000))
        simulate.document(simulate.simulate(response, [*ten[:-1], last]), "bench")

    def choose() -> None:
        with aside():
            portfolio.optimise(response, sixty, Limits(1e7, 1500))

    return [
        ("ten measures, 500 draws", "< 0.8 s", best(ask)),
        ("one slider of ten moved", "< 0.3 s", best(move)),
        ("portfolio of 60 × 3 × 5", "< 10 s", best(choose, 1)),
    ]


@contextmanager
def started(home: str) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], float]]]:
    """Start the server as a newcomer does; the function returns the seconds from the call to the last byte of a page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    kept = {name: value for name, value in os.environ.items() if name != "FACHKRAFTWERK_CACHE"}
    begin = time.perf_counter()
    server = subprocess.Popen(
        [ROOT / "werk", "start", address], env=kept | {"FACHKRAFTWERK_HOME": home}, stderr=subprocess.DEVNULL
    )

    def answered(page: str) -> float:
        while server.poll() is None:
            try:
                with urllib.request.urlopen(f"http://{address}{page}", timeout=120) as answer:
                    answer.read()
                    return time.perf_counter() - begin
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(f"the server ended with code {server.returncode}")

    try:
        yield server, answered
    finally:
        server.terminate()
        server.wait()


def starts(rounds: int = 3) -> list[tuple[str, str, float]]:
    """Time the way from the command to whole pages: the first start in an empty home, then starts after a stop."""
    again: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory(prefix="fachkraftwerk-bench-") as home:
        with started(home) as (_, answered):
            first = answered("/")
            while not list(Path(home).glob("cache/*/ranges-*.npz")):
                time.sleep(0.5)
        for _ in range(rounds):
            with started(home) as (_, answered):
                again.append((answered("/"), answered(f"/kreis/{REGION}/")))
    page, kreis = (min(times) for times in zip(*again, strict=True))
    return [
        ("./werk start in an empty home, until the first page is there", "< 120 s", first),
        ("./werk start again, until the first page is there", "< 5 s", page),
        ("./werk start again, until first page and Kreis page are there", "< 5 s", kreis),
    ]


def memory(kreise: int = 20) -> float:
    """Return the megabytes of a server that has everything prepared and has shown pages of many Kreise."""
    import psutil

    from fachkraftwerk.runs.desk import open_desk

    with tempfile.TemporaryDirectory(prefix="fachkraftwerk-bench-") as home:
        for _ in range(2):  # the second start is the usual one
            with started(home) as (server, answered):
                while not list(Path(home).glob("cache/*/ranges-*.npz")):
                    time.sleep(0.5)
                for region in open_desk().edition.regions.regions[:: 400 // kreise]:
                    answered(f"/kreis/{region.ags}/")
                time.sleep(10)  # until the last flows are prepared
                used = float(psutil.Process(server.pid).memory_info().rss)
    return used / 1e6


def cold() -> list[tuple[str, str, float]]:
    """Time the command line from a cold start of the process; the last one is all of Germany."""
    first = ("forecast", "--region", REGION, "--draws", "200", "--json")
    return [
        ("fachkraftwerk --help", "< 2 s", best(command("--help"), 3)),
        ("first figure of the command line", "< 6 s", best(command(*first), 3)),
        ("the same, nothing compiled yet", "< 6 s", best(partial(fresh, *first), 2)),
        ("forecast --all --draws 1000", "< 60 s", once(command("forecast", "--all", "--draws", "1000", "--json"))),
    ]


def fresh(*arguments: str) -> None:
    """Run the command line with an empty home and an empty cache of compiled code."""
    with tempfile.TemporaryDirectory(prefix="fachkraftwerk-bench-") as folder:
        places = {"FACHKRAFTWERK_HOME": folder, "NUMBA_CACHE_DIR": folder}
        line = [sys.executable, "-m", "fachkraftwerk", *arguments]
        subprocess.run(line, check=True, capture_output=True, env={**os.environ, **places})


def once(task: Callable[[], object]) -> float:
    """Return the seconds of one call."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def page() -> str:
    """Measure everything and return a Markdown page."""
    timed = (*starts(), *pages(), *measures(), *cold())
    rows = [f"| {name} | {aim} | {seconds:.2f} s |" for name, aim, seconds in timed]
    used = f"| memory of the server, everything prepared, 20 Kreise shown | < 700 MB | {memory():.0f} MB |"
    return "\n".join([*HEAD, *rows, used, ""])


def main() -> None:
    """Print the page."""
    print(page(), end="")


if __name__ == "__main__":
    main()
