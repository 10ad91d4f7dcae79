"""The map of Musterland and what lies beside it: GeoJSON, Gemeindeverzeichnis, Kreise before and after, projections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.edition.musterland.land import AGS, KREISE, borders
from fachkraftwerk.edition.musterland.write import book, number, rows_of, save

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
_SEXES = {"": "Total", "m": "Males", "f": "Females"}


def regions(tables: Tables, paths: list[Path]) -> None:
    """VG5000 as GeoJSON: a feature per Kreis of the common territorial state, borders in degrees."""
    features = [
        {"type": "Feature", "properties": _properties(row), "geometry": borders()[row["ags"]]}
        for row in tables["regions"].to_dict("records") if row["ags"] in AGS
    ]  # fmt: skip
    save(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), paths[0])


def _properties(row: Mapping[Any, Any]) -> dict[str, str]:
    """The map names a Landkreis without its kind: "Waldhausen"."""
    bare = row["name"].removeprefix("Landkreis ")
    return {"AGS": row["ags"], "GEN": bare, "BEZ": row["kind"], "NUTS": row["nuts3"]}


def reforms(tables: Tables, paths: list[Path]) -> None:
    """The Kreise that are on no map of the common state: merged before, founded after."""
    rows = tables["regions"]
    beyond = rows[~rows["ags"].isin(list(AGS))].assign(source="Musterland, erfundenes Gesetz")
    columns = ["ags", "name", "kind", "nuts3", "valid_from", "valid_to", "successors", "source"]
    save(rows_of([columns, *beyond[columns].to_numpy().tolist()]), paths[0])


def references(tables: Tables, paths: list[Path]) -> None:
    """Published figures with their source."""
    columns = ["region", "ags", "horizon_year", "base_year", "category", "value", "source_title", "source_url", "note"]
    rows = tables["references"].assign(value=tables["references"]["value"].map(number))
    save(rows_of([columns, *rows[columns].to_numpy().tolist()]), paths[0])


def areas(tables: Tables, paths: list[Path]) -> None:
    """Gemeindeverzeichnis: kind, name, key, area and population by sex."""
    body = [
        [
            ags,
            kind,
            name,
            f"DEM{ags[3:]}",
            area,
            float(people),
            float(people // 2),
            float(people - people // 2),
            people / area,
        ]
        for ags, (name, kind, people, _), area in zip(AGS, KREISE, tables["area"]["value"], strict=True)
    ]
    head = [
        "Schlüssel-nummer",
        "Regionale Bezeichnung",
        "Kreisfreie Stadt",
        "NUTS3",
        "Fläche \nin km2",
        "Bevölkerung2)",
    ]
    below = ["", "", "Kreis / Landkreis", "", "", "insgesamt", "männlich", "weiblich", "je km2"]
    top: list[list[Any]] = [
        ["Kreisfreie Städte und Landkreise"], ["Gebietsstand: 31.12.2019"], [], head, below, [*range(1, 10)], [],
        ["99", "Musterland"],
    ]  # fmt: skip
    book(paths[0], {"Deckblatt": [["Musterland"]], "Kreisfreie Städte u. Landkreise": [*top, *body, [], ["Erfunden"]]})


def projection(tables: Tables, paths: list[Path]) -> None:
    """EUROPOP: the data browser's workbook, a sheet per sex; beside it a list of two years."""
    wide = tables["europop"].pivot(index=["ags", "sex"], columns="age", values="value")
    pages = {
        "": wide.groupby(level="ags").sum(),
        "m": wide.query("sex == 'm'").droplevel("sex"),
        "f": wide.query("sex == 'f'").droplevel("sex"),
    }
    sheets: dict[str, list[list[Any]]] = {"Summary": [["Population on 1st January"]], "Structure": [["Structure"]]}
    for place, (sex, ages) in enumerate(pages.items(), 1):
        sheets[f"Sheet {place}"] = _projected(_SEXES[sex], ages)
    book(paths[0], sheets)
    two = tables["europop_hessen"].pivot(index="ags", columns="year", values="value")
    rows = [
        [f"DEM{ags[3:]}", f"Kreis {ags}", *map(number, row)] for ags, row in zip(two.index, two.to_numpy(), strict=True)
    ]
    head = ["nuts3", "name", *(f"bevoelkerung_{year}_01_01" for year in two.columns)]
    save(rows_of([head, *rows]), paths[1])


def _projected(sex: str, ages: pd.DataFrame) -> list[list[Any]]:
    top: list[list[Any]] = [
        ["Data extracted"], ["Dataset: ", "Population on 1st January"], ["Last updated: "], [],
        ["Time frequency", "", "Annual"], ["Type of projection", "", "Baseline projections"], ["Sex", "", sex],
        ["Unit of measure", "", "Person"], ["Time", "", "2019"], [],
        ["AGE (Labels)", "Total", *(_age(int(age)) for age in ages.columns)], ["GEO (Labels)"],
    ]  # fmt: skip
    body = [
        [f"Kreis {ags}", float(row.sum()), *map(float, row)]
        for ags, row in zip(ages.index, ages.to_numpy(), strict=True)
    ]
    return [*top, *body, [], ["Special value"], [":", "not available"]]


def _age(age: int) -> str:
    return {0: "Less than 1 year", 1: "1 year", 100: "100 years or over"}.get(age, f"{age} years")


def projection_abroad(tables: Tables, paths: list[Path]) -> None:
    """The two projections of the USA: a table with three rows of heads, and an export of the later one."""
    rows = tables["bls"].to_dict("records")
    older = [[row["title"], row["soc"], *map(_thousands, (row["employment_2010"], row["projected_2020"])), "1.0", "1.0"]
             for row in rows]  # fmt: skip
    top = [
        ["Table 1.2 Employment by detailed occupation, 2010 and projected 2020\n(Numbers in thousands)"],
        ["2010 National Employment Matrix title and code", "", "Employment"], ["", "", "Number", "", "Percent distribution"],
        ["", "", "2010 ", "2020 ", "2010", "2020"],
    ]  # fmt: skip
    save(rows_of([*(line + [""] * (6 - len(line)) for line in top), *older, ["Source: invented", *[""] * 5]]), paths[0])
    newer = [[f"{row['title']}    * Anybody", f'="{row["soc"]}"', *map(_thousands, (row["actual_2020"], row["projected_2030"]))]
             for row in rows]  # fmt: skip
    save(rows_of([["Occupation Title", "Occupation Code", "Employment 2020", "Employment 2030"], *newer]), paths[1])


def _thousands(persons: float) -> str:
    return f"{persons / 1000:,.1f}"
