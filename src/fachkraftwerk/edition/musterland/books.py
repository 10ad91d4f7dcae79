"""Workbooks of Musterland in the publishers' layouts: BA, BBSR, Destatis, GENESIS, INKAR, Kreiswanderungsmatrix, WZ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.edition.musterland.land import AGS, KREISE
from fachkraftwerk.edition.musterland.write import book, number, rows_of, save

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
_SEXES = {"m": "männlich", "f": "weiblich"}
_AREA = {"Kreisfreie Stadt": 110.0, "Landkreis": 1_240.0}
#: Years of the recoding key, first year with employees, first with inhabitants.
_YEARS, _EMPLOYED, _INHABITED = range(1990, 2020), 1997, 1992


def age_label(age: str) -> str:
    """Return the label of an age group: "15-19" → "15 bis unter 20 Jahre", "75+" → "75 Jahre und mehr"."""
    low, _, high = age.partition("-")
    return f"{low} bis unter {int(high) + 1} Jahre" if high else f"{low.rstrip('+')} Jahre und mehr"


def participation(tables: Tables, paths: list[Path]) -> None:
    """GENESIS workbook: blocks of sex and age, below them the years."""
    facts = tables["participation"].query("year < 2020")
    wide = facts.pivot(index=["sex", "age5", "year"], columns="status_group", values="value")
    rows: list[list[Any]] = [
        ["Bevölkerung, Erwerbstätige, Erwerbslose: Musterland"], ["Mikrozensus"], ["Musterland"],
        ["Stichmonat\n----------\nJahr", "Bevölkerung", "Erwerbstätige", "Erwerbslose"], ["", "1000", "1000", "1000"],
    ]  # fmt: skip
    ages = sorted(facts["age5"].unique(), key=lambda age: int(age[:2]))
    for sex, label in _SEXES.items():
        rows.append([label])
        for age in ages:
            rows.append([age_label(age)])
            block = wide.loc[(sex, age), ["population", "employed", "unemployed"]]
            rows += [[str(year), *map(float, row)] for year, row in zip(block.index, block.to_numpy(), strict=True)]
    book(paths[0], {"12211-0003": [*rows, ["__________"], ["Musterland, erfunden"]]})


def wz(tables: Tables, paths: list[Path]) -> None:
    """Export of the classification server."""
    rows = [[code, "", str(level), title] for code, level, title in tables["wz"][["code", "level", "title"]].to_numpy()]
    book(paths[0], {"Impressum": [["WZ 2008"]], "Inhalt": [["Schlüssel WZ 2008", "", "Ebene", "Titel"], *rows]})


def indicators(tables: Tables, paths: list[Path]) -> None:
    """Two exports of INKAR, each with indicators of its own: csv with decimal commas, and an old workbook."""
    facts = tables["indicators"]
    mine = facts["indicator"] < "B"
    save("\ufeff" + rows_of(_inkar(facts[mine], ","), sep=";"), paths[0])
    book(paths[1], {"Daten": _inkar(facts[~mine], "")})


def _inkar(facts: pd.DataFrame, decimal: str) -> list[list[Any]]:
    wide = facts.pivot(index="ags", columns=["indicator", "year"], values="value")
    names, years = (wide.columns.get_level_values(level).tolist() for level in ("indicator", "year"))
    cells = [[number(value, decimal) if decimal else float(value) for value in row] for row in wide.to_numpy()]
    body = [[ags, f"Kreis {ags}", "Kreis", *row] for ags, row in zip(wide.index, cells, strict=True)]
    return [["Kennziffer", "Raumeinheit", "Aggregat", *names], ["", "", "", *years], *body]


def moves(tables: Tables, paths: list[Path]) -> None:
    """Kreiswanderungsmatrix: the long table of all years, and the workbook of the last one by pair of Kreise."""
    ages = {"0-17": "unter 18", "18-24": "18 - 25", "25-29": "25 - 30", "30-49": "30 - 50", "50-64": "50 - 65",
            "65+": "65 und älter"}  # fmt: skip
    facts = tables["internal_migration"]
    named = facts.assign(age=facts["age"].map(ages), value=facts["value"].map(number))
    long = named[["year", "ags", "ags", "age", "value"]].to_numpy().tolist()
    save(rows_of([["jahr", "ziel_ags", "ziel_name", "altersgruppe", "saldo_insg"], *long]), paths[0])
    last = facts.assign(age=facts["age"].map(ages)).query("year == 2021")
    head = ["Zielland", "Zielkreis-\nSchlüssel", "Herkunftskreis-\nSchlüssel", "Altersgruppen", "Saldo"]
    body = [["Musterland", row["ags"], "99012", row["age"], row["value"]] for row in last.to_dict("records")]
    book(paths[1], {"ML": [head, [], [], [], *body]})


def occupations(tables: Tables, paths: list[Path]) -> None:
    """Workbook of the BA: four sheets, titles in row 10, numbers of columns in row 11, data from row 12."""
    from fachkraftwerk.sources.ba_berufe_deutschland.clean import SHEETS

    sheets = {}
    for title, columns in SHEETS.items():
        facts = tables["occupation_de" if title.startswith("SVB") else "marginal_de"]
        wide = facts.pivot(index="occupation", columns="characteristic", values="value")
        body = [[_occupation(code), *(row[name] for _, name in columns)] for code, row in wide.iterrows()]
        top = [[f"Musterland, {title}"], *[[]] * 8, ["Beruf", *(begin for begin, _ in columns)]]
        sheets[title] = [*top, ["", *range(1, len(columns) + 1)], *body]
    book(paths[0], sheets)


def _occupation(code: Any) -> str:
    return "Insgesamt" if code == "total" else f"{code} {OCCUPATIONS[str(code)[:2]].de}"


def recoding(tables: Tables, paths: list[Path]) -> None:
    """Workbook of the BBSR: a sheet a year, each row the part of a former Kreis that went into a later one."""
    book(paths[0], {f"{year}-2020": _recoded(tables, year) for year in _YEARS})


def _recoded(tables: Tables, year: int) -> list[list[Any]]:
    """Every Kreis is itself; Altstadt (99013) went into 99004, whose figures already hold its people."""
    people, jobs = (_by_kreis(tables[name], year) for name in ("population_series", "employment"))
    employed = year >= _EMPLOYED
    weights = ["flächen-\nproportional", "bevölkerungs-\nproportional", *["beschäftigten-\nproportional"] * employed]
    head = [f"Kreise\n 31.12.{year}", "Kreisname", *weights, "Fläche in km²", "Bevölkerung in 1000",
            *["sozialvers.pflichtig Beschäftigte in 1000"] * employed, "Kreise\n 31.12.2020", "Kreisname"]  # fmt: skip
    rows: list[list[Any]] = [head]
    pairs = [*((ags, ags, kind) for ags, (_, kind, _, _) in zip(AGS, KREISE, strict=True)), ("99013", "99004", "")]
    for old, new, kind in pairs:
        figures = [_AREA.get(kind, 80.0), people.get(old, 0.0) / 1000, *[jobs.get(old, 0.0) / 1000] * employed]
        rows.append([float(f"{old}000"), old, *[1.0] * len(weights), *figures, float(f"{new}000"), new])
    return rows


def _by_kreis(facts: pd.DataFrame, year: int) -> dict[str, float]:
    chosen = facts[facts["year"] == year]
    return dict(zip(chosen["ags"], chosen["value"], strict=True))


def life_tables(tables: Tables, paths: list[Path]) -> None:
    """Period life tables, a workbook for every three years."""
    for period in sorted(map(int, tables["life_table"]["period"].unique())):
        facts = tables["life_table"].query(f"period == {period}")
        sheets: dict[str, list[list[Any]]] = {}
        for sex, label in _SEXES.items():
            rates = facts[facts["sex"] == sex].sort_values("age")
            rows: list[list[Any]] = [
                [int(age), "", "", float(rate)] for age, rate in zip(rates["age"], rates["value"], strict=True)
            ]
            top = [[f"Periodensterbetafel {period - 2}/{period}"], [f"Musterland {label}"], ["x", "lx", "dx", "qx"]]
            sheets[f"Deutschland {label}"] = [*top, *rows]
        name = paths[0].name.replace("*", f"{(period - 2) % 100}-{period % 100}")
        book(paths[0].with_name(name), sheets)


def single_ages(tables: Tables, paths: list[Path]) -> None:
    """Destatis workbook: a sheet per sex, single ages in columns."""
    from fachkraftwerk.sources.destatis_bevoelkerung_einzelalter.clean import AGES

    facts = tables["population_age"]
    wide = facts.pivot(index=["ags", "sex"], columns="age", values="value")
    both = wide.groupby(level="ags").sum()
    pages = {"Insgesamt": both, "Männlich": wide.xs("m", level="sex"), "Weiblich": wide.xs("f", level="sex")}
    sheets = {}
    for title, ages in pages.items():
        rows = [[f"DEM{ags[3:]}", ags, f"Kreis {ags}", float(row.sum()), *map(float, row)] for ags, row in
                zip(ages.index, ages.to_numpy(), strict=True)]  # fmt: skip
        top = [["Bevölkerung am 31.12.2024"], ["NUTS3", "Schl.Nr.", "Region", "Insgesamt"], ["", "", "", "", *AGES]]
        sheets[title] = [*top, *rows]
    book(paths[0], sheets)
