"""backtest: every proof of the method."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Json, Lang
from fachkraftwerk.cli.output import say, write_json

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

backtest_app = Application()


@backtest_app.command()
def backtest(
    gaps: Annotated[
        Path | None,
        typer.Option(
            help="CSV veröffentlichter Lücken (region ags, horizon, base year, category, value, source, url) · CSV of published gaps, same columns"
        ),
    ] = None,
    only_gaps: Annotated[
        bool, typer.Option("--only-gaps", help="nur dieser Vergleich · this comparison alone")
    ] = False,
    spreads: Annotated[
        bool, typer.Option("--spreads", help="Spannen der Annahmen aus Fehlern · spreads of assumptions from errors")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="für die Seite /guete/ aufheben · keep for the page /guete/")
    ] = False,
    into: Annotated[
        Path | None, typer.Option(help="statt im Benutzerordner in dieser Datei · in this file instead of the home")
    ] = None,
    docs: Annotated[
        Path | None, typer.Option(help="Tabellen als Markdown in diesen Ordner · tables as Markdown into this folder")
    ] = None,
    lang: Lang = "de",
    as_json: Json = False,
) -> None:
    """Güte prüfen: unsere Fehler neben denen einfacher Modelle · our errors beside those of naive models."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs.backtest import gap_exam, proofs
    from fachkraftwerk.runs.backtest.published import read

    # Faults of the file are told before anything is computed.
    published = read(gaps) if gaps else None
    edition = open_edition(None)
    if save or into or docs:
        _keep(edition, save, into, docs)
    elif spreads:
        _spreads(edition, lang, as_json)
    else:
        found = [] if only_gaps else proofs.proofs(edition, progress=say)
        exam = gap_exam.exam(edition, *(published or gap_exam.references(edition)), progress=say)
        if as_json:
            write_json(proofs.document(edition, found) | {"published_gaps": exam.document()})
        else:
            print(proofs.markdown(found, lang) if found else "", end="")
            print(exam.markdown(lang), end="")


def _spreads(edition: Edition, lang: str, as_json: bool) -> None:
    from fachkraftwerk.runs.backtest import spread_table, spreads

    say("spreads …")
    lines = spreads.table(edition)
    if as_json:
        write_json({"edition": edition.name, "spreads": spreads.document(lines)})
    else:
        print(spread_table.markdown(lines, lang), end="")


def _keep(edition: Edition, save: bool, into: Path | None, docs: Path | None) -> None:
    """Compute everything once and write what was asked for."""
    from fachkraftwerk.runs.backtest import report, stored

    made = stored.compute(edition, progress=say)
    if save or into:
        say(str(stored.save(edition, made, into)))
    if docs:
        for path in report.write(made, docs):
            say(str(path))
