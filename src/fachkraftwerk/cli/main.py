"""The command line: thin. Every command calls the function that page and API call.

Commands live in one module each; a module is imported only when one of its commands is called, so ``--help`` is fast.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from fachkraftwerk import __version__
from fachkraftwerk.cli.application import Application, Group
from fachkraftwerk.core.errors import Refusal, reason, refuse

#: Command → module under ``fachkraftwerk.cli`` and one line of help (both languages speak in ``--help``).
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("serve", "Beispiel Kassel starten · start the prepared Kassel example"),
    "serve": ("serve", "Anwendung starten · serve the application"),
    "forecast": ("forecast", "Lücke und Gründe · gap and its components"),
    "explain": ("explain", "Woher kommt die Zahl? · a figure's way back to its sources"),
    "simulate": ("simulate", "Maßnahmen rechnen · gap with and without measures"),
    "portfolio": ("portfolio", "bestes Bündel im Budget · best set of measures under a budget"),
    "backtest": ("backtest", "Güte prüfen · every proof of the method"),
    "runs": ("runs", "Läufe aufheben, vergleichen · keep and compare runs"),
    "edition": ("edition", "Datenausgabe bauen, prüfen, auflisten · build, check, list data editions"),
    "host": ("serve", "Konto für Gastgeber anlegen · create a host account"),
    "check": ("check", "Installation prüfen · is this installation healthy?"),
}


class LazyGroup(Group):
    """Lists all commands at once and imports a command's module only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the commands in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and return its click command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            module = importlib.import_module(f"fachkraftwerk.cli.{COMMANDS[cmd_name][0]}")
            command = typer.main.get_command(getattr(module, f"{cmd_name}_app"))
            command.name = cmd_name
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def lines(self, ctx: Any) -> Iterator[tuple[str, str]]:
        """Yield the table of commands without importing any of them."""
        yield from ((name, line) for name, (_, line) in COMMANDS.items())


app = Application(cls=LazyGroup, no_args_is_help=True, context_settings={"help_option_names": ["--help", "-h"]})


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(
        False, "--version", help="Version nennen · print the version", is_eager=True, callback=_version
    ),
) -> None:
    """Fachkraftwerk: Prognose, Werkstatt, Fahrplan, Netzwerk · forecast, workshop, roadmap, network."""


def run(words: Sequence[str] | None = None) -> None:
    """Entry point: a refusal becomes one clear message on standard error and exit code 2. ``words``: as in sys.argv[1:]."""
    try:
        app(words, prog_name="fachkraftwerk")
    except Refusal as refusal:
        _tell(refusal)
    except OSError as error:
        what = reason(error)
        _tell(refuse(
            f"Das System verweigert Lesen oder Schreiben: {what.de}.", f"The system refuses to read or write: {what.en}.",
            "Prüfen Sie Platz und Rechte.", "Check space and permissions.", str(error.filename or ""),
        ))  # fmt: skip


def _tell(refusal: Refusal) -> None:
    from fachkraftwerk.cli.output import tell

    tell(refusal.faults)
    sys.exit(2)
