"""backtest: every proof of the method."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.files import check_folder, check_target, exclusive, named
from fachkraftwerk.cli.options import Json, Lang
from fachkraftwerk.cli.output import say, write_json
from fachkraftwerk.core.errors import together

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

backtest_app = Application()


Gaps = Annotated[
    Path | None,
    typer.Option(
        help="CSV veröffentlichter Lücken (region ags, horizon, base year, category, value, source, url)"
        " · CSV of published gaps, same columns"
    ),
]
OnlyGaps = Annotated[bool, typer.Option("--only-gaps", help="nur dieser Vergleich · this comparison alone")]
OfSpreads = Annotated[
    bool, typer.Option("--spreads", help="Spannen der Annahmen aus Fehlern · spreads of assumptions from errors")
]
Save = Annotated[bool, typer.Option("--save", help="für die Seite /guete/ aufheben · keep for the page /guete/")]
Into = Annotated[
    Path | None,
    typer.Option(help="in dieser Datei aufheben statt im Benutzerordner · keep in this file instead of the home"),
]
Docs = Annotated[
    Path | None, typer.Option(help="Tabellen als Markdown in diesen Ordner · tables as Markdown into this folder")
]
#: What keeps everything, and what asks for something else.
_KEPT, _ASKED = ("--save", "--into", "--docs"), ("--gaps", "--only-gaps", "--spreads", "--json")


@backtest_app.command()
def backtest(
    gaps: Gaps = None, only_gaps: OnlyGaps = False, spreads: OfSpreads = False, save: Save = False, into: Into = None,
    docs: Docs = None, lang: Lang = "de", as_json: Json = False,
) -> None:  # fmt: skip
    """Güte prüfen: unsere Fehler neben denen einfacher Modelle · our errors beside those of naive models."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs.backtest.published import read

    given = dict(zip((*_KEPT, *_ASKED), (save, into, docs, gaps, only_gaps, spreads, as_json), strict=True))
    apart = [("--save", "--into"), ("--spreads", "--gaps"), ("--spreads", "--only-gaps"), *product(_KEPT, _ASKED)]
    # Everything that can be refused is refused before minutes of computing.
    _, _, _, published = together(
        lambda: exclusive(given, *apart),
        lambda: check_target("--into", into),
        lambda: check_folder("--docs", docs),
        lambda: named(gaps, read),
    )
    edition = open_edition(None)
    if save or into or docs:
        _keep(edition, save, into, docs)
    elif spreads:
        _spreads(edition, lang, as_json)
    else:
        _exam(edition, published, only_gaps, lang, as_json)


def _exam(edition: Edition, published: Any, only_gaps: bool, lang: str, as_json: bool) -> None:
    from fachkraftwerk.runs.backtest import gap_exam, proofs

    found = [] if only_gaps else proofs.proofs(edition, progress=say)
    figures, left_out = published or gap_exam.references(edition)
    exam = gap_exam.exam(edition, figures, left_out, progress=say)
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
