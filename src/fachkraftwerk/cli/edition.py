"""edition build, check, list, table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Json
from fachkraftwerk.cli.output import say, tell, write_json, write_table
from fachkraftwerk.cli.stop import stoppable
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text

edition_app = Application(
    no_args_is_help=True, help="Datenausgaben bauen, prüfen, auflisten · build, prove and list data editions."
)


@edition_app.command("build")
def build(
    raw: Annotated[Path, typer.Option(help="Ordner mit den Originaldateien · folder of the original files")],
    out: Annotated[Path, typer.Option(help="Zielordner · folder to write")],
    without_ba: Annotated[
        bool, typer.Option("--without-ba", help="ohne Zahlen der Bundesagentur · leave BA figures out")
    ] = False,
    own: Annotated[
        Path | None,
        typer.Option(help="Ordner mit eigenen Dateien, die vorgehen · folder of your own files, which come first"),
    ] = None,
) -> None:
    """Ausgabe aus Originaldateien bauen · build an edition from the publishers' files."""
    from fachkraftwerk.edition.build import build as build_edition

    with stoppable(Text("es bleibt nichts Halbfertiges zurück.", "nothing half-built is left behind.")):
        build_edition(raw, out, progress=say, without_ba=without_ba, own=own)
    say(f"Die Ausgabe liegt in {out}. · The edition lies in {out}.")


@edition_app.command("check")
def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Ordner einer Ausgabe; ohne: die mitgelieferte · folder of an edition; without: the shipped one"
        ),
    ] = None,
) -> None:
    """Ausgabe prüfen: Schlüssel, Summen, Quellen, Prüfsummen · prove an edition."""
    from fachkraftwerk.edition.check import check as check_edition

    if faults := check_edition(path):
        tell(faults)
        raise typer.Exit(2)
    say("Die Ausgabe ist in Ordnung. · The edition is sound.")


@edition_app.command("list")
def list_editions(as_json: Json = False) -> None:
    """Ausgaben auflisten · list the editions at hand."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.edition.list import editions

    entries = editions()
    try:  # FACHKRAFTWERK_EDITION may name a folder that is none
        open_edition()
    except Refusal as refusal:
        tell(refusal.faults)
    if as_json:
        write_json({"editions": entries})
    else:
        write_table(["edition", "tables", "rows", "path"], [[str(v) for v in e.values()] for e in entries])


@edition_app.command("table")
def table(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Ordner einer Ausgabe; ohne: die mitgelieferte · folder of an edition; without: the shipped one"
        ),
    ] = None,
) -> None:
    """Veröffentlichung → Zeilen → Jahre → Lizenz → geschätzter Anteil (Markdown) · publications as a table."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.edition.table import markdown

    print(markdown(open_edition(path)))


@edition_app.command("recover")
def recover_cells() -> None:
    """Wie gut sind geschätzte Zellen? · hide known cells, recover them, compare with a proportional fill (Markdown)."""
    from fachkraftwerk.edition import open_edition
    from fachkraftwerk.edition.recover import markdown, recover

    print(markdown(recover(open_edition(None))))
