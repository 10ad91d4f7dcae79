"""Leaving the labour force: hazards by single age that follow the pension age of the cohort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def pension_age(cohort: NDArray[np.int64], value: dict[int, float]) -> Array:
    """Return the statutory pension age of birth cohorts, straight lines between dated values."""
    dated = sorted((int(year), float(age)) for year, age in value.items())
    return np.interp(cohort, [year for year, _ in dated], [age for _, age in dated])


def hazards_from_cohorts(survival: Array, starts: NDArray[np.int64], shape: Array, ages: NDArray[np.int64]) -> Array:
    """Return yearly exit hazards by single age that reproduce the five-year survival of cohorts.

    survival: share of a five-year age group still in the labour force five years later [sex, group], groups begin at
    ``starts``; shape: relative hazard [age] inside a group; ages: single ages. Returns [sex, age].
    """
    hazard = np.zeros((len(survival), len(ages)))
    weight = np.zeros(len(ages))
    for index, first in enumerate(starts):
        window = np.concatenate([np.arange(1, 6), np.arange(4, 0, -1)]) / 5.0
        inside = np.clip(first + np.arange(9) - ages[0], 0, len(ages) - 1)
        need = -np.log(np.clip(survival[:, index], 0.01, 0.999))
        scale = need / (window * shape[inside]).sum()
        np.add.at(hazard.T, inside, (window[:, None] * shape[inside, None] * scale))
        np.add.at(weight, inside, window)
    return np.asarray(1 - np.exp(-hazard / np.maximum(weight, 1e-9)))


def cohort_hazard(
    hazard: Array, ages: NDArray[np.int64], years: NDArray[np.int64], limits: dict[int, float],
    window: tuple[int, int], base_year: int,
) -> Array:  # fmt: skip
    """Return hazards [sex, age, year]: inside the window the age pattern moves with the cohort's pension age.

    hazard: [sex, age] of the base year; a person of age a in year t belongs to cohort t − a.
    """
    moved = np.repeat(hazard[..., None], len(years), axis=-1)
    cohorts = years[None, :] - ages[:, None]
    shift = pension_age(cohorts, limits) - pension_age(base_year - ages, limits)[:, None]
    inside = (ages >= window[0]) & (ages <= window[1])
    for sex, row in enumerate(hazard):
        at = ages[:, None] - np.maximum(shift, 0.0)
        moved[sex][inside] = np.interp(at[inside], ages, row)
    return moved
