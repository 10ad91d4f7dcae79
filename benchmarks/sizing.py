"""How large a cluster is needed: a table computed from the cost of one Kreis, measured here."""

from __future__ import annotations

import os
import time
from pathlib import Path

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.runs import draws, ensemble, room, stream
from fachkraftwerk.runs.drawblocks import DrawBlocks
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import Store
from fachkraftwerk.runs.quantiles import Rows, cuts_of

BEGIN, END = "<!-- sizing: written by benchmarks/run.py -->", "<!-- /sizing -->"
CELLS = len(OCCUPATIONS) * len(LEVELS)
#: Run, Kreise, cells, draws: Germany as shipped, KldB with three digits, all of NUTS 3.
RUNS = (
    ("Germany, as shipped", 400, CELLS, 1_000), ("Germany, more draws", 400, CELLS, 10_000),
    ("Germany, KldB three digits", 400, 560, 1_000), ("Europe, NUTS 3", 1_200, CELLS, 1_000),
    ("Europe, finer occupations", 1_200, 560, 1_000), ("Europe, finer, more draws", 1_200, 560, 10_000),
)  # fmt: skip
CORES = (2, 16, 64)
#: Seconds for starting, sending the arrays and collecting, seen on a cluster of one machine.
OVERHEAD = 2.0
SAMPLE = ("06633", "09162", "16077", "05111")


def table(given: Inputs, count: int) -> list[str]:
    """Return the lines of the table. count: draws that are measured."""
    home, cells = costs(given, count)
    lines = [
        f"Measured per 1,000 draws on one core ({os.cpu_count()} in the machine of [benchmarks.md](benchmarks.md)), all "
        f"{len(given.years) - 1} years: flows of one Kreis of residence {home:.3f} s, quantiles of its {CELLS} cells "
        f"{cells:.2f} s (mean of {len(SAMPLE)} Kreise). Both are linear in draws; the second is linear in cells.", "",
        "| run | Kreise | cells | draws | core seconds | " + " | ".join(f"{cores} cores" for cores in CORES) + " |",
        "| --- | ---: | ---: | ---: | ---: |" + " ---: |" * len(CORES),
    ]  # fmt: skip
    for name, kreise, width, number in RUNS:
        work = kreise * number / 1000 * (home + cells * width / CELLS)
        spans = " | ".join(_span(work / cores + (0 if cores == 2 else OVERHEAD)) for cores in CORES)
        lines.append(f"| {name} | {kreise:,} | {width} | {number:,} | {_rounded(work):,} | {spans} |")
    return lines


def costs(given: Inputs, count: int) -> tuple[float, float]:
    """Return processor seconds per Kreis and 1,000 draws: of its people, and of the quantiles of its cells."""
    kreise = [given.index(ags) for ags in SAMPLE if ags in given.ags] or [0]
    rows, every = draws.make(given, count).rows, stream.positions(given, None)
    homes = sorted({home for kreis in kreise for home in ensemble.homes_of(given, kreis)})
    task = Rows(tuple(cuts_of(["cell"], "skilled")), tuple(given.years[1:].tolist()), ("gap_cumulated",))
    with Store(room.CARRIED_IN_MEMORY) as store, stream.side_by_side() as threads:
        blocks = DrawBlocks(given, rows, 0, kreise, store, room.BLOCK)
        begun = time.process_time()
        run = stream.first_pass(blocks, {}, homes, every, threads)
        people = time.process_time()
        for kreis in kreise:
            run.done(task, given.ags[kreis], [kreis])
        ended = time.process_time()
    return 1000 / count * (people - begun) / len(homes), 1000 / count * (ended - people) / len(kreise)


def put(path: Path, lines: list[str]) -> None:
    """Replace the table between the marks in a document."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 100 else f"{seconds:.0f} s"


def _rounded(number: float) -> int:
    """Two digits are enough for planning."""
    digits = len(str(int(number))) - 2
    return int(round(number, -max(digits, 0)))
