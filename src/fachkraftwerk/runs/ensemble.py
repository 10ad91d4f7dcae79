"""Forecasts of Kreise and zones in every draw of the assumptions.

A Kreis needs the demography of the Kreise its workplaces draw people from, about fifty; given the draws these are
independent of each other and run side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import QUALIFICATIONS
from fachkraftwerk.model.adjustments import BOOKED, Adjustments
from fachkraftwerk.model.supply.flows import AGES, FLOWS, Change, Climate, Home, no_change
from fachkraftwerk.model.supply.qualification import tilt
from fachkraftwerk.runs import room
from fachkraftwerk.runs.draws import Draws, make
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.member import CARRIED, Extra, Member, carry, gather
from fachkraftwerk.runs.regionforecast import RegionForecast

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Given = Adjustments | Mapping[str, Adjustments] | None


def forecast(
    inputs: Inputs, keys: Sequence[str], draws: int = 0, adjustments: Given = None, seed: int = 0,
    only: Sequence[int] | None = None,
) -> dict[str, RegionForecast]:  # fmt: skip
    """Return the forecast of each key, an AGS or a zone "06611+06633".

    draws: number of draws, row 0 the central path; 0 gives the central path alone. adjustments: one set for every
    Kreis asked for (absolute quantities are split over a zone by its workforce) or a mapping AGS → adjustments.
    only: compute only these draws. Raises Refusal for unknown Kreise and impossible draws.
    """
    members = {key: inputs.members(key) for key in keys}
    made = make(inputs, draws, seed, only)
    wanted = sorted({kreis for found in members.values() for kreis in found})
    homes = {home for kreis in wanted for home in homes_of(inputs, kreis)}
    room.check_whole(inputs, len(made.rows), len(homes), len(wanted))
    work = Work(inputs, made, by_kreis(inputs, members, adjustments))
    work.prepare(wanted)
    ready = {kreis: work.member(kreis) for kreis in wanted}
    rows = len(made.rows)
    return {
        key: RegionForecast(key, inputs.years, rows, tuple(ready[kreis] for kreis in found))
        for key, found in members.items()
    }


@dataclass
class Work:
    """One run: draws, adjustments by Kreis, and what people of the homes done so far carry to work.

    most: the full flows of so many Kreise stay (1 MB each with 200 draws); the others are computed anew when the Kreis
    itself is asked for, which takes a hundredth of a second. None: all stay. Safe for several threads.
    """

    inputs: Inputs
    draws: Draws
    adjustments: Mapping[int, Adjustments] = field(default_factory=dict)
    most: int | None = None
    carried: dict[int, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.flows = lru_cache(self.most)(self.home_flows)

    def prepare(self, kreise: Iterable[int]) -> None:
        """Compute what people of every home that sends people to ``kreise`` carry to work."""
        homes = sorted({home for kreis in kreise for home in homes_of(self.inputs, kreis)} - set(self.carried))
        with ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1)) as threads:
            for home, rows in zip(homes, threads.map(lambda home: carry(self.flows(home)), homes), strict=True):
                self.carried[home] = rows

    def home_flows(self, kreis: int) -> Array:
        """Return cumulated flows [draw, flow, group, year] of the people living in a Kreis."""
        from fachkraftwerk.model.supply import kernel

        adjusted = self.adjustments.get(kreis)
        change = people_change(adjusted, len(self.inputs.years)) if adjusted is not None else None
        return kernel.flows(home(self.inputs, kreis), climate(self.inputs, self.draws, kreis), change)

    def brought(self, kreis: int) -> Array:
        """Return the change of the labour force at the workplaces of a Kreis [draw, carried row, year]."""
        rows, years = len(self.draws.rows), len(self.inputs.years)
        total = np.zeros((rows, CARRIED, years))
        for one in homes_of(self.inputs, kreis):
            total += self.carried[one] * way(self.inputs, one, kreis)
        return total

    def member(self, kreis: int) -> Member:
        """Return the forecast of one Kreis; its homes must be prepared."""
        return build_member(self.inputs, self.draws, kreis, self.flows(kreis), self.brought(kreis), self.adjustments)


def way(inputs: Inputs, home: int, work: int) -> Array:
    """Return the shares of people living in one Kreis who work in another, for carried rows [1, row, 1]."""
    shares = inputs.places.works[work, home]
    return np.concatenate([shares, shares[1:2], shares[1:4]])[None, :, None]


def homes_of(inputs: Inputs, kreis: int) -> list[int]:
    """Return the Kreise whose residents work in a Kreis, itself included."""
    return sorted({kreis, *np.flatnonzero(inputs.places.works[kreis].max(-1) > 0).tolist()})


def home(inputs: Inputs, kreis: int) -> Home:
    """Return what the accounts of the labour force need of one Kreis."""
    people = inputs.people
    mortality = np.clip(people.mortality * people.level[kreis], 0.0, 1.0)
    return Home(
        people.start[kreis], people.profile[kreis], mortality, people.moves[kreis], people.arrivals[kreis],
        people.churn[kreis], people.births[kreis],
    )  # fmt: skip


def climate(inputs: Inputs, draws: Draws, kreis: int) -> Climate:
    """Return the assumptions of every draw as they meet one Kreis."""
    frame, values = inputs.frame, inputs.parameters
    immigration = draws.regional("population.net_migration", kreis) * _national_scale(inputs)
    immigration = frame.immigration + np.where(frame.immigration > 0, immigration, 0.0)
    deviation = draws.closed("population.regional_migration")[:, kreis, None]
    known = (draws.horizon("population.regional_migration") > 0).astype(float)
    work = values["population.arrivals_in_work"].number + draws.constant("population.arrivals_in_work")
    return Climate(
        frame.trend, frame.hazard, frame.disability, np.ascontiguousarray(immigration), deviation * known,
        np.clip(work, 0.0, 1.0),
        draws.factor("population.mortality_improvement", kreis),
        draws.factor("population.fertility", kreis),
        draws.factor("supply.participation_trend", kreis),
        draws.factor("supply.retirement", kreis),
        draws.factor("supply.disability_hazard", kreis),
        values["supply.life_course"].number,
    )  # fmt: skip


def _national_scale(inputs: Inputs) -> float:
    """Editions of a part of Germany take their part of the deviation of the national figure."""
    central = inputs.parameters["population.net_migration"].series(inputs.years)
    return float(inputs.frame.immigration[-1] / central[-1])


def people_change(adjustments: Adjustments | None, years: int) -> Change:
    """Return the part of adjustments that acts on people, cut to the ages of the labour force."""
    if adjustments is None or not adjustments.has("participation", "retirement", "disability", "migration"):
        return no_change(years)
    cut = slice(0, AGES)
    participation = np.ascontiguousarray(adjustments.full("participation")[:, :, cut])
    participation[..., 0] = 0.0
    return Change(
        participation,
        np.ascontiguousarray(adjustments.full("retirement")[:, cut]),
        adjustments.full("disability"),
        np.ascontiguousarray(adjustments.full("migration")[:, :, cut]),
    )


def build_member(
    inputs: Inputs, draws: Draws, kreis: int, flows: Array, brought: Array, adjustments: Mapping[int, Adjustments]
) -> Member:
    """Put one Kreis together from the flows of its people, the flows brought to it, and demand."""
    places, demand = inputs.places, inputs.demand
    stocks = inputs.people.stock
    entry_home, entry_work = _entry_mix(inputs, kreis)
    shape = _drift_shape(draws)
    return Member(
        inputs.ags[kreis], flows, stocks[kreis], brought, (places.works[kreis] * stocks).sum(0), places.at_home[kreis],
        places.at_work[kreis], places.workforce[kreis], places.filled[kreis],
        draws.cells("supply.entrants_choice", kreis), draws.cells("supply.completion", kreis),
        draws.cells("demand.occupation_drift", kreis), sector_growth(inputs, draws, kreis), demand.staff[kreis],
        demand.drift, shape, places.qualification, entry_home, entry_work, _entry_odds(draws, kreis),
        inputs.parameters["supply.life_course"].number, demand.degrees, extra(adjustments.get(kreis)),
    )  # fmt: skip


def _entry_odds(draws: Draws, kreis: int) -> Array:
    return draws.regional("supply.entrants_unskilled", kreis)[:, -1]


def _drift_shape(draws: Draws) -> Array:
    """How a deviation of the drift grows with the horizon, relative to seven years [year]."""
    distribution = draws.distribution("demand.occupation_drift")
    return np.asarray((draws.horizon("demand.occupation_drift") / 7.0) ** distribution.growth("occupation"))


def _entry_mix(inputs: Inputs, kreis: int) -> tuple[Array, Array]:
    """Return the qualification of entrants living here and of those who will work here [cell, 3]."""
    plain = inputs.places.qualification[1]
    at_home = tilt(plain, inputs.places.school[kreis])
    homes = homes_of(inputs, kreis)
    weight = inputs.places.works[kreis, homes, 1] * inputs.people.inhabitants[homes]
    mixed = sum(w * tilt(plain, inputs.places.school[one]) for w, one in zip(weight / weight.sum(), homes, strict=True))
    return at_home, np.asarray(mixed)


def sector_growth(inputs: Inputs, draws: Draws, kreis: int) -> Array:
    """Return employment of each sector relative to the base year [draw, year, sector]."""
    path = inputs.demand.paths[kreis] / inputs.demand.paths[kreis][:, :1]
    total = draws.regional("demand.demand_total", kreis, float(inputs.demand.unrest[kreis]))
    distribution = draws.distribution("demand.sector_trend")
    shape = (draws.horizon("demand.sector_trend") / 7.0) ** distribution.growth("sector")
    shock = total[:, :, None] + draws.sectors("demand.sector_trend")[:, None, :] * shape[None, :, None]
    return np.asarray(path.T[None] * np.exp(shock))


def extra(adjustments: Adjustments | None) -> Extra | None:
    """Return what adjustments add to cells, cumulated over years."""
    if adjustments is None or not adjustments.has(*BOOKED, "qualified", "transfer", "commuting", "demand"):
        return None

    def years_first(name: str) -> Array:
        table = adjustments.full(name)
        table[..., 0] = 1.0 if name == "demand" else 0.0
        return np.moveaxis(table.reshape(len(table), -1, table.shape[-1]), 1, 2)

    booked = {name: flow for name, flow in BOOKED.items() if adjustments.has(name)} | {"commuting": "commuting"}
    added = {flow: np.cumsum(years_first(name), axis=1) for name, flow in booked.items()}
    known = np.cumsum(years_first("qualified") + years_first("transfer"), axis=1)
    known = known.reshape(*known.shape[:2], len(QUALIFICATIONS), -1)
    return Extra(added, known, years_first("demand"))


def by_kreis(inputs: Inputs, members: Mapping[str, list[int]], given: Given) -> dict[int, Adjustments]:
    """Return adjustments by Kreis; absolute quantities of a zone are split over its Kreise by their workforce."""
    if given is None:
        return {}
    sets = dict.fromkeys(members, given) if isinstance(given, Adjustments) else dict(given)
    found: dict[int, Adjustments] = {}
    for key, one in sets.items():
        kreise = inputs.members(key)
        size = inputs.places.workforce[kreise].sum((1, 2))
        found |= {kreis: one.share(float(part)) for kreis, part in zip(kreise, size / size.sum(), strict=True)}
    return found


def quantiles_all(
    inputs: Inputs, draws: int, years: Sequence[int], by: Sequence[str] = ("total",), **options: Any
) -> pd.DataFrame:
    """Return quantiles of figures of all Kreise; see ``quantiles.table``."""
    from fachkraftwerk.runs import quantiles

    return quantiles.table(inputs, draws, years, by, **options)


__all__ = ["FLOWS", "Work", "carry", "forecast", "gather", "quantiles_all", "way"]
