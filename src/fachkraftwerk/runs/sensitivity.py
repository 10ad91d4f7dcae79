"""Which assumption matters most: how much of the spread of a gap each one carries, from the same draws.

The gap of every draw is regressed on the deviation that each assumption takes in that draw; an assumption's share is
coefficient × covariance / variance, so that shares add up to the explained part (Pratt 1987). What is left is said as
such: small cells and interactions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.draws import Draws

if TYPE_CHECKING:
    from fachkraftwerk.runs.inputs import Inputs

Array = NDArray[np.float64]
#: Fewer draws than this cannot tell a dozen assumptions apart.
FEWEST = 60
_REGIONAL = (
    "population.net_migration", "population.mortality_improvement", "population.fertility",
    "supply.participation_trend", "supply.retirement", "supply.disability_hazard", "supply.entrants_unskilled",
    "demand.demand_total",
)  # fmt: skip
#: Assumptions about single occupations; for all occupations together they cancel out.
_CELLS = ("supply.entrants_choice", "supply.completion", "demand.occupation_drift")


@dataclass(frozen=True)
class Share:
    """One assumption and the part (0 to 1) of the spread it carries."""

    key: str
    name: Text
    share: float


def ranking(draws: Draws, members: Sequence[int], samples: Array, at: int, occupation: str = "all") -> list[Share]:
    """Return assumptions by the part of the spread they carry, largest first; the rest last.

    members: positions of the Kreise of the region; samples: the gap [draw] in the year at position ``at``. Empty
    where there are too few draws or no spread.
    """
    outcome = samples[1:] - samples[1:].mean()
    variance = float(outcome @ outcome)
    if len(outcome) < FEWEST or variance <= 0:
        return []
    found = deviations(draws, members, at, occupation)
    causes = np.stack([column[1:] - column[1:].mean() for column in found.values()], axis=1)
    weights = np.linalg.lstsq(causes, outcome, rcond=None)[0]
    shares = np.maximum(weights * (causes.T @ outcome) / variance, 0.0)
    shares = shares / max(1.0, float(shares.sum()))
    parameters = draws.inputs.parameters
    ranked = [Share(key, parameters[key].name, float(share)) for key, share in zip(found, shares, strict=True)]
    ranked.sort(key=lambda one: -one.share)
    rest = Text("einzelne Berufe und Zusammenspiel", "single occupations and interplay")
    return [*ranked, Share("rest", rest, max(0.0, 1.0 - float(shares.sum())))]


def deviations(draws: Draws, members: Sequence[int], at: int, occupation: str = "all") -> dict[str, Array]:
    """Return for each assumption its deviation in every draw [draw], averaged over the Kreise by employees."""
    weight = _weights(draws.inputs, members)
    known = set(draws.inputs.parameters.uncertain())
    columns: dict[str, Array] = {}
    for key in _REGIONAL:
        if key in known:
            paths = np.stack([draws.regional(key, one)[:, at] for one in members], axis=1)
            columns[key] = paths @ weight
    if "population.regional_migration" in known:
        closed = draws.closed("population.regional_migration")
        columns["population.regional_migration"] = closed[:, list(members)] @ weight
    if "population.arrivals_in_work" in known:
        columns["population.arrivals_in_work"] = draws.constant("population.arrivals_in_work")
    if "demand.sector_trend" in known:
        sectors = draws.inputs.demand.paths[list(members), :, 0].sum(0)
        columns["demand.sector_trend"] = draws.sectors("demand.sector_trend") @ (sectors / sectors.sum())
    if occupation != "all":
        place = list(OCCUPATIONS).index(occupation)
        for key in (one for one in _CELLS if one in known):
            columns[key] = np.stack([draws.cells(key, one)[:, place] for one in members], axis=1) @ weight
    return {key: column for key, column in columns.items() if column.std() > 0}


def _weights(inputs: Inputs, members: Sequence[int]) -> Array:
    size = inputs.places.workforce[list(members)].sum((1, 2))
    return np.asarray(size / size.sum())
