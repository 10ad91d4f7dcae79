"""edition build, list, check at the command line: what a newcomer reads when something is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fachkraftwerk.cli.edition import edition_app
from fachkraftwerk.cli.output import tell
from fachkraftwerk.core.errors import refuse

RUNNER = CliRunner()


def test_all_faults_are_told_in_one_language_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    both = [refuse(f"Fehler {n}.", f"Fault {n}.", "Tun.", "Do.").faults[0] for n in (1, 2)]
    tell(both)
    assert capsys.readouterr().err.splitlines() == ["Fehler 1. Tun.", "Fehler 2. Tun.", "Fault 1. Do.", "Fault 2. Do."]


def test_list_says_when_the_edition_asked_for_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACHKRAFTWERK_EDITION", str(tmp_path))
    result = RUNNER.invoke(edition_app, ["list"])
    assert result.exit_code == 0 and "2026-1" in result.stdout
    assert "Hier liegt keine Ausgabe" in result.stderr and str(tmp_path) in result.stderr


def test_check_of_a_folder_without_an_edition_ends_with_a_fault(tmp_path: Path) -> None:
    result = RUNNER.invoke(edition_app, ["check", str(tmp_path)])
    assert result.exit_code == 2 and "There is no edition here" in result.stderr


@pytest.mark.slow
def test_an_interrupted_build_says_that_nothing_is_left(raw_dir: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "fachkraftwerk",
        "edition",
        "build",
        "--raw",
        str(raw_dir),
        "--out",
        str(tmp_path / "a"),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))  # fmt: skip
    assert process.stderr is not None
    begun = time.monotonic()
    while "2/" not in process.stderr.readline() and time.monotonic() - begun < 60:
        pass
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "es bleibt nichts Halbfertiges zurück" in told and "nothing half-built is left behind" in told
    assert list(tmp_path.iterdir()) == []
