"""Employees, sectors and commuters of Musterland in the publishers' layouts: encodings, signs, rounding, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, OCCUPATIONS
from fachkraftwerk.edition.musterland.land import AGS, OWN_TABLES, facts
from fachkraftwerk.edition.musterland.work import Work, exact_totals
from fachkraftwerk.edition.musterland.write import classic, labelled, save

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
_LEVELS = ("Helfer", "Fachkräfte", "Spezialisten", "Experten")
_SMALLEST = 40


def commuters(tables: Mapping[str, pd.DataFrame], paths: list[Path]) -> None:
    """Write the commuter matrix in long form."""
    names = {"home": "wohn_ags5", "work": "arbeits_ags5", "value": "pendler"}
    save(tables["commuting"][list(names)].rename(columns=names).to_csv(index=False), paths[0])


def sectors(tables: Mapping[str, pd.DataFrame], paths: list[Path]) -> None:
    """Write employees by sector as classic csv of the statistical offices, one file a year, "." = secret."""
    facts = tables["sectors"]
    shown = facts["value"].map("{:.0f}".format).mask(facts["status"] == "secret", ".")
    wide = facts.assign(shown=shown).pivot(
        index=["year", "ags", "sector"], columns=["nationality", "sex"], values="shown"
    )  # fmt: skip
    for year, part in wide.groupby(level="year"):
        rows = part[_ORDER].set_axis(_HEADS, axis=1).droplevel("year")
        rows = labelled(rows, lambda key: (key[0], f"Kreis {key[0]}", _LABELS[key[1]]))
        text = classic("13111-07-05-4", "Sozialversicherungspflichtig Beschäftigte", rows, (f"Stichtag: 30.06.{year}",))
        save(text, paths[0].with_name(paths[0].name.replace("*", f"13111-07-05-4_{year}")), "iso-8859-1")


_NATIONS, _SEXES = (
    {"total": "Insgesamt", "foreign": "Ausländer(innen)"},
    {"total": "Insgesamt", "m": "männlich", "f": "weiblich"},
)
_ORDER = [(nation, sex) for nation in _NATIONS for sex in _SEXES]
_HEADS = [f"Nationalität | {_NATIONS[nation]} | Geschlecht | {_SEXES[sex]}" for nation, sex in _ORDER]
_LABELS = {
    "A": "Land- und Forstwirtschaft, Fischerei (A)", "B-F": "Produzierendes Gewerbe (B-F)",
    "B-E": "Produzierendes Gewerbe ohne Baugewerbe (B-E)", "C": "Verarbeitendes Gewerbe (C)", "F": "Baugewerbe (F)",
    "G-U": "Dienstleistungsbereiche (G-U)", "G-I": "Handel, Gastgewerbe, Verkehr (G-I)",
    "J": "Information und Kommunikation (J)", "K": "Erbringung von Finanz- und Vers.leistungen (K)",
    "L": "Grundstücks- und Wohnungswesen (L)", "M-N": "Freiberufl,wissenschaftl. techn. Dienstl.,sonst.DL",
    "O-Q": "Öff.Verw.,Verteidig.,Sozialvers.,Erz.-u.Unterricht",
    "R-U": "Kunst, Unterhaltung, Erholung, Priv. Haush.,usw.", "total": "Insgesamt",
}  # fmt: skip


def workforce(work: Work, paths: list[Path]) -> None:
    """Write the table of employees with its margins: rounded, small cells empty, cells of nobody left out."""
    tables = {"niveau_alter": _cube(work), "hessen_kreis_kldb2": _margin(work), "eckwerte": _totals(work),
              "segment": _segments()}  # fmt: skip
    for path in paths:
        name = next(key for key in tables if key in path.name)
        save(tables[name].to_csv(index=False), path)


def _cube(work: Work) -> pd.DataFrame:
    ages = [f"{age[:2]} bis unter {int(age[3:]) + 1} Jahre" for age in AGES10]
    dims = {"ags5": AGS, "kldb2": OCCUPATIONS, "anforderungsniveau": _LEVELS, "altersgruppe": ages}
    frame = facts(work.cube[..., : len(AGES10)], dims).rename(columns={"value": "svb"}).drop(columns="status")
    frame = frame[frame["svb"] > 0]
    return frame.assign(svb=_rounded(frame["svb"].where(frame["svb"] >= _SMALLEST)))


def _margin(work: Work) -> pd.DataFrame:
    rows = work.cube[: len(OWN_TABLES)].sum((2, 3))
    frame = facts(rows, {"ags5": OWN_TABLES, "kldb2": OCCUPATIONS}).rename(columns={"value": "svb"})
    frame = frame[frame["svb"] >= _SMALLEST]
    return frame.assign(svb=_rounded(frame["svb"])).drop(columns="status")


def _rounded(values: pd.Series[float]) -> pd.Series[Any]:
    return ((values / 10 + 0.5).floordiv(1) * 10).astype("Int64")


def _totals(work: Work) -> pd.DataFrame:
    import pandas as pd

    totals = {key: values.astype(int) for key, values in exact_totals(work).items()}
    half, full, german = (np.round(totals["total"] * share).astype(int) for share in (0.53, 0.71, 0.86))
    return pd.DataFrame({
        "KreisID": OWN_TABLES, "Name": [f"Kreis {ags}" for ags in OWN_TABLES], "Insgesamt": totals["total"],
        "Männer": half, "Frauen": totals["total"] - half, "15 bis unter 25 Jahre": totals["15-24"],
        "25 bis unter 55 Jahre": totals["25-54"], "55 Jahre bis Regelaltersgrenze": totals["55-retirement"],
        "Vollzeit": full, "Teilzeit": totals["total"] - full, "Deutsche": german,
        "Ausländer": totals["total"] - german,
    })  # fmt: skip


def _segments() -> pd.DataFrame:
    import pandas as pd

    names = [text.de for text in OCCUPATIONS.values()]
    return pd.DataFrame({
        "kldb2": list(OCCUPATIONS), "kldb2_name": names, "berufssegment_id": [f"S{code[0]}1" for code in OCCUPATIONS],
        "berufssegment": names, "berufssektor_id": [f"S{code[0]}" for code in OCCUPATIONS],
        "berufssektor": [f"Sektor {code[0]}" for code in OCCUPATIONS],
    })  # fmt: skip
