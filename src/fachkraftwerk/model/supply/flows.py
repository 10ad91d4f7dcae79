"""Exact accounts of the labour force of a Kreis: what changes it, year by year, for every draw.

Here stand the equations and what goes into them; ``kernel.py`` computes them. Stocks are at the end of the year; the flow of year y leads from the stock of y − 1 to that of y.

For people of age a at the start of a year, p of them, participation r before and r' after, death rate q, net migrants m:

    S' − S = p·(r' − r)  −  q·p·r'  +  m·r'

The first term is split: below ``EXIT`` participation follows a profile r0 and a trend g; moving along the profile
(p·g·Δr0) makes entrants, the rest is participation; from ``EXIT`` on cohorts are carried by hazards, p·r·h retires.
Erwerbsminderung p·r·e is taken out at every age and handed back to the term that already contained it. The six flows
add up to the change of the labour force without a rest.

People keep their occupation as a cohort or change it in the course of life as those before them did; data of one date
cannot tell which. A share ``life_course`` of the differences between age groups counts as the course of life: leavers
are split between the group they were in at the base and the one they are in, and who grows into the next group moves
by that share to its profile. These moves cancel over occupations; they stand with participation.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Flows in the order of the arrays; positive = more labour force.
FLOWS = ("replacement", "disability", "deaths", "entrants", "migration", "participation")
#: Row after the flows: people who grew into the next age group, by the group they left (1 to 3).
CROSSED = len(FLOWS)
ROWS = len(FLOWS) + 1
AGES = 76
WORK_FROM, ENTRANT_UNTIL, EXIT, WORK_UNTIL = 15, 34, 54, 74
GROUPS = 5


@dataclass(frozen=True)
class Home:
    """What the accounts need of one Kreis of residence (s = sex, a = age 0…75, y = year).

    people[s,a]      residents at the end of the base year
    profile[s,a]     labour force per resident in the base year, 0 outside ages 15–74
    mortality[s,a,y] death probability in the year y
    moves[s,a,y]     net migration that is the same in every draw, by age at the start of the year
    arrivals[s,a]    share of the national net immigration
    churn[s,a]       weight of the regional deviation of migration
    births[s,y]      births
    """

    people: Array
    profile: Array
    mortality: Array
    moves: Array
    arrivals: Array
    churn: Array
    births: Array


@dataclass(frozen=True)
class Climate:
    """Assumptions of each draw (n = draw) as they meet one Kreis.

    trend[s,a,y]      factor on participation below age 54, central
    hazard[s,a,y]     retirement hazard, central; disability[a] hazard of Erwerbsminderung
    immigration[n,y]  national net immigration, persons
    deviation[n,y]    regional deviation of migration (multiplies ``churn``)
    arrivals_work[n]  participation of arrivals relative to residents
    life_course       share of differences between age groups that is the course of life
    mortality[n,y], fertility[n,y], participation[n,y], retirement[n,y], frailty[n,y]  factors
    """

    trend: Array
    hazard: Array
    disability: Array
    immigration: Array
    deviation: Array
    arrivals_work: Array
    mortality: Array
    fertility: Array
    participation: Array
    retirement: Array
    frailty: Array
    life_course: float = 0.0

    def only(self, rows: NDArray[np.int64]) -> Climate:
        """Return the assumptions of some draws."""
        central = {"trend", "hazard", "disability", "life_course"}
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return Climate(**{name: value if name in central else value[rows] for name, value in given.items()})


@dataclass(frozen=True)
class Change:
    """Adjustments that act on people, each with a leading axis of draws of length 1 or n (see Adjustments)."""

    participation: Array
    retirement: Array
    disability: Array
    migration: Array


def no_change(years: int) -> Change:
    """Return adjustments that change nothing."""
    flat = np.zeros((1, 2, AGES, years))
    return Change(flat, np.ones((1, AGES, years)), np.ones((1, years)), flat)


def stock_by_group(people: Array, profile: Array) -> Array:
    """Return the labour force of the base year in the five age groups [..., group]; 65 and over are in the last.

    people, profile: [..., sex, age].
    """
    force = (people * profile).sum(-2)
    groups = np.clip((np.arange(AGES) - WORK_FROM) // 10, 0, GROUPS - 1)
    return np.asarray(force[..., WORK_FROM:] @ np.eye(GROUPS)[groups[WORK_FROM:]])


def hazards(climate: Climate, change: Change, year: int) -> tuple[Array, Array]:
    """Return (Erwerbsminderung [draw, age], retirement [draw, sex, age]) of a year; together at most 1."""
    sick = climate.disability * climate.frailty[:, year, None] * change.disability[:, year, None]
    sick = np.minimum(sick, 1.0)
    factor = climate.retirement[:, year, None] * change.retirement[:, :, year]
    leave = np.minimum(climate.hazard[None, :, :, year] * factor[:, None, :], 1 - sick[:, None, :])
    return sick, leave


def participation(home: Home, climate: Climate, change: Change, carried: Array, year: int) -> tuple[Array, Array]:
    """Participation at the end of a year, before and after adjustments [draw, sex, age]."""
    sick, leave = hazards(climate, change, year)
    scale = climate.trend[None, :, :, year] * climate.participation[:, year, None, None]
    ahead = home.profile[None] * scale
    old = slice(EXIT + 1, AGES)
    before = slice(EXIT, AGES - 1)
    ahead[:, :, old] = carried[:, :, before] * (1 - leave[:, :, before] - sick[:, None, before])
    ahead[:, :, AGES - 1] = 0.0
    after = np.clip(ahead + change.participation[..., year], 0.0, 1.0)
    after[:, :, AGES - 1] = 0.0
    return ahead, after
