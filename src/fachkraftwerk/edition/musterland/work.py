"""Work in Musterland: who works where, in which sector, occupation, level and age; then published with gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS, SECTORS, SEXES
from fachkraftwerk.core.streams import stream
from fachkraftwerk.edition.musterland.land import AGS, KREISE, LAND, OWN_TABLES, distances, facts
from fachkraftwerk.edition.musterland.people import AGE5, People

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
_ALL_AGES = (*AGES10, "65+")
#: Share of the labour force that is employed subject to social insurance.
_INSURED = 0.78
_LEVEL_SHARE = np.array([0.16, 0.58, 0.13, 0.13])
_AGGREGATES = {"B-F": ("B,D,E", "C", "F"), "B-E": ("B,D,E", "C"), "G-U": ("G-I", "J", "K", "L", "M-N", "O-Q", "R-U")}


@dataclass(frozen=True)
class Work:
    """``cube`` (Kreis, occupation, level, age of _ALL_AGES) 30.06.2023, ``commuters`` (home, work), ``jobs``."""

    cube: Floats
    commuters: Floats
    jobs: Floats
    unknown: Floats
    sectors: Floats
    labour: Floats


def participation(year: int) -> Floats:
    """Return labour force per inhabitant by sex and 5-year age (15-19 … 75+)."""
    shape = np.array([0.30, 0.74, 0.87, 0.90, 0.90, 0.91, 0.91, 0.89, 0.84, 0.62, 0.16, 0.07, 0.02])
    gain = np.zeros(13)
    gain[8:11] = [0.006, 0.014, 0.005]
    women = np.array([0.98, 0.96, 0.95, 0.91, 0.91, 0.93, 0.94, 0.94, 0.93, 0.9, 0.7, 0.6, 0.5])
    both = shape * np.stack([np.ones(13), women * (1 + 0.002 * (year - 2024))])
    return np.clip(both + gain * (year - 2024), 0.005, 0.97)


def make(people: People, seed: int) -> Work:
    """Draw the working life of 2023."""
    random = stream("musterland work", seed)
    stock = people.at(2023)
    rates = np.repeat(participation(2023), 5, axis=1)[:, :61]
    labour = (stock[:, :, 15:76] * rates).sum((1, 2))
    workers = labour * _INSURED
    weight = np.array([jobs for *_, jobs in KREISE]) * workers
    reach = weight[None] * np.exp(-1.7 * distances()) * np.where(np.eye(len(AGS)) > 0, 2.2, 1.0)
    flows = np.round(workers[:, None] * reach / reach.sum(1, keepdims=True))
    jobs = flows.sum(0)
    mix = random.dirichlet(60 * _sector_size(), len(AGS))
    staffing = _staffing(random)
    local = random.lognormal(0, 0.22, (len(AGS), len(OCCUPATIONS), len(LEVELS), 1))
    ages = random.lognormal(0, 0.1, (len(AGS), 1, 1, len(_ALL_AGES)))
    mean = (mix @ staffing)[:, :, None, None] * _levels(random)[None, :, :, None] * local * ages * _ages()[None, None]
    mean *= (0.995 * jobs / mean.sum((1, 2, 3)))[:, None, None, None]
    cube = random.poisson(mean).astype(float)
    unknown = np.round(jobs[:, None] * 0.005 * np.array([0.1, 0.55, 0.34, 0.01]))
    return Work(cube, flows, cube.sum((1, 2, 3)) + unknown.sum(1), unknown, mix, labour)


def work_tables(work: Work, people: People, seed: int) -> dict[str, pd.DataFrame]:
    """Return the tables on employment, sectors, commuting, unemployment and participation."""
    random = stream("musterland series", seed)
    trend = random.normal(0.006, 0.005, len(AGS))
    path = {y: work.jobs * np.exp(trend * (y - 2023) + _cycle(y)) for y in range(1997, 2026)}
    flows = facts(work.commuters, {"home": AGS, "work": AGS}, "estimated")
    years = range(1997, 2020)
    return {
        "employment": facts([np.round(path[y], -2) for y in years], {"year": years, "ags": AGS}),
        "sectors": _sectors(work, path, random),
        "svb_recent": _recent(path),
        "commuting": flows[(flows["home"] != flows["work"]) & (flows["value"] > 0)].reset_index(drop=True),
        "participation": _participation(people),
        **_unemployment(work, random),
    }


def _sector_size() -> Floats:
    return np.array([0.01, 0.03, 0.19, 0.06, 0.23, 0.04, 0.03, 0.01, 0.13, 0.23, 0.04])


def _staffing(random: np.random.Generator) -> Floats:
    """Occupations within a sector, shape (sector, occupation); every sector has its own few main occupations."""
    base = random.gamma(0.35, 1.0, (len(SECTORS), len(OCCUPATIONS))) + 0.02
    base[:, list(OCCUPATIONS).index("71")] += 0.6
    return np.asarray(base / base.sum(1, keepdims=True))


def _levels(random: np.random.Generator) -> Floats:
    """Levels within an occupation; teachers have no helpers, cleaners few experts."""
    shares = random.dirichlet(9 * _LEVEL_SHARE, len(OCCUPATIONS))
    shares[list(OCCUPATIONS).index("84"), 0] = 0
    shares[list(OCCUPATIONS).index("43"), 0] = 0
    return np.asarray(shares / shares.sum(1, keepdims=True))


def _ages() -> Floats:
    """Ages within a level, shape (level, age of _ALL_AGES)."""
    return np.array([
        [0.16, 0.21, 0.20, 0.20, 0.21, 0.02], [0.12, 0.20, 0.21, 0.22, 0.23, 0.02],
        [0.04, 0.22, 0.25, 0.25, 0.23, 0.01], [0.02, 0.25, 0.27, 0.24, 0.20, 0.02],
    ])  # fmt: skip


def _cycle(year: int) -> float:
    return {2009: -0.012, 2010: -0.008, 2020: -0.006}.get(year, 0.004 * float(np.sin(year / 1.6)))


def _sectors(work: Work, path: dict[int, Floats], random: np.random.Generator) -> pd.DataFrame:
    """Six years by sector, sex and nationality; a few small cells are secret."""
    years, codes = range(2015, 2021), list(SECTORS)
    drift = random.normal(0, 0.012, (len(AGS), len(codes)))
    core = np.stack([path[y][:, None] * work.sectors * np.exp(drift * (y - 2020)) for y in years])
    split = np.round(core[..., None, None] * np.array([[0.53], [0.47]]) * np.array([0.86, 0.14]))
    table = {code: split[:, :, number] for number, code in enumerate(codes)}
    table |= {name: sum((table[part] for part in parts), np.zeros(1)) for name, parts in _AGGREGATES.items()}
    table["total"] = table["A"] + table["B-F"] + table["G-U"]
    shown = [name for name in table if name != "B,D,E"]
    values = np.stack([table[name] for name in shown], axis=2)
    values = np.concatenate([values, values.sum(3, keepdims=True)], axis=3)
    values[..., 0] = values.sum(-1)
    dims = {"year": years, "ags": AGS, "sector": shown, "sex": (*SEXES, "total"), "nationality": ("total", "foreign")}
    frame = facts(values, dims)
    hidden = (frame["value"] < 20) & (frame["sector"] != "total")
    return frame.assign(value=frame["value"].mask(hidden), status=np.where(hidden, "secret", ""))


def _recent(path: dict[int, Floats]) -> pd.DataFrame:
    """Employees of the Land by quarter, more in autumn than in June; the last of them also by Kreis and nationality."""
    import pandas as pd

    days = {"2023-09-30": 1.011, "2024-06-30": 1.004, "2024-09-30": 1.015, "2025-06-30": 1.006}
    total = path[2023].sum()
    men = np.round(np.array([total * f for f in days.values()]) * 0.53)
    women = np.round(men / 0.53 * 0.47)
    values = np.stack([men, women, men + women], axis=1)
    dims = {"day": days, "region": [LAND], "sex": (*SEXES, "total"), "nationality": ["total"]}
    kreise = np.round(path[2023][:, None, None] * np.array([0.53, 0.47])[:, None] * np.array([1.0, 0.13]))
    kreise = np.concatenate([kreise, kreise.sum(1, keepdims=True)], axis=1)
    kreise = np.concatenate([kreise, kreise.sum(0, keepdims=True)], axis=0)
    local = {"region": (*AGS, "DG"), "sex": (*SEXES, "total"), "nationality": ("total", "foreign")}
    return pd.concat([facts(values[:, None, :, None], dims), facts(kreise, local).assign(day=list(days)[-1])])


def _participation(people: People) -> pd.DataFrame:
    """The microcensus: population, employed and unemployed in 1,000 by sex and age."""
    import pandas as pd

    ages = (*AGE5[3:15], "75+")
    parts = []
    for year in (*range(1991, 2020), 2024):
        stock = people.at(year).sum(0)[:, 15:]
        five = np.concatenate([stock[:, :60].reshape(2, 12, 5).sum(2), stock[:, 60:].sum(1, keepdims=True)], axis=1)
        labour = five * participation(year)
        values = np.stack([five, labour * 0.96, labour * 0.04], axis=2) / 1000
        dims = {"sex": SEXES, "age5": ages, "status_group": ("population", "employed", "unemployed")}
        table = facts(values.round(3), dims, "break" if year == 2024 else "").assign(year=year)
        parts.append(table if year == 2024 else _older_joined(table))
    return pd.concat(parts, ignore_index=True)


def _older_joined(table: pd.DataFrame) -> pd.DataFrame:
    """Before 2020 the microcensus ends with 65+."""
    named = table.assign(age5=table["age5"].replace({"65-69": "65+", "70-74": "65+", "75+": "65+"}))
    keys = ["year", "sex", "age5", "status_group", "status"]
    return named.groupby(keys)["value"].sum().round(3).reset_index()


def _unemployment(work: Work, random: np.random.Generator) -> dict[str, pd.DataFrame]:
    years = (*range(2015, 2021), 2025)
    share = {"total": 1.0, "15-19": 0.02, "15-24": 0.1, "55-64": 0.22, "foreign": 0.25, "longterm": 0.33,
             "disabled": 0.06}  # fmt: skip
    rate = random.uniform(0.03, 0.08, len(AGS))
    values = np.round(work.labour * rate)[None, :, None] * np.array(list(share.values()))
    groups = {"total": 1.0, "m": 1.05, "f": 0.95, "15-24": 0.9, "foreign": 2.2, "dependent": 1.1}
    rates = (100 * rate)[None, :, None] * np.array(list(groups.values()))
    dims = {"year": years, "ags": AGS}
    return {
        "unemployment": facts(np.broadcast_to(np.round(values), (7, len(AGS), 7)), {**dims, "group": share}),
        "unemployment_rate": facts(np.broadcast_to(rates.round(1), (7, len(AGS), 6)), {**dims, "group": groups}),
    }


def exact_totals(work: Work) -> dict[str, Floats]:
    """Return the exact totals of the Kreise with tables of their own: 15-24, 25-54, 55-retirement, total."""
    rows = slice(0, len(OWN_TABLES))
    ages = work.cube[rows].sum((1, 2))
    old = np.round(ages[:, 5] * 0.4)  # between 65 and the pension age
    return {
        "15-24": ages[:, 0] + work.unknown[rows, 0], "25-54": ages[:, 1:4].sum(1) + work.unknown[rows, 1],
        "55-retirement": ages[:, 4] + old + work.unknown[rows, 2], "total": work.jobs[rows],
    }  # fmt: skip
