"""Participation in the labour force by sex and single age: profile, damped trend on the logit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def single_age_profile(rates: Array, starts: NDArray[np.int64], ages: NDArray[np.int64]) -> Array:
    """Return rates by single age from five-year rates: monotone between the groups' centres, group means kept.

    rates: [sex, group]; starts: first age of each group; ages: ages wanted. Below the first centre the profile falls
    to zero at the first age.
    """
    from scipy.interpolate import PchipInterpolator

    centres = np.concatenate([[starts[0] - 0.5], starts + 2.0, [starts[-1] + 9.0]])
    wanted = np.empty((len(rates), len(ages)))
    for sex, row in enumerate(rates):
        nodes = row.copy()
        for _ in range(6):
            shape = np.clip(PchipInterpolator(centres, np.concatenate([[0.0], nodes, [0.0]]))(ages), 0.0, 1.0)
            means = np.array([shape[(ages >= first) & (ages < first + 5)].mean() for first in starts])
            nodes = np.clip(nodes * row / np.maximum(means, 1e-6), 0.0, 0.99)
        wanted[sex] = shape
    return wanted


def logit_trend(rates: Array, years: Array) -> Array:
    """Return the yearly change of the logit, least squares over years. rates: [year, ...]; returns [...]."""
    logits = np.log(rates / (1 - rates))
    centred = (years - years.mean()).reshape(-1, *[1] * (rates.ndim - 1))
    return np.asarray((centred * (logits - logits.mean(0))).sum(0) / (centred**2).sum())


def trend_factor(profile: Array, slope: Array, horizon: Array, damping: float, pace: float) -> Array:
    """Return the factor on participation at each horizon, damped on the logit scale.

    profile, slope: [sex, age]; horizon: years ahead [year]. Returns [sex, age, year], 1 at horizon 0.
    """
    steps = damping * (1 - damping**horizon) / (1 - damping)
    base = np.clip(profile, 1e-6, 1 - 1e-6)[..., None]
    logit = np.log(base / (1 - base)) + pace * slope[..., None] * steps
    return np.asarray(1 / (1 + np.exp(-logit)) / base)


def employment_level(
    people: Array, target: Array, centres: Array, ages: NDArray[np.int64], bins: NDArray[np.int64]
) -> Array:
    """Return the ratio of the labour force counted here to participation, by Kreis and single age.

    The ratio runs in straight lines between the centres of the age groups and reproduces every group's target.
    people: residents × participation [Kreis, age], both sexes; target: employed and unemployed residents
    [Kreis, group]; centres: [group]; bins: group of each age.
    """
    weights = _hat(centres, ages)
    onehot = np.eye(len(centres))[bins]
    nodes = target / np.maximum(people @ onehot, 1e-9)
    for _ in range(30):
        reached = (people * (nodes @ weights)) @ onehot
        nodes = nodes * np.clip(target / np.maximum(reached, 1e-9), 0.8, 1.25)
    return np.asarray(nodes @ weights)


def _hat(centres: Array, ages: NDArray[np.int64]) -> Array:
    """Weights [group, age] of straight lines between centres."""
    return np.stack([np.interp(ages, centres, unit) for unit in np.eye(len(centres))])


def older_profile(
    young: Array, hazard: Array, means: Array, starts: NDArray[np.int64], ages: NDArray[np.int64]
) -> Array:
    """Replace the profile from the first of ``starts`` on by survival under exit hazards, group means kept.

    young: monotone profile [sex, age]; hazard: yearly exit hazard [sex, age]; means: participation of the five-year
    groups that begin at ``starts`` [sex, group]. Between the centres of the groups the correction runs straight.
    """
    profile = young.copy()
    old = ages >= starts[0]
    survival = np.cumprod(1 - hazard, axis=1) / np.maximum(1 - hazard, 1e-9)
    for sex, row in enumerate(survival):
        nodes = np.ones(len(starts))
        for _ in range(10):
            shape = row * np.interp(ages, starts + 2.0, nodes)
            reached = np.array([shape[(ages >= first) & (ages < first + 5)].mean() for first in starts])
            nodes = nodes * means[sex] / np.maximum(reached, 1e-9)
        profile[sex, old] = np.clip(row * np.interp(ages, starts + 2.0, nodes), 0.0, 1.0)[old]
    return profile
