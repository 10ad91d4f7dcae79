"""Framework scenarios: the world shifts one named assumption while a region acts. Measures are tested against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.adjustments import DIMENSIONS, SIZES, Adjustments
from fachkraftwerk.model.supply.flows import AGES, WORK_FROM, Change
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.regionforecast import RegionForecast

Array = NDArray[np.float64]
BASELINE = "baseline"


@dataclass(frozen=True)
class Frame:
    """One framework scenario; at most one of the shifts is set."""

    key: str
    name: Text
    does: Text
    grade: str
    source: str = ""
    migration: float = 0.0
    demand: float = 0.0
    retirement: float = 1.0
    years: tuple[int, int] = (2025, 2025)


def _read() -> dict[str, Frame]:
    import yaml

    text = files("fachkraftwerk.runs").joinpath("frames.yaml").read_text(encoding="utf-8")
    return {key: _frame(key, row) for key, row in yaml.safe_load(text).items()}


def _frame(key: str, row: dict[str, Any]) -> Frame:
    plain = {name: row[name] for name in ("source", "migration", "demand", "retirement") if name in row}
    years = tuple(row.get("years", (2025, 2025)))
    return Frame(key, Text(**row["name"]), Text(**row["does"]), row["grade"], years=(years[0], years[1]), **plain)


@cache
def frames() -> dict[str, Frame]:
    """Return all framework scenarios, the expected one first."""
    return _read()


FRAMES: dict[str, Frame] = frames()


def frame_adjustments(inputs: Inputs, kreis: int, key: str) -> Adjustments | None:
    """Return what a framework scenario changes in one Kreis; None for the expected one."""
    frame = frames()[key]
    if frame.migration:
        return Adjustments(migration=_arrivals(inputs, kreis, frame.migration))
    if frame.demand:
        first, last = frame.years
        rise = np.clip((inputs.years - first + 1) / (last - first + 1), 0.0, 1.0)
        return Adjustments(demand=(1 + frame.demand * rise)[None, None])
    if frame.retirement != 1.0:
        return Adjustments(retirement=np.where(inputs.years > 2024, frame.retirement, 1.0)[None])
    return None


def _arrivals(inputs: Inputs, kreis: int, persons: float) -> Array:
    """Spread a change of national migration as the model spreads it: by Kreis, sex and age, fewer of them at work."""
    share = inputs.people.arrivals[kreis]
    scale = float(inputs.frame.immigration[-1]) / inputs.parameters["population.net_migration"].series(inputs.years)[-1]
    work = inputs.parameters["population.arrivals_in_work"].number
    weight = np.where(np.arange(AGES) + 1 >= WORK_FROM, work, 1.0)
    later = (inputs.frame.immigration > 0).astype(float)
    table = np.zeros((2, SIZES["a"], len(inputs.years)))
    table[:, :AGES] = (share * weight)[..., None] * persons * scale * later
    return table


def merged(one: Change, other: Change) -> Change:
    """Return both changes at once: additions add up, factors multiply."""
    return Change(
        np.ascontiguousarray(one.participation + other.participation),
        np.ascontiguousarray(one.retirement * other.retirement),
        np.ascontiguousarray(one.disability * other.disability),
        np.ascontiguousarray(one.migration + other.migration),
    )


def joined(one: Adjustments, other: Adjustments) -> Adjustments:
    """Return both sets of adjustments at once: additions add up, factors multiply."""
    both: dict[str, Array] = {}
    for name, (_, neutral) in DIMENSIONS.items():
        given = [a.full(name) for a in (one, other) if getattr(a, name) is not None]
        if given:
            both[name] = given[0] if len(given) == 1 else given[0] * given[1] if neutral else given[0] + given[1]
    return Adjustments(**both)


def forecasts(inputs: Inputs, key: str, names: Sequence[str], draws: int, seed: int = 0) -> dict[str, RegionForecast]:
    """Return the forecast of a zone under each framework scenario; all Kreise around it live in the same world."""
    from fachkraftwerk.runs import ensemble

    around = sorted({home for kreis in inputs.members(key) for home in ensemble.homes_of(inputs, kreis)})
    made = {}
    for name in names:
        sets = {inputs.ags[k]: a for k in around if (a := frame_adjustments(inputs, k, name)) is not None}
        made[name] = ensemble.forecast(inputs, [key], draws, adjustments=sets or None, seed=seed)[key]
    return made
