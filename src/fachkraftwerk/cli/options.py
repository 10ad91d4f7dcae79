"""Options that several commands share: one name, one help text."""

from __future__ import annotations

from typing import Annotated

import typer

Region = Annotated[str, typer.Option(help="AGS, Name oder Verbund 06611+06633 · key, name or zone")]
Draws = Annotated[int, typer.Option(help="Ziehungen · draws")]
Lang = Annotated[str, typer.Option(help="Sprache der Tabelle, de oder en · language of the table")]
Json = Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")]
