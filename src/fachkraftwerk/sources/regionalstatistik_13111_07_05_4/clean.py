"""Classic csv, one file per year: key, name and section group in front, nationality and sex in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import classic, reference_day

if TYPE_CHECKING:
    import pandas as pd

NATIONALITIES = ("Insgesamt", "Ausländer(innen)")
SEXES = ("Insgesamt", "männlich", "weiblich")
COLUMNS = tuple(f"Nationalität | {n} | Geschlecht | {s}" for n in NATIONALITIES for s in SEXES)
RENAMED = {f"Nationalität | ausländisch | Geschlecht | {s}": f"Nationalität | Ausländer(innen) | Geschlecht | {s}"
           for s in SEXES}  # fmt: skip
#: Labels of the section groups as published, and their WZ 2008 code.
SECTIONS = {
    "Land- und Forstwirtschaft, Fischerei (A)": "A",
    "Produzierendes Gewerbe (B-F)": "B-F",
    "Produzierendes Gewerbe ohne Baugewerbe (B-E)": "B-E",
    "Verarbeitendes Gewerbe (C)": "C",
    "Baugewerbe (F)": "F",
    "Dienstleistungsbereiche (G-U)": "G-U",
    "Handel, Gastgewerbe, Verkehr (G-I)": "G-I",
    "Information und Kommunikation (J)": "J",
    "Erbringung von Finanz- und Vers.leistungen (K)": "K",
    "Grundstücks- und Wohnungswesen (L)": "L",
    "Freiberufl,wissenschaftl. techn. Dienstl.,sonst.DL": "M-N",
    "Öff.Verw.,Verteidig.,Sozialvers.,Erz.-u.Unterricht": "O-Q",
    "Kunst, Unterhaltung, Erholung, Priv. Haush.,usw.": "R-U",
    "Insgesamt": "total",
}


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return day, ags, name, section (label), column, value, status, row; refuses unknown or missing sections."""
    frame = classic(
        data, name, table="13111-07-05-4", keys=("ags", "name", "section"), columns=COLUMNS, renamed=RENAMED
    )
    faults = Faults(name)
    day = reference_day(data, name)
    if not day:
        faults.add(("Der Stichtag fehlt in den Titelzeilen.", "The day is missing in the title rows."), row=7)
    first = frame[frame["column"] == COLUMNS[0]]
    for label, row in zip(first["section"], first["row"], strict=True):
        if label not in SECTIONS:
            faults.add(
                (f"Den Wirtschaftszweig „{label}“ kennt der Importer nicht.", f'The importer does not know "{label}".'),
                ("Vergleichen Sie ihn mit der Tabelle 13111-07-05-4.", "Compare it with table 13111-07-05-4."),
                row=row, column="section",
            )  # fmt: skip
    faults.check()
    return frame.assign(day=day)
