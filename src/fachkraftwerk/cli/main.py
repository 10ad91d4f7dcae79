"""The command line: thin. Every command calls the function that page and API call.

Commands live in one module each; a module is imported only when one of its commands is called, so ``--help`` is fast.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from fachkraftwerk import __version__
from fachkraftwerk.core.errors import Refusal

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


class LazyGroup(TyperGroup):
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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table of commands without importing any of them."""
        with formatter.section("Befehle · Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


app = typer.Typer(
    cls=LazyGroup, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True
)


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", help="Version nennen · print the version", is_eager=True),
) -> None:
    """Fachkraftwerk: Prognose, Werkstatt, Fahrplan, Netzwerk · forecast, workshop, roadmap, network."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


def run() -> None:
    """Entry point: a refusal becomes one clear message on standard error and exit code 2."""
    try:
        app(prog_name="fachkraftwerk")
    except Refusal as refusal:
        from fachkraftwerk.cli.output import tell

        tell(refusal.faults)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
