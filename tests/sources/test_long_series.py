"""BBSR: long series on one territory, and the recoding key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from tests.sources import real, twins

from fachkraftwerk.sources.bbsr_umstiegsschluessel.clean import clean
from fachkraftwerk.sources.publication import publication

FILE = "bbsr-umstiegsschluessel-kreise-1990-2020/ref-kreise-umrech-2020-1990-2019.xlsx"
NAME = "ref-kreise-umrech-2020-1990-2019.xlsx"


@cache
def sample() -> dict[str, pd.DataFrame]:
    entry = publication("bbsr-umstiegsschluessel")
    return entry.read(entry.sample).tables


def test_parts_are_added_without_weighting_them_again() -> None:
    employment = sample()["employment"]
    assert real.total(employment, ags="16063") == 23_200 + 40_100  # Eisenach and the part of Wartburgkreis
    assert real.total(employment, ags="16066") == 1_200


def test_weights_of_a_former_kreis_add_to_one_on_the_working_territory() -> None:
    recoding = sample()["recoding"]
    sums = recoding.groupby(["year", "from_ags", "by"])["value"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)
    assert "16056" not in set(recoding["ags"]) and "16056" in set(recoding["from_ags"])


def test_population_before_1992_is_left_out() -> None:
    assert set(sample()["population_series"]["year"]) == {1997}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Kreise\n 31.12.2020", "Ziel", "Die Spalten „Kreise 31.12.…“ fehlen"),
        (
            "sozialvers.pflichtig Beschäftigte am Arbeitsort am 30.6.1997 in 1.000",
            "Erwerbstätige",
            "„sozialvers…“ fehlt",
        ),
        (0.95, 0.5, "ergeben nicht 1"),
        (240.4, "viele", "weder Zahl noch Zeichen"),
        (240.4, -1.0, "unmöglich"),
        (6633000.0, 6611000.0, "kommt doppelt vor"),
    ],
)
def test_broken_twins(old: object, new: object, said: str) -> None:
    def change(title: str, rows: list[list[object]]) -> list[list[object]]:
        return [[new if cell == old else cell for cell in row] for row in rows] if title == "1997-2020" else rows

    data = twins.book(twins.sample("bbsr_umstiegsschluessel", FILE), change)
    message = twins.refusal(clean, data, NAME).message("de")
    assert said in message and "1997-2020" in message


@pytest.mark.slow
def test_real_employment(raw_dir: Path) -> None:
    employment = real.tables("bbsr-umstiegsschluessel", raw_dir)["employment"]
    expected = {
        "06611": {1997: 92_400, 2005: 87_200, 2010: 96_900, 2015: 105_300, 2019: 112_900},
        "06633": {1997: 58_900, 2005: 59_600, 2010: 63_800, 2015: 71_800, 2019: 74_900},
    }
    found = {ags: {y: real.total(employment, ags=ags, year=y) for y in years} for ags, years in expected.items()}
    assert found == expected
    assert real.total(employment, year=2019) == 33_406_500
    assert len(employment) == 23 * 400


@pytest.mark.slow
def test_real_population_and_key(raw_dir: Path) -> None:
    tables = real.tables("bbsr-umstiegsschluessel", raw_dir)
    assert real.total(tables["population_series"], ags="06633", year=2019) == 236_800
    assert len(tables["population_series"]) == 28 * 400
    sums = tables["recoding"].groupby(["year", "from_ags", "by"])["value"].sum()
    assert sums.to_numpy() == pytest.approx(1.0, abs=0.001)


@pytest.mark.slow
def test_own_sums_equal_the_sums_made_elsewhere(raw_dir: Path) -> None:
    """A table of sums made independently lies beside the original workbook."""
    path = (
        raw_dir / "bbsr-umstiegsschluessel-kreise-1990-2020/bevoelkerung_svb_kreise_gebietsstand2020_1992_2019.csv.gz"
    )
    other = pd.read_csv(path, dtype={"ags5": str}).replace({"ags5": {"16056": "16063"}})
    theirs = other.dropna().groupby(["jahr", "ags5"])["svb_arbeitsort_tsd"].sum() * 1000
    ours = real.tables("bbsr-umstiegsschluessel", raw_dir)["employment"].set_index(["year", "ags"])["value"]
    assert ours.sort_index().to_numpy() == pytest.approx(theirs.sort_index().to_numpy(), abs=101)
