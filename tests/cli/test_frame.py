"""The frame of the command line: fast help, refusals as exit code 2 in both languages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from fachkraftwerk.cli.main import COMMANDS


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "fachkraftwerk", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})


def test_help_lists_every_command_without_loading_the_model() -> None:
    code = "import sys; sys.argv = ['fachkraftwerk', '--help']\nfrom fachkraftwerk.cli.main import run\n"
    code += "try:\n    run()\nexcept SystemExit:\n    pass\nheavy = {'pandas', 'numba', 'django', 'duckdb'} & set(sys.modules)\nprint('heavy:', sorted(heavy))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert all(command in shown for command in COMMANDS)
    assert "heavy: []" in shown


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (["serve", "irgendwo"], "ist keine Adresse", "is not an address"),
        (["serve", "127.0.0.1:99999"], "ist keine Adresse", "is not an address"),
        (["serve", "--workers", "2"], "brauchen PostgreSQL", "need PostgreSQL"),
        (["edition", "check", "/nirgendwo"], "", ""),
        (["backtest", "--gaps", "/nirgendwo.csv"], "lässt sich nicht lesen", "cannot be read"),
        (
            ["backtest", "--only-gaps", "--spreads"],
            "--spreads und --only-gaps schließen sich aus",
            "exclude each other",
        ),
        (["backtest", "--save", "--json"], "--save und --json schließen sich aus", "--save and --json exclude"),
        (["backtest", "--into", "."], "--into: „.“ ist ein Ordner. Nennen Sie eine Datei.", "is a folder"),
        (
            ["backtest", "--into", "/proc/x.json"],
            "In „/proc“ lässt sich nicht schreiben",
            '"/proc" cannot be written to',
        ),
        (["backtest", "--docs", "/proc/x"], "In „/proc“ lässt sich nicht schreiben", '"/proc" cannot be written to'),
        (
            ["serve", "300.1.1.1:8000"],
            "Unter 300.1.1.1:8000 lässt sich nicht lauschen",
            "Cannot listen at 300.1.1.1:8000",
        ),
    ],
)
def test_bad_input_is_refused_with_code_2_in_both_languages(arguments: list[str], german: str, english: str) -> None:
    result = call(*arguments, DATABASE_URL="")
    assert result.returncode == 2, result.stderr
    assert german in result.stderr
    assert english in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_refused() -> None:
    assert call("zaubern").returncode == 2
