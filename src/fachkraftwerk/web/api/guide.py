"""The API in plain words: what each operation answers, what may be asked, what a figure carries."""

from __future__ import annotations

from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.desk import DRAWS
from fachkraftwerk.runs.limits import MOST_DRAWS

EXAMPLE = "2026-1.06633.2030.gap_cumulated.skilled.all.all"
#: Summaries of the OpenAPI description → the same in both languages.
SUMMARIES = {
    text.en: text
    for text in (
        Text("Alle Kreise, oder die zu einem Namen passen", "All Kreise, or those that match a name"),
        Text("Lücke und ihre Gründe", "Gap and its components"),
        Text("Eine Zahl unter ihrer Adresse", "One figure by its address"),
        Text("Der Weg einer Zahl zurück zu ihren Quellen", "A figure’s way back to its sources"),
        Text("Die geöffnete Ausgabe der Daten", "The open data edition"),
    )
}
#: What may be asked, by the name of the parameter.
PARAMETERS = {
    "q": Text("Name, Anfang eines Namens oder Schlüssel", "name, beginning of a name or key"),
    "region": Text(
        "Schlüssel, Name, Zone (06611%2B06633) oder Land (06); bis zu fünf Mal",
        "key, name, zone (06611%2B06633) or Land (06); up to five times",
    ),
    "year": Text(f"{BASE_YEAR} bis {HORIZON}, sonst 2030", f"{BASE_YEAR} to {HORIZON}, else 2030"),
    "by": Text(
        "total, qualification, level, occupation; mehrere mit Komma, sonst total",
        "total, qualification, level, occupation; several with commas, else total",
    ),
    "qualification": Text(
        "skilled, vocational, academic, unskilled oder total; sonst skilled",
        "skilled, vocational, academic, unskilled or total; else skilled",
    ),
    "draws": Text(
        f"Rechnungen, 1 bis {MOST_DRAWS}, sonst {DRAWS}; 1 ist der mittlere Weg allein",
        f"calculations, 1 to {MOST_DRAWS}, else {DRAWS}; 1 is the central path alone",
    ),
    "address": Text(
        "Ausgabe, Gebiet, Jahr, Größe, Abschluss, Anforderung und Beruf, mit Punkt getrennt",
        "edition, region, year, indicator, qualification, requirement and occupation, separated by dots",
    ),
}
#: What a figure carries.
FIELDS = {
    "value": Text("Mitte aller Rechnungen; über null fehlen Menschen", "middle of all calculations; above zero people are missing"),
    "central": Text("mittlerer Weg; nur auf ihm addieren sich die Gründe", "central path; only there the components add up"),
    "p10, p90": Text("darin liegen 8 von 10 Rechnungen", "8 in 10 calculations lie between them"),
    "p25, p75": Text("darin liegt die Hälfte", "half of them lie between them"),
    "p_shortage": Text("Anteil der Rechnungen, in denen Menschen fehlen", "share of calculations in which people are missing"),
    "estimated_share": Text("Anteil der Ausgangszahlen, der geschätzt ist", "share of the base figures that is estimated"),
    "figure": Text("Adresse der Zahl", "address of the figure"),
}  # fmt: skip


def operation(address: str, described: dict[str, Any]) -> dict[str, Any]:
    """Return one operation for the page: its address, what it answers, what may be asked."""
    asked = [(one["name"], PARAMETERS[one["name"]], one["required"]) for one in described.get("parameters", [])]
    return {"address": address, "summary": SUMMARIES[described["summary"]], "parameters": asked}
