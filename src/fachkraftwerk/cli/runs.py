"""runs: keep a run, list kept runs, set two side by side, export the draws of assumptions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.files import check_target
from fachkraftwerk.cli.options import Draws, Json, Lang
from fachkraftwerk.cli.output import Progress, say, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, parameters
from fachkraftwerk.cli.stop import stoppable
from fachkraftwerk.core.errors import Refusal, reason, refuse, together
from fachkraftwerk.core.text import Text

if TYPE_CHECKING:
    from fachkraftwerk.runs.runstore import Run

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

    _, _, known = together(
        lambda: vintages.check_name(name),
        lambda: listing.check_draws(draws),
        lambda: parameters(spreads) if spreads else None,
    )
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
    year: Annotated[int, typer.Option(help="Jahr: 2030, 2035 oder 2040 · year: 2030, 2035 or 2040")] = 2030,
    lang: Lang = "de",
    as_json: Json = False,
) -> None:
    """Zwei Läufe nebeneinander: was sich bewegt hat und warum · two runs side by side: what moved and why."""
    from fachkraftwerk.core.text import number
    from fachkraftwerk.runs import vintages

    one, two, _ = together(lambda: _load(before), lambda: _load(after), lambda: _check_year(year))
    found = vintages.compare(one, two)
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


def _load(name: str) -> Run:
    from fachkraftwerk.runs import runstore, vintages

    return runstore.load(runstore.folder() / vintages.check_name(name))


def _check_year(year: int) -> None:
    """Refuse a year that runs do not keep."""
    from fachkraftwerk.runs.vintages import YEARS

    known = ", ".join(map(str, YEARS))
    if year not in YEARS:
        raise refuse(
            f"Das Jahr {year} halten Läufe nicht fest.", f"Runs do not keep the year {year}.",
            f"Verglichen werden {known}.", f"Compared are {known}.", "--year",
        )  # fmt: skip


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
    from fachkraftwerk.runs import drawtable

    run, _ = together(lambda: _load(name), lambda: _check_into(into))
    if into is None:
        _to_output(run, lang, assumption or ())
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


def _check_into(into: Path | None) -> None:
    """Refuse a file of a kind that is not written (it would not be what its name says) or that has no folder."""
    if into is None:
        return
    if into.suffix.lower() not in (".csv", ".parquet"):
        raise refuse(
            f"„{into.name}“ endet weder auf .csv noch auf .parquet.", f'"{into.name}" ends in neither .csv nor .parquet.',
            f"Nennen Sie zum Beispiel {into.stem}.csv.", f"Name for example {into.stem}.csv.", "--into",
        )  # fmt: skip
    if not into.parent.is_dir():
        raise refuse(
            f"Die Datei lässt sich nicht schreiben: Den Ordner „{into.parent}“ gibt es nicht.",
            f'The file cannot be written: there is no folder "{into.parent}".',
            "Legen Sie ihn an oder nennen Sie einen anderen.", "Make it or name another one.", "--into",
        )  # fmt: skip
    check_target("--into", into)


def _to_output(run: Run, lang: str, only: Sequence[str]) -> None:
    from fachkraftwerk.runs import drawtable

    sys.stdout.flush()
    try:
        drawtable.export(run, "/dev/stdout", lang, only)
    except OSError as error:
        if "Broken pipe" in str(error):  # the reader has seen enough, as with "| head"
            raise typer.Exit(1) from error
        raise
