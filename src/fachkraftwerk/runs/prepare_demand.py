"""Demand: arrays of sectors, staffing and drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, LEVELS, OCCUPATIONS, SECTORS
from fachkraftwerk.model.demand import drift, national_path, regional_path, sectors, staffing, totals
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.arrays import complete, cube, table

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition
    from fachkraftwerk.runs.inputs import Demand, Places

Array = NDArray[np.float64]
#: Quarters that give the growth of the two years after the base year.
_NEEDED = {f"{BASE_YEAR}-09-30", f"{BASE_YEAR + 1}-06-30", f"{BASE_YEAR + 1}-09-30", f"{BASE_YEAR + 2}-06-30"}
YEARS: NDArray[np.int64] = np.arange(BASE_YEAR, HORIZON + 1)
#: Years ahead at which spreads are stated.
AHEAD = 7


def demand(
    edition: Edition, ags: tuple[str, ...], lands: tuple[str, ...], land: NDArray[np.int64], values: Parameters,
    places: Places, people: Array,
) -> Demand:  # fmt: skip
    """Prepare the arrays of ``inputs.Demand``. people: residents on the central path [age, year]."""
    from fachkraftwerk.runs.inputs import Demand

    cells = places.workforce.sum(1)
    size = cells.sum(1)
    seen, years = sector_history(edition, ags)
    germany, levels, unrest = total_paths(edition, ags, lands, land, size, values, people)
    relative = sectors.relative_trend(seen.sum(1), years)
    shares = seen[-1] / seen[-1].sum(1, keepdims=True) * np.exp(relative * (BASE_YEAR - years[-1]))
    horizon = (YEARS - BASE_YEAR).astype(float)
    damping, pace = values["demand.sector_damping"].number, values["demand.sector_trend"].number
    paths = sectors.paths(shares, relative, levels, horizon, damping, pace)
    matrix = staffing.estimate(paths[..., 0], cells)
    start = matrix[None] * paths[:, :, :1]
    staff = staffing.fit(start + 1e-9, paths[..., 0], cells)
    fit = staffing.explained(paths[..., 0], cells, matrix)
    yearly, by_sector = cell_drift(edition, cells, matrix, paths[..., 0].sum(0), relative, values)
    damping, pace = values["demand.drift_damping"].number, values["demand.occupation_drift"].number
    log_drift = drift.drift_path(yearly, pace, horizon, damping)
    degrees = degree_drift(cells.sum(0), yearly + by_sector, places.qualification.mean(0), values)
    wanted = drift.drift_path(np.array(degrees), values["demand.academic_drift"].number, horizon, damping)
    return Demand(paths, staff, log_drift, wanted, matrix, fit, germany, unrest)


def sector_history(edition: Edition, ags: tuple[str, ...]) -> tuple[Array, Array]:
    """Return employees [year, Kreis, sector] with suppressed sectors filled, and the years.

    The table publishes B–E and C; mining, energy and water (B, D, E) are their difference.
    """
    frame = edition.facts("sectors")
    frame = frame[(frame["sex"] == "total") & (frame["nationality"] == "total")]
    years = np.sort(frame["year"].unique())
    names = tuple("B-E" if name == "B,D,E" else name for name in SECTORS)
    counts = cube(frame, {"year": years, "ags": ags, "sector": (*names, "total")})
    rest, made = names.index("B-E"), names.index("C")
    counts[..., rest] -= counts[..., made]
    whole = complete(counts[..., -1], "sectors")
    parts = np.where(counts[..., :-1] < 0, np.nan, counts[..., :-1])
    national = np.nansum(parts, axis=(0, 1))
    filled = np.stack([sectors.fill_secret(part, total, national) for part, total in zip(parts, whole, strict=True)])
    return np.maximum(filled, 0.5), years.astype(float)


def total_paths(
    edition: Edition, ags: tuple[str, ...], lands: tuple[str, ...], land: NDArray[np.int64], size: Array,
    values: Parameters, people: Array,
) -> tuple[Array, Array, Array]:  # fmt: skip
    """Return employees in Germany [year] and by Kreis [Kreis, year], which add up to Germany, and unrest [Kreis]."""
    frame = edition.facts("employment")
    years = np.sort(frame["year"].unique())
    history = complete(cube(frame, {"ags": ags, "year": years}), "employment")
    seen = observed_growth(edition, lands)
    known = len(seen)
    after = nation_ahead(edition, history.sum(0), years, size.sum(), seen[:, -1], people, values)
    observed = np.concatenate([[0.0], np.cumsum(seen[:, -1])])[np.minimum(YEARS - BASE_YEAR, known)]
    germany = size.sum() * np.exp(observed)
    germany[known:] *= np.exp(after)
    both = np.concatenate([history, size[:, None]], axis=1)
    lead = regional_path.lead(both, np.append(years, BASE_YEAR), int(values["demand.regional_window"].number))
    bent = regional_path.deviation_path(
        lead, values["demand.regional_deviation"].number, np.maximum(YEARS - BASE_YEAR - known, 0).astype(float),
        values["demand.regional_damping"].number,
    )  # fmt: skip
    here = np.zeros((len(ags), len(YEARS)))
    for year in range(1, len(YEARS)):
        done = min(year, known)
        here[:, year] = (seen[:done, :-1] - seen[:done, -1:]).sum(0)[land] if done else 0.0
    levels = size[:, None] * np.exp(bent + here) * (germany / size.sum())
    return germany, totals.reconcile(levels, germany, size), _unrest(history, values)


def _unrest(history: Array, values: Parameters) -> Array:
    """Return how far each Kreis strays relative to a typical one of median size, by its size and its past [Kreis].

    The past: errors of the rule seven years ahead, relative to what a Kreis of that size shows.
    """
    window, kept, damping = (
        values[f"demand.regional_{name}"].number for name in ("window", "deviation", "damping")
    )  # fmt: skip
    known = values["demand.demand_total"].distribution
    assert known is not None
    factor = known.by_size("kreis", history[:, -1])
    errors = regional_path.errors(history, int(window), kept, AHEAD, damping)
    return np.asarray(factor * regional_path.unrest(errors / factor))


def nation_ahead(
    edition: Edition, history: Array, years: NDArray[np.int64], size: float, seen: Array, people: Array,
    values: Parameters,
) -> Array:  # fmt: skip
    """Return the cumulated log growth of employment in Germany after the last observed year [year], 0 there.

    history: employees [year]; size: those of the base year aged 15–64; seen: yearly log growth after it; people:
    residents on the central path [age, year].
    """
    ages = tuple(values["demand.working_age"].value)
    known, whole = len(seen), national.whole(people, values)
    employees = _employees(
        history, years, size / (1 - values["supply.employed_65plus_share"].number), seen, values, whole
    )
    central = national.of_working_age(people.T, ages)
    past = national.residents(edition.facts)
    grown = national.growth_to_base(past, ages, central[0], BASE_YEAR, values["population.net_migration"], whole)
    grown = np.append(grown, np.diff(np.log(central[: known + 1])))
    now = national_path.momentum(
        employees, grown, float(central[known]), int(values["demand.recent_window"].number),
        int(values["demand.rate_window"].number),
    )  # fmt: skip
    return national_path.growth_path(now, np.diff(np.log(central[known:])), values["demand.growth_fading"].number)


def _employees(
    history: Array, years: NDArray[np.int64], base: float, seen: Array, values: Parameters, whole: bool
) -> Array:
    """Return employees in Germany, one for each year up to the last observed one; gaps in straight lines of logs."""
    known = dict(zip(years.tolist(), history.tolist(), strict=True)) | {BASE_YEAR: base}
    if whole:
        known |= {int(year): float(value) for year, value in values["demand.employees_germany"].value.items()}
    every = np.arange(min(known), BASE_YEAR + 1)
    logs = np.interp(every, sorted(known), np.log([known[year] for year in sorted(known)]))
    return np.asarray(np.exp(np.concatenate([logs, logs[-1] + np.cumsum(seen)])))


def observed_growth(edition: Edition, lands: tuple[str, ...]) -> Array:
    """Return yearly log growth of employment after the base year [year, Land and Germany]; none if not published."""
    frame = table(edition, "svb_recent", needed=False)
    none = np.zeros((0, len(lands) + 1))
    if frame is None:
        return none
    frame = frame[(frame["sex"] == "total") & (frame["nationality"] == "total") & frame["region"].isin(lands)]
    dates = sorted(str(one) for one in frame["day"].unique())
    counts = cube(frame.assign(day=frame["day"].astype(str)), {"day": dates, "region": lands})
    if not set(dates) >= _NEEDED or np.isnan(counts).any():
        return none
    counts = np.concatenate([counts, counts.sum(1, keepdims=True)], axis=1)
    at = {day: counts[dates.index(day)] for day in _NEEDED}
    first = np.log(at[f"{BASE_YEAR + 1}-09-30"] / at[f"{BASE_YEAR}-09-30"])
    second = np.log(at[f"{BASE_YEAR + 2}-06-30"] / at[f"{BASE_YEAR + 1}-06-30"])
    return np.stack([first, second])


def cell_drift(
    edition: Edition, cells: Array, matrix: Array, size: Array, relative: Array, values: Parameters
) -> tuple[Array, Array]:
    """Return the yearly log drift [cell] since 2019, without what sectors explain, and what they explain [cell]."""
    change = edition.facts("occupation_change")
    before = complete(cube(change, {"occupation": tuple(OCCUPATIONS)}, "svb_2019"), "occupation_change")
    table_de = edition.facts("occupation_de")
    level_before = cube(table_de, {"occupation": tuple(OCCUPATIONS), "characteristic": tuple(LEVELS)}, fill=0.0).sum(0)
    now = cells.sum(0).reshape(len(OCCUPATIONS), len(LEVELS))
    staff = (matrix * size[:, None]).reshape(len(SECTORS), *now.shape)
    by_sector = np.einsum("b,bol->ol", relative, staff) / np.maximum(staff.sum(0), 1e-9)
    moved = now * by_sector
    own = drift.yearly_drift(before, now.sum(1), 3.5) - moved.sum(1) / now.sum(1)
    level = drift.yearly_drift(level_before, now.sum(0), 3.5) - moved.sum(0) / now.sum(0)
    own[[name in values["demand.seasonal_occupations"].value for name in OCCUPATIONS]] = 0.0
    level = values["demand.level_drift"].number * (level - _explained_level(own, now))
    mixed = own[:, None] + level[None, :]
    return mixed.reshape(-1), by_sector.reshape(-1)


def degree_drift(cells: Array, moved: Array, mix: Array, values: Parameters) -> float:
    """Return the yearly change of the log odds of academic against vocational posts that occupations do not explain."""
    counts = values["demand.academic_employment"].value
    dates = sorted(counts["academic"])
    before, after = ((counts["academic"][date], counts["vocational"][date]) for date in (dates[0], dates[-1]))
    seen = drift.odds_drift(before, after, float(dates[-1]) - float(dates[0]))
    return seen - drift.explained_odds(cells, moved, mix[:, 2], mix[:, 1])


def _explained_level(own: Array, now: Array) -> Array:
    """What the drift of occupations alone does to levels [level]."""
    return np.asarray((own[:, None] * now).sum(0) / now.sum(0))
