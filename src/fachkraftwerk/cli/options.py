"""Options that several commands share: one name, one help text, German and English parted by a point."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Region = Annotated[
    str, typer.Option(help="AGS, Name oder Verbund 06611+06633 · official key, name or zone 06611+06633")
]
Year = Annotated[int, typer.Option(help="Jahr bis 2040 · year up to 2040")]
Draws = Annotated[
    int, typer.Option(help="Zahl der Ziehungen; 1: nur der mittlere Pfad · number of draws; 1: central path only")
]
Scenario = Annotated[
    Path | None,
    typer.Option(help="Szenario-Datei der Seite „Maßnahmen“ (JSON) · scenario file of the page Measures (JSON)"),
]
Lang = Annotated[
    Literal["de", "en"], typer.Option(help="Sprache der Tabelle, de oder en · language of the table, de or en")
]
Json = Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")]
