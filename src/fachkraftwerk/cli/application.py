"""The frame all commands share: help in both languages, and calls that are checked as a whole before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from fachkraftwerk.cli import usage

#: What the library writes in English alone into the help of a parameter.
_WORDS = {
    "Show this message and exit.": "diese Hilfe · this help",
    "[default: ": "[Vorgabe · default: ",
    "; required]": "; nötig · required]",
    "[required]": "[nötig · required]",
    "<list[str]>": "<str>",
    "<int range>": "<int>",
}


class Command(TyperCommand):
    """A command whose call is checked as a whole. Raises Refusal with all faults."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Check the words of the call, then read them; a wish for help comes first."""
        asked = [word for word in args if word in ctx.help_option_names]
        if not asked:
            usage.check(ctx, args)
        return super().parse_args(ctx, asked[:1] or args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; stopped with Ctrl-C or asked to end, it says so."""
        from fachkraftwerk.cli.stop import stoppable

        with stoppable():
            return super().invoke(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows how to call."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _USAGE)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what stands in the call, and the options."""
        _write_params(self, ctx, formatter)


class Group(TyperGroup):
    """A command with commands below it, all of whose words are known in both languages."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Check the options that stand before the command."""
        helped = any(word in ctx.help_option_names for word in takewhile(lambda word: word.startswith("-"), args))
        if args and not helped:  # a bare call shows the help
            usage.check(ctx, args, below=True)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, or name the nearest."""
        if args[0] not in self.list_commands(ctx):
            raise usage.no_command(ctx, args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows how to call."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _USAGE)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options and the commands."""
        _write_params(self, ctx, formatter)
        with formatter.section("Befehle · Commands"):
            formatter.write_dl(list(self.lines(ctx)))

    def lines(self, ctx: Any) -> Iterator[tuple[str, str]]:
        """Yield each command with its line of help, uncut."""
        for name in self.list_commands(ctx):
            yield name, str(self.commands[name].help)


class Application(typer.Typer):
    """One module's commands."""

    def __init__(self, **settings: Any) -> None:
        shared: dict[str, Any] = {
            "cls": Group,
            "add_completion": False,
            "rich_markup_mode": None,
            "pretty_exceptions_enable": False,
        }
        super().__init__(**shared | settings)

    def command(self, *names: Any, **settings: Any) -> Callable[..., Any]:
        """Register a function as a command whose call is checked as a whole."""
        return super().command(*names, cls=Command, **settings)


_USAGE = "Aufruf · Usage: "
_SECTIONS = {"argument": "Angaben · Arguments", "option": "Optionen · Options"}


def _write_params(command: Any, ctx: Any, formatter: Any) -> None:
    for kind, title in _SECTIONS.items():
        params = [param for param in command.get_params(ctx) if param.param_type_name == kind]
        if params:
            with formatter.section(title):
                formatter.write_dl([tuple(map(_in_both, param.get_help_record(ctx))) for param in params])


def _in_both(text: str) -> str:
    for english, both in _WORDS.items():
        text = text.replace(english, both)
    return text
