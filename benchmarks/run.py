"""Speed, measured: ``python benchmarks/run.py`` measures everything and writes ``docs/benchmarks.md``.

Ours, the plain NumPy form of the same equations, a library of matrix population models and SciPy's Leslie matrices
side by side on the same input, with a check that all end at the same people; whole forecasts and the cost over draws,
Kreise and horizon; memory over draws; bytes touched against the measured bandwidth of the machine; and the sizing table for clusters in
``docs/operators-scaleout.md``; how fast a reader gets an answer in ``docs/answers.md``. ``--quick`` uses small numbers and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import memory, sizing
from fachkraftwerk import edition
from fachkraftwerk.model.supply import flows, kernel
from fachkraftwerk.runs import draws, ensemble, inputs

KREIS = "06633"
PAGE, SIZING = Path("docs/benchmarks.md"), Path("docs/operators-scaleout.md")
ANSWERS = Path("docs/answers.md")
SAME = (
    "All ways get the same input; before timing it is checked that both libraries end at the same people as the plain "
    "form, to nine digits. The libraries build one matrix per draw and year, because rates differ; they know no labour "
    "force and no accounts of its change."
)

FLAT = (
    "Each run has a process of its own; the peak is that of the whole process, of which loading the edition takes the "
    "most. Draws are taken in blocks of 256; what waits for the sorting (beyond 8 MB a Kreis in work) and what people "
    "carry to work (beyond 32 MB) waits in files without a name, 1.3 MB per Kreis of residence and 1,000 draws. What "
    "does grow with draws are the numbers that all Kreise share: 3 MB per 1,000 draws.",
)  # fmt: skip


@dataclass(frozen=True)
class Timing:
    """Best wall-clock and processor seconds of several rounds."""

    wall: float
    cpu: float


def best(task: Callable[[], object], rounds: int = 5) -> Timing:
    """Run a task once to warm up and return the best of some rounds."""
    task()
    seen = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        task()
        seen.append((time.perf_counter() - wall, time.process_time() - cpu))
    return Timing(min(one[0] for one in seen), min(one[1] for one in seen))


def rivals(given: inputs.Inputs, count: int) -> list[str]:
    """One Kreis of residence: four ways to the same people."""
    from tests.model.supply import oracle

    from benchmarks import matrices

    kreis = given.index(KREIS)
    home, climate = ensemble.home(given, kreis), ensemble.climate(given, draws.make(given, count), kreis)
    few = climate.only(np.arange(min(count, 10)))
    matrices.check(home, few)
    ours = best(lambda: kernel.flows(home, climate))
    plain = best(lambda: oracle.flows(home, climate, flows.no_change(len(given.years))), 3)
    library, scipy = (best(partial(way, home, few), 2) for way in (matrices.matpopmod, matrices.leslie))
    scale = count / len(few.immigration)
    rows = [
        ("compiled, one thread (ours)", ours.cpu, "people, labour force, six flows by age group"),
        ("plain NumPy, all draws at once", plain.cpu, "the same"),
        (f"matpopmod {version('matpopmod')}", library.cpu * scale, "people only (measured on 10 draws, scaled)"),
        (f"SciPy {version('scipy')}, Leslie matrices", scipy.cpu * scale, "people only (measured on 10 draws, scaled)"),
    ]
    table = [f"| {name} | {1e3 * cpu:.1f} | {cpu / ours.cpu:.1f} | {what} |" for name, cpu, what in rows]
    head = ["| way | processor ms | relative to ours | does |", "| --- | ---: | ---: | --- |"]
    return [*head, *table, "", SAME]


def bandwidth() -> float:
    """Return bytes per second of copying 100 MB (read and write), best of five."""
    source = np.ones(12_500_000)
    target = np.empty_like(source)
    return 2 * source.nbytes / best(lambda: np.copyto(target, source)).wall


def limits(given: inputs.Inputs, count: int) -> list[str]:
    """Bytes the compiled form must touch against the bandwidth."""
    kreis = given.index(KREIS)
    home, climate = ensemble.home(given, kreis), ensemble.climate(given, draws.make(given, count), kreis)
    result = kernel.flows(home, climate)
    varied = kernel.pack(climate)
    touched = result.nbytes + varied.nbytes + sum(getattr(home, name).nbytes for name in vars(home))
    seconds, speed = best(lambda: kernel.flows(home, climate)).cpu, bandwidth()
    cells = count * 2 * (flows.WORK_UNTIL + 1) * (len(given.years) - 1)
    return [
        f"- Copying runs at {speed / 1e9:.1f} GB/s on one thread.",
        f"- {count} draws of one Kreis must read and write {touched / 1e6:.1f} MB: at that speed "
        f"{1e3 * touched / speed:.2f} ms. The compiled form takes {1e3 * seconds:.1f} ms, "
        f"{seconds * speed / touched:.0f} times the limit.",
        f"- It updates {cells / seconds / 1e6:.0f} million age cells a second, each with its six flows; the state of a "
        "block of draws stays in the cache, so arithmetic and not memory sets the pace.",
    ]


def forecasts(given: inputs.Inputs) -> list[str]:
    """Whole forecasts as the web and the command line ask for them."""
    asked = {
        f"central path, {KREIS}": lambda: ensemble.forecast(given, [KREIS])[KREIS].select("gap_cumulated"),
        f"500 draws, {KREIS}, computing": lambda: ensemble.forecast(given, [KREIS], draws=500),
        "… with one figure": lambda: ensemble.forecast(given, [KREIS], draws=500)[KREIS].select("gap_cumulated"),
        "central path, all Kreise": lambda: ensemble.forecast(given, given.ags),
    }
    rows = [(name, best(task, 3)) for name, task in asked.items()]
    table = [f"| {name} | {one.wall:.3f} | {one.cpu:.3f} |" for name, one in rows]
    return ["| forecast to 2040, all 144 cells | wall s | processor s |", "| --- | --- | --- |", *table]


def curve(given: inputs.Inputs, counts: list[int]) -> list[str]:
    """Cost of quantiles of all cells over draws, Kreise and horizon."""
    every, years = given.ags, given.years[1:].tolist()
    runs = [(f"{count} draws", count, every, years) for count in counts]
    runs += [(f"{len(every) // 4} Kreise", counts[0], every[::4], years), ("to 2030", counts[0], every, years[:7])]
    lines = ["| all 144 cells, every year, quantiles | draws | Kreise | years | wall s | processor s |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for name, count, keys, span in runs:
        wall, cpu = time.perf_counter(), time.process_time()
        ensemble.quantiles_all(given, count, span, ("cell",), keys=keys)
        done = (time.perf_counter() - wall, time.process_time() - cpu)
        lines.append(f"| {name} | {count} | {len(keys)} | {len(span)} | {done[0]:.1f} | {done[1]:.1f} |")
        print(lines[-1], file=sys.stderr)
    return lines


def machine() -> list[str]:
    """What the figures were measured on."""
    load = os.getloadavg()[0]
    return [
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, NumPy {np.__version__}; "
        f"load of the machine when the run began {load:.1f}. With a load above the number of processors wall-clock times "
        "are those of a shared machine; processor times are comparable."
    ]


def main() -> None:
    """Run everything and print one Markdown page."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--quick", action="store_true", help="small numbers of draws")
    chosen = ask.parse_args()
    head = machine()
    started = time.perf_counter()
    given = inputs.load(edition.open(None))
    loading = time.perf_counter() - started
    # The first call compiles; what follows is warm.
    ensemble.forecast(replace(given), [KREIS])
    counts = [25, 50] if chosen.quick else [100, 300, 1000]
    page = [
        "# Speed", "", "Written by `python benchmarks/run.py`.", "", *head, "",
        f"Edition {given.edition}, loaded in {loading:.1f} s.", "", "## Demography and labour force of one Kreis, 500 draws to 2040",
        "", *rivals(given, 50 if chosen.quick else 500), "", "## Against the machine", "", *limits(given, 500), "",
        "## Whole forecasts", "", *forecasts(given), "", "## Cost", "", *curve(given, counts), "",
        "## Memory over draws", "", *memory.table([25] if chosen.quick else [100, 500, 1000, 4000]), "", *FLAT, "",
    ]  # fmt: skip
    text = "\n".join(page)
    table = sizing.table(given, 100 if chosen.quick else 1000)
    print(text, *table, sep="\n")
    if not chosen.quick:
        PAGE.write_text(text, encoding="utf-8")
        sizing.put(SIZING, table)
        told = subprocess.run([sys.executable, "benchmarks/answers.py"], check=True, capture_output=True, text=True)
        ANSWERS.write_text(told.stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
