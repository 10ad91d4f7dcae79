"""People of Musterland: thirty-five years of births, deaths and moves, counted as the publishers count them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SEXES
from fachkraftwerk.core.streams import stream
from fachkraftwerk.edition.musterland.land import AGS, KREISE, LAND, facts

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
FIRST, LAST = 1990, 2024
YEARS = tuple(range(FIRST, LAST + 1))
AGES = np.arange(101)
AGE5 = tuple(f"{a}-{a + 4}" for a in range(0, 85, 5))
_GROUP_STARTS = (0, 3, 6, 10, 15, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 75)
GROUPS = (*(f"{a}-{b - 1}" for a, b in pairwise(_GROUP_STARTS)), "75+")
_MOVES = {"0-17": (0, 18), "18-24": (18, 25), "25-29": (25, 30), "30-49": (30, 50), "50-64": (50, 65), "65+": (65, 101)}


@dataclass(frozen=True)
class People:
    """``stock`` (year, Kreis, sex, age) on 31.12., ``births`` (year, Kreis), ``deaths`` and ``moves`` like stock."""

    stock: Floats
    births: Floats
    deaths: Floats
    moves: Floats
    hazard: Floats
    fertility: Floats

    def at(self, year: int) -> Floats:
        """Return the stock (Kreis, sex, age) at the end of a year."""
        return np.asarray(self.stock[year - FIRST])


def simulate(seed: int) -> People:
    """Run the population from 1990 to 2024."""
    random = stream("musterland people", seed)
    stock = _start() * random.lognormal(0, 0.02, (len(AGS), 2, len(AGES)))
    level = random.lognormal(0, 0.05, (len(AGS), 1, 1))
    pull = random.normal(0, 0.35, len(AGS)) + np.array([0.4 if "Stadt" in kind else 0.0 for _, kind, _, _ in KREISE])
    fertility, out = _fertility(), []
    for year in YEARS:
        hazard = _hazard(year) * level
        deaths = random.poisson(np.minimum(stock * hazard, stock)).astype(float)
        births = random.poisson((stock[:, 1] * fertility).sum(axis=1)).astype(float)
        moves = np.round(stock * _moving(pull, year))
        left = np.maximum(stock - deaths, 0)
        stock = np.concatenate([births[:, None, None] * np.array([0.513, 0.487])[:, None], left[:, :, :-1]], axis=2)
        stock[:, :, -1] += left[:, :, -1]
        stock = np.maximum(np.round(stock + moves), 0)
        out.append((stock, births, deaths, moves))
    stocks, births_y, deaths_y, moves_y = (np.stack(parts) for parts in zip(*out, strict=True))
    return People(stocks, births_y, deaths_y, moves_y, np.stack([_hazard(year) for year in YEARS]), fertility)


def people_tables(people: People) -> dict[str, pd.DataFrame]:
    """Return the tables on population, births, deaths and migration."""
    late = range(2013, 2022)
    stock = {year: people.at(year) for year in YEARS}
    kreise = {"ags": AGS}
    return {
        "population_age": facts(
            [_top(stock[2024], 90)], {"year": [2024], **kreise, "sex": SEXES, "age": range(91)}
        ),
        "population_age5": facts(
            [_five(stock[y]) for y in late], {"year": late, **kreise, "sex": SEXES, "age5": (*AGE5, "85+")}
        ),
        "population_groups": _grouped(stock),
        "population_total": _totals(stock[2024]),
        "population_series": facts(
            [stock[y].sum((1, 2)) for y in range(1992, 2020)], {"year": range(1992, 2020), **kreise}
        ),
        "births": facts(people.births[:-3], {"year": YEARS[:-3], **kreise}),
        "deaths": facts(people.deaths[:-3].sum((2, 3)), {"year": YEARS[:-3], **kreise}),
        "deaths_age5": facts(
            [_five(people.deaths[y - FIRST]) for y in late],
            {"year": late, **kreise, "sex": SEXES, "age5": (*AGE5, "85+")},
        ),
        "internal_migration": _moved(people),
        **_national(people, stock),
    }  # fmt: skip


def _national(people: People, stock: dict[int, Floats]) -> dict[str, pd.DataFrame]:
    years, periods, lands = range(2000, 2021), range(2013, 2021), range(2015, 2022)
    shown = range(1990, 2022)
    projected = {2019: 1.0, 2050: 0.93}
    tables = {
        "population_age_de": facts(
            [_top(stock[y].sum(0), 85) for y in shown], {"year": shown, "sex": SEXES, "age": range(86)}
        ),
        "population_age_land": facts(
            [[_top(stock[y].sum(0), 90)] for y in lands],
            {"year": lands, "land": [LAND], "sex": SEXES, "age": range(91)},
        ),
        "deaths_age_de": facts(
            [people.deaths[y - FIRST].sum(0) for y in years], {"year": years, "sex": SEXES, "age": range(101)}
        ),
        "life_table": facts(
            [people.hazard[p - FIRST] for p in periods], {"period": periods, "sex": SEXES, "age": range(101)}
        ),
        "europop": facts(stock[2019].transpose(2, 1, 0), {"age": range(101), "sex": SEXES, "ags": AGS}),
        "europop_hessen": facts(
            [stock[2019].sum((1, 2)) * factor for factor in projected.values()], {"year": projected, "ags": AGS}
        ),
        "fertility": _fertility_table(people.fertility),
    }
    months = {"year": range(FIRST, 2022), "month": range(1, 13), "sex": SEXES}
    births = people.births[:-3].sum(1)[:, None, None] * np.array([0.513, 0.487]) / 12
    deaths = people.deaths[:-3].sum((1, 3))[:, None, :] / 12
    tables["births_month_de"] = facts(births, months)
    tables["deaths_month_de"] = facts(deaths, months)
    return tables


def _start() -> Floats:
    """Inhabitants of 1990 by Kreis, sex and age: two waves of births, fewer at high ages."""
    wave = 1 + 0.35 * np.exp(-(((AGES - 26) / 8.0) ** 2)) + 0.2 * np.exp(-(((AGES - 52) / 7.0) ** 2))
    age = wave * np.exp(-((AGES / 84.0) ** 7)) * np.exp(-AGES / 400.0)
    sizes = np.array([size for _, _, size, _ in KREISE]) * 0.94
    older = np.array([[-0.004 if "Stadt" in kind else 0.002] for _, kind, _, _ in KREISE])
    profile = age * np.exp(older * (AGES - 40))
    profile = profile / profile.sum(axis=1, keepdims=True) * sizes[:, None] / 2
    return np.stack([profile, profile], axis=1)


def _hazard(year: int) -> Floats:
    """Gompertz's law with infant deaths (sex, age), a little lower every year."""
    gain = 0.985 ** (year - 2019)
    slope = np.stack([np.exp(-10.05 + 0.094 * AGES), np.exp(-10.75 + 0.099 * AGES)])
    slope[:, 0] += 0.003
    return np.minimum(slope * gain, 0.6)


def _fertility() -> Floats:
    shape = np.exp(-(((AGES - 31.0) / 5.6) ** 2) / 2)
    shape[(AGES < 15) | (AGES > 49)] = 0
    return np.asarray(1.48 * shape / shape.sum())


def _moving(pull: Floats, year: int) -> Floats:
    """Net moves per inhabitant: the young to the cities, families to the country, refugees in 2015 and 2022."""
    young = 0.03 * np.exp(-(((AGES - 21.0) / 3.5) ** 2))
    family = 0.006 * np.exp(-(((AGES - 33.0) / 5.0) ** 2))
    abroad = 0.004 * np.exp(-(((AGES - 27.0) / 9.0) ** 2)) * (4.0 if year in (2015, 2022) else 1.0)
    return np.asarray((pull[:, None] * (young - family) + abroad)[:, None, :])


def _top(stock: Floats, top: int) -> Floats:
    """Join the ages from ``top`` on."""
    return np.concatenate([stock[..., :top], stock[..., top:].sum(-1, keepdims=True)], axis=-1)


def _five(stock: Floats) -> Floats:
    joined = stock[..., :85].reshape(*stock.shape[:-1], 17, 5).sum(-1)
    return np.concatenate([joined, stock[..., 85:].sum(-1, keepdims=True)], axis=-1)


def _grouped(stock: dict[int, Floats]) -> pd.DataFrame:
    years = (*range(2015, 2021), 2023, 2024)
    values = [np.add.reduceat(stock[year], _GROUP_STARTS, axis=2) for year in years]
    return facts(values, {"year": years, "ags": AGS, "sex": SEXES, "group": GROUPS})


def _totals(stock: Floats) -> pd.DataFrame:
    sexes = stock.sum(2)
    values = np.concatenate([sexes, sexes.sum(1, keepdims=True)], axis=1)
    return facts([values], {"year": [2024], "ags": AGS, "sex": (*SEXES, "total")})


def _moved(people: People) -> pd.DataFrame:
    """Balance within Musterland: moves without those from abroad, by broad age, for the first nine Kreise."""
    years = range(2018, 2022)
    values = [
        np.stack([people.moves[y - FIRST].sum(1)[:9, a:b].sum(1) for a, b in _MOVES.values()], axis=1) for y in years
    ]  # fmt: skip
    inside = np.stack(values)
    inside = np.round(inside - inside.mean(axis=1, keepdims=True))
    return facts(inside, {"year": years, "ags": AGS[:9], "age": _MOVES})


def _fertility_table(rates: Floats) -> pd.DataFrame:
    starts = range(10, 55, 5)
    five = [rates[a : a + 5].mean() * 1000 for a in starts]
    years = range(1950, 2101)
    table = facts([five for _ in years], {"year": years, "age5": [f"{a}-{a + 4}" for a in starts]})
    return table.assign(status=np.where(table["year"] > 2021, "estimated", ""))
