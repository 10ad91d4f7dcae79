"""Write ``baseline.yaml`` anew: ``python tests/golden/renew.py``; the difference is for a person to read."""

from __future__ import annotations

from pathlib import Path

import yaml

from fachkraftwerk import edition
from fachkraftwerk.runs import inputs
from fachkraftwerk.runs.ensemble import forecast

HERE = Path(__file__).parent
KREISE = ("06633", "06611", "06412", "09162", "14521", "03454")
FIGURES = (
    ("gap_cumulated", "skilled", "all", "all", 2030),
    ("gap_cumulated", "total", "all", "all", 2040),
    ("gap_commuting_closed", "skilled", "all", "all", 2030),
    ("replacement", "total", "all", "all", 2030),
    ("entrants", "total", "all", "all", 2030),
)
HESSEN = (
    ("gap_cumulated", "skilled", "all", "all", 2030),
    ("gap_cumulated", "unskilled", "all", "all", 2030),
    ("demand", "total", "all", "all", 2030),
    ("gap_cumulated", "total", "fachkraft", "81", 2030),
)


def figures() -> dict[str, float]:
    """Return about thirty central figures of the shipped edition, by address without the edition."""
    given = inputs.load(edition.open(None))
    hessen = [ags for ags in given.ags if ags.startswith("06")]
    made = forecast(given, sorted({*KREISE, *hessen}))
    found = {}
    for ags in KREISE:
        for *parts, year in FIGURES:
            found[".".join((ags, str(year), *parts))] = float(made[ags].select(*parts)[0, year - 2023])
    for *parts, year in HESSEN:
        total = sum(float(made[ags].select(*parts)[0, year - 2023]) for ags in hessen)
        found[".".join(("06", str(year), *parts))] = total
    return found


if __name__ == "__main__":
    text = yaml.safe_dump({key: round(value) for key, value in figures().items()}, sort_keys=True)
    head = "# Central figures of the shipped edition, persons. Renewed by tests/golden/renew.py; read the difference.\n"
    (HERE / "baseline.yaml").write_text(head + text, encoding="utf-8")
