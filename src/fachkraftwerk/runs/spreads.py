"""Spreads of the assumptions from hindcast errors by horizon: ``python -m fachkraftwerk.runs.spreads``.

The errors are those of the back-test (``runs.backtest.spreads``): the model's own rule from past origins on the
edition's series. The command writes ``model/spreads.yaml``; what stands there takes the place of the spread written
beside the assumption. Which point of an estimated band is used, and why, is written there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand import national_path, regional_path
from fachkraftwerk.model.parameters import Parameters, parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest import employment, lasting, outcomes
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest import spreads as hindcast
from fachkraftwerk.runs.backtest.germany import Series
from fachkraftwerk.runs.backtest.hindcasts import Regional
from fachkraftwerk.runs.backtest.scores import TOLERANCE

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]
HORIZON = 7
Spread = dict[str, Any]
DEMAND, MIGRATION = "demand.demand_total", "population.net_migration"
MOVES = "population.regional_migration"
#: Years ahead for which the course of Germany's spread is written down; the forecast ends before.
FARTHEST = 20

TOP = Text("oberes Ende: der ganze Fehler, auch was allen Ausgangsjahren gemeinsam war", "upper end: the whole error, with what all origins had in common")  # fmt: skip
MIDDLE = Text("Mitte der Spanne (geometrisch)", "middle of the band (geometric)")
#: Point of the band that is used, as a weight of its upper end, and the reason. Everything else uses the upper end.
POINTS: Mapping[str, tuple[float, Text]] = {
    MIGRATION: (0.5, Text(
        "Mitte zwischen der Schätzung ohne die Fluchtjahre 1991, 1992 und 2015 und der mit ihnen: solche Jahre kommen vor, aber nicht in jedem Jahrzehnt",
        "middle between the estimate without the refugee years 1991, 1992 and 2015 and the one with them: such years occur, but not in every decade",
    )),
    "population.regional_migration": (0.5, Text(
        f"{MIDDLE.de}: Erstaufnahmen öffnen und schließen, das weitet nur das obere Ende",
        f"{MIDDLE.en}: reception centres open and close, which widens the upper end only",
    )),
    "supply.retirement": (0.5, Text(
        f"{MIDDLE.de}: das obere Ende enthält die Rentenreformen, die das Modell als Regel kennt",
        f"{MIDDLE.en}: the upper end holds the pension reforms, which the model knows as a rule",
    )),
}  # fmt: skip
#: Total demand is no point of a band: its ranges come from the functions that the back-test puts to the test.
PROVEN = Text(
    "dieselben Funktionen, deren Bereiche die Rückrechnung prüft: Deutschland aus der Unruhe der Jahresänderungen und der Dauer von Flauten und Aufschwüngen, aber nicht schmaler als die Fehler der Vergangenheit (oberes Ende); Länder und Kreise aus dem mittleren Betrag früherer Fehler, für einen Kreis mittlerer Größe",
    "the same functions whose ranges the back-test checks: Germany from the unrest of yearly changes and how long slumps and upswings last, but not narrower than the errors of the past (upper end); Länder and Kreise from the median size of past errors, for a Kreis of median size",
)


def demand_total(edition: Edition, values: Parameters) -> Spread:
    """Return spread and growth of total demand: unrest of Germany's path; errors of the rule for Kreise."""
    one, series = rules.rule(values), outcomes.series(edition.facts, values)
    regional = hindcast.sized(edition.facts, values)[DEMAND]
    falls = hindcast.size_power(regional)
    factor = regional_path.by_size(regional.size, falls)
    parts = {h: regional_path.spread(e, regional.land, regional.size, factor) for h, e in regional.errors.items()}
    germany = {h: rules.spread_of_germany(one, series.employees, h) for h in range(1, FARTHEST + 1)}
    found = dict(zip(("national", "land", "kreis"), (germany[HORIZON], *parts[HORIZON]), strict=True))
    power = {"national": slope({h: germany[h] for h in parts})} | {
        scope: slope({h: part[i] for h, part in parts.items()}) for i, scope in enumerate(("land", "kreis"))
    }
    curve = [round(wide / germany[HORIZON], 3) for wide in germany.values()]
    cases = sum(errors.size for errors in regional.errors.values())
    return {
        "spread": found, "power": power, "cases": cases, "curve": {"national": curve}, "size": {"kreis": falls},
        "near": {"kreis": near(regional, edition)},
    }  # fmt: skip


def near(found: Regional, edition: Edition) -> float:
    """Return the share of its neighbours' own deviations that a Kreis has too: half of how much neighbours are alike."""
    return float(np.mean(list(hindcast.neighbours(found, edition).values()))) / 2


def memory(series: Series) -> float:
    """Return how much a yearly change of employment in Germany resembles the one before."""
    return round(national_path.memory(series.employees), 2)


def persistence(edition: Edition, values: Parameters) -> float:
    """Return how much of an unforeseen growth is still there a year later, judged by the two tests of the Kreise."""
    one, table, people = rules.rule(values), outcomes.kreise(edition.facts), national.residents(edition.facts)
    tests = employment.all_origins(table, people), employment.ten_origins(table, people)
    return lasting.persistence([lasting.misses(test, one) for test in tests], one.autocorrelation, TOLERANCE / 100)


def slope(by_horizon: Mapping[int, float]) -> float:
    """Return the power with which a spread grows with the years, a straight line in logs."""
    ahead, found = np.log(list(by_horizon)), np.log(np.maximum(list(by_horizon.values()), 1e-9))
    return float(np.polyfit(ahead, found, 1)[0])


def people_bring_jobs(edition: Edition, values: Parameters, germany: float, arrivals: float) -> float:
    """Return the correlation of Germany's demand with net migration that the rule for employment implies.

    One per cent more residents of working age are one per cent more jobs: a migration of one spread more moves demand
    by that many of its own spreads after seven years.
    """
    known, ages = national.residents(edition.facts), rules.rule(values).ages
    mean = national.migrants(known)[0]
    low, high = (
        national.outlook(known, ages, HORIZON, np.full(HORIZON, flow)).sum() for flow in (mean, mean + arrivals)
    )
    return float(min((high - low) / germany, 0.9))


def estimate(edition: Edition) -> dict[str, Spread]:
    """Return the spread of every assumption that the edition's series can give."""
    values, bands = parameters(), hindcast.estimates(edition)
    found: dict[str, Spread] = {}
    for (key, scope), (band, basis) in bands.items():
        if band is not None and key != DEMAND:
            entry = found.setdefault(key, _kept(values, key) | {"basis": basis})
            weight = POINTS.get(key, (1.0, TOP))[0]
            entry["spread"][scope] = band.spread**weight * band.low ** (1 - weight)
            entry["power"][scope], entry["cases"] = band.power, entry["cases"] + band.errors
    drift = found["demand.occupation_drift"]["power"]
    drift["cell"] = drift["occupation"]  # both are deviations of one drift and grow with it
    moved_there = hindcast.sized(edition.facts, values)[MOVES]
    found[MOVES]["size"] = {"kreis": hindcast.size_power(moved_there)}
    found[MOVES]["near"] = {"kreis": near(moved_there, edition)}
    found[DEMAND] = demand_total(edition, values) | {"basis": PROVEN}
    # An origin of the past knew few errors far ahead; today they are known and count, where the years looked calmer.
    if (errors := bands[DEMAND, "national"][0]) is not None:
        spread = found[DEMAND]["spread"]
        spread["national"] = max(spread["national"], errors.spread)
    moved = people_bring_jobs(
        edition, values, found[DEMAND]["spread"]["national"], found[MIGRATION]["spread"]["national"]
    )
    found[DEMAND]["follows"] = {MIGRATION: round(moved, 2)}
    return {key: _told(key, found[key]) for key in sorted(found)}


def _kept(values: Parameters, key: str) -> Spread:
    """Spreads in scopes that no series speaks about stay as they are written beside the assumption."""
    known = values[key].distribution
    assert known is not None
    return {"spread": dict(known.spread), "power": {one: known.growth(one) for one in known.spread}, "cases": 0}


def _told(key: str, entry: Spread) -> Spread:
    reason = None if key == DEMAND else POINTS.get(key, (1.0, TOP))[1]
    source = {
        "de": f"Rückrechnung: {entry['basis'].de}" + (f"; {reason.de}" if reason else ""),
        "en": f"hindcast: {entry['basis'].en}" + (f"; {reason.en}" if reason else ""),
    }
    rounded = {scope: float(f"{value:.3g}") for scope, value in entry["spread"].items()}
    power = {scope: round(value, 2) for scope, value in entry["power"].items()}
    rest: Spread = {name: entry[name] for name in ("follows", "curve") if name in entry}
    for name, digits in (("size", 2), ("near", 3)):
        rest |= {name: {scope: round(one, digits) for scope, one in entry[name].items()}} if name in entry else {}
    return {"spread": rounded, "power": power, "cases": entry["cases"], **rest, "estimated": True, "source": source}


def main() -> None:
    """Estimate all spreads on the shipped edition and write ``model/spreads.yaml``."""
    from importlib.resources import files
    from pathlib import Path

    import yaml

    from fachkraftwerk import edition

    one = edition.open(None)
    head = f"# Written by python -m fachkraftwerk.runs.spreads on edition {one.name}; do not edit by hand.\n"
    path = Path(str(files("fachkraftwerk.model").joinpath("spreads.yaml")))
    body = yaml.safe_dump(estimate(one), sort_keys=True, allow_unicode=True, width=200)
    path.write_text(head + body, encoding="utf-8")
    print(path.read_text("utf-8"))
    series = outcomes.series(one.facts, parameters())
    print(f"demand.growth_autocorrelation: {memory(series)}; growth_persistence: {persistence(one, parameters())}")


if __name__ == "__main__":
    main()
