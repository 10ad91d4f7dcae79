"""Residents and their labour force: arrays of the supply side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, SEXES
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.model.population import migration, projection, survival
from fachkraftwerk.model.supply import commuting, participation, retirement
from fachkraftwerk.model.supply.flows import AGES, EXIT, WORK_FROM, WORK_UNTIL, stock_by_group
from fachkraftwerk.runs.arrays import complete, cube, table

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition
    from fachkraftwerk.runs.inputs import Frame, People, Places

Array = NDArray[np.float64]
YEARS: NDArray[np.int64] = np.arange(BASE_YEAR, HORIZON + 1)
ALL_AGES = np.arange(91)
WORKING: NDArray[np.int64] = np.arange(WORK_FROM, WORK_UNTIL + 1)
AGE5 = (*tuple(f"{age}-{age + 4}" for age in range(0, 85, 5)), "85+")
WORK5 = tuple(f"{age}-{age + 4}" for age in range(15, 75, 5))
#: Where the ratio of employed residents to participation is anchored: it stays level until the early sixties.
GROUP_CENTRES = np.array([20.0, 29.5, 39.5, 49.5, 62.0, 67.0])


def people(
    edition: Edition, ags: tuple[str, ...], land: NDArray[np.int64], values: Parameters, places: Places
) -> tuple[People, Frame]:
    """Prepare the arrays of ``inputs.People`` and ``inputs.Frame``."""
    from fachkraftwerk.runs.inputs import Frame, People

    death = mortality(edition, values)
    level = mortality_levels(edition, ags, land, death, values)
    today = complete(
        cube(edition.facts("population_age"), {"ags": ags, "sex": SEXES, "age": ALL_AGES}), "population_age"
    )
    start = base_population(edition, ags, today, death[..., 0] * level[:, None, None])
    flows, shares = movements(edition, ags, land, start, values)
    moves, immigration, arrivals = _moves(
        start, today, death[..., 1] * level[:, None, None], flows, shares, values, whole_country(ags)
    )
    stocks, births = _project(start, death, level, moves, immigration, shares, today, edition, values)
    profile, trend, hazard = labour_force(edition, ags, start, places, values)
    a = slice(0, AGES)
    churn = _churn(flows, start)
    sick = values["supply.disability_hazard"].curve(np.arange(AGES))
    one = People(
        start[..., a], profile, death[:, a], level, arrivals[:, :, a, :], shares[..., a], churn[..., a], births,
        start.sum((1, 2)), stock_by_group(start[..., a], profile), stocks,
    )  # fmt: skip
    return one, Frame(trend, hazard, sick, immigration)


def whole_country(ags: tuple[str, ...]) -> bool:
    """Tell whether the edition covers all 16 Länder; a land of its own (tests) takes its share of national figures."""
    return len({one[:2] for one in ags}) == 16


def mortality(edition: Edition, values: Parameters) -> Array:
    """Return national death probabilities [sex, age 0…90, year]."""
    frame = edition.facts("life_table")
    periods = np.sort(frame["period"].unique())
    tables = complete(cube(frame, {"period": periods, "sex": SEXES, "age": ALL_AGES}), "life_table")
    middle = periods.astype(float) - 1.0
    trend = survival.mortality_trend(tables, middle)
    damping = values["population.mortality_damping"].number
    pace = values["population.mortality_improvement"].number
    return survival.mortality_path(tables[-1], trend, YEARS, float(middle[-1]), damping, pace)


def mortality_levels(
    edition: Edition, ags: tuple[str, ...], land: NDArray[np.int64], death: Array, values: Parameters
) -> Array:
    """Return the mortality level of the Kreise from deaths at ages 30–74."""
    stocks = _age5(edition, ags)
    frame = edition.facts("deaths_age5")
    years = [int(year) for year in np.sort(frame["year"].unique()) if int(year) in stocks and int(year) - 1 in stocks]
    groups = AGE5[6:15]
    deaths, expected = np.zeros(len(ags)), np.zeros(len(ags))
    rates = death[:, :90, 0].reshape(2, 18, 5).mean(-1)[:, 6:15]
    for year in years[-5:]:
        seen = cube(frame[frame["year"] == year], {"ags": ags, "sex": SEXES, "age5": groups}, fill=0.0)
        lived = (stocks[year][..., 6:15] + stocks[year - 1][..., 6:15]) / 2
        deaths += seen.sum((1, 2))
        expected += (lived * rates).sum((1, 2))
    expected *= deaths.sum() / max(expected.sum(), 1e-9)
    prior = values["population.mortality_prior_deaths"].number
    return survival.mortality_level(deaths, expected, land, prior) if years else np.ones(len(ags))


def base_population(edition: Edition, ags: tuple[str, ...], today: Array, death: Array) -> Array:
    """Return single ages on 31.12. of the base year: today's people a year younger, fitted to published groups."""
    frame = edition.facts("population_groups")
    frame = frame[frame["year"] == BASE_YEAR]
    names = sorted(frame["group"].unique(), key=_first_age)
    groups = cube(frame, {"ags": ags, "sex": SEXES, "group": names})
    bounds = [(_first_age(name), _last_age(name)) for name in names]
    return projection.backcast(today, groups, bounds, death)


def _first_age(name: str) -> int:
    return int(name.rstrip("+").split("-")[0])


def _last_age(name: str) -> int:
    return 90 if name.endswith("+") else int(name.split("-")[1])


def _age5(edition: Edition, ags: tuple[str, ...]) -> dict[int, Array]:
    frame = edition.facts("population_age5")
    return {
        int(str(year)): cube(part, {"ags": ags, "sex": SEXES, "age5": AGE5}, fill=0.0)
        for year, part in frame.groupby("year")
    }


def movements(
    edition: Edition, ags: tuple[str, ...], land: NDArray[np.int64], start: Array, values: Parameters
) -> tuple[Array, Array]:
    """Return yearly net migration 2017–2021 [Kreis, sex, age] and shares in national immigration (same shape)."""
    stocks = _age5(edition, ags)
    last = max(stocks)
    death = mortality(edition, values)[..., 0]
    five = np.array([[np.prod(1 - row[first : first + 5]) for first in range(2, 87, 5)] for row in death])
    flows = migration.single_ages(
        migration.residual(stocks[last - 5], stocks[last], np.pad(five, ((0, 0), (0, 1)))), 91
    )
    flows = migration.shrink_pattern(flows, start, land, values["population.migration_shrinkage"].number)
    foreign = _foreign_growth(edition, ags, start)
    shares = migration.international_shares(
        flows, start, foreign, values["population.international_share_foreign"].number
    )
    return flows, shares


def _foreign_growth(edition: Edition, ags: tuple[str, ...], start: Array) -> Array:
    frame = edition.facts("sectors")
    chosen = frame[(frame["sector"] == "total") & (frame["sex"] == "total") & (frame["nationality"] == "foreign")]
    years = np.sort(chosen["year"].unique())
    counts = cube(chosen, {"year": (years[0], years[-1]), "ags": ags}, fill=0.0)
    grown = np.maximum(counts[1] - counts[0], 0.0)
    return np.asarray(grown if grown.sum() > 0 else start.sum((1, 2)))


def _moves(
    start: Array, today: Array, death: Array, flows: Array, shares: Array, values: Parameters, whole: bool
) -> tuple[Array, Array, Array]:
    """Return net moves of the first, observed year, national immigration after it, moves equal in all draws.

    Moves for the labour force count arrivals of the first year with their lower participation.
    """
    observed = np.zeros_like(start)
    observed[..., :-2] = today[..., 1:-1] - start[..., :-2] * (1 - death[..., :-2])
    left = start * (1 - death)
    observed[..., -1] = today[..., -1] - left[..., -1] - left[..., -2]
    inside = migration.internal_balance(flows, shares, start)
    moves = np.repeat(inside[..., None], len(YEARS), axis=-1)
    moves[..., 0] = 0.0
    moves[..., 1] = observed
    inhabitants = values["population.inhabitants"].number
    immigration = values["population.net_migration"].series(YEARS) * (1.0 if whole else start.sum() / inhabitants)
    immigration[:2] = 0.0
    counted = moves.copy()
    weight = 1 - np.where(ALL_AGES + 1 >= WORK_FROM, values["population.arrivals_in_work"].number, 1.0)
    counted[..., 1] -= observed.sum() * shares * weight
    return moves, immigration, counted


def _project(
    start: Array, death: Array, level: Array, moves: Array, immigration: Array, shares: Array, today: Array,
    edition: Edition, values: Parameters,
) -> tuple[Array, Array]:  # fmt: skip
    """Return the central population [Kreis, sex, age 0…90, year] and births [Kreis, sex, year]."""
    frame = edition.facts("fertility")
    groups = tuple(f"{age}-{age + 4}" for age in range(15, 50, 5))
    pattern = cube(frame[frame["year"] == BASE_YEAR], {"age5": groups})
    rates = np.zeros(len(ALL_AGES))
    rates[15:50] = np.repeat(pattern, 5)
    rates *= values["population.fertility"].number / rates.sum()
    infants = today[..., 0].sum(1)
    expected = (start[:, 1] * rates).sum(-1)
    level_births = (infants + 200 * infants.sum() / expected.sum()) / (expected + 200)
    full = np.clip(death[None] * level[:, None, None, None], 0.0, 1.0)
    moved = moves + immigration * shares[..., None]
    boys = values["population.share_boys"].number
    return projection.project(start, full, moved, rates, level_births, boys, today[..., 0])


def _churn(flows: Array, start: Array) -> Array:
    """Return how a deviation of migration spreads over sex and age: like movements do; sums to the inhabitants."""
    intensity = np.abs(flows).sum(0) / np.maximum(start.sum(0), 1.0)
    weight = start * intensity
    return np.asarray(weight / weight.sum((1, 2), keepdims=True) * start.sum((1, 2), keepdims=True))


def labour_force(
    edition: Edition, ags: tuple[str, ...], start: Array, places: Places, values: Parameters
) -> tuple[Array, Array, Array]:
    """Return profile [Kreis, sex, age 0…75], trend and retirement hazard [sex, age 0…75, year]."""
    rates, years, latest = participation_rates(edition)
    starts = np.arange(15, 75, 5)
    young = participation.single_age_profile(latest, starts, WORKING)
    survivors = _cohort_survival(rates, years, latest)
    shape = values["supply.early_exit_shape"].curve(WORKING)
    plain = retirement.hazards_from_cohorts(survivors, np.array([50, 55, 60, 65]), shape, WORKING)
    national = participation.older_profile(young, plain, latest[:, 8:], starts[8:], WORKING)
    ratio = _level(edition, ags, start, national, places, values)
    profile = np.zeros((len(ags), 2, AGES))
    profile[..., WORK_FROM : AGES - 1] = np.clip(national[None] * ratio[:, None, :], 0.0, 0.99)
    force = start[..., WORK_FROM : AGES - 1].sum(1)
    mean_ratio = (ratio * force).sum(0) / force.sum(0)
    return profile, _trend(rates, years, national, values), _hazard(plain, mean_ratio, values)


def participation_rates(edition: Edition) -> tuple[Array, Array, Array]:
    """Return rates [year, sex, 10 groups 15–64], the years, and the latest with 12 groups 15–74 [sex, group]."""
    frame = edition.facts("participation")
    years = np.sort(frame["year"].unique())
    counts = cube(
        frame, {"year": years, "sex": SEXES, "age5": WORK5, "status_group": ("employed", "unemployed", "population")}
    )
    latest = np.nan_to_num(counts[-1])
    if not (latest[..., 2] > 0).all():
        raise refuse(
            "In der Tabelle „participation“ fehlt das neueste Jahr mit den Altersgruppen bis 74.",
            'Table "participation" lacks the latest year with age groups up to 74.',
            "Bauen Sie die Ausgabe mit dem Mikrozensus 2024 (Tabelle 12211-0001).",
            "Build the edition with the Mikrozensus 2024 (table 12211-0001).",
            "participation",
        )
    force = np.nansum(counts[..., :2], axis=-1)
    rates = force[:, :, :10] / counts[:, :, :10, 2]
    return np.clip(rates, 0.01, 0.99), years.astype(float), latest[..., :2].sum(-1) / latest[..., 2]


def _cohort_survival(rates: Array, years: Array, latest: Array) -> Array:
    """Share of the groups 50–54, 55–59, 60–64, 65–69 still active five years on [sex, 4]."""
    before = rates[int(np.argmin(np.abs(years - (years[-1] - 5))))]
    old = np.concatenate([latest[:, 8:11] / before[:, 7:10], latest[:, 11:12] / latest[:, 10:11]], axis=1)
    return np.asarray(np.clip(old, 0.02, 0.995))


def _level(
    edition: Edition, ags: tuple[str, ...], start: Array, national: Array, places: Places, values: Parameters
) -> Array:
    """Return the ratio of the labour force counted here (svB and unemployed) to participation [Kreis, age]."""
    active = (start[..., WORK_FROM : AGES - 1] * national[None]).sum(1)
    bins = np.minimum((WORKING - 15) // 10, 5)
    employed = commuting.residents(places.homes, places.workforce.sum(2))
    target = employed + unemployed(edition, ags, employed, values)
    over = active[:, WORKING >= 65].sum(1)
    total = places.workforce.sum() * values["supply.employed_65plus_share"].number
    target = np.concatenate([target, (over / over.sum() * total)[:, None]], axis=1)
    return participation.employment_level(active, target, GROUP_CENTRES, WORKING, bins)


def unemployed(edition: Edition, ags: tuple[str, ...], employed: Array, values: Parameters) -> Array:
    """Return unemployed residents [Kreis, group]: published years around the base year, scaled to its total."""
    frame = table(edition, "unemployment")
    assert frame is not None
    years = np.array(sorted(frame["year"].unique()))
    near = [max(years[years <= BASE_YEAR], default=years[0]), min(years[years >= BASE_YEAR], default=years[-1])]
    counts = cube(frame, {"year": near, "ags": ags, "group": ("total", "15-24", "55-64")}, fill=0.0).mean(0)
    if whole_country(ags):
        counts *= values["supply.unemployed_national"].number / counts[:, 0].sum()
    middle = np.maximum(counts[:, 0] - counts[:, 1] - counts[:, 2], 0.0)
    split = employed[:, 1:4] / employed[:, 1:4].sum(1, keepdims=True)
    return np.concatenate([counts[:, 1:2], middle[:, None] * split, counts[:, 2:3]], axis=1)


def _trend(rates: Array, years: Array, national: Array, values: Parameters) -> Array:
    first, last = values["supply.participation_window"].value
    chosen = (years >= first) & (years <= last)
    slope = participation.logit_trend(rates[chosen], years[chosen])
    centres = np.arange(15, 65, 5) + 2.0
    by_age = np.stack([np.interp(WORKING, centres, row) for row in slope])
    horizon = np.maximum(YEARS - years[-1], 0.0).astype(float)
    damping = values["supply.participation_damping"].number
    factor = participation.trend_factor(national, by_age, horizon, damping, values["supply.participation_trend"].number)
    full = np.ones((2, AGES, len(YEARS)))
    full[:, WORK_FROM : EXIT + 1] = factor[:, : EXIT + 1 - WORK_FROM]
    return full


def _hazard(plain: Array, ratio: Array, values: Parameters) -> Array:
    """Retirement hazards of the labour force counted here [sex, age 0…75, year], without Erwerbsminderung."""
    ages = np.arange(AGES)
    stay = (1 - plain[:, :-1]) * (ratio[1:] / ratio[:-1])
    hazard = np.zeros((2, AGES))
    hazard[:, WORK_FROM:WORK_UNTIL] = np.clip(1 - stay, 0.0, 1.0)
    hazard[:, :EXIT] = 0.0
    hazard = np.maximum(hazard - values["supply.disability_hazard"].curve(ages), 0.0)
    hazard[:, WORK_UNTIL:] = 1.0
    window = values["supply.retirement_window"].value
    limits = values["supply.pension_age"].value
    return retirement.cohort_hazard(hazard, ages, YEARS, limits, (window[0], window[1]), BASE_YEAR)
