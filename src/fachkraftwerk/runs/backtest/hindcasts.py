"""Errors that our central rules would have made in the past, assumption by assumption, by years ahead.

Each function returns ``{years ahead: errors}`` in the unit of the assumption, from every origin the tables allow.
Overlapping origins are not independent; the tables of spreads therefore name the number of origins as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SECTORS
from fachkraftwerk.model.demand import regional_path
from fachkraftwerk.model.demand.sectors import relative_trend
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.model.supply.participation import logit_trend
from fachkraftwerk.runs.backtest import germany
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.backtest.germany import Series
from fachkraftwerk.runs.backtest.occupations import SPELLS, by_year
from fachkraftwerk.runs.national import CENSUS

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Errors = dict[int, Array]
AHEAD = range(1, 11)
WINDOW = 5
#: Years in which many people fled to Germany: after the wars in Yugoslavia, and in 2015.
REFUGEES = frozenset({1991, 1992, 2015})
WORKING = tuple(f"{a}-{a + 4}" for a in range(25, 55, 5))


def _collect(found: Mapping[int, Sequence[Array | float]]) -> Errors:
    return {h: np.concatenate([np.atleast_1d(one) for one in errors]) for h, errors in sorted(found.items()) if errors}


# --- demand ----------------------------------------------------------------------------------------------------


def employment_national(series: Series, values: Parameters) -> Errors:
    """Log error of German employment; the rule of the central path at each origin."""
    return {h: germany.errors(series, rules.rule(values), h) for h in AHEAD}


@dataclass(frozen=True)
class Regional:
    """Errors of places by years ahead [origin, place], the key of each place and its size."""

    errors: Errors
    ags: NDArray[np.str_]
    size: Array

    @property
    def land(self) -> NDArray[np.str_]:
        """The Land of each place."""
        return np.array([str(ags)[:2] for ags in self.ags])

    def powers(self) -> dict[int, float]:
        """Return the power with which errors fall with size, by years ahead."""
        return {h: regional_path.size_power(errors, self.land, self.size) for h, errors in self.errors.items()}

    def parts(self, power: float) -> tuple[Errors, Errors]:
        """Return errors of Länder against Germany, and of places against their Land relative to one of median size."""
        factor = regional_path.by_size(self.size, power)
        upper: dict[int, list[Array]] = {}
        lower: dict[int, list[Array]] = {}
        for h, errors in self.errors.items():
            found = [split(error, self.land, self.size) for error in errors]
            upper[h] = [common for common, _ in found]
            lower[h] = [own / factor[several(self.land)] for _, own in found]
        return _collect(upper), _collect(lower)

    def near(self, power: float, beside: NDArray[np.int64]) -> dict[int, float]:
        """Return the correlation of places that border on each other, their Land taken out, by years ahead.

        beside: positions of the neighbours of each place, filled up with -1.
        """
        here, there = _pairs(beside, several(self.land))
        found = {}
        for h, errors in self.parts(power)[1].items():
            own = np.zeros(self.errors[h].shape)
            own[:, several(self.land)] = errors.reshape(len(own), -1)
            found[h] = float((own[:, here] * own[:, there]).mean() / (errors**2).mean())
        return found


def _pairs(beside: NDArray[np.int64], known: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return both places of every pair of neighbours among those ``known``."""
    here = np.repeat(np.arange(len(beside)), beside.shape[1])
    there = beside.ravel()
    once = (there > here) & known[here] & known[there]
    return here[once], there[once]


def employment_regional(table: pd.DataFrame, values: Parameters) -> Regional:
    """Log errors of Kreise against Germany with the rule for deviations. ``table``: persons, Kreis × year."""
    people, one = table.to_numpy(dtype=float), rules.rule(values)
    errors = {h: regional_path.errors(people, one.lead_window, one.kept, h, one.damping) for h in AHEAD}
    return Regional(errors, np.array(table.index, dtype=str), people[:, -1])


def several(land: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Tell which places lie in a Land of more than two."""
    names, counts = np.unique(land, return_counts=True)
    return np.isin(land, names[counts > 2])


def split(error: Array, land: NDArray[np.str_], weight: Array) -> tuple[Array, Array]:
    """Split errors of Kreise into the mean of their Land against all (Länder with several Kreise) and the rest."""
    centred = error - np.average(error, weights=weight)
    own = np.empty_like(centred)
    common = []
    for key in np.unique(land):
        mask = land == key
        mean = float(np.average(centred[mask], weights=weight[mask]))
        own[mask] = centred[mask] - mean
        if mask.sum() > 2:
            common.append(mean)
    return np.array(common), own[several(land)]


def sector_shares(facts: pd.DataFrame, values: Parameters) -> Errors:
    """Log error of a sector's share of German employment: trend of the years so far, damped by our rule."""
    chosen = facts[(facts["sex"] == "total") & (facts["nationality"] == "total")]
    wide = chosen.groupby(["year", "sector"])["value"].sum().unstack("sector")
    if "B,D,E" not in wide:
        wide["B,D,E"] = wide["B-E"] - wide["C"]
    people = wide[list(SECTORS)].to_numpy(dtype=float)
    logs = np.log(people / people.sum(1, keepdims=True))
    pace, damping = values["demand.sector_trend"].number, values["demand.sector_damping"].number
    found: dict[int, list[Array]] = {h: [] for h in AHEAD}
    for now in range(2, len(people)):
        trend = relative_trend(people[: now + 1], np.arange(now + 1.0))
        for h in (h for h in AHEAD if now + h < len(people)):
            said = pace * trend * damping * (1 - damping**h) / (1 - damping)
            found[h].append(logs[now + h] - logs[now] - said)
    return _collect(found)


def occupations_abroad(projected: pd.DataFrame, yearly: pd.DataFrame, values: Parameters) -> Errors:
    """Log error of the share of an occupation group in the USA, larger half of the groups.

    2010 → 2020: official shift × our pace (table bls); 2011–2015 and on to 2025: our own drift rule (table oes).
    """
    pace, damping = values["demand.occupation_drift"].number, values["demand.drift_damping"].number
    columns = ["employment_2010", "projected_2020", "actual_2020"]
    known = projected[projected["detailed"]].dropna(subset=columns)
    groups = known.groupby(known["soc"].str[:4])[columns].sum().to_numpy(dtype=float)
    before, said, came = np.log(groups / groups.sum(0)).T
    found: dict[int, list[Array]] = {h: [] for h in AHEAD}
    found[10].append(_larger(came - before - pace * (said - before), groups[:, 0]))
    wide = by_year(yearly)
    for first, origin, target in (spell for spell in SPELLS if spell[2] - spell[1] in AHEAD):
        known = wide[[first, origin, target]].dropna()
        groups = known.groupby(known.index.str[:4]).sum().to_numpy(dtype=float)
        before, now, came = np.log(groups / groups.sum(0)).T
        ahead = target - origin
        told = pace * (now - before) / (origin - first) * damping * (1 - damping**ahead) / (1 - damping)
        found[ahead].append(_larger(came - now - told, groups[:, 1]))
    return _collect(found)


def _larger(errors: Array, size: Array) -> Array:
    """Keep the errors of the larger half."""
    return np.asarray(errors[size >= np.quantile(size, 0.5)])


# --- population ------------------------------------------------------------------------------------------------


def migration_national(
    population: pd.DataFrame, births: pd.DataFrame, deaths: pd.DataFrame, without: frozenset[int] = frozenset()
) -> Errors:
    """Error of Germany's mean yearly net migration over the next h years, forecast by the mean of all years before.

    without: years left out, to see what single events do to the errors.
    """
    people = population.groupby("year")["value"].sum()
    natural = births.groupby("year")["value"].sum() - deaths.groupby("year")["value"].sum()
    net = (people.diff() - natural).dropna()
    net = net[(net.index >= 1991) & ~net.index.isin(list(CENSUS | without))]
    flows = net.to_numpy(dtype=float)
    return {
        h: np.array([flows[t : t + h].mean() - flows[:t].mean() for t in range(WINDOW, len(flows) - h + 1)])
        for h in AHEAD if len(flows) - h >= WINDOW
    }  # fmt: skip


def migration_regional(people: pd.DataFrame, births: pd.DataFrame, deaths: pd.DataFrame, window: int = 3) -> Regional:
    """Errors of net migration per inhabitant and year in Kreise, next h years' mean.

    ``people``: persons, Kreis × year without a census in between. Forecast: the mean of the last ``window`` years.
    """
    natural = _wide(births) - _wide(deaths)
    years = [int(year) for year in people.columns[1:]]
    known = people.index.intersection(natural.dropna(subset=years).index)
    stock = people.loc[known].to_numpy(dtype=float)
    rate = (np.diff(stock, axis=1) - natural.loc[known, years].to_numpy(dtype=float)) / stock[:, :-1]
    found: dict[int, list[Array]] = {h: [] for h in AHEAD}
    for now in range(window, rate.shape[1]):
        for h in (h for h in AHEAD if now + h <= rate.shape[1]):
            found[h].append(rate[:, now : now + h].mean(1) - rate[:, now - window : now].mean(1))
    errors = {h: np.array(one) for h, one in found.items() if one}
    return Regional(errors, np.array(known, dtype=str), stock[:, -1])


def _wide(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.pivot(index="ags", columns="year", values="value")


def mortality(deaths: pd.DataFrame, population: pd.DataFrame, values: Parameters, window: int = 7) -> Errors:
    """Log error of mortality at 20–64, log-linear improvement by sex and ten years of age, damped."""
    rates = _rates(deaths, population)
    logs = np.log(rates)
    damping = values["population.mortality_damping"].number
    found: dict[int, list[float]] = {h: [] for h in AHEAD}
    for now in range(window, len(logs)):
        steps = np.arange(-window, 1.0)
        past = logs[now - window : now + 1]
        slope = (steps - steps.mean()) @ (past - past.mean(0)) / ((steps - steps.mean()) ** 2).sum()
        for h in (h for h in AHEAD if now + h < len(logs)):
            said = slope * damping * (1 - damping**h) / (1 - damping)
            found[h].append(float((logs[now + h] - logs[now] - said).mean()))
    return _collect(found)


def _rates(deaths: pd.DataFrame, population: pd.DataFrame) -> Array:
    """Deaths per person [year, sex × age group], ages 20–64 in tens."""

    def grouped(facts: pd.DataFrame) -> pd.DataFrame:
        chosen = facts[facts["age"].between(20, 64)]
        return chosen.groupby(["year", "sex", chosen["age"] // 10])["value"].sum().unstack(["sex", "age"])

    above, below = grouped(deaths), grouped(population)
    years = above.index.intersection(below.index)
    return (above.loc[years] / below.loc[years]).to_numpy(dtype=float)


def fertility(facts: pd.DataFrame, first: int = 1990, last: int = 2021) -> Errors:
    """Log error of the total fertility rate when it is held constant."""
    series = facts[facts["year"].between(first, last)].groupby("year")["value"].sum()
    logs = np.log(series.to_numpy(dtype=float))
    return {h: logs[h:] - logs[:-h] for h in AHEAD}


# --- supply ----------------------------------------------------------------------------------------------------


def participation(facts: pd.DataFrame, values: Parameters, window: int = 8) -> Errors:
    """Log error of participation at 25–54, common to all sexes and ages: damped logit trend of ``window`` years."""
    rates, weight = _participation(facts)
    damping = values["supply.participation_damping"].number
    found: dict[int, list[float]] = {h: [] for h in AHEAD}
    for now in range(window, len(rates)):
        slope = logit_trend(rates[now - window : now + 1], np.arange(window + 1.0))
        logit = np.log(rates[now] / (1 - rates[now]))
        for h in (h for h in AHEAD if now + h < len(rates)):
            said = 1 / (1 + np.exp(-logit - slope * damping * (1 - damping**h) / (1 - damping)))
            error = np.log(rates[now + h] / said)
            found[h].append(float(np.average(error, weights=weight[now + h])))
    return _collect(found)


def _participation(facts: pd.DataFrame) -> tuple[Array, Array]:
    """Participation and population [year, sex × age group], years without a gap from 1991."""
    chosen = facts[facts["age5"].isin(WORKING) & (facts["year"] <= 2019)]
    wide = chosen.pivot_table(index="year", columns=["sex", "age5", "status_group"], values="value").swaplevel(
        0, 2, axis=1
    )
    active = wide["employed"] + wide["unemployed"]
    return (active / wide["population"]).to_numpy(dtype=float), wide["population"].to_numpy(dtype=float)


def retirement(facts: pd.DataFrame, window: int = 8) -> Errors:
    """Log error of the exit hazard from 55–59 to 60–64 five years on, its trend of ``window`` years carried on."""
    chosen = facts[facts["age5"].isin(("55-59", "60-64")) & (facts["year"] <= 2019)]
    chosen = chosen[chosen["status_group"] != "population"]
    active = chosen.groupby(["year", "age5"])["value"].sum().unstack("age5")
    before, after = active["55-59"].to_numpy(dtype=float)[:-5], active["60-64"].to_numpy(dtype=float)[5:]
    logs = np.log(-np.log(after / before))
    found: dict[int, list[float]] = {h: [] for h in AHEAD}
    for now in range(window, len(logs)):
        slope = (logs[now] - logs[now - window]) / window
        for h in (h for h in AHEAD if now + h < len(logs)):
            found[h].append(float(logs[now + h] - logs[now] - slope * h))
    return _collect(found)
