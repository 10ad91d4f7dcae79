"""backtest: every proof of the method."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fachkraftwerk.cli.output import say, write_json

backtest_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@backtest_app.command()
def backtest(
    gaps: Annotated[
        Path | None,
        typer.Option(
            help="CSV veröffentlichter Lücken (region ags, horizon, base year, category, value, source, url) · CSV of published gaps"
        ),
    ] = None,
    only_gaps: Annotated[
        bool, typer.Option("--only-gaps", help="nur dieser Vergleich · this comparison alone")
    ] = False,
    lang: Annotated[str, typer.Option(help="de oder en · de or en")] = "de",
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
) -> None:
    """Güte prüfen: unsere Fehler neben denen einfacher Modelle · our errors beside those of naive models."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs.backtest import gap_exam, proofs
    from fachkraftwerk.runs.backtest.published import read

    # Faults of the file are told before anything is computed.
    published = read(gaps) if gaps else None
    edition = open_edition(None)
    found = [] if only_gaps else proofs.proofs(edition, progress=say)
    exam = gap_exam.exam(edition, *(published or gap_exam.references(edition)), progress=say)
    if as_json:
        write_json(proofs.document(edition, found) | {"published_gaps": exam.document()})
    else:
        print(proofs.markdown(found, lang) if found else "", end="")
        print(exam.markdown(lang), end="")
