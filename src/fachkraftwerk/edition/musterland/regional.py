"""Tables of the statistical offices in Musterland: classic csv of GENESIS and Regionaldatenbank, and lists made of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.edition.musterland.write import classic, labelled, number, rows_of, save

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
_SEXES = {"m": "männlich", "f": "weiblich", "total": "Insgesamt"}
_LAND = "Musterland"
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")  # fmt: skip


def months(tables: Tables, paths: list[Path]) -> None:
    """Births with a total, deaths without."""
    births = "births_month_de" in tables
    facts = tables["births_month_de" if births else "deaths_month_de"]
    wide = facts.pivot(index=["year", "month"], columns="sex", values="value")[["m", "f"]].rename(columns=_SEXES)
    if births:
        wide["Insgesamt"] = wide.sum(axis=1)
    wide = labelled(wide, lambda key: (key[0], _MONTHS[key[1] - 1]))
    table, title = ("12612-0002", "Lebendgeborene") if births else ("12613-0006", "Gestorbene")
    save(classic(table, f"{title}: {_LAND}, Monate, Geschlecht", wide), paths[0], "iso-8859-1")


def people_by_age(tables: Tables, paths: list[Path]) -> None:
    """Population of the whole land by single age; under a name of its own, since a copy without umlauts has repairs."""
    wide = _by_age(tables["population_age_de"], "Geschlecht | ")
    save(
        classic("12411-0006", f"Bevölkerung: {_LAND}, Stichtag, Altersjahre", wide),
        _first(paths, "_musterland"),
        "iso-8859-1",
    )


def people_of_lands(tables: Tables, paths: list[Path]) -> None:
    """Population of the Länder by single age: there is only one."""
    wide = _by_age(tables["population_age_land"], f"{_LAND} | ")
    save(classic("12411-0013", "Bevölkerung: Bundesländer, Stichtag, Geschlecht, Altersjahre", wide), paths[0])


def _by_age(facts: pd.DataFrame, prefix: str) -> pd.DataFrame:
    wide = facts.pivot(index=["year", "age"], columns="sex", values="value")[["m", "f"]]
    wide["total"] = wide.sum(axis=1)
    top = facts["age"].max()
    wide = labelled(wide, lambda key: (f"31.12.{key[0]}", _age(key[1], top)))
    return wide.rename(columns=lambda sex: prefix + _SEXES[sex])


def _age(age: int, top: int) -> str:
    return "unter 1 Jahr" if age == 0 else f"{age} Jahre und mehr" if age == top else f"{age}-Jährige"


def deaths_by_age(tables: Tables, paths: list[Path]) -> None:
    """Deaths by single age, sex and nationality; one in ten was no German."""
    facts = tables["deaths_age_de"]
    wide = facts.pivot(index=["year", "age"], columns="sex", values="value")[["m", "f"]]
    wide["total"] = wide.sum(axis=1)
    columns: dict[str, Any] = {}
    for sex, label in _SEXES.items():
        foreign = (wide[sex] / 10).round()
        parts = {"Deutsche": wide[sex] - foreign, "Ausländer": foreign, "Insgesamt": wide[sex]}
        columns |= {f"{label} | {nation}": values for nation, values in parts.items()}
    wide = wide.assign(**columns)[list(columns)]
    wide = labelled(wide, lambda key: (key[0], _age(key[1], facts["age"].max())))
    save(classic("12613-0004", f"Gestorbene: {_LAND}, Jahre, Altersjahre", wide), paths[0], "iso-8859-1")


def people_by_group(tables: Tables, paths: list[Path]) -> None:
    """Population of the Kreise by age group until 2020."""
    facts = tables["population_groups"].query("year < 2023")
    named = facts.assign(head=facts["sex"].map(_SEXES) + " | " + facts["group"].map(group_label))
    wide = named.pivot(index=["year", "ags"], columns="head", values="value")[list(dict.fromkeys(named["head"]))]
    wide = labelled(wide, lambda key: (f"31.12.{key[0]}", key[1], f"Kreis {key[1]}"))
    save(
        classic("12411-0018", "Bevölkerung: Kreise, Stichtag, Geschlecht, Altersgruppen", wide), paths[0], "iso-8859-1"
    )


def group_label(group: str) -> str:
    """Return the publisher's label: "0-2" → "unter 3 Jahre", "3-5" → "3 bis unter 6 Jahre", "75+" → "75 Jahre und mehr"."""
    low, _, high = group.partition("-")
    if not high:
        return f"{low.rstrip('+')} Jahre und mehr"
    return f"unter {int(high) + 1} Jahre" if low == "0" else f"{low} bis unter {int(high) + 1} Jahre"


def people_by_group_now(tables: Tables, paths: list[Path]) -> None:
    """The tidied list since 2023: a row per year, Kreis and age group, sexes in columns, the sum of ages last."""
    import pandas as pd

    facts = tables["population_groups"].query("year >= 2023")
    wide = facts.pivot(index=["year", "ags", "group"], columns="sex", values="value").reset_index()
    wide = wide.assign(group=wide["group"].map(group_label))
    sums = wide.groupby(["year", "ags"])[["m", "f"]].sum().reset_index().assign(group="Insgesamt")
    rows = pd.concat([wide, sums])[["year", "ags", "group", "m", "f"]].to_numpy().tolist()
    head = [
        "jahr",
        "region_code",
        "region",
        "ebene",
        "bundesland_code",
        "altersgruppe",
        "insgesamt",
        "maennlich",
        "weiblich",
    ]
    body = [
        [y, ags, f"Kreis {ags}", "Kreis", ags[:2], group, *map(number, (m + f, m, f))] for y, ags, group, m, f in rows
    ]
    save(rows_of([head, *body], sep=";"), _first(paths, "bevoelkerung_kreise_alter17_2023_2024"))


def unemployed(tables: Tables, paths: list[Path]) -> None:
    """Persons and rates: the years to 2020 in one file, 2025 in another whose heads say "ausländisch"."""
    from fachkraftwerk.sources.regionalstatistik_13211_02_05_4.clean import COLUMNS, PERSONS, RATES, RENAMED

    persons, rates = (
        tables[name].pivot(index=["year", "ags"], columns="group", values="value")
        for name in ("unemployment", "unemployment_rate")
    )
    wide = persons[[]].assign(**{label: persons[key] for label, key in PERSONS.items()},
                              **{label: rates[key] for label, key in RATES.items()})[list(COLUMNS)]  # fmt: skip
    wide = labelled(wide, lambda key: (*key, f"Kreis {key[1]}"))
    now = wide.index.get_level_values(0) > 2020
    title = "Arbeitslose nach ausgewählten Personengruppen sowie Arbeitslosenquoten"
    newer = wide[now].rename(columns={before: after for after, before in RENAMED.items()})
    save(classic("13211-02-05-4", title, wide[~now]), _first(paths, "13211-02-05-4_2015-2020"), "iso-8859-1")
    save(classic("13211-02-05-4", title, newer), _first(paths, "13211-02-05-4_2025"), "iso-8859-1")


def leavers(tables: Tables, paths: list[Path]) -> None:
    """Leavers of general and of vocational schools: in all and women."""
    from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import LEAVERS, VOCATIONAL

    general = "school_leavers" in tables
    facts = tables["school_leavers" if general else "vocational_leavers"]
    heads = {(key["certificate"], key["sex"]): head for head, key in (LEAVERS if general else VOCATIONAL).items()}
    wide = _wide(facts, ["certificate", "sex"], heads)
    table, kind = ("21111-02-06-4", "allgemeinbildender") if general else ("21121-02-02-4", "beruflicher")
    save(classic(table, f"Absolvierende/Abgehende {kind} Schulen", wide), paths[0], "iso-8859-1")


def income(tables: Tables, paths: list[Path]) -> None:
    """Disposable income, in all and per head."""
    from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import INCOME

    wide = _wide(tables["income"], ["measure"], {(key["measure"],): head for head, key in INCOME.items()})
    save(classic("82411-01-03-4", "Verfügbares Einkommen der privaten Haushalte", wide), paths[0], "iso-8859-1")


def _wide(facts: pd.DataFrame, columns: list[str], heads: Mapping[Any, str]) -> pd.DataFrame:
    """Return figures by year, Kreis and its name, in the publisher's columns and their order."""
    keys = [tuple(key) for key in facts[columns].to_numpy().tolist()]
    named = facts.assign(head=[heads.get(key, "") for key in keys])
    wide = named[named["head"] != ""].pivot(index=["year", "ags"], columns="head", values="value")[list(heads.values())]
    return labelled(wide, lambda key: (*key, f"Kreis {key[1]}"))


def pupils(tables: Tables, paths: list[Path]) -> None:
    """Schools and pupils by kind of school."""
    from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import PUPILS, SCHOOLS

    labels = {key: label for label, key in SCHOOLS.items()}
    heads = {key["group"]: head for head, key in PUPILS.items()}
    wide = tables["pupils"].pivot(index=["year", "ags", "school"], columns="group", values="value")
    wide = wide[list(heads)].rename(columns=heads)
    wide = labelled(wide, lambda key: (key[0], key[1], f"Kreis {key[1]}", labels[key[2]]))
    save(classic("21111-01-03-4", "Schulen, Schülerinnen und Schüler nach Schularten", wide), paths[0], "iso-8859-1")


def leavers_of_lands(tables: Tables, paths: list[Path]) -> None:
    """The tidied list of the Länder: one row per figure."""
    from fachkraftwerk.sources.regionalstatistik_schulabgaenger.layouts import LAND_CERTIFICATES

    labels = {key: label for label, key in LAND_CERTIFICATES.items()}
    rows = [[row["year"], _LAND, labels[row["certificate"]], _SEXES[row["sex"]], number(row["value"])]
            for row in tables["school_leavers_land"].to_dict("records")]  # fmt: skip
    save(rows_of([["abgangsjahr", "bundesland", "abschluss", "geschlecht", "anzahl"], *rows], sep=";"), paths[0])


def _first(paths: list[Path], name: str) -> Path:
    """Return the path of a pattern whose asterisk stands for ``name``."""
    return paths[0].with_name(paths[0].name.replace("*", name))
