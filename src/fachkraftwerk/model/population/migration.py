"""Net migration by Kreis, sex and single age: residual method, split, closed to the national figure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def residual(start: Array, end: Array, survival: Array) -> Array:
    """Return net migration of five-year cohorts over five years: who is there minus who would have survived.

    start, end: population [Kreis, sex, 18 age groups "0-4" … "85+"]; survival: five-year survival [sex, group].
    Returns [Kreis, sex, group at the start]; the open group and those not yet born are left out (0).
    """
    moved = np.zeros_like(start)
    moved[..., :16] = end[..., 1:17] - start[..., :16] * survival[:, :16]
    return moved


def single_ages(moved: Array, ages: int) -> Array:
    """Spread five-year cohort migration to one year and single ages at the start of the year.

    A cohort of five years passes, in five years, through nine single ages; each of its 25 pairs of age and year has
    the same share, and one year is the mean of the five. moved: [..., group]; returns [..., ages] net persons a year.
    """
    spread = np.zeros((moved.shape[-1], ages))
    for group in range(moved.shape[-1]):
        for year in range(5):
            for age in range(5 * group + year, min(5 * group + year + 5, ages)):
                spread[group, age] += 1 / 125
    return moved @ spread


def shrink_pattern(flows: Array, population: Array, land: NDArray[np.int64], weight: float) -> Array:
    """Draw the age pattern of net rates towards the Land; the total of each Kreis stays.

    flows, population: [Kreis, sex, age]; weight: share of the Land's pattern.
    """
    rates = np.zeros_like(flows)
    for one in np.unique(land):
        inside = land == one
        rates[inside] = (flows[inside].sum(0) / np.maximum(population[inside].sum(0), 1.0))[None]
    mixed = (1 - weight) * flows + weight * rates * population
    missing = flows.sum((1, 2)) - mixed.sum((1, 2))
    return np.asarray(mixed + population * (missing / population.sum((1, 2)))[:, None, None])


def international_shares(flows: Array, population: Array, foreign: Array, weight: float) -> Array:
    """Return the share of each Kreis, sex and age in the national net migration; adds up to one.

    flows: net migration [Kreis, sex, age] (its national sum gives the age profile); foreign: growth of foreign
    employees [Kreis]; weight: weight of these against inhabitants.
    """
    profile = np.maximum(flows.sum(0), 0.0)
    kreis = weight * foreign / foreign.sum() + (1 - weight) * population.sum((1, 2)) / population.sum()
    return np.asarray(kreis[:, None, None] * (profile / profile.sum())[None])


def internal_balance(flows: Array, shares: Array, population: Array) -> Array:
    """Return migration inside Germany: what is left after the international part; adds up to zero at every age.

    flows, shares, population: [Kreis, sex, age].
    """
    inside = flows - flows.sum() * shares
    surplus = inside.sum(0) / np.maximum(population.sum(0), 1.0)
    return np.asarray(inside - population * surplus)
