"""Memory over draws: every run in a process of its own, which tells its highest use at the end (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

RUNS = ("one Kreis", "two Kreise", "all Kreise", "forecast --all")


def table(counts: list[int]) -> list[str]:
    """Return the lines of the table: highest use of memory of every run, and what its cube would take."""
    lines = ["| run | draws | peak MB | above loading MB | all draws of all cells at once would be MB |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for run in RUNS:
        for count in counts:
            base, peak, cube = measured(run, count)
            above = "" if base is None else f"{max(peak - base, 0):.0f}"
            whole = "" if cube is None else f"{cube:,.0f}"
            lines.append(f"| {run} | {count:,} | {peak:.0f} | {above} | {whole} |")
            print(lines[-1], file=sys.stderr)
    return lines


def measured(run: str, count: int) -> tuple[float | None, float, float | None]:
    """Return megabytes after loading, at the peak, and of the cube that never exists."""
    told = subprocess.run([sys.executable, __file__, run, str(count)], check=True, capture_output=True, text=True)
    base, peak, cube = (None if word == "-" else float(word) for word in told.stdout.split())
    assert peak is not None
    return base, peak, cube


def forecast_of_all(count: int) -> None:
    """Print what the command took; called in a process of its own."""
    from fachkraftwerk.cli.main import app

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        app(["forecast", "--all", "--draws", str(count), "--csv"], standalone_mode=False)
    print("-", _peak(), "-")


def quantiles_of_all_cells(run: str, count: int) -> None:
    """Print what one run took; called in a process of its own."""
    from fachkraftwerk import edition
    from fachkraftwerk.runs import inputs, quantiles

    given = inputs.load(edition.open(None))
    keys = {"one Kreis": given.ags[:1], "two Kreise": given.ags[:2], "all Kreise": given.ags}[run]
    years = given.years[1:].tolist()
    quantiles.table(given, 10, years[:1], keys=keys[:1])
    base = _peak()
    quantiles.table(given, count, years, ("cell",), keys=keys)
    print(base, _peak(), 8 * count * len(keys) * len(years) * 144 / 1e6)


def _peak() -> float:
    """Return the highest use of this program. The system's count for processes would start with that of their parent."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) / 1e3


if __name__ == "__main__":
    if sys.argv[1] == RUNS[-1]:
        forecast_of_all(int(sys.argv[2]))
    else:
        quantiles_of_all_cells(sys.argv[1], int(sys.argv[2]))
