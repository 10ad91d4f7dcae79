"""Home and work, occupations, qualification: arrays of the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.model.supply import commuting, qualification
from fachkraftwerk.runs.arrays import complete, cube, table

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition
    from fachkraftwerk.runs.inputs import Places

Array = NDArray[np.float64]

#: School certificate → kind of the qualification it usually leads to.
CERTIFICATES = {"none": "low", "basic": "low", "secondary": "middle", "fhr": "high", "abitur": "high"}


def places(edition: Edition, ags: tuple[str, ...], values: Parameters) -> Places:
    """Prepare the arrays of ``inputs.Places``."""
    from fachkraftwerk.runs.inputs import Places

    staff, filled = workforce(edition, ags)
    homes = home_shares(edition, ags, values)
    works = commuting.workplaces(homes, staff.sum(2))
    at_work = staff / np.maximum(staff.sum(2, keepdims=True), 1e-9)
    at_home = np.stack([works[:, :, g].T @ at_work[:, g] for g in range(staff.shape[1])], axis=1)
    mix = qualifications(edition, staff.sum(0), values)
    odds = school(edition, ags, values)
    return Places(homes, works, staff, at_home, at_work, filled, mix, odds, beside(edition, ags))


def beside(edition: Edition, ags: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the positions of the Kreise that border on each one [Kreis, most], filled up with -1; none without a map."""
    shapes = table(edition, "shapes", needed=False)
    listed = {} if shapes is None else dict(zip(shapes["ags"].astype(str), shapes["neighbours"], strict=True))
    near = [[ags.index(one) for one in str(listed.get(key) or "").split() if one in ags] for key in ags]
    most = max(map(len, near))
    return np.array([one + [-1] * (most - len(one)) for one in near], dtype=np.int64).reshape(len(ags), most)


def workforce(edition: Edition, ags: tuple[str, ...]) -> tuple[Array, Array]:
    """Return employees [work, age group, cell] and the share of each cell that is estimated [work, cell]."""
    frame = edition.facts("workforce")
    dims = {"ags": ags, "age": AGES10, "occupation": tuple(OCCUPATIONS), "level": tuple(LEVELS)}
    staff = cube(frame, dims, fill=0.0).reshape(len(ags), len(AGES10), -1)
    guessed = frame[frame["estimated"].astype(bool)]
    filled = cube(guessed, dims, fill=0.0).reshape(staff.shape).sum(1)
    return staff, filled / np.maximum(staff.sum(1), 1e-9)


def home_shares(edition: Edition, ags: tuple[str, ...], values: Parameters) -> Array:
    """Return the shares of homes [home, work]; commuters of 2019 against employment of 2019."""
    flows = cube(edition.facts("commuting"), {"home": ags, "work": ags}, fill=0.0)
    np.fill_diagonal(flows, 0.0)
    history = edition.facts("employment")
    latest = history[history["year"] == history["year"].max()]
    employed = complete(cube(latest, {"ags": ags}), "employment")
    return commuting.home_shares(flows, employed, values["supply.commuting_floor"].number)


def qualifications(edition: Edition, staff: Array, values: Parameters) -> Array:
    """Return the qualification of employees by age group [group, cell, 3]; apprentices count as vocational."""
    dims = {"occupation": tuple(OCCUPATIONS), "level": tuple(LEVELS), "qualification": tuple(QUALIFICATIONS)}
    shares = complete(cube(edition.facts("qualification_share"), dims), "qualification_share")
    learners = apprentice_share(edition.facts("occupation_de"))
    shares = qualification.without_apprentices(shares / shares.sum(-1, keepdims=True), learners)
    curves = values["supply.qualification_by_age"].value
    targets = np.array([_targets(curves, age) for age in (30, 30, 40, 50, 60)])
    by_group = staff.reshape(len(targets), *shares.shape[:2])
    return qualification.by_age(shares, by_group, targets).reshape(len(targets), -1, shares.shape[-1])


def _targets(curves: dict[str, dict[int, float]], age: int) -> list[float]:
    none, academic = float(curves["none"][age]), float(curves["academic"][age])
    return [none, 1 - none - academic, academic]


def apprentice_share(frame: pd.DataFrame) -> Array:
    """Return apprentices among employees of the Fachkraft level [occupation]."""
    counts = cube(frame, {"occupation": tuple(OCCUPATIONS), "characteristic": ("apprentices", "fachkraft")}, fill=0.0)
    return counts[:, 0] / np.maximum(counts[:, 1], 1.0)


def school(edition: Edition, ags: tuple[str, ...], values: Parameters) -> Array:
    """Return odds of the three qualifications among entrants from school certificates [home, 3]; 1 where unknown."""
    frame = table(edition, "school_leavers", needed=False)
    if frame is None:
        return np.ones((len(ags), 3))
    frame = frame[(frame["sex"] == "total") & (frame["year"] == frame["year"].max())]
    grouped = frame.assign(kind=frame["certificate"].map(CERTIFICATES).fillna(""))
    counts = cube(grouped, {"ags": ags, "kind": ("low", "middle", "high")}, fill=0.0)
    national = counts.sum(0) / counts.sum()
    counts = counts + 200.0 * national
    weight = values["supply.school_weight"].number
    return qualification.school_odds(counts / counts.sum(1, keepdims=True), national, weight)
