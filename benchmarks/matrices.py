"""Rivals: people of one Kreis projected with matrices, by a library of population models and by SciPy.

Net migration and births are given, so they are added to what the matrix of survival leaves; nobody is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from tests.model.supply import oracle

from fachkraftwerk.model.supply import flows

Array = NDArray[np.float64]
#: Takes survival of each age but the last and people; returns people a year older.
Step = Callable[[Array, Array], Array]


def matpopmod(home: flows.Home, climate: flows.Climate) -> Array:
    """Project with matpopmod: one matrix population model per sex, year and draw."""
    from matpopmod import MPM

    def step(alive: Array, people: Array) -> Array:
        return np.array(MPM(A=np.diag(alive, -1)).trajectory(people, t_max=1).Y[1])

    return _projected(home, climate, step)


def leslie(home: flows.Home, climate: flows.Climate) -> Array:
    """Project with Leslie matrices of SciPy."""
    from scipy.linalg import leslie as matrix

    return _projected(home, climate, lambda alive, people: np.asarray(matrix(np.zeros(flows.AGES), alive) @ people))


def plain(home: flows.Home, climate: flows.Climate) -> Array:
    """Return the people of the plain form in the last year [draw, sex, age]."""
    people = np.repeat(home.people[None], len(climate.immigration), axis=0)
    for year in range(1, climate.immigration.shape[1]):
        death = np.minimum(home.mortality[None, :, :, year] * climate.mortality[:, year, None, None], 1.0)
        moved = oracle._migrants(home, climate, flows.no_change(climate.immigration.shape[1]), year)
        births = home.births[None, :, year] * climate.fertility[:, year, None]
        people = oracle._older(people * (1 - death) + moved, births)
    return people


def check(home: flows.Home, climate: flows.Climate) -> None:
    """Raise AssertionError unless every way ends at the same people."""
    ours = plain(home, climate)
    for way in (matpopmod, leslie):
        np.testing.assert_allclose(way(home, climate), ours, rtol=1e-9, err_msg=way.__name__)


def _projected(home: flows.Home, climate: flows.Climate, step: Step) -> Array:
    """Return the people in the last year [draw, sex, age]."""
    count, years = climate.immigration.shape
    weight = np.where(np.arange(flows.AGES) + 1 >= flows.WORK_FROM, climate.arrivals_work[:, None], 1.0)
    ended = np.empty((count, 2, flows.AGES))
    for draw in range(count):
        for sex in range(2):
            people = home.people[sex]
            for year in range(1, years):
                alive = 1 - np.minimum(home.mortality[sex, :-1, year] * climate.mortality[draw, year], 1.0)
                moved = home.moves[sex, :, year] + climate.immigration[draw, year] * home.arrivals[sex] * weight[draw]
                moved = moved + climate.deviation[draw, year] * home.churn[sex]
                people = step(alive, people)
                people[1:] += moved[:-1]
                people[0] = home.births[sex, year] * climate.fertility[draw, year]
            ended[draw, sex] = people
    return ended
