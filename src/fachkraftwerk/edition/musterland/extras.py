"""The rest of Musterland: national table of occupations, schools, income, indicators, classifications, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, SEXES
from fachkraftwerk.core.streams import stream
from fachkraftwerk.edition.musterland.land import AGS, KREISE, LAND, facts
from fachkraftwerk.edition.musterland.people import People
from fachkraftwerk.edition.musterland.work import Work

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
#: P(none, vocational, academic, unknown | level) from which the national table is drawn.
QUALIFICATION = np.array([
    [0.33, 0.49, 0.04, 0.14], [0.13, 0.73, 0.05, 0.09], [0.04, 0.64, 0.25, 0.07], [0.03, 0.22, 0.69, 0.06],
])  # fmt: skip
_AGES = ("<25", "25-54", "55-64", "65+")


def occupations_2019(work: Work, seed: int) -> dict[str, pd.DataFrame]:
    """Return the national tables of regular and marginal employment, 31.12.2019, with 2- and 4-digit codes."""
    import pandas as pd

    random = stream("musterland occupations", seed)
    germany = work.cube.sum(0) * random.lognormal(-0.02, 0.06, (len(OCCUPATIONS), 1, 1))
    rows: dict[str, dict[str, float]] = {}
    for number, code in enumerate(OCCUPATIONS):
        pieces = _pieces(germany[number], random)
        named = {f"{code}{piece}0": _row(pieces[piece], random) for piece in range(len(pieces))}
        rows[code] = {key: sum(row[key] for row in named.values()) for key in next(iter(named.values()))}
        rows |= named
    rows["total"] = {key: sum(rows[code][key] for code in OCCUPATIONS) for key in rows["11"]}
    wide = pd.DataFrame(rows).T.rename_axis("occupation").reset_index()
    table = wide.melt(id_vars="occupation", var_name="characteristic").assign(status="")
    marginal = table.assign(value=(table["value"] * 0.22).round())
    keep = ~marginal["characteristic"].isin(["apprentices", "apprentices_m", "apprentices_f", "fulltime", "parttime"])
    return {"occupation_de": table, "marginal_de": marginal[keep].reset_index(drop=True)}


def _pieces(cells: Floats, random: np.random.Generator) -> Floats:
    """Split (level, age) into three 4-digit codes with different mixes of levels."""
    shares = random.dirichlet([1.2] * 3, len(LEVELS)).T
    return np.round(cells[None] * shares[:, :, None])


def _row(cells: Floats, random: np.random.Generator) -> dict[str, float]:
    total, level = float(cells.sum()), cells.sum(1)
    marks = np.round(level @ QUALIFICATION)
    marks[1] += total - marks.sum()
    ages = dict(zip(_AGES, (cells[:, 0].sum(), cells[:, 1:4].sum(), cells[:, 4].sum(), cells[:, 5].sum()), strict=True))
    men, full, foreign = (float(np.round(total * share)) for share in (random.uniform(0.2, 0.8), 0.7, 0.13))
    apprentices = float(np.round(cells[:, 0].sum() * 0.45))
    return {
        "total": total, "m": men, "f": total - men, "german": total - foreign, "foreign": foreign, **ages,
        "65-retirement": float(np.round(ages["65+"] * 0.4)), "apprentices": apprentices,
        "apprentices_m": float(np.round(apprentices * 0.6)),
        "apprentices_f": apprentices - float(np.round(apprentices * 0.6)), "fulltime": full, "parttime": total - full,
        **dict(zip(LEVELS, map(float, level), strict=True)),
        **dict(zip(("none", "vocational", "academic", "unknown"), map(float, marks), strict=True)),
    }  # fmt: skip


def schools(people: People) -> dict[str, pd.DataFrame]:
    """Return school leavers, vocational leavers, pupils and students of 2023, and income of 2021."""
    young = people.at(2023)[:, :, 16].sum(1)
    leaving = {"none": 0.06, "basic": 0.18, "secondary": 0.42, "fhr_school": 0.02, "fhr": 0.01, "abitur": 0.31}
    vocational = {"basic": 0.03, "secondary": 0.03, "fhr_school": 0.02, "fhr": 0.07, "abitur": 0.05}
    dims = {"year": [2023], "ags": AGS}
    certificates = {**leaving, "total": 1.0}
    by_sex = _by_sex(young, leaving)
    students = np.round(people.at(2023)[:, :, 19:26].sum((1, 2)) * _campus())[:, None] * np.array(
        [0.4, 0.35, 0.25, 1.0]
    )
    subjects = ["FG01", "FG04", "FG07", "total"]
    studying = np.round(students[:, :, None, None] * np.array([0.5, 0.5])[:, None] * np.array([0.85, 0.15]))
    studying = np.concatenate([studying, studying.sum(2, keepdims=True)], axis=2)
    studying = np.concatenate([studying, studying.sum(3, keepdims=True)], axis=3)
    main = [name for name in leaving if name != "fhr_school"]
    land = by_sex.sum(0)[[list(leaving).index(name) for name in main]]
    return {
        "school_leavers": facts([by_sex], {**dims, "certificate": certificates, "sex": (*SEXES, "total")}),
        "vocational_leavers": facts(
            [_by_sex(young, vocational)], {**dims, "certificate": {**vocational, "total": 1}, "sex": (*SEXES, "total")}
        ),
        "school_leavers_land": facts(
            np.stack([land, land])[:, None],
            {"year": [2022, 2023], "land": [LAND], "certificate": main, "sex": (*SEXES, "total")},
        ),
        "pupils": facts(
            [np.round(young[:, None, None] * np.array([list(_PUPILS.values())]))],
            {**dims, "school": ["total"], "group": _PUPILS},
        ),
        "students": facts(
            [studying],
            {**dims, "subject": subjects, "sex": (*SEXES, "total"), "nationality": ("german", "foreign", "total")},
        ),
        "income": _income(people),
    }  # fmt: skip


#: Schools and pupils per leaver.
_PUPILS = {"schools": 0.03, "total": 6.0, "f": 2.9, "foreign": 0.5, "grade7": 1.0, "grade11": 0.6}


def _by_sex(young: Floats, certificates: dict[str, float]) -> Floats:
    counts = np.round(young[:, None, None] * np.array(list(certificates.values()))[:, None] * np.array([0.51, 0.49]))
    main = np.array([name != "fhr_school" for name in certificates])  # holders also have a secondary certificate
    counts = np.concatenate([counts, counts[:, main].sum(1, keepdims=True)], axis=1)
    return np.concatenate([counts, counts.sum(2, keepdims=True)], axis=2)


def _campus() -> Floats:
    return np.array([0.9 if "Stadt" in kind else 0.05 for _, kind, _, _ in KREISE])


def _income(people: People) -> pd.DataFrame:
    heads = people.at(2021).sum((1, 2))
    per_head = 23_000 + 800 * np.arange(len(AGS))
    values = np.stack([np.round(heads * per_head / 1000), per_head], axis=1)
    return facts([values], {"year": [2021], "ags": AGS, "measure": ("total", "per_head")})


def economy(people: People, work: Work) -> dict[str, pd.DataFrame]:
    """Return gross domestic product, a few indicators (one of an earlier year), living arrangements, recoding."""
    years, units = range(2000, 2021), ("MIO_EUR", "MIO_NAC", "MIO_PPS_EU27_2020")
    product = work.jobs[None, :, None] * 0.085 * (1.02 ** (np.array(years) - 2020))[:, None, None]
    named = {"Arbeitslosenquote": 5.1, "Ausländeranteil": 13.0, "Beschäftigtenquote": 62.0, "Schuldnerquote": 9.8}
    indicators = facts(np.broadcast_to([*named.values()], (len(AGS), len(named))), {"ags": AGS, "indicator": named})
    earlier = indicators["indicator"] == "Ausländeranteil"
    return {
        "gdp": facts(np.round(product * np.array([1.0, 1.0, 0.92]), 2), {"year": years, "ags": AGS, "unit": units}),
        "indicators": indicators.assign(year=np.where(earlier, 2016, 2017)),
        "living_arrangements": facts(
            [np.round(people.at(2019).sum((1, 2))[:, None] / 2000 * np.array([0.41, 0.29, 0.3, 1.0]), 1)],
            {"year": [2019], "ags": AGS, "form": ("single", "couple", "family", "total")},
        ),
        "recoding": _recoding(),
    }


def _recoding() -> pd.DataFrame:
    """One Kreis was merged into another in 2021."""
    pairs = [*((ags, ags) for ags in AGS), ("99013", "99004")]
    rows = [
        {"year": year, "from_ags": old, "ags": new, "by": by, "value": 1.0, "status": ""}
        for year in range(1990, 2020) for old, new in pairs for by in ("area", "population", "employment")
        if by != "employment" or year >= 1997  # the first year with employees
    ]  # fmt: skip
    import pandas as pd

    return pd.DataFrame(rows)


def words() -> dict[str, pd.DataFrame]:
    """Return classifications, reference values and the projection from abroad."""
    import pandas as pd

    kldb: list[dict[str, Any]] = [{"code": code, "level": 2, "title": text.de} for code, text in OCCUPATIONS.items()]
    kldb += [{"code": f"{code}{n}0", "level": 4, "title": f"{text.de} {n}"} for code, text in OCCUPATIONS.items()
             for n in range(3)]  # fmt: skip
    wz = [{"code": code, "level": 1, "title": f"Abschnitt {code}"} for code in "ABCDEFGHIJKLMNOPQRSTU"]
    return {
        "kldb": pd.DataFrame(kldb), "wz": pd.DataFrame(wz),
        "references": pd.DataFrame(_references()), "bls": pd.DataFrame(_abroad()), "oes": _abroad_by_year(),
    }  # fmt: skip


def _references() -> list[dict[str, Any]]:
    base = {"base_year": 2023, "horizon_year": 2030, "source_title": "Musterland, erfundener Vergleichswert",
            "source_url": "https://example.org/musterland", "note": "", "status": ""}  # fmt: skip
    return [
        {"region": "Musterstadt", "ags": AGS[0], "category": "skilled", "value": 5_000.0, **base},
        {"region": "Landkreis Musterstadt", "ags": AGS[1], "category": "skilled", "value": 7_500.0, **base},
        {"region": "Musterland", "ags": LAND, "category": "skilled", "value": 61_000.0, **base},
        {"region": "Musterland", "ags": LAND, "category": "unskilled", "value": -6_000.0, **base},
    ]


def _abroad() -> list[dict[str, Any]]:
    random = stream("musterland abroad", 0)
    size = np.round(random.lognormal(10, 1, 40), -2)
    drift = random.normal(0, 0.15, (3, 40))
    rows = zip(size, *(np.round(size * np.exp(change), -2) for change in drift), strict=True)
    names = ("employment_2010", "projected_2020", "actual_2020", "projected_2030")
    return [
        {"soc": f"11-{1000 + n}", "title": f"Occupation {n}", "detailed": True,
         **dict(zip(names, map(float, row), strict=True))} for n, row in enumerate(rows, 1)
    ]  # fmt: skip


def _abroad_by_year() -> pd.DataFrame:
    """Forty invented occupations in two groups, each with a trend of its own; counted 2011 to 2015 and 2025."""
    import pandas as pd

    random = stream("musterland abroad by year", 0)
    size, trend = np.round(random.lognormal(10, 1, 40), -2), random.normal(0, 0.015, 40)
    rows: list[dict[str, Any]] = []
    for year in (*range(2011, 2016), 2025):
        now = np.round(size * np.exp(trend * (year - 2011) + random.normal(0, 0.02, 40)), -1)
        groups = {"11-0000": now[:20].sum(), "13-0000": now[20:].sum()}
        rows.append({"year": year, "soc": "00-0000", "level": "total", "title": "All", "value": float(now.sum())})
        rows += [
            {"year": year, "soc": soc, "level": "major", "title": soc, "value": float(v)} for soc, v in groups.items()
        ]
        rows += [{"year": year, "soc": f"{'11' if n < 20 else '13'}-{1001 + n}", "level": "detailed",
                  "title": f"Occupation {n + 1}", "value": float(value)} for n, value in enumerate(now)]  # fmt: skip
    return pd.DataFrame(rows).assign(status="")
