"""runs: keep a run, list kept runs, set two side by side, export the draws of assumptions."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Draws, Json, Lang, Year
from fachkraftwerk.cli.output import Progress, say, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, parameters
from fachkraftwerk.cli.stop import stoppable
from fachkraftwerk.core.errors import Refusal, reason, refuse
from fachkraftwerk.core.text import Text

runs_app = Application(
    no_args_is_help=True, help="Läufe aufheben, auflisten, vergleichen · keep, list and compare runs."
)
#: How many Kreise the comparison prints.
SHOWN = 15


@runs_app.command()
def keep(
    name: Annotated[str, typer.Argument(help="Name des Laufs · name of the run")],
    draws: Draws = 200,
    seed: Annotated[int, typer.Option(help="Startwert der Ziehungen · seed of the draws")] = 0,
    spreads: Spreads = None,
) -> None:
    """Alle Kreise rechnen und aufheben · compute all Kreise and keep the run."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs import listing, vintages

    listing.check_draws(draws)
    known = parameters(spreads) if spreads else None
    _discard()
    with stoppable(Text(f"vom Lauf „{name}“ bleibt nichts zurück.", f'nothing is left of the run "{name}".')):
        print(vintages.keep(open_edition(None), name, draws, seed, progress=Progress(), known=known))


def _discard() -> None:
    """Clear away what killed runs left behind, and say so."""
    from fachkraftwerk.runs import runstore

    for name in runstore.discard(runstore.folder()):
        say(
            f'Reste des abgebrochenen Laufs „{name}“ sind verworfen. · What was left of the killed run "{name}" is discarded.'
        )


@runs_app.command("list")
def list_runs(as_json: Json = False) -> None:
    """Aufgehobene Läufe auflisten · list kept runs."""
    from fachkraftwerk.runs import runstore

    rows = [_about(runstore.folder() / name) for name in runstore.listed()]
    if as_json:
        write_json(rows)
    else:
        write_table(_COLUMNS, [["" if row[key] is None else str(row[key]) for key in _COLUMNS] for row in rows])


_COLUMNS = ["name", "edition", "version", "draws", "seed", "made"]


def _about(path: Path) -> dict[str, object]:
    """What a run was made of; a damaged one is told on standard error and listed with its name alone."""
    from fachkraftwerk.runs import runstore

    try:
        manifest = runstore.check(path)
    except Refusal as refusal:
        for lang in ("de", "en"):
            say(refusal.faults[0].message(lang))
        manifest = {"name": path.name}
    return {key: manifest.get(key) for key in _COLUMNS}


@runs_app.command()
def compare(
    before: Annotated[str, typer.Argument(help="früherer Lauf · earlier run")],
    after: Annotated[str, typer.Argument(help="späterer Lauf · later run")],
    year: Year = 2030,
    lang: Lang = "de",
    as_json: Json = False,
) -> None:
    """Zwei Läufe nebeneinander: was sich bewegt hat und warum · two runs side by side: what moved and why."""
    from fachkraftwerk.core.text import number
    from fachkraftwerk.runs import runstore, vintages

    root = runstore.folder()
    found = vintages.compare(*(runstore.load(root / vintages.check_name(name)) for name in (before, after)))
    if as_json:
        write_json(asdict(found) | {"why": found.why()._asdict()})
        return
    print(found.why().in_(lang))
    for change in found.changes:
        print(f"- {change.name.in_(lang)}: {change.before} → {change.after}")
    rows = [
        [one.region, number(one.before, lang), number(one.after, lang), number(one.difference, lang)]
        for one in found.largest(year)[:SHOWN]
    ]
    write_table(["Kreis", before, after, "Δ"], rows)


@runs_app.command()
def draws(
    name: Annotated[str, typer.Argument(help="Name des Laufs · name of the run")],
    into: Annotated[
        Path | None,
        typer.Option(
            help="Datei .parquet oder .csv statt der Ausgabe · file .parquet or .csv instead of standard output"
        ),
    ] = None,
    assumption: Annotated[
        list[str] | None, typer.Option(help="nur diese Annahme, mehrfach möglich · this assumption only, repeatable")
    ] = None,
    lang: Lang = "de",
) -> None:
    """Alle Ziehungen der Annahmen ausgeben, mit Namen und Einheiten · export all draws of the assumptions."""
    from fachkraftwerk.runs import drawtable, runstore, vintages

    run = runstore.load(runstore.folder() / vintages.check_name(name))
    if into is None:
        sys.stdout.flush()
        drawtable.export(run, "/dev/stdout", lang, assumption or ())
        return
    part = into.with_name(f".{into.name}.part{into.suffix}")
    try:
        drawtable.export(run, part, lang, assumption or ())
        part.replace(into)
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"Die Datei lässt sich nicht schreiben ({why.de}).", f"The file cannot be written ({why.en}).",
            "Nennen Sie einen Ordner, den es gibt, in den Sie schreiben dürfen und in dem Platz ist.",
            "Name a folder that exists, that you may write to and that has room.", str(into),
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    say(str(into))
