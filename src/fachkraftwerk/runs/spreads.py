"""Spreads of the assumptions from hindcast errors by horizon: ``python -m fachkraftwerk.runs.spreads``.

Every estimator repeats the model's own rule from past origins on the edition's series and measures the error after
seven years (or the longest span the series allow). The command writes ``model/spreads.yaml``; what stands there takes
the place of the spread written beside the assumption.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand import regional_path, sectors
from fachkraftwerk.model.supply import participation
from fachkraftwerk.runs.arrays import cube
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.inputs import Inputs, load
from fachkraftwerk.runs.prepare_demand import sector_history
from fachkraftwerk.runs.prepare_people import participation_rates

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]
HORIZON = 7
Spread = dict[str, Any]


def demand_total(edition: Edition, inputs: Inputs) -> Spread:
    """Employment series 1997–2019: unrest of the German path; errors of the rule for Kreise from all origins."""
    frame = edition.facts("employment")
    years = np.sort(frame["year"].unique())
    history = cube(frame, {"ags": inputs.ags, "year": years.tolist()})
    one = rules.rule(inputs.parameters)
    by_horizon = {h: regional_path.errors(history, one.lead_window, one.kept, h, one.damping) for h in range(1, 11)}
    parts = {h: regional_path.spread(e, inputs.land, history[:, -1]) for h, e in by_horizon.items()}
    land, kreis = parts[HORIZON]
    national = rules.spread_of_germany(one, history.sum(0), HORIZON)
    power = {"national": one.spread_power} | {
        scope: slope({h: part[i] for h, part in parts.items()}) for i, scope in enumerate(("land", "kreis"))
    }
    # Jobs and arrivals grew together: a boom in demand without arrivals would overstate what we do not know.
    growth = np.log(history.sum(0)[HORIZON:] / history.sum(0)[:-HORIZON])
    arrivals = migration_means(edition, range(int(years[0]) + 1, int(years[0]) + history.shape[1]))
    follows = {"population.net_migration": round(float(np.corrcoef(growth, arrivals)[0, 1]), 2)}
    return {"spread": {"national": national, "land": land, "kreis": kreis}, "power": power,
            "cases": int(by_horizon[HORIZON].size), "follows": follows}  # fmt: skip


def slope(by_horizon: dict[int, float]) -> float:
    """Return the power with which a spread grows with the years, a straight line in logs."""
    ahead, found = np.log(list(by_horizon)), np.log(list(by_horizon.values()))
    return float(np.polyfit(ahead, found, 1)[0])


def regional_migration(edition: Edition, inputs: Inputs) -> Spread:
    """Net migration per inhabitant 2018–2021 against 2014–2017, national change taken out."""
    people = cube(edition.facts("population_age5"), {"ags": inputs.ags, "year": [2013, 2017, 2021]})
    natural = []
    for first in (2014, 2018):
        years = list(range(first, first + 4))
        born = cube(edition.facts("births"), {"ags": inputs.ags, "year": years}, fill=0.0).sum(1)
        died = cube(edition.facts("deaths"), {"ags": inputs.ags, "year": years}, fill=0.0).sum(1)
        natural.append(born - died)
    rates = [(people[:, i + 1] - people[:, i] - natural[i]) / people[:, i] / 4 for i in range(2)]
    change = rates[1] - rates[0]
    onehot = np.eye(len(inputs.lands))[inputs.land]
    means = np.array([np.median(change[row > 0]) for row in onehot.T])
    left = change - means[inputs.land]
    # Medians: openings and closings of reception centres would otherwise rule the spread.
    spread = {"land": _robust(means - np.median(means)), "kreis": _robust(left)}
    return {"spread": spread, "power": 0.2, "cases": len(change)}


def _robust(values: Array) -> float:
    """Standard deviation from the median of absolute values, as for a normal distribution."""
    return float(1.4826 * np.median(np.abs(values)))


def net_migration(edition: Edition, inputs: Inputs) -> Spread:
    """Seven-year means of Germany's net migration 1992–2021 (the break of 2011 left out)."""
    means = migration_means(edition, range(1992, 2022))
    return {"spread": {"national": float(means.std())}, "power": 0.35, "cases": len(means)}


def migration_means(edition: Edition, years: range) -> Array:
    """Return seven-year means of Germany's net migration over ``years``; 2011 (census) takes the value of 2010."""
    people = edition.facts("population_age_de").groupby("year")["value"].sum()
    born = edition.facts("births_month_de").groupby("year")["value"].sum()
    died = edition.facts("deaths_month_de").groupby("year")["value"].sum()
    known = [2010 if year == 2011 else year for year in years]
    net = np.array([people[y] - people[y - 1] - born[y] + died[y] for y in known])
    return np.convolve(net, np.ones(HORIZON) / HORIZON, "valid")


def participation_trend(edition: Edition, inputs: Inputs) -> Spread:
    """Participation at 25–54 seven years ahead, damped trend of the eight years before, all origins 1998–2012."""
    rates, years, _ = participation_rates(edition)
    damping = inputs.parameters["supply.participation_damping"].number
    errors = []
    for origin in range(8, len(years) - 1):
        later = np.flatnonzero(years == years[origin] + HORIZON)
        if len(later):
            slope = participation.logit_trend(rates[origin - 7 : origin + 1], years[origin - 7 : origin + 1])
            now = rates[origin][:, 2:8]
            factor = participation.trend_factor(now, slope[:, 2:8], np.array([float(HORIZON)]), damping, 1.0)[..., 0]
            errors.append(float(np.log(rates[later[0]][:, 2:8] / (now * factor)).mean()))
    kreis = dict(_distribution(inputs, "supply.participation_trend").spread).get("kreis", 0.0)
    return {"spread": {"national": float(np.std(errors)), "kreis": kreis}, "power": 0.8, "cases": len(errors)}


def retirement(edition: Edition, inputs: Inputs) -> Spread:
    """Log hazard from 55–59 to 60–64 within five years: change from one window to the next, mean change taken out."""
    rates, years, _ = participation_rates(edition)
    hazard = {
        year: np.log(-np.log(np.clip(rates[i][:, 9] / rates[list(years).index(year - 5)][:, 8], 0.05, 0.98)))
        for i, year in enumerate(years)
        if year - 5 in years and year <= 2019
    }
    changes = np.array([hazard[year] - hazard[year - 5] for year in hazard if year - 5 in hazard])
    kreis = dict(_distribution(inputs, "supply.retirement").spread).get("kreis", 0.0)
    return {"spread": {"national": float(changes.mean(1).std()), "kreis": kreis}, "power": 0.5, "cases": len(changes)}


def sector_trend(edition: Edition, inputs: Inputs) -> Spread:
    """Shares of sectors 2020 from 2015–2017, Germany; carried to seven years with the power below."""
    seen, years = sector_history(edition, inputs.ags)
    nation = seen.sum(1)
    values = inputs.parameters
    trend = sectors.relative_trend(nation[:3], years[:3])
    span = years[-1] - years[2]
    damping, pace = values["demand.sector_damping"].number, values["demand.sector_trend"].number
    told = np.log(nation[2] / nation[2].sum()) + trend * pace * damping * (1 - damping**span) / (1 - damping)
    error = np.log(nation[-1] / nation[-1].sum()) - told
    power = 0.7
    return {"spread": {"sector": float(error.std()) * (HORIZON / span) ** power}, "power": power, "cases": len(error)}


ESTIMATORS: dict[str, Callable[[Edition, Inputs], Spread]] = {
    "demand.demand_total": demand_total,
    "demand.sector_trend": sector_trend,
    "population.net_migration": net_migration,
    "population.regional_migration": regional_migration,
    "supply.participation_trend": participation_trend,
    "supply.retirement": retirement,
}


#: What the estimate rests on, for readers.
SAID = {
    "demand.demand_total": Text(
        "Rückrechnung: Beschäftigtenreihe 1997–2019, alle Ausgangsjahre mit mindestens sieben Jahren davor und danach",
        "hindcast: employment series 1997–2019, all origins with at least seven years before and after",
    ),
    "demand.sector_trend": Text(
        "Rückrechnung: Anteile der Branchen 2020 aus 2015–2017, Deutschland; mit der Potenz auf sieben Jahre verlängert",
        "hindcast: shares of sectors 2020 from 2015–2017, Germany; carried to seven years with the power",
    ),
    "population.net_migration": Text(
        "Rückrechnung: Siebenjahresmittel des deutschen Wanderungssaldos 1992–2021 (ohne den Bruch von 2011)",
        "hindcast: seven-year means of Germany's net migration 1992–2021 (the break of 2011 left out)",
    ),
    "population.regional_migration": Text(
        "Rückrechnung: Wanderungssaldo je Einwohner 2018–2021 gegen 2014–2017, ohne die Änderung im Bund",
        "hindcast: net migration per inhabitant 2018–2021 against 2014–2017, national change taken out",
    ),
    "supply.participation_trend": Text(
        "Rückrechnung: Erwerbsbeteiligung von 25 bis 54 Jahren, sieben Jahre voraus, gedämpfter Trend der acht Jahre davor, Ausgangsjahre 1998–2012",
        "hindcast: participation at 25–54 seven years ahead, damped trend of the eight years before, all origins 1998–2012",
    ),
    "supply.retirement": Text(
        "Rückrechnung: logarithmierte Austrittshäufigkeit von 55–59 nach 60–64 in fünf Jahren, Änderung von einem Zeitraum zum nächsten, ohne die mittlere Änderung",
        "hindcast: log hazard from 55–59 to 60–64 within five years, change from one window to the next, mean change taken out",
    ),
}


def _distribution(inputs: Inputs, key: str) -> Any:
    return inputs.parameters[key].distribution


def estimate(edition: Edition, inputs: Inputs) -> dict[str, Spread]:
    """Return the spread of every assumption that the edition's series can give."""
    return {key: _told(key, function(edition, inputs)) for key, function in ESTIMATORS.items()}


def _told(key: str, found: Spread) -> Spread:
    digits = {scope: float(f"{value:.3g}") for scope, value in found["spread"].items()}
    rest: dict[str, Any] = {name: found[name] for name in ("cases", "follows") if name in found}
    power = found["power"]
    rest["power"] = {s: round(p, 2) for s, p in power.items()} if isinstance(power, dict) else round(power, 2)
    return {"spread": digits, **rest, "estimated": True, "source": SAID[key]._asdict()}


def main() -> None:
    """Estimate all spreads on the shipped edition and write ``model/spreads.yaml``."""
    from importlib.resources import files
    from pathlib import Path

    import yaml

    from fachkraftwerk import edition

    one = edition.open(None)
    found = estimate(one, load(one))
    head = f"# Written by python -m fachkraftwerk.runs.spreads on edition {one.name}; do not edit by hand.\n"
    path = Path(str(files("fachkraftwerk.model").joinpath("spreads.yaml")))
    path.write_text(head + yaml.safe_dump(found, sort_keys=True, allow_unicode=True), encoding="utf-8")
    print(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
