"""Tables of published gaps as other people make them, through the very path of the command."""

import json
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs.backtest import cells, gap_exam
from fachkraftwerk.runs.backtest.published import parse, read

HEAD = "region ags,horizon,base year,category,value,source,url\n"
KASSEL = "06633,2030,2023,skilled,8700,WFG,https://example.org\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8700", 8700), ("8.700", 8700), ("8,700", 8700), ("8 700", 8700), ("8\u202f700", 8700), ("1.234.567", 1234567),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("−120", -120), ("-14.220", -14220), ("0", 0), ("23490.0", 23490),
        ("12,5", 12.5), ("viele", None), ("", None), ("8.70.0", None), ("nan", None), ("1e5", None), ("0.123", 0.123),
    ],
)  # fmt: skip
def test_amounts_of_people_as_they_are_written(written: str, meant: float | None) -> None:
    assert cells.amount(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2030", 2030), ("2030.0", 2030), ("31.12.2023", 2023), ("2023-06-30", 2023), ("bald", None), ("1830", None)],
)
def test_years_as_they_are_written(written: str, meant: int | None) -> None:
    assert cells.year(written) == meant


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_german_table_out_of_a_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    text = (
        "Regionalschlüssel;Zieljahr;Ausgangsjahr;Qualifikation;Lücke;Quelle\r\n"
        "06633;2030;2023;Fachkräfte;8.700;Förderung Region\r\n"
        "06;2030;2023;Ohne Berufsabschluss;-17.500;Zeitung\r\n;;;;;\r\n"
    )
    path = tmp_path / "lücken.csv"
    path.write_bytes(text.encode(encoding))
    gaps, left_out = read(path)
    assert [(g.ags, g.category, g.value) for g in gaps] == [("06633", "skilled", 8700.0), ("06", "unskilled", -17500.0)]
    assert gaps[0].source == "Förderung Region"
    assert gaps[0].url == ""
    assert left_out == []


def test_tabs_quotes_long_keys_and_remarks() -> None:
    gaps, _ = parse(
        '\ufeff"AGS"\thorizon_year\tbase_year\tcategory\tvalue\n# Bemerkung\n06633000\t2030\t2023\ttotal\t"1,234"\n06000\t2030\t2023\tskilled\t5\n',
        "t.tsv",
    )
    assert [(g.ags, g.value) for g in gaps] == [("06633", 1234.0), ("06", 5.0)]


def test_the_lost_zero_of_a_spreadsheet_is_put_back_and_said() -> None:
    gaps, remarks = parse(HEAD + "6633,2030,2023,skilled,1,,\n6,2030,2023,skilled,1,,\n", "g.csv")
    assert [gap.ags for gap in gaps] == ["06633", "06"]
    assert remarks == ["6 → 06", "6633 → 06633"]


def test_a_figure_told_twice_counts_once_and_is_named() -> None:
    other = KASSEL.replace("8700", "9000")
    gaps, remarks = parse(HEAD + KASSEL + KASSEL + other, "g.csv")
    assert [gap.value for gap in gaps] == [8700, 9000]
    assert remarks == ["06633 2023→2030 skilled: 8700 / 8700 / 9000"]


def test_names_of_regions_are_read_as_their_keys() -> None:
    from fachkraftwerk.edition import open_edition

    gaps, _ = parse(HEAD + "Landkreis Kassel,2030,2023,skilled,8700,,\nHessen,2030,2023,skilled,1,,\n", "g.csv")
    found = gap_exam.exam(open_edition(None), gaps).found
    assert [pair.published.ags for pair in found] == ["06633", "06"]


def test_empty_and_foreign_files_are_refused_with_one_sentence() -> None:
    for text, said in (("", "leer"), ("PK\x03\x04;x", "keine der Spalten")):
        with pytest.raises(Refusal) as refusal:
            parse(text, "g.csv")
        assert len(refusal.value.faults) == 1
        assert said in refusal.value.message("de")


def test_unknown_categories_and_periods_beyond_our_horizon_are_left_out_and_said() -> None:
    gaps, left_out = parse(
        HEAD + KASSEL + "06633,2030,2023,exits_annual,80000,,\n06633,2050,2023,skilled,1,,\n", "g.csv"
    )
    assert len(gaps) == 1
    assert left_out == ["2023→2050: > 17", "exits_annual"]


def test_a_period_that_runs_backwards_and_a_table_without_gaps_are_refused() -> None:
    with pytest.raises(Refusal, match="2020 is not after 2023"):
        parse(HEAD + "06633,2020,2023,skilled,1,,\n", "g.csv")
    with pytest.raises(Refusal, match="No row holds a gap"):
        parse(HEAD, "g.csv")
    with pytest.raises(Refusal):
        parse("", "leer.csv")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read(tmp_path / "fehlt.csv")


def test_every_unknown_kreis_is_named_before_anything_is_computed() -> None:
    from fachkraftwerk.edition import open_edition

    gaps, _ = parse(HEAD + "06999,2030,2023,skilled,1,,\n07998,2030,2023,skilled,1,,\n" + KASSEL, "g.csv")
    with pytest.raises(Refusal) as refusal:
        gap_exam.exam(open_edition(None), gaps)
    assert len(refusal.value.faults) == 2


def test_six_kreise_give_correlations_of_both_readings_and_of_the_rivals() -> None:
    """The whole path on the shipped edition: a Kreis whose published gap is our own must agree fully."""
    from fachkraftwerk.edition import open_edition

    rows = [f"066{n},2030,2023,skilled,{1000 + 70 * i},," for i, n in enumerate(("11", "31", "32", "33", "34", "35"))]
    gaps, _ = parse(HEAD + "\n".join(rows) + "\n06,2030,2023,skilled,200000,,\n", "g.csv")
    exam = gap_exam.exam(open_edition(None), gaps)
    document = json.loads(json.dumps(exam.document()))
    models = {line["model"]: line for line in document["comparison"]}
    assert set(models) == {*gap_exam.READINGS, "share of 55–64", "residential cohort deficit"}
    for line in models.values():
        assert -1 <= line["correlation"] <= 1
        assert line["level_error"] >= abs(line["bias"]) - 1e-9
        assert line["n"] == 7
    figure = document["figures"][0]
    assert figure["employees"] > 10_000
    assert np.isfinite(list(figure["said"].values())).all()
    ours = [f["said"][next(iter(gap_exam.READINGS))] for f in document["figures"]]
    again, _ = parse(HEAD + "\n".join(f"{f['ags']},2030,2023,skilled,{v!r},," for f, v in zip(document["figures"], ours, strict=True)), "g.csv")  # fmt: skip
    echo = {line.model: line for line in gap_exam.exam(open_edition(None), again).lines}
    assert echo[next(iter(gap_exam.READINGS))].correlation == pytest.approx(1.0)
    assert echo[next(iter(gap_exam.READINGS))].level_error == pytest.approx(0.0, abs=1e-6)
