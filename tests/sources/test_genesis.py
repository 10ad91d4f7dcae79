"""The two layouts of GENESIS on tables typed by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.genesis import classic, flat, reference_day, table_name
from fachkraftwerk.sources.labels import single_age

CLASSIC = """GENESIS-Tabelle: 99999-01
Eine Tabelle;;;;
Stichtag: 30.06.2020;;;;
;;;Frauen;Männer
;;;Anzahl;Anzahl
2020;06611;  Kassel, kreisfreie Stadt;12;-
2020;06633;  Kassel, Landkreis;.;...
__________
"Mehrzeilige
Bemerkung"
© Amt
"""

FLAT = """\ufeffstatistics_code;time_code;time;1_variable_code;1_variable_attribute_code;1_variable_attribute_label;\
2_variable_code;2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;\
value_variable_label;value_q
99999;JAHR;2020;KREISE;06611;Kassel;GES;GESM;männlich;12;Anzahl;X01;Dinge;e
99999;JAHR;2020;KREISE;06611;Kassel;GES;;Insgesamt;25;Anzahl;X01;Dinge;p
99999;JAHR;2020;KREISE;06633;Kassel;GES;GESM;männlich;-;Anzahl;X01;Dinge;
99999;JAHR;2020;KREISE;06633;Kassel;GES;;Insgesamt;/;Anzahl;X01;Dinge;
"""
KEYS = ("year", "ags", "name")
HEADS = ("Frauen | Anzahl", "Männer | Anzahl")


def read(content: str, encoding: str = "iso-8859-1") -> pd.DataFrame:
    return classic(content.encode(encoding), "t.csv", table="99999-01", keys=KEYS, columns=HEADS)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig", "cp1252"])
def test_classic(encoding: str) -> None:
    frame = read(CLASSIC, encoding).set_index(["ags", "column"])
    assert frame.loc[("06611", HEADS[0]), "value"] == 12
    assert frame["status"].tolist() == ["", "secret", "zero", "pending"]
    assert frame["row"].tolist() == [6, 7, 6, 7]
    assert frame["name"].iloc[0] == "Kassel, kreisfreie Stadt"


def test_renamed_heads_and_dropped_columns() -> None:
    newer = CLASSIC.replace("Frauen", "weiblich")
    frame = classic(
        newer.encode(), "t.csv", table="99999-01", keys=KEYS, columns=HEADS[:1], renamed={"weiblich | Anzahl": HEADS[0]}
    )
    assert set(frame["column"]) == {HEADS[0]}


@pytest.mark.parametrize(("old", "new"), [("\n2020;06633", "\n20x0;06633"), ("\n2020;06633", "\n9999;06633")])
def test_impossible_years_are_named(old: str, new: str) -> None:
    with pytest.raises(Refusal, match=r"t\.csv, Zeile/row 7, Spalte/column „year“"):
        read(CLASSIC.replace(old, new))


def test_nobody_is_older_than_120() -> None:
    assert single_age("120-Jährige") == 120
    with pytest.raises(ValueError, match="no single age"):
        single_age("121-Jährige")


def test_head_of_the_file() -> None:
    assert reference_day(CLASSIC.encode(), "t.csv") == "30.06.2020"
    assert table_name(CLASSIC.encode(), "t.csv", ["99999-01"]) == "99999-01"
    assert table_name(CLASSIC.replace("GENESIS-T", "T").encode(), "t.csv", ["99999-01"]) == "99999-01"
    with pytest.raises(Refusal, match="none of the expected tables"):
        table_name(CLASSIC.encode(), "t.csv", ["12345-01"])


def test_head_only_and_no_head() -> None:
    with pytest.raises(Refusal, match="no figures"):
        read("\n".join([*CLASSIC.split("\n")[:5], "__________", ""]))
    with pytest.raises(Refusal, match=r'"Frauen . Anzahl" is missing'):
        read("\n".join([*CLASSIC.split("\n")[:3], *CLASSIC.split("\n")[5:]]))


def read_flat(content: str) -> pd.DataFrame:
    return flat(
        content.encode(), "t.csv", statistic="99999", variables={"region": ["KREISE"], "sex": ["GES"]}, measures=["X01"]
    )


def test_flat() -> None:
    frame = read_flat(FLAT).set_index(["region", "sex"])
    assert frame["value"].tolist()[:3] == [12, 25, 0]
    assert frame["status"].tolist() == ["", "estimated", "zero", "unreliable"]
    assert frame["row"].tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("GES;", "NAT;", "variable GES is missing"),
        ("X01", "X02", "measure X01 is missing"),
        (";06633;", ";6633;", "leading zero"),
        ("99999;JAHR", "88888;JAHR", "statistic 88888"),
        (";25;", ";-25;", "impossible"),
    ],
)
def test_broken_flat(old: str, new: str, words: str) -> None:
    assert old in FLAT
    with pytest.raises(Refusal, match=words):
        read_flat(FLAT.replace(old, new))
