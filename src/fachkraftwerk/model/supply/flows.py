"""Exact accounts of the labour force of a Kreis: what changes it, year by year, for every draw.

This is the plain NumPy form; ``kernel.py`` holds the compiled form of the same equations, and the tests hold both
against each other. Stocks are at the end of the year; the flow of year y leads from the stock of y − 1 to that of y.

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
#: Last ages of the age groups that are crossed.
BORDERS = (34, 44, 54)
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


def group_of(age: int) -> int:
    """Return the age group whose occupational profile people of an age carry; the young take that of 25–34."""
    return min(max((age - 15) // 10, 1), GROUPS - 1)


def stock_by_group(people: Array, profile: Array) -> Array:
    """Return the labour force of the base year in the five age groups [..., group]; 65 and over are in the last.

    people, profile: [..., sex, age].
    """
    force = (people * profile).sum(-2)
    groups = np.clip((np.arange(AGES) - WORK_FROM) // 10, 0, GROUPS - 1)
    return np.asarray(force[..., WORK_FROM:] @ np.eye(GROUPS)[groups[WORK_FROM:]])


def flows(home: Home, climate: Climate, change: Change) -> Array:
    """Return cumulated flows [draw, flow and CROSSED, group, year]; year 0 is the base year and holds zero."""
    draws, years = climate.immigration.shape
    out = np.zeros((draws, ROWS, GROUPS, years))
    people = np.repeat(home.people[None], draws, axis=0)
    carried = np.repeat(home.profile[None], draws, axis=0)
    shown = np.clip(carried + change.participation[..., 0], 0.0, 1.0)
    for year in range(1, years):
        moved = _migrants(home, climate, change, year)
        death = np.minimum(home.mortality[None, :, :, year] * climate.mortality[:, year, None, None], 1.0)
        ahead, after = _participation(home, climate, change, carried, year)
        _account(out[..., year], people, carried, shown, ahead, after, death, moved, home, climate, change, year)
        out[..., year] += out[..., year - 1]
        people = _older(people * (1 - death) + moved, home.births[None, :, year] * climate.fertility[:, year, None])
        carried, shown = ahead, after
    return out


def _migrants(home: Home, climate: Climate, change: Change, year: int) -> Array:
    """Net migrants [draw, sex, age at the start of the year], arrivals of working age weighted by participation."""
    weight = np.where(np.arange(AGES) + 1 >= WORK_FROM, climate.arrivals_work[:, None], 1.0)
    national = climate.immigration[:, year, None, None] * home.arrivals * weight[:, None, :]
    regional = climate.deviation[:, year, None, None] * home.churn
    return np.asarray(home.moves[None, :, :, year] + regional + national + change.migration[..., year])


def _hazards(climate: Climate, change: Change, year: int) -> tuple[Array, Array]:
    """Return (Erwerbsminderung [draw, age], retirement [draw, sex, age]) of a year; together at most 1."""
    sick = climate.disability * climate.frailty[:, year, None] * change.disability[:, year, None]
    sick = np.minimum(sick, 1.0)
    factor = climate.retirement[:, year, None] * change.retirement[:, :, year]
    leave = np.minimum(climate.hazard[None, :, :, year] * factor[:, None, :], 1 - sick[:, None, :])
    return sick, leave


def _participation(home: Home, climate: Climate, change: Change, carried: Array, year: int) -> tuple[Array, Array]:
    """Participation at the end of a year, before and after adjustments [draw, sex, age]."""
    sick, leave = _hazards(climate, change, year)
    scale = climate.trend[None, :, :, year] * climate.participation[:, year, None, None]
    ahead = home.profile[None] * scale
    old = slice(EXIT + 1, AGES)
    before = slice(EXIT, AGES - 1)
    ahead[:, :, old] = carried[:, :, before] * (1 - leave[:, :, before] - sick[:, None, before])
    ahead[:, :, AGES - 1] = 0.0
    after = np.clip(ahead + change.participation[..., year], 0.0, 1.0)
    after[:, :, AGES - 1] = 0.0
    return ahead, after


def _account(
    out: Array, people: Array, carried: Array, shown: Array, ahead: Array, after: Array, death: Array, moved: Array,
    home: Home, climate: Climate, change: Change, year: int,
) -> None:  # fmt: skip
    sick, leave = _hazards(climate, change, year)
    scale = climate.trend[None, :, :, year - 1] * climate.participation[:, year - 1, None, None]
    for age in range(WORK_FROM - 1, WORK_UNTIL + 1):
        p, rest = people[:, :, age], after[:, :, age + 1]
        gain = p * (rest - shown[:, :, age])
        ill = p * carried[:, :, age] * sick[:, None, age]
        entered = np.zeros_like(p)
        retired = np.zeros_like(p)
        if age + 1 <= ENTRANT_UNTIL:
            entered = p * scale[:, :, age] * (home.profile[None, :, age + 1] - home.profile[None, :, age]) + ill
        if age >= EXIT:
            retired = p * carried[:, :, age] * (leave[:, :, age] if age < WORK_UNTIL else 1 - sick[:, None, age])
        rows = (-retired, -ill, -death[:, :, age] * p * rest, entered)
        base, now, share = group_of(age - (year - 1)), group_of(age + 1), climate.life_course
        for index, flow in ((0, rows[0]), (1, rows[1]), (2, rows[2]), (5, gain + retired + ill - entered)):
            out[:, index, base] += (1 - share) * flow.sum(1)
            out[:, index, group_of(age)] += share * flow.sum(1)
        out[:, 3, now] += entered.sum(1)
        out[:, 4, now] += (moved[:, :, age] * rest).sum(1)
        if age in BORDERS:
            crossed = (p * (1 - death[:, :, age]) * rest).sum(1)
            out[:, CROSSED, now - 1] += crossed
            out[:, 5, now - 1] -= share * crossed
            out[:, 5, now] += share * crossed


def _older(after: Array, births: Array) -> Array:
    older = np.empty_like(after)
    older[:, :, 0] = births
    older[:, :, 1:] = after[:, :, :-1]
    return older
