"""Residents of Germany by age, year by year, and the outlook on them that could be made at any origin.

The back-test may only use what was known: residents and deaths up to the origin, and for migration the mean of all
years before it. Years in which a new census moved the numbers are no growth; they take that of the year before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SEXES
from fachkraftwerk.model.parameters import Parameter, Parameters
from fachkraftwerk.model.population.projection import step
from fachkraftwerk.runs.arrays import cube

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Facts = Callable[[str], "pd.DataFrame"]
#: Years in which a new census moved the population: their change is no migration.
CENSUS = frozenset({2011, 2022})
#: Single ages that every year of the table knows; the step needs no older ones for residents of working age.
AGES = 84
#: First year whose migration counts: before it the table has other borders.
FIRST = 1991


@dataclass(frozen=True)
class Residents:
    """Residents at the end of the year, yearly deaths per resident, net migrants by age at the end of the year."""

    years: NDArray[np.int64]
    people: Array  # [year, age]
    mortality: Array  # [year, age]
    moved: Array  # [year] whole population; nan where a census broke the series

    def until(self, year: int) -> Residents:
        """Return what was known at the end of ``year``."""
        cut = slice(0, int(np.searchsorted(self.years, year, side="right")))
        return Residents(self.years[cut], self.people[cut], self.mortality[cut], self.moved[cut])


def residents(facts: Facts) -> Residents:
    """Read the tables. Mortality before the first and after the last known year is that of the nearest one."""
    table = facts("population_age_de")
    years = np.array(sorted(table["year"].unique()), dtype=np.int64)
    people = cube(table, {"year": years, "sex": SEXES, "age": range(AGES)}, fill=0.0).sum(1)
    deaths = facts("deaths_age_de")
    known = np.array([year for year in sorted(deaths["year"].unique()) if year - 1 in years], dtype=np.int64)
    died = cube(deaths, {"year": known, "sex": SEXES, "age": range(AGES)}, fill=0.0).sum(1)
    rates = died / np.maximum(people[np.searchsorted(years, known - 1)], 1.0)
    nearest = np.clip(np.searchsorted(known, years), 0, len(known) - 1)
    return Residents(years, people, np.clip(rates[nearest], 0.0, 1.0), _moved(facts, years))


def _moved(facts: Facts, years: NDArray[np.int64]) -> Array:
    """Net migration of each year: change of the population minus births plus deaths."""
    totals = facts("population_age_de").groupby("year")["value"].sum()
    natural = (
        facts("births_month_de").groupby("year")["value"].sum()
        - facts("deaths_month_de").groupby("year")["value"].sum()
    )
    net = np.array([totals[y] - totals.get(y - 1, np.nan) - natural.get(y, np.nan) for y in years])
    return np.where([year in CENSUS for year in years], np.nan, net)


def of_working_age(people: Array, ages: tuple[int, int]) -> Array:
    """Return the number of residents between the two ages [...] from [..., age]."""
    return np.asarray(people[..., ages[0] : ages[1] + 1].sum(-1))


def growth(known: Residents, ages: tuple[int, int]) -> Array:
    """Return the log growth of residents of working age that leads to each year [year]; 0 for the first."""
    steps = np.diff(np.log(of_working_age(known.people, ages)), prepend=np.nan)
    for at in np.flatnonzero([year in CENSUS for year in known.years]):
        steps[at] = steps[at - 1]
    steps[0] = 0.0
    return steps


def migrants(known: Residents) -> tuple[float, Array]:
    """Return the mean yearly net migration of all years known, and its distribution over ages at the start [age]."""
    counted = [at for at in range(1, len(known.years)) if known.years[at] >= FIRST and known.years[at] not in CENSUS]
    by_age = np.zeros(AGES)
    for at in counted:
        survivors = known.people[at - 1] * (1 - known.mortality[at - 1])
        by_age[:-1] += np.maximum(known.people[at, 1:] - survivors[:-1], 0.0)
    return float(np.nanmean(known.moved[counted])), by_age / max(float(by_age.sum()), 1e-9)


def outlook(known: Residents, ages: tuple[int, int], years: int, migration: Array | None = None) -> Array:
    """Return the log growth of residents of working age in the ``years`` after the last one known [year ahead].

    One step of the population a year; migration: persons a year [year ahead], by default the mean of all years known.
    """
    mean, profile = migrants(known)
    flows = np.full(years, mean) if migration is None else migration
    people, sizes = known.people[-1], [of_working_age(known.people[-1], ages)]
    for flow in flows:
        people = step(people, known.mortality[-1], flow * profile, np.array(people[0]))
        sizes.append(of_working_age(people, ages))
    return np.diff(np.log(np.array(sizes)))


def growth_to_base(
    past: Residents, ages: tuple[int, int], base: float, base_year: int, migration: Parameter, whole: bool
) -> Array:
    """Return the log growth of residents of working age of each year up to the base year [year].

    base: residents of working age in the base year. Between the last year of the table and the base year lies the
    census of 2022; for Germany the growth over it is that of the population step with the migration recorded, for a
    land without a census it is what the two stocks show.
    """
    missing = base_year - int(past.years[-1])
    if missing <= 0:
        return growth(past.until(base_year), ages)
    if whole:
        flows = migration.series(np.arange(past.years[-1] + 1, base_year + 1))
        return np.append(growth(past, ages), outlook(past, ages, missing, flows))
    steps = np.log(base / of_working_age(past.people[-1], ages)) / missing
    return np.append(growth(past, ages), np.full(missing, steps))


def whole(people: Array, values: Parameters) -> bool:
    """Tell whether ``people`` [age, year] are those of all Germany; a land of its own (tests) has fewer."""
    return bool(people[:, 0].sum() > 0.9 * values["population.inhabitants"].number)
