"""What is wrong with the words of a call: all faults at once, in both languages, with the nearest name there is.

The library below stops at the first fault and speaks English alone. Here its parser is tried first; each fault found is
repaired as it was probably meant, and the parser tried again, until nothing is left to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import typer

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text


def check(ctx: Any, words: Sequence[str], below: bool = False) -> None:
    """Raise a Refusal with every fault of a call; ``below``: what follows the options is the call of another command."""
    repaired, values, rest, faults = _parsed(ctx, words)
    told = {fault.where for fault in faults}
    params = [param for param in ctx.command.get_params(ctx) if not param.is_eager and name(param) not in told]
    faults += [fault for param in params for fault in _of_value(ctx, param, values.get(param.name))]
    if rest and not below:
        faults.append(_too_many(ctx, repaired, rest, values))
    if (
        below
        and not rest
        and not any(param.is_eager and values.get(param.name) for param in ctx.command.get_params(ctx))
    ):
        faults.append(_command_missing(ctx))
    if faults:
        raise Refusal(faults)


def _parsed(ctx: Any, words: Sequence[str]) -> tuple[list[str], dict[str, Any], list[str], list[Fault]]:
    """Return the words as meant, values by parameter, words left over, faults of the options."""
    repaired, faults = _without_values(ctx, words)
    unknown = False
    while True:
        try:
            values, rest, _ = ctx.command.make_parser(ctx).parse_args(list(repaired))
            return repaired, values, [] if unknown else rest, faults
        except typer.TyperException as error:
            place, meant, fault = _of_option(ctx, repaired, getattr(error, "option_name", ""))
            repaired = [*repaired[:place], *meant, *repaired[place + 1 :]]
            # What follows an option that nobody knows may have been its value.
            unknown |= not meant and fault.where == ctx.command_path
            faults.append(fault)


def no_command(ctx: Any, word: str, known: Sequence[str]) -> Refusal:
    """Return the refusal of a command that does not exist."""
    what = Text(f"Den Befehl „{word}“ gibt es nicht.", f'There is no command "{word}".')
    return Refusal(Fault(what, _nearest(word, known, Text("Die Befehle sind", "The commands are")), ctx.command_path))


def _command_missing(ctx: Any) -> Fault:
    known = ", ".join(ctx.command.list_commands(ctx))
    remedy = Text(f"Die Befehle sind {known}.", f"The commands are {known}.")
    return Fault(Text("Der Befehl fehlt.", "The command is missing."), remedy, ctx.command_path)


def name(param: Any) -> str:
    """Return how a parameter is named in the call: --draws, {figure}."""
    return str(param.opts[0]) if param.param_type_name == "option" else f"{{{param.name}}}"


def _options(ctx: Any) -> dict[str, Any]:
    params = [param for param in ctx.command.get_params(ctx) if param.param_type_name == "option"]
    return {word: param for param in params for word in (*param.opts, *param.secondary_opts)}


def _without_values(ctx: Any, words: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """Take out options that are followed by another option where their value should stand."""
    known = _options(ctx)
    faulty = [
        number
        for number, (word, after) in enumerate(pairwise(words))
        if word in known and not known[word].is_flag and after.partition("=")[0] in known
    ]
    faults = [_no_value(known[words[number]]) for number in faulty]
    return [word for number, word in enumerate(words) if number not in faulty], faults


def _of_option(ctx: Any, words: Sequence[str], option: str) -> tuple[int, list[str], Fault]:
    """Return where an option the parser stumbled over stands, what was meant in its place, and the fault."""
    known = _options(ctx)
    if option in known and words[-1] == option:
        return len(words) - 1, [], _no_value(known[option])
    place = next((n for n, word in enumerate(words) if word.startswith(option)), len(words) - 1)
    word, _, value = words[place].partition("=")
    if word in known:
        what = Text("Diese Option steht ohne Wert.", "This option stands without a value.")
        return place, [word], Fault(what, Text(f"Schreiben Sie nur {word}.", f"Write {word} alone."), word)
    what = Text(f"Die Option {word} gibt es nicht.", f"There is no option {word}.")
    near = _near(word, known)
    meant = [f"{one}={value}" if value else one for one in near]
    return place, meant, Fault(what, _remedy_of_option(ctx, word, known), ctx.command_path)


def _remedy_of_option(ctx: Any, word: str, known: Iterable[str]) -> Text:
    if hasattr(ctx.command, "commands"):
        return Text(
            f"Optionen stehen hinter dem Befehl: {ctx.command_path} BEFEHL {word}.",
            f"Options stand behind the command: {ctx.command_path} COMMAND {word}.",
        )
    return _nearest(word, known, Text("Die Optionen sind", "The options are"))


def _near(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word.lower(), list(known), n=1)


def _nearest(word: str, known: Iterable[str], all_of_them: Text) -> Text:
    if near := _near(word, known):
        return Text(f"Meinten Sie {near[0]}?", f"Did you mean {near[0]}?")
    names = ", ".join(known)
    return Text(f"{all_of_them.de} {names}.", f"{all_of_them.en} {names}.")


def _no_value(param: Any) -> Fault:
    return Fault(Text("Der Wert fehlt.", "The value is missing."), _needed(param), name(param))


def _of_value(ctx: Any, param: Any, value: Any) -> Iterator[Fault]:
    """Say what is missing or cannot be read as what a parameter takes."""
    if value is None:
        if param.required:
            yield Fault(Text("Diese Angabe fehlt.", "This is missing."), _needed(param), name(param))
        return
    if not _readable(ctx, param, value):
        yield Fault(_unreadable(param, value), _meant(param, value) or _needed(param), name(param))


def _readable(ctx: Any, param: Any, value: Any) -> bool:
    if param.type_descriptor.annotation is int and not value.lstrip("+-").isdecimal():
        return False  # the library reads 1.000 as one
    try:
        param.process_value(ctx, value)
    except typer.BadParameter:
        return False
    return True


def _meant(param: Any, value: Any) -> Text | None:
    """Return the remedy for a number written with signs between its thousands; None where there is no guess."""
    digits = str(value).translate({ord(sign): None for sign in ".,'_ \u00a0\u202f"})
    if param.type_descriptor.annotation not in _NUMBERS or not digits.isdigit():
        return None
    return Text(f"Meinten Sie {digits}?", f"Did you mean {digits}?")


def _unreadable(param: Any, value: Any) -> Text:
    described = param.type_descriptor
    if described.choices:
        known = ", ".join(str(one) for one in described.choices)
        return Text(f"„{value}“ ist nicht möglich, nur: {known}.", f'"{value}" is not possible, only: {known}.')
    if described.is_ranged and value.lstrip("-").isdigit():
        return Text(
            f"{value} liegt nicht zwischen {param.min} und {param.max}.",
            f"{value} is not between {param.min} and {param.max}.",
        )
    kind = _KINDS.get(described.annotation, _KINDS[None])
    return Text(f"„{value}“ ist {kind.de}.", f'"{value}" is {kind.en}.')


_NUMBERS = (int, float)
_KINDS: dict[type | None, Text] = {
    int: Text("keine ganze Zahl", "not a whole number"),
    float: Text("keine Zahl", "not a number"),
    None: Text("hier nicht möglich", "not possible here"),
}


def _needed(param: Any) -> Text:
    """Return what a parameter takes: its line of help, and its usual value as an example."""
    german, _, english = param.help.partition(" · ")
    usual = param.default
    example = "" if usual in (None, "", False) else f"{name(param)} {usual}" if name(param)[0] == "-" else str(usual)
    de, en = (f" Zum Beispiel: {example}.", f" For example: {example}.") if example else ("", "")
    return Text(f"Gebraucht wird: {german}.{de}", f"Needed: {english or german}.{en}")


def _too_many(ctx: Any, words: Sequence[str], rest: Sequence[str], values: dict[str, Any]) -> Fault:
    """Say what stands in the call without an option or a place of its own, and what was probably meant."""
    said = " ".join(rest)
    what = Text(f"„{said}“ ist zu viel.", f'"{said}" is too much.')
    return Fault(what, _remedy_of_rest(ctx, words, rest, values), ctx.command_path)


def _remedy_of_rest(ctx: Any, words: Sequence[str], rest: Sequence[str], values: dict[str, Any]) -> Text:
    known = _options(ctx)
    before = [*words[: words.index(rest[0])]][-2:]
    if len(before) == 2 and before[0] in known and not known[before[0]].is_flag:
        whole = f'{before[0]} "{" ".join([before[1], *rest])}"'
        return Text(
            f"Wörter mit Leerzeichen brauchen Anführungszeichen: {whole}.", f"Words with blanks need quotes: {whole}."
        )
    places = [name(param) for param in ctx.command.get_params(ctx) if param.param_type_name == "argument"]
    if places:
        line = " ".join([ctx.command_path, *places])
        return Text(f"Der Aufruf lautet: {line}.", f"The call is: {line}.")
    free = [word for word, param in known.items() if not param.is_flag and not values.get(param.name)]
    if free:
        return Text(f"Meinten Sie {free[0]} {rest[0]}?", f"Did you mean {free[0]} {rest[0]}?")
    return Text("Bitte lassen Sie es weg.", "Please leave it out.")
