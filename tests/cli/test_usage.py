"""Calls that cannot be meant: every command refuses them in German and English, all faults at once, with a remedy."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from fachkraftwerk import __version__
from fachkraftwerk.cli.main import app, run


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[str], list[str]]:
    """Call, see that it ends with 2 and writes nothing on standard output; return the German and the English lines."""
    with pytest.raises(SystemExit) as ended:
        run(words)
    told = capsys.readouterr()
    assert ended.value.code == 2 and told.out == "" and "Traceback" not in told.err
    lines = told.err.splitlines()
    half = len(lines) // 2
    assert len(lines) == 2 * half, told.err
    return lines[:half], lines[half:]


def _commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, those below groups too."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group)
    for name in group.list_commands(context):
        below = getattr(group.get_command(context, name), "commands", None)
        yield from [(name, part) for part in below] if below else [(name,)]


COMMANDS = list(_commands())


def params(words: tuple[str, ...]) -> list[Any]:
    """Return the parameters of a command."""
    command: Any = typer.main.get_command(app)
    for word in words:
        command = command.get_command(typer.Context(command), word)
    return list(command.params)


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_every_command_refuses_an_unknown_option(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    german, english = refused(capsys, *command, "--zaubern")
    assert any("Die Option --zaubern gibt es nicht. Die Optionen sind" in line for line in german)
    assert any("There is no option --zaubern. The options are" in line for line in english)


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_every_command_refuses_words_too_many(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    german, english = refused(capsys, *command, "127.0.0.1:1", "zwei", "drei", "vier")
    assert any("vier“ ist zu viel" in line for line in german)
    assert any('vier" is too much' in line for line in english)


@pytest.mark.parametrize("command", [one for one in COMMANDS if any(p.required for p in params(one))], ids="-".join)
def test_everything_that_is_missing_is_told_at_once(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    german, english = refused(capsys, *command)
    needed = [param for param in params(command) if param.required]
    assert len(german) == len(needed)
    assert all(any(param.name in line and "fehlt" in line for line in german) for param in needed)
    assert all(any(param.name in line and "missing" in line for line in english) for param in needed)


VALUED = [
    (command, param.opts[0]) for command in COMMANDS for param in params(command)
    if param.param_type_name == "option" and not param.is_flag
]  # fmt: skip
NUMBERS = [(c, o) for c, o in VALUED if o in ("--year", "--draws", "--seed", "--workers", "--capacity", "--budget")]


@pytest.mark.parametrize(("command", "option"), VALUED, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_every_option_without_its_value_is_refused(
    command: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ((option,), (option, option, "7")):
        german, english = refused(capsys, *command, *words)
        assert any(line.startswith(f"{option}: Der Wert fehlt. Gebraucht wird: ") for line in german)
        assert any(line.startswith(f"{option}: The value is missing. Needed: ") for line in english)


@pytest.mark.parametrize(("command", "option"), NUMBERS, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_every_number_that_is_none_is_refused(
    command: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    german, english = refused(capsys, *command, option, "abc")
    assert any(line.startswith(f"{option}: „abc“ ist keine ") for line in german)
    assert any(line.startswith(f'{option}: "abc" is not a ') for line in english)


@pytest.mark.parametrize(
    ("call", "german", "english"),
    [
        ("--", "Der Befehl fehlt. Die Befehle sind demo", "The command is missing. The commands are demo"),
        ("runs --", "Der Befehl fehlt. Die Befehle sind keep", "The command is missing. The commands are keep"),
        ("forecst", "Meinten Sie forecast?", "Did you mean forecast?"),
        ("zaubern", "Die Befehle sind demo, serve", "The commands are demo, serve"),
        ("runs kep", "Meinten Sie keep?", "Did you mean keep?"),
        ("edition zaubern", "Die Befehle sind build", "The commands are build"),
        ("forecast --drwas 5", "Meinten Sie --draws?", "Did you mean --draws?"),
        ("forecast --DRAWS 5", "Meinten Sie --draws?", "Did you mean --draws?"),
        ("forecast -draws 5", "Meinten Sie --draws?", "Did you mean --draws?"),
        ("forecast -x", "Die Option -x gibt es nicht", "There is no option -x"),
        ("forecast --drwas=abc", "„abc“ ist keine ganze Zahl", '"abc" is not a whole number'),
        ("forecast 06633", "Meinten Sie --region 06633?", "Did you mean --region 06633?"),
        ("forecast --region Landkreis Kassel", '--region "Landkreis Kassel"', "need quotes"),
        ("forecast --json=ja", "Schreiben Sie nur --json.", "Write --json alone."),
        ("forecast --lang fr", "„fr“ ist nicht möglich, nur: de, en.", '"fr" is not possible, only: de, en.'),
        ("portfolio --budget 5.000.000", "Meinten Sie 5000000?", "Did you mean 5000000?"),
        ("forecast --draws 1.000", "Meinten Sie 1000?", "Did you mean 1000?"),
        ("forecast --draws 2_0", "Meinten Sie 20?", "Did you mean 20?"),
        ("runs compare a b c", "{before} {after}", "{before} {after}"),
        ("serve --workers 40", "40 liegt nicht zwischen 1 und 16", "40 is not between 1 and 16"),
        ("--region 06633 forecast", "fachkraftwerk BEFEHL --region", "fachkraftwerk COMMAND --region"),
        ("check nun", "Bitte lassen Sie es weg.", "Please leave it out."),
    ],
)
def test_a_slip_is_refused_with_what_was_probably_meant(
    call: str, german: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, *call.split())
    assert any(german in line for line in told[0]), told
    assert any(english in line for line in told[1]), told


def test_all_faults_of_a_call_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    call = "forecast --drwas abc --yaer 20x0 --lang fr 06633 --region"
    german, english = refused(capsys, *call.split())
    starts = ["fachkraftwerk forecast", "fachkraftwerk forecast", "--region", "--year", "--draws", "--lang"]
    for lines in (german, english):
        assert [line.partition(":")[0] for line in lines] == [*starts, "fachkraftwerk forecast"]


@pytest.mark.parametrize("command", [(), ("runs",), ("edition",), *COMMANDS], ids=lambda one: "-".join(one) or "all")
def test_help_speaks_both_languages_and_comes_before_all_faults(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([*command, *(["--zaubern"] if command in COMMANDS else []), "--help"])
    told = capsys.readouterr()
    assert ended.value.code == 0 and told.err == ""
    assert told.out.startswith("Aufruf · Usage: fachkraftwerk")
    assert "Show this message" not in told.out and "[default" not in told.out and "[required" not in told.out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--version"])
    told = capsys.readouterr()
    assert ended.value.code == 0 and told.out == f"{__version__}\n" and told.err == ""


@pytest.mark.parametrize("command", ["", "runs", "edition"])
def test_a_bare_call_shows_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(command.split())
    assert ended.value.code == 2 and "Befehle · Commands:" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_every_line_of_help_has_both_languages(command: tuple[str, ...]) -> None:
    for param in params(command):
        assert str(param.help).count(" · ") == 1, (param.name, param.help)


def test_what_the_system_refuses_is_told_in_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "antwort.json")

    monkeypatch.setattr("fachkraftwerk.runs.runstore.listed", full)
    (german,), (english,) = refused(capsys, "runs", "list")
    assert "kein Platz mehr" in german and "no space left" in english and "antwort.json" in german


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_command_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sent: signal.Signals
) -> None:
    def interrupted() -> list[str]:
        """As a database does: it makes an error of its own of the signal."""
        try:
            signal.raise_signal(sent)
        except KeyboardInterrupt:
            raise RuntimeError("query interrupted") from None
        return []

    before = signal.getsignal(sent)
    monkeypatch.setattr("fachkraftwerk.runs.runstore.listed", interrupted)
    with pytest.raises(SystemExit) as ended:
        run(["runs", "list"])
    assert ended.value.code == 128 + sent
    assert capsys.readouterr().err == "Abgebrochen. · Stopped.\n"
    assert signal.getsignal(sent) == before
