"""Test: population per Kreis and five-year age group, from 31.12.2014 to 31.12.2021, with what was known in 2014.

The model's own cohort-component step runs on single ages (five-year groups split by Germany's single ages). Known in
2014: life table 2012/14, births to 2014, migration of 2014 and the totals of the three years before. The refugee years
2015/16 lie in between; both bases are those of Zensus 2011.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.facts import to_cube
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.population.migration import shrink_pattern
from fachkraftwerk.model.population.projection import project
from fachkraftwerk.runs.backtest.result import OURS, Test, size_classes
from fachkraftwerk.runs.backtest.scores import Score, score

Array = NDArray[np.float64]
BASE, END = 2014, 2021
GROUPS = [f"{a}-{a + 4}" for a in range(0, 85, 5)] + ["85+"]
AGES = 91
#: One year's migration by age holds passing events; the pattern is drawn far towards the Land.
PATTERN_SHRINKAGE = 0.7
SPREAD_POWER = 0.7


@dataclass(frozen=True)
class Known:
    """What was known at the base date. Arrays [Kreis, sex, age group] unless said."""

    ags: list[str]
    before: Array  # 31.12.2013
    base: Array  # 31.12.2014
    outcome: Array  # 31.12.2021
    single: Array  # Germany by single age at the base date [sex, age]
    single_before: Array  # and a year earlier: cohorts of unequal size must not look like migration
    mortality: Array  # qx [sex, age]
    fertility: Array  # births per woman [age]
    births: Array  # per year [Kreis]
    moved: Array  # net migration per year, mean 2012–2014 [Kreis]


def run(facts: dict[str, pd.DataFrame]) -> Test:
    """Return the test. ``facts``: tables population_age5, population_age_de, life_table, fertility, births, deaths."""
    known = _known(facts)
    forecasts = {
        OURS: _ours(known, migration=True),
        "no change": known.base,
        "last trend": np.maximum(known.base + (END - BASE) * (known.base - known.before), 0),
        "cohorts without migration": _ours(known, migration=False),
    }
    spread = _spread(known)
    lines = [
        _line(name, "all ages", made, known, slice(None), spread if name == OURS else None)
        for name, made in forecasts.items()
    ]
    lines += [
        _line(name, "15–64", made, known, slice(3, 13), spread if name == OURS else None)
        for name, made in forecasts.items()
    ]
    sizes = size_classes(known.base.sum((1, 2)))
    for group, mask in sizes.items():
        lines += [
            _line(name, f"15–64, {group}", made, known, slice(3, 13), spread if name == OURS else None, mask)
            for name, made in forecasts.items()
        ]
    total = known.outcome[:, :, 3:13].sum((1, 2))
    errors = 100 * (forecasts[OURS][:, :, 3:13].sum((1, 2)) / total - 1)
    return Test(
        "population",
        Text("Bevölkerung je Kreis und Alter", "Population per Kreis and age"),
        Text(
            "Vom 31.12.2014 sieben Jahre voraus, Kreis × Geschlecht × 18 Altersgruppen, gemessen am 31.12.2021.",
            "Seven years ahead from 31.12.2014, Kreis × sex × 18 age groups, measured at 31.12.2021.",
        ),
        tuple(lines),
        (
            Text(
                "Die Zuwanderung von 2015 und 2016 war 2014 nicht vorherzusehen; sie fehlt in allen Modellen.",
                "The immigration of 2015 and 2016 could not be foreseen in 2014; every model lacks it.",
            ),
        ),
        dict(zip(known.ags, errors.round(1).tolist(), strict=True)),
    )


def _line(
    name: str,
    group: str,
    made: Array,
    known: Known,
    ages: slice,
    spread: Array | None,
    mask: NDArray[np.bool_] | None = None,
) -> Score:
    pick = np.ones(len(known.ags), dtype=bool) if mask is None else mask
    forecast, outcome, start = (array[pick][:, :, ages].ravel() for array in (made, known.outcome, known.base))
    wide = None if spread is None else np.broadcast_to(spread, known.base.shape)[pick][:, :, ages].ravel()
    return score(name, group, forecast, outcome, start, wide)


def _known(facts: dict[str, pd.DataFrame]) -> Known:
    table = facts["population_age5"]
    ags = sorted(table["ags"].unique())
    dims = {"ags": ags, "sex": ["m", "f"], "age5": GROUPS}
    stock = {year: to_cube(table[table["year"] == year], dims).to_numpy() for year in (BASE - 1, BASE, END)}
    germany = facts["population_age_de"]
    young = germany[germany["age"] <= AGES - 1]
    before, single = (
        _filled(to_cube(young[young["year"] == year], {"sex": ["m", "f"], "age": range(AGES)}).to_numpy())
        for year in (BASE - 1, BASE)
    )
    life = facts["life_table"]
    table_2014 = life[(life["period"] == BASE) & (life["age"] < AGES)]
    mortality = to_cube(table_2014, {"sex": ["m", "f"], "age": range(AGES)}).to_numpy()
    return Known(
        ags, stock[BASE - 1], stock[BASE], stock[END], single, before, mortality, _fertility(facts["fertility"]),
        _mean(facts["births"], ags, (2012, 2013, 2014)), _moved(facts, ags, stock[BASE - 1], stock[BASE]),
    )  # fmt: skip


def _filled(single: Array) -> Array:
    """Ages 85–90+ are published as one in early years: spread a missing tail by a steady decline."""
    filled = single.copy()
    for sex in range(2):
        missing = np.isnan(filled[sex])
        if missing.any():
            last = int(np.argmax(missing)) - 1
            weights = 0.82 ** np.arange(AGES - last)
            filled[sex, last:] = single[sex, last] * weights / weights.sum()
    return filled


def _fertility(table: pd.DataFrame) -> Array:
    """Births per woman and single age in 2014, from rates per 1,000 women in five-year groups."""
    rates = np.zeros(AGES)
    for _, row in table[table["year"] == BASE].iterrows():
        first = int(str(row["age5"]).split("-")[0])
        rates[first : first + 5] = row["value"] / 1000
    return rates


def _mean(table: pd.DataFrame, ags: list[str], years: tuple[int, ...]) -> Array:
    chosen = table[table["year"].isin(years)]
    return chosen.groupby("ags")["value"].mean().reindex(ags).to_numpy(dtype=float)


def _moved(facts: dict[str, pd.DataFrame], ags: list[str], before: Array, base: Array) -> Array:
    """Net migration of 2014 per Kreis: change of population minus births plus deaths."""
    natural = _mean(facts["births"], ags, (BASE,)) - _mean(facts["deaths"], ags, (BASE,))
    # Where the publisher's key has no births for a Kreis (it was reformed), its change is taken as migration.
    return np.asarray(base.sum((1, 2)) - before.sum((1, 2)) - np.nan_to_num(natural))


def _split(groups: Array, single: Array) -> Array:
    """Split five-year groups [Kreis, sex, 18] into single ages by Germany's shares within each group."""
    ages = np.zeros((*groups.shape[:2], AGES))
    for index in range(18):
        first, last = 5 * index, 5 * index + 4 if index < 17 else AGES - 1
        share = single[:, first : last + 1] / single[:, first : last + 1].sum(1, keepdims=True)
        ages[..., first : last + 1] = groups[..., index, None] * share
    return ages


def _join(ages: Array) -> Array:
    """Sum single ages to the 18 groups."""
    joined = [ages[..., 5 * i : 5 * i + 5].sum(-1) for i in range(17)]
    return np.stack([*joined, ages[..., 85:].sum(-1)], axis=-1)


def _ours(known: Known, migration: bool) -> Array:
    start = _split(known.base, known.single)
    years = END - BASE + 1
    flows = _migration(known, start) if migration else np.zeros_like(start)
    steady = np.repeat(flows[..., None], years, axis=-1)
    dying = np.broadcast_to(known.mortality[None, ..., None], (*start.shape, years))
    expected = (start[:, 1] * known.fertility).sum(-1)
    level = np.where(np.isnan(known.births), 1.0, known.births / np.maximum(expected, 1.0))
    stocks, _ = project(start, dying, steady, known.fertility, level, 0.5125)
    return np.maximum(_join(stocks[..., -1]), 0.0)


def _migration(known: Known, start: Array) -> Array:
    """Yearly net migration by single age: pattern of 2014 drawn to the Land, total of the Kreis kept."""
    earlier = _split(known.before, known.single_before)
    survivors = np.zeros_like(earlier)
    survivors[..., 1:] = earlier[..., :-1] * (1 - known.mortality[:, :-1])
    survivors[..., -1] += earlier[..., -1] * (1 - known.mortality[:, -1])
    survivors[..., 0] = start[..., 0]
    grouped = _join(start) - _join(survivors)
    flows = _split(grouped, known.single)
    flows += start * ((known.moved - flows.sum((1, 2))) / start.sum((1, 2)))[:, None, None]
    land = np.array([int(key[:2]) for key in known.ags])
    return shrink_pattern(flows, start, land, PATTERN_SHRINKAGE)


def _spread(known: Known) -> Array:
    """Log spread per age group after seven years, from the one-year change a model without migration missed in 2014.

    Errors of migration persist, so they grow faster than a random walk: with time to the power 0.7, as in the model.
    Read from the median of absolute surprises: a new reception centre in one Kreis must not widen the range of all.
    """
    earlier = _split(known.before, known.single_before)
    moved = np.zeros_like(earlier)
    moved[..., 1:] = earlier[..., :-1] * (1 - known.mortality[:, :-1])
    moved[..., 0] = _split(known.base, known.single)[..., 0]
    moved[..., -1] += earlier[..., -1] * (1 - known.mortality[:, -1])
    surprise = np.log(np.maximum(known.base, 1.0) / np.maximum(_join(moved), 1.0))
    yearly = 1.4826 * np.median(np.abs(surprise - np.median(surprise, axis=0)), axis=0)
    spread: Array = (END - BASE) ** SPREAD_POWER * yearly[None]
    return spread
