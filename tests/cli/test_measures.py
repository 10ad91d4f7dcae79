"""simulate and portfolio on the command line: one document, tables in both languages, refusals that write nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.runs.scenario import Scenario, as_dict, dump


def call(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on Musterland in a process of its own."""
    command = [sys.executable, "-m", "fachkraftwerk", *arguments, "--draws", "20"]
    given = {**os.environ, "FACHKRAFTWERK_EDITION": str(path)}
    return subprocess.run(command, capture_output=True, text=True, env=given)


def test_simulate_prints_one_document(musterland_path: Path) -> None:
    asked = (
        "--region",
        "99001",
        "--measure",
        "childcare:high",
        "--measure",
        "commuters",
        "--reading",
        "pendeln",
        "--json",
    )
    document = json.loads(call(musterland_path, "simulate", *asked).stdout)
    assert [one["id"] for one in document["measures"]] == ["childcare", "commuters"]
    left = document["without"]["value"] - document["closing"]["central"]
    assert document["with"]["value"] == pytest.approx(left)
    parts = sum(one["closing"]["central"] for one in document["measures"]) + document["interaction"]["central"]
    assert parts == pytest.approx(document["closing"]["central"])
    assert sum(one["central"] for one in document["zero_sum"]) > 0
    assert document["cost"]["p10"] < document["cost"]["central"] < document["cost"]["p90"]


def test_tables_speak_both_languages(musterland_path: Path) -> None:
    asked = ("simulate", "--region", "99001", "--measure", "retention")
    german, english = (call(musterland_path, *asked, "--lang", lang) for lang in ("de", "en"))
    assert "alle zusammen" in german.stdout and "Kosten bis 2030" in german.stderr
    assert "all together" in english.stdout and "Cost until 2030" in english.stderr and "Lücke" not in english.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--measure", "childcare:30"), "Nennen Sie einen Grund"), (("--measure", "childcare:0.01"), "Nennen Sie einen Grund"), (("--measure", "childcare:-1"), "Möglich sind"),
     (("--measure", "magic"), "gibt es nicht"), (("--measure", "M006"), "keine Annahme"),
     (("--measure", "childcare", "--reading", "x"), "Zählweise"), (("--measure", "childcare", "--lang", "fr"), "nicht möglich, nur: de, en"),
     (("--measure", "childcare", "--year", "1990"), "außerhalb")],
)  # fmt: skip
def test_bad_input_is_refused_and_nothing_written(
    musterland_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    told = call(musterland_path, "simulate", "--region", "99001", *arguments, "--json")
    assert told.returncode == 2 and told.stdout == "" and words in told.stderr


def test_a_reason_opens_the_way_beyond_experience(musterland_path: Path) -> None:
    asked = ("--region", "99001", "--measure", "childcare:30", "--reason", "neues Gesetz", "--json")
    assert json.loads(call(musterland_path, "simulate", *asked).stdout)["measures"][0]["dose"] == 30


def test_occupations_and_levels_narrow_from_the_command_line(musterland_path: Path) -> None:
    asked = ("--region", "99001", "--measure", "retention", "--json")
    whole, part = (
        json.loads(call(musterland_path, "simulate", *asked, *more).stdout)["measures"][0]
        for more in ((), ("--occupation", "81", "--level", "fachkraft"))
    )
    assert part["target_group"]["size"] < whole["target_group"]["size"] and part["occupations"] == ["81"]
    told = call(musterland_path, "simulate", *asked, "--occupation", "99", "--level", "chef")
    assert told.returncode == 2 and "Berufe gibt es nicht" in told.stderr and "chef" in told.stderr


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A scenario file with a group of which one may be chosen, and a prerequisite."""
    measures = (
        plan("later_retirement", excludes="Alter"), plan("work_65plus", excludes="Alter"),
        plan("parttime_hours", requires=("retention",)), plan("retention"),
    )  # fmt: skip
    file = tmp_path / "plans.json"
    file.write_text(dump(Scenario("Auswahl", "99001", measures=measures)), encoding="utf-8")
    return file


def test_portfolio_keeps_groups_and_prerequisites_of_a_file(musterland_path: Path, plans: Path) -> None:
    asked = ("--region", "99001", "--budget", "20000000", "--scenario", str(plans), "--json")
    best = json.loads(call(musterland_path, "portfolio", *asked).stdout)["best"]
    chosen = {one["id"] for one in best["measures"]}
    assert len(chosen & {"later_retirement", "work_65plus"}) == 1
    assert "retention" in chosen or "parttime_hours" not in chosen


def test_portfolio_speaks_both_languages(musterland_path: Path, plans: Path) -> None:
    asked = ("portfolio", "--region", "99001", "--budget", "2000000", "--scenario", str(plans))
    german, english = (call(musterland_path, *asked, "--lang", lang) for lang in ("de", "en"))
    assert "Das beste Bündel" in german.stderr and "The best set" in english.stderr
    assert "best choice" in english.stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [({"budget": "-5"}, "nicht möglich"), ({"budget": "5"}, "billigste"), ({"requires": ["retention", "later_retirement"]}, "im Kreis"),
     ({"euro": -1}, "Kosten"), ({"ramp": 10**30}, "falsche Art"), ({"occupations": ["99"]}, "KldB"), ({"kind": "magic"}, "gibt es nicht")],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    musterland_path: Path, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    row = plan("later_retirement", requires=("retention",)), plan("retention", requires=())
    document = as_dict(Scenario("x", "99001", measures=row))
    budget = str(change.pop("budget", "2000000"))
    if "requires" in change:
        document["measures"][1]["requires"] = ["later_retirement"]
        change = {}
    document["measures"][0] |= change
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    told = call(
        musterland_path, "portfolio", "--region", "99001", "--budget", budget, "--scenario", str(file), "--json"
    )
    assert told.returncode == 2 and told.stdout == "" and words in told.stderr
