"""BA tables: the cube with its margins, occupations in Germany, commuters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from tests.sources import real, twins

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS
from fachkraftwerk.sources.ba_berufe_deutschland.clean import clean as clean_book
from fachkraftwerk.sources.ba_kldb2_niveau_alter_kreis.clean import clean as clean_cube
from fachkraftwerk.sources.ba_pendler.clean import clean as clean_commuters
from fachkraftwerk.sources.publication import publication

BA = "ba-beschaeftigte-kldb2-niveau-alter-kreis-2023"
CUBE = "svb_arbeitsort_2023-06-30_kreis_kldb2_niveau_alter.csv.gz"
TOTALS = "svb_arbeitsort_2023-06-30_hessen_kreise_eckwerte.csv"
SEGMENTS = "kldb2_segment_sektor.csv"
BOOK = "ba-beschaeftigte-nach-berufen-deutschland-2019-12/bo-heft-d-0-201912-xlsx.xlsx"
COMMUTERS = "pendler_kreise_401_long.csv.gz"


@cache
def sample(id: str) -> dict[str, pd.DataFrame]:  # noqa: A002
    entry = publication(id)
    return entry.read(entry.sample).tables


def cube_twin(old: str, new: str) -> str:
    data = twins.replaced(twins.sample("ba_kldb2_niveau_alter_kreis", f"{BA}/{CUBE}"), old, new)
    return twins.refusal(clean_cube, data, CUBE).message("de")


def test_an_empty_cell_is_suppressed_an_absent_one_is_zero() -> None:
    cube = sample("ba-kldb2-niveau-alter-kreis")["workforce_published"]
    secret = cube[(cube["ags"] == "06611") & (cube["occupation"] == "11") & (cube["level"] == "helfer")]
    assert set(secret["status"]) == {"secret"} and secret["value"].isna().all()
    absent = cube[(cube["occupation"] == "11") & (cube["level"] == "experte") & (cube["age"] == "15-24")]
    assert absent.empty


def test_labels_become_the_keys_of_the_model() -> None:
    cube = sample("ba-kldb2-niveau-alter-kreis")["workforce_published"]
    assert set(cube["level"]) == set(LEVELS) and set(cube["age"]) == set(AGES10)
    assert set(cube["occupation"]) <= set(OCCUPATIONS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("altersgruppe", "alter", "Die Spalte „altersgruppe“ fehlt. Vielleicht heißt sie jetzt „alter“"),
        ("06611,11,", "6611,11,", "vermutlich fehlt die führende Null (06611)"),
        ("06611,11,Helfer,15 bis", "06611,11,Meister,15 bis", "„Meister“ ist hier unbekannt"),
        ("06611,11,Helfer,25 bis unter 35", "06611,11,Helfer,15 bis unter 25", "kommt doppelt vor"),
        (",50\n", ",53\n", "nicht auf Zehner gerundet"),
        (",50\n", ",-50\n", "unmöglich"),
        (",50\n", ",fünfzig\n", "weder Zahl noch Zeichen"),
        ("06611,11,Fachkräfte,15 bis unter 25 Jahre,50", "06611,11,Fachkräfte", "Zeile hat 3 statt 5 Spalten"),
        ("06611,11,Fachkräfte,15 bis unter 25 Jahre,50", "06611,11,Fachkräfte,15 bis unter 25 Jahre,50,7", "Zeile hat 6 statt 5 Spalten"),
        ("Fachkräfte", "FachkrÃ¤fte", "Umlaute"),
    ],
)  # fmt: skip
def test_broken_twins_of_the_cube(old: str, new: str, said: str) -> None:
    assert said.lower() in cube_twin(old, new).lower()


def test_the_place_of_a_fault_is_the_row_of_the_file() -> None:
    assert "Zeile/row 7, Spalte/column „svb“" in cube_twin(
        "06611,11,Fachkräfte,15 bis unter 25 Jahre,50", "06611,11,Fachkräfte,15 bis unter 25 Jahre,57"
    )


def test_margins_must_add_up_and_segments_need_whole_keys() -> None:
    totals = twins.replaced(twins.sample("ba_kldb2_niveau_alter_kreis", f"{BA}/{TOTALS}"), "3501", "3502")
    assert "nicht die Gesamtzahl" in twins.refusal(clean_cube, totals, TOTALS).message("de")
    segments = twins.replaced(twins.sample("ba_kldb2_niveau_alter_kreis", f"{BA}/{SEGMENTS}"), "\n43,", "\n4,")
    assert "not a key of 2 digits" in twins.refusal(clean_cube, segments, SEGMENTS).message("en")


def test_occupations_keep_suppressed_cells_and_both_sheets() -> None:
    table = sample("ba-berufe-deutschland")["occupation_de"].set_index(["occupation", "characteristic"])
    assert table.loc[("1111", "m"), "status"] == "secret"
    assert table.loc[("11", "vocational"), "value"] == 1200 and table.loc[("11", "55-64"), "value"] == 420
    assert table.loc[("11", "apprentices"), "value"] == 150
    assert {"total", "unknown", "01", "1110"} <= set(table.index.get_level_values(0))


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("SVB - Tabelle I", "Männer", "Frauen ", "Erwartet wird „männer…“, gefunden „Frauen“"),
        ("SVB - Tabelle II", "in Teilzeit", "in Vollzeit", "Erwartet wird „inteilzeit…“"),
        ("GB - Tabelle I", "111 Landwirtschaft", "11 Landwirtschaft", "kommt doppelt vor"),
        ("SVB - Tabelle I", 1400.0, "k. A.", "weder Zahl noch Zeichen"),
        ("SVB - Tabelle I", 1400.0, -1400.0, "unmöglich"),
    ],
)
def test_broken_twins_of_the_workbook(sheet: str, old: object, new: object, said: str) -> None:
    def change(title: str, rows: list[list[object]]) -> list[list[object]]:
        if title != sheet:
            return rows
        hits = sum(cell == old for row in rows for cell in row)
        assert hits, f"the sample does not contain {old!r}"
        return [[new if cell == old else cell for cell in row] for row in rows]

    data = twins.book(twins.sample("ba_berufe_deutschland", BOOK), change)
    message = twins.refusal(clean_book, data, Path(BOOK).name).message("de")
    assert said in message and sheet in message


def test_a_missing_sheet_is_named() -> None:
    data = twins.book(twins.sample("ba_berufe_deutschland", BOOK), lambda _, rows: rows)
    assert clean_book(data, "x.xlsx") is not None
    other = twins.sample("wz_2008", "wz-2008/WZ_2008.xlsx")
    assert len(twins.refusal(clean_book, other, "x.xlsx").faults) == 4


def test_commuters_of_eisenach_go_to_wartburgkreis_and_inner_flows_fall_away() -> None:
    table = sample("ba-pendler")["commuting"]
    assert real.total(table, home="16063", work="06611") == 31 + 52.5
    assert not (table["home"] == table["work"]).any() and "16056" not in set(table["home"]) | set(table["work"])


def test_broken_twins_of_the_commuters() -> None:
    good = twins.sample("ba_pendler", f"ba-pendler-kreise-memilio-2019/{COMMUTERS}")
    doubled = twins.replaced(good, "06611,16063", "06611,06633")
    assert "06611 / 06633" in twins.refusal(clean_commuters, doubled, COMMUTERS).message("de")
    negative = twins.replaced(good, "1200.0", "-1200.0")
    assert "unmöglich" in twins.refusal(clean_commuters, negative, COMMUTERS).message("de")


@pytest.mark.slow
def test_real_cube(raw_dir: Path) -> None:
    tables = real.tables("ba-kldb2-niveau-alter-kreis", raw_dir)
    cube = tables["workforce_published"]
    assert len(cube) == 243_284 and (cube["status"] == "secret").sum() == 129_915
    assert real.total(cube) == 32_429_950 and cube["value"].min() == 40
    assert cube["ags"].nunique() == 400 and set(cube["occupation"]) == set(OCCUPATIONS)
    assert real.total(cube, ags="06611") == 108_550 and real.total(cube, ags="06633") == 73_260


@pytest.mark.slow
def test_real_margins_of_hessen(raw_dir: Path) -> None:
    tables = real.tables("ba-kldb2-niveau-alter-kreis", raw_dir)
    margin, totals = tables["workforce_he_occupation"], tables["workforce_he_totals"]
    assert real.total(margin) == 2_727_540
    assert real.total(margin, ags="06611") == 114_020 and real.total(margin, ags="06633") == 78_580
    assert real.total(totals, ags="06611", group="total") == 114_797
    assert real.total(totals, ags="06633", group="15-24") == 6_966
    assert len(tables["segments"]) == 36 and tables["segments"]["segment"].nunique() == 14


@pytest.mark.slow
def test_real_occupations(raw_dir: Path) -> None:
    tables = real.tables("ba-berufe-deutschland", raw_dir)
    table = tables["occupation_de"]
    assert real.total(table, occupation="total", characteristic="total") == 33_740_124
    assert real.total(table, occupation="total", characteristic="academic") == 5_745_786
    two = table[table["occupation"].str.len() == 2]
    assert two["occupation"].nunique() == 37
    parts = real.total(two, characteristic="total") + real.total(table, occupation="unknown", characteristic="total")
    assert parts == 33_740_124
    assert real.total(tables["marginal_de"], occupation="total", characteristic="total") == 7_712_268


@pytest.mark.slow
def test_real_commuters(raw_dir: Path) -> None:
    table = real.tables("ba-pendler", raw_dir)["commuting"]
    assert real.total(table, home="06633", work="06611") == pytest.approx(35_462, abs=1)
    assert real.total(table, home="06611", work="06633") == pytest.approx(13_967, abs=1)
    assert real.total(table, home="06634", work="06611") == pytest.approx(8_982, abs=1)
    assert table["home"].nunique() == 400 and real.total(table) == pytest.approx(11_809_924, rel=0.001)
