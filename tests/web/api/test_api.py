"""The API gives the same figures as the command line, and refuses in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings

from fachkraftwerk.web.asgi import application

ADDRESS = "2026-1.06633.2030.gap_cumulated.skilled.all.all"
pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_asgi("/api/openapi.json", application)


def get(path: str, **parameters: Any) -> Any:
    """Return (status, document)."""
    answer = Client().get(path, parameters)
    return answer.status_code, json.loads(answer.content)


def test_the_same_figure_in_api_and_command_line() -> None:
    status, document = get(f"/api/figures/{ADDRESS}", draws=50)
    command = [sys.executable, "-m", "fachkraftwerk", "forecast", "--region", "06633", "--draws", "50", "--json"]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    same = next(one for one in printed["figures"] if one["figure"] == ADDRESS)
    assert status == 200
    assert document["value"] == pytest.approx(same["value"], rel=1e-12)
    assert document["p90"] == pytest.approx(same["p90"], rel=1e-12)


def test_components_add_up_to_the_gap_on_the_central_path() -> None:
    _, document = get("/api/forecast", region="06633", draws=1)
    central = {one["indicator"]: one["central"] for one in document["figures"]}
    parts = ("replacement", "disability", "deaths", "structural_change", "entrants", "migration", "participation")
    assert sum(central[part] for part in parts) == pytest.approx(central["gap_cumulated"], abs=1e-6)
    assert central["gap_cumulated"] + central["commuting"] == pytest.approx(central["gap_commuting_closed"], abs=1e-6)


def test_the_published_value_stands_beside() -> None:
    _, document = get("/api/forecast", region="06633", draws=1)
    assert 8700 in [one["value"] for one in document["references"]]


@pytest.mark.parametrize(
    ("path", "status", "german"),
    [
        ("/api/forecast", 400, "region"),
        ("/api/forecast?region=Atlantis", 404, "ist kein Kreis"),
        ("/api/forecast?region=6633", 404, "fehlt die führende Null"),
        ("/api/forecast?region=06633&year=2077", 400, "year"),
        ("/api/forecast?region=06633&draws=999999", 400, "draws: Der Wert ist nicht möglich (höchstens 500)"),
        ("/api/forecast?region=06633&draws=0", 400, "draws: Der Wert ist nicht möglich (mindestens 1)"),
        ("/api/forecast?region=06633&draws=-7", 400, "mindestens 1"),
        ("/api/forecast?region=06633&draws=nan", 400, "eine ganze Zahl wird gebraucht"),
        (f"/api/figures/{ADDRESS}?draws=0", 400, "mindestens 1"),
        ("/api/forecast?region=06633&by=mond", 400, "by"),
        ("/api/figures/nichts", 404, "keine Adresse einer Zahl"),
        ("/api/figures/2019-1.06633.2030.gap_cumulated.skilled.all.all", 404, "2019-1"),
        ("/api/nirgends", 404, "gibt es nicht"),
        (
            "/api/forecast?region=06633&jahr=2035",
            400,
            "jahr: Diese Angabe gibt es hier nicht. Möglich sind: region, year",
        ),
        ("/api/regions?limit=3", 400, "Möglich sind: q"),
        ("/api/edition?x=1", 400, "Hier gibt es keine Angaben"),
        ("/api/forecast?region=06&draws=500", 400, "Für 26 Kreise zusammen gibt es nur 200 Rechnungen"),
        (f"/api/figures/{ADDRESS.replace('06633', '06')}?draws=500", 400, "nur 200 Rechnungen"),
        ("/api/forecast?region=Deutschland", 404, "Startseite"),
        ("/api/forecast?region=06633&qualification=x", 400, " oder 'total'"),
    ],
)
def test_bad_requests_are_refused_with_the_remedy(path: str, status: int, german: str) -> None:
    answered, document = get(path)
    assert answered == status
    told = " ".join(f"{fault['where']} {fault['de']}" for fault in document["faults"])
    assert german in told
    assert all(fault["en"] for fault in document["faults"])


def test_other_methods_are_told_in_both_languages() -> None:
    answer = Client().delete("/api/regions")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET"
    fault = json.loads(answer.content)["faults"][0]
    assert "nur GET" in fault["de"] and "GET only" in fault["en"]
    assert Client().head("/api/regions").status_code == 200


def test_the_guide_names_every_parameter() -> None:
    page = Client().get("/api/").content.decode()
    for address, methods in json.loads(Client().get("/api/openapi.json").content)["paths"].items():
        assert f"<code>{address}</code>" in page
        for one in methods["get"].get("parameters", []):
            assert f"<code>{one['name']}</code>" in page


@schema.parametrize()
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_description_holds(case: schemathesis.Case) -> None:
    case.call_and_validate()
