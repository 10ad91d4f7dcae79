"""What measures may know of a Kreis or zone, read from the inputs of the model on the central path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.supply import flows
from fachkraftwerk.runs import draws as drawn
from fachkraftwerk.runs import ensemble
from fachkraftwerk.runs.figures import Forecast
from fachkraftwerk.runs.inputs import Inputs

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]
SHAPE = (len(OCCUPATIONS), len(LEVELS))


def place_of(inputs: Inputs, key: str, forecast: Forecast | None = None, students: float = 0.0) -> Place:
    """Return the place of an AGS or zone. ``forecast`` gives the surplus of academics; absent, there is none."""
    members = inputs.members(key)
    accounts = [_accounts(inputs, kreis) for kreis in members]
    people, force, retiring = (np.sum([one[i] for one in accounts], axis=0) for i in range(3))
    disability = np.sum([one[3] for one in accounts], axis=0)
    places, households = inputs.places, inputs.people
    stocks = [flows.stock_by_group(households.start[kreis], households.profile[kreis]) for kreis in members]
    aged = sum(stock[:, None] * places.at_home[kreis] for stock, kreis in zip(stocks, members, strict=True))
    aged = np.asarray(aged).reshape(-1, *SHAPE)
    employed = sum(float((places.homes[kreis] * places.workforce.sum((1, 2))).sum()) for kreis in members)
    churn = households.churn[members].sum(0)
    young = households.arrivals[members][:, :, 20:45].sum() * inputs.frame.immigration
    return Place(
        inputs.years, people, force, places.workforce[members].sum((0, 1)).reshape(SHAPE),
        places.workforce[members, 1].sum(0).reshape(SHAPE), aged.sum(0), retiring, disability,
        _arrivals(young), churn / churn.sum(), max(float(np.sum(stocks)) - employed, 0.0), students,
        _surplus(forecast, len(inputs.years)), _commuters(inputs, members, stocks),
        places.workforce[members, 0].sum(0).reshape(SHAPE), aged,
    )  # fmt: skip


def _arrivals(young: Array) -> Array:
    """Arrivals of the first, observed years are not an assumption; they take the value of the first later year."""
    later = young[young > 0]
    return np.where(young > 0, young, later[0] if len(later) else 0.0)


def _surplus(forecast: Forecast | None, years: int) -> Array:
    if forecast is None:
        return np.zeros(years)
    return np.asarray(np.maximum(-forecast.select("gap_cumulated", "academic")[0], 0.0))


def _accounts(inputs: Inputs, kreis: int) -> tuple[Array, Array, Array, Array]:
    """Return people, labour force, retiring people by age and new Erwerbsminderung of one Kreis, central path."""
    home = ensemble.home(inputs, kreis)
    climate = ensemble.climate(inputs, drawn.make(inputs, 0), kreis)
    change, years = flows.no_change(len(inputs.years)), len(inputs.years)
    people = inputs.people.population[kreis][:, : flows.AGES]
    force, retiring, disability = np.zeros_like(people), np.zeros((flows.AGES, years)), np.zeros(years)
    carried = home.profile[None]
    force[..., 0] = people[..., 0] * carried[0]
    for year in range(1, years):
        sick, leave = flows.hazards(climate, change, year)
        before = people[..., year - 1] * carried[0]
        retiring[:, year] = (before * leave[0]).sum(0)
        # Below this age the profile itself contains Erwerbsminderung; less of it would not show in the forecast.
        disability[year] = float((before * sick[0])[:, flows.EXIT :].sum())
        carried, _ = flows.participation(home, climate, change, carried, year)
        force[..., year] = people[..., year] * carried[0]
    retiring[:, 0], disability[0] = retiring[:, 1], disability[1]
    return people, force, retiring, disability


def _commuters(inputs: Inputs, members: list[int], stocks: list[Array]) -> dict[str, float]:
    """Return residents who work outside the zone, by AGS of work; largest flows first."""
    works = inputs.places.works
    out = sum(np.einsum("wg,g->w", works[:, kreis], stock) for kreis, stock in zip(members, stocks, strict=True))
    counts = {inputs.ags[w]: float(n) for w, n in enumerate(np.asarray(out)) if w not in members and n >= 1}
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def foreign_students(edition: Edition, key: str) -> float:
    """Return foreign students at universities in a Kreis or zone, latest year; 0 where the table is absent."""
    try:
        rows = edition.facts("students")
    except (Refusal, KeyError):  # an edition without the table simply has no such target group
        return 0.0
    latest = rows[(rows["year"] == rows["year"].max()) & rows["ags"].isin(key.split("+"))]
    chosen = latest[(latest["nationality"] == "foreign") & (latest["sex"] == "total") & (latest["subject"] == "total")]
    return float(chosen["value"].fillna(0).sum())
