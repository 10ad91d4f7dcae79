"""check: is this installation healthy, what is missing, what to do."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Json
from fachkraftwerk.cli.output import write_json
from fachkraftwerk.core.errors import Fault, Refusal, reason
from fachkraftwerk.core.text import Text

check_app = Application()


@check_app.command()
def check(
    as_json: Json = False,
) -> None:
    """Ist diese Installation gesund? · is this installation healthy?"""
    results = [(name, list(_guarded(test))) for name, test in CHECKS.items()]
    if as_json:
        write_json({"checks": [_entry(name, faults) for name, faults in results]})
    else:
        for line in (_about(), *_lines(results)):
            print(line)
    if any(faults for _, faults in results):
        raise typer.Exit(2)


def _about() -> str:
    from fachkraftwerk import __version__

    return f"Fachkraftwerk {__version__}, Python {platform.python_version()}, {_folder()}"


def _folder() -> Path:
    """The folder of user data; the settings of the pages name the same, but make it first, which may fail."""
    from fachkraftwerk.runs import runstore

    return runstore.folder().parent


def _lines(results: list[tuple[str, list[Fault]]]) -> Iterator[str]:
    for name, faults in results:
        yield f"{'!' if faults else '✓'} {name}"
        yield from (f"    {fault.message(lang)}" for fault in faults for lang in ("de", "en"))
    count = sum(1 for _, faults in results if faults)
    yield (
        f"Fehler in {count} von {len(results)} Prüfungen. · Faults in {count} of {len(results)} checks."
        if count
        else "Alles in Ordnung. · All is well."
    )


def _entry(name: str, faults: list[Fault]) -> dict[str, object]:
    return {"check": name, "ok": not faults, "faults": [{"de": f.message("de"), "en": f.message("en")} for f in faults]}


def _guarded(test: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
    """A check that breaks is a fault of the installation, not of this command."""
    try:
        yield from test()
    except Refusal as refusal:
        yield from refusal.faults
    except OSError as error:
        yield Fault(Text(*(f"{words}." for words in reason(error))), _ELSEWHERE, str(error.filename or ""))
    except Exception as error:  # whatever is broken shall be told, not thrown
        what = f"{type(error).__name__}: {error}"
        yield Fault(Text(what, what), Text("Bitte neu installieren.", "Please install again."))


def _edition() -> Iterator[Fault]:
    from fachkraftwerk.edition.check import check as check_edition

    yield from check_edition(None)


def _forecast() -> Iterator[Fault]:
    from fachkraftwerk.runs.desk import open_desk

    desk = open_desk()
    first = desk.edition.regions.regions[0].ags
    value = desk.value(desk.figure(first, 2030), draws=0).central
    if value != value:
        yield Fault(Text("Die Prognose liefert keine Zahl.", "The forecast gives no number."), _REINSTALL)


def _home() -> Iterator[Fault]:
    home = _folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=home).close()
    except OSError as error:
        why = reason(error)
        what = Text(
            f"Der Datenordner ist nicht beschreibbar ({why.de}).", f"The data folder is not writable ({why.en})."
        )
        yield Fault(what, _ELSEWHERE, str(home))


def _database() -> Iterator[Fault]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fachkraftwerk.web.settings")
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        remedy = Text(
            "Starten Sie einmal „fachkraftwerk serve“; das richtet sie ein.",
            'Start "fachkraftwerk serve" once; it sets it up.',
        )
        yield Fault(Text("Die Datenbank ist noch nicht eingerichtet.", "The database is not set up yet."), remedy)


_ELSEWHERE = Text(
    "Setzen Sie FACHKRAFTWERK_HOME auf einen beschreibbaren Ordner.", "Set FACHKRAFTWERK_HOME to a writable folder."
)
_REINSTALL = Text("Bitte neu installieren.", "Please install again.")
CHECKS: dict[str, Callable[[], Iterator[Fault]]] = {
    "Datenausgabe · data edition": _edition,
    "Prognose · forecast": _forecast,
    "Datenordner · data folder": _home,
    "Datenbank · database": _database,
}
