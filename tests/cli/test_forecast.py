"""forecast on the command line: tables, files, refusals."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def call(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run forecast on Musterland in a process of its own."""
    command = [sys.executable, "-m", "fachkraftwerk", "forecast", *arguments]
    given = {**os.environ, "FACHKRAFTWERK_EDITION": str(path)}
    return subprocess.run(command, capture_output=True, text=True, env=given)


def test_all_kreise_as_json_and_csv_are_the_same(musterland_path: Path) -> None:
    asked = ("--all", "--draws", "20", "--by", "total,level,occupation")
    told = call(musterland_path, *asked, "--json")
    document = json.loads(told.stdout)
    assert {row["region"] for row in document["figures"]} == {f"990{n:02}" for n in range(1, 13)}
    assert document["draws"] == 20 and document["base_year"] == 2023
    assert "12 / 12" in told.stderr
    rows = list(csv.DictReader(io.StringIO(call(musterland_path, *asked, "--csv").stdout)))
    assert [row["figure"] for row in rows] == [row["figure"] for row in document["figures"]]
    hidden = [row["figure"] for row in rows if row["withheld"]]
    assert hidden == [row["figure"] for row in document["figures"] if "withheld" in row]


def test_the_table_speaks_english(musterland_path: Path) -> None:
    told = call(musterland_path, "--region", "99001", "--draws", "5", "--lang", "en").stdout
    assert told.splitlines()[0].split() == ["Kreis", "figure", "who", "value", "from", "to"]
    assert "Lücke" not in told


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (("--region", "99001", "--draws", "0"), "0 Ziehungen sind nicht möglich", "0 draws are not possible"),
        (("--region", "99001", "--draws", "-4"), "-4 Ziehungen sind nicht möglich", "-4 draws are not possible"),
        (("--region", "99001", "--draws", "1000000"), "nicht möglich", "not possible"),
        (("--region", "99001", "--by", "farbe"), "gibt es nicht", "There is no breakdown"),
        (("--region", "99001", "--year", "2041"), "außerhalb der Vorausberechnung", "outside the forecast"),
        (("--region", "99001", "--lang", "fr"), "nicht möglich, nur: de, en", "not possible, only: de, en"),
        (
            ("--region", "99001", "--scenario", "fehlt.json"),
            "„fehlt.json“ lässt sich nicht lesen (gibt es nicht)",
            "no such file",
        ),
        (
            ("--region", "99001", "--scenario", "."),
            "„.“ lässt sich nicht lesen (ein Ordner)",
            "is a directory",
        ),
        (("--region", "99001", "--spreads", "."), ".: Die Datei lässt sich nicht lesen (ein Ordner)", "is a directory"),
        (("--region", "99001", "--all"), "--region und --all schließen sich aus", "exclude each other"),
        (("--region", "99001", "--json", "--csv"), "--json und --csv schließen sich aus", "exclude each other"),
        (("--region", "99001", "--scheduler", "kein Ort"), "antwortet kein Dask", "No Dask scheduler answers"),
        ((), "Es fehlt", "It is missing"),
    ],
)
def test_bad_input_is_refused_in_both_languages(
    musterland_path: Path, arguments: tuple[str, ...], german: str, english: str
) -> None:
    told = call(musterland_path, *arguments)
    assert told.returncode == 2, told.stderr
    assert german in told.stderr and english in told.stderr
    assert told.stdout == "" and "Traceback" not in told.stderr


def test_all_faults_are_told_at_once(musterland_path: Path) -> None:
    told = call(
        musterland_path,
        "--region",
        "99001",
        "--draws",
        "0",
        "--year",
        "2077",
        "--qualification",
        "magic",
    )
    assert told.returncode == 2 and told.stdout == ""
    for words in ("0 draws", "2077", "magic"):
        assert words in told.stderr


def test_own_spreads_change_ranges_and_nothing_else(musterland_path: Path, tmp_path: Path) -> None:
    surer = tmp_path / "surer.yaml"
    surer.write_text("demand.demand_total: {spread: {national: 0, land: 0, kreis: 0}}\n", encoding="utf-8")
    asked = ("--region", "99001", "--draws", "60", "--json")
    plain, sure = (
        json.loads(call(musterland_path, *asked, *more).stdout)["figures"][0]
        for more in ((), ("--spreads", str(surer)))
    )
    assert sure["central"] == plain["central"]
    assert sure["p90"] - sure["p10"] < plain["p90"] - plain["p10"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("supply.unheard: {spread: {national: 1}}", "no assumption"),
        ("supply.retirement: {spread: {national: -1}}", "impossible"),
    ],
)
def test_impossible_spreads_are_refused(musterland_path: Path, tmp_path: Path, text: str, english: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    told = call(musterland_path, "--region", "99001", "--spreads", str(file))
    assert told.returncode == 2 and told.stdout == ""
    assert english in told.stderr and "Traceback" not in told.stderr
