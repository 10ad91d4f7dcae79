"""runs: keep a run, list kept runs, set two side by side, export the draws of assumptions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fachkraftwerk.cli.output import say, write_csv, write_json, write_table

runs_app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")]
Lang = Annotated[str, typer.Option(help="de oder en · de or en")]
#: How many Kreise the comparison prints.
SHOWN = 15


@runs_app.command()
def keep(
    name: Annotated[str, typer.Argument(help="Name des Laufs · name of the run")],
    draws: Annotated[int, typer.Option(help="Ziehungen · draws")] = 200,
    seed: Annotated[int, typer.Option(help="Startwert · seed")] = 0,
) -> None:
    """Alle Kreise rechnen und aufheben · compute all Kreise and keep the run."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.runs import vintages

    def progress(done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            say(f"{done} / {total}")

    print(vintages.keep(open_edition(None), name, draws, seed, progress=progress))


@runs_app.command("list")
def list_runs(as_json: Json = False) -> None:
    """Aufgehobene Läufe auflisten · list kept runs."""
    from fachkraftwerk.runs import runstore

    root = runstore.folder()
    manifests = [runstore.load(root / name).manifest for name in runstore.listed()]
    rows = [
        {key: entry.get(key) for key in ("name", "edition", "version", "draws", "seed", "made")} for entry in manifests
    ]
    if as_json:
        write_json(rows)
    else:
        write_table(list(rows[0]) if rows else ["name"], [[str(cell) for cell in row.values()] for row in rows])


@runs_app.command()
def compare(
    before: Annotated[str, typer.Argument(help="früherer Lauf · earlier run")],
    after: Annotated[str, typer.Argument(help="späterer Lauf · later run")],
    year: Annotated[int, typer.Option(help="Jahr · year")] = 2030,
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
    into: Annotated[Path | None, typer.Option(help="Parquet-Datei statt CSV · Parquet file instead of CSV")] = None,
) -> None:
    """Alle Ziehungen der Annahmen ausgeben · export all draws of the assumptions."""
    from fachkraftwerk.runs import runstore, vintages

    table = runstore.load(runstore.folder() / vintages.check_name(name)).tables["draws"]
    if into:
        table.to_parquet(into, index=False)
        say(str(into))
    else:
        write_csv({str(key): cell for key, cell in row.items()} for row in table.to_dict("records"))
