"""Cohort-component projection, one step a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def step(population: Array, mortality: Array, migration: Array, births: Array) -> Array:
    """Return the population one year later: survivors are a year older, migrants added, births at age 0.

    population, mortality, migration: [..., age] by age at the start; the last age stays open. births: [...].
    Nobody is lost: the new total is the old one minus deaths plus net migration plus births.
    """
    after = population * (1 - mortality) + migration
    older = np.concatenate([births[..., None], after[..., :-1]], axis=-1)
    older[..., -1] += after[..., -1]
    return older


def births(women: Array, rates: Array, level: Array, boys: float) -> Array:
    """Return births [..., sex] of women [..., age] with rates per woman [age] and a level [...]."""
    born = (women * rates).sum(-1) * level
    return np.stack([born * boys, born * (1 - boys)], axis=-1)


def backcast(population: Array, groups: Array, bounds: list[tuple[int, int]], mortality: Array) -> Array:
    """Return single ages one year earlier: the younger self of today's people, fitted to published groups.

    population: [Kreis, sex, age] today; groups: published [Kreis, sex, group] a year earlier; bounds: first and last
    age of the groups; mortality: [Kreis, sex, age].
    """
    earlier = np.empty_like(population)
    earlier[..., :-1] = population[..., 1:] / np.maximum(1 - mortality[..., :-1], 0.5)
    earlier[..., -2] = population[..., -2]
    earlier[..., -1] = population[..., -1]
    for index, (first, last) in enumerate(bounds):
        part = earlier[..., first : last + 1]
        target = groups[..., index]
        scale = np.where(np.isnan(target), 1.0, target / np.maximum(part.sum(-1), 1e-9))
        earlier[..., first : last + 1] = part * scale[..., None]
    return earlier


def project(
    start: Array, mortality: Array, migration: Array, fertility: Array, level: Array, boys: float,
    infants: Array | None = None,
) -> tuple[Array, Array]:  # fmt: skip
    """Project all years. start: [Kreis, sex, age]; mortality: [Kreis, sex, age, year]; migration: the same shape.

    fertility: births per woman [age]; level: [Kreis]. Index year 0 is the base year and holds no flow; the flow of
    year y leads to the stock at the end of y. infants: children at age 0 at the end of year 1 where they are already
    known [Kreis, sex]. Returns stocks [Kreis, sex, age, year] and births [Kreis, sex, year].
    """
    years = mortality.shape[-1]
    stocks = np.empty((*start.shape, years))
    born = np.zeros((*start.shape[:2], years))
    stocks[..., 0] = start
    for year in range(1, years):
        before = stocks[..., year - 1]
        born[..., year] = births(before[:, 1], fertility, level, boys)
        if year == 1 and infants is not None:
            born[..., 1] = infants
        stocks[..., year] = step(before, mortality[..., year], migration[..., year], born[..., year])
    return stocks, born
