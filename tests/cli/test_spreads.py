"""--spreads on the commands that compute measures: the middle stays, the range follows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMANDS = (
    ("simulate", "--region", "99001", "--measure", "childcare:high"),
    ("portfolio", "--region", "99001", "--budget", "1000000", "--measure", "childcare"),
)


def call(path: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "fachkraftwerk", *arguments, "--draws", "60", "--json"]
    given = {**os.environ, "FACHKRAFTWERK_EDITION": str(path)}
    return subprocess.run(command, capture_output=True, text=True, env=given)


def test_a_surer_world_narrows_the_gap_without_measures(musterland_path: Path, tmp_path: Path) -> None:
    surer = tmp_path / "surer.yaml"
    surer.write_text("demand.demand_total: {spread: {national: 0, land: 0, kreis: 0}}\n", encoding="utf-8")
    plain, sure = (
        json.loads(call(musterland_path, *COMMANDS[0], *more).stdout)["without"]
        for more in ((), ("--spreads", str(surer)))
    )
    assert sure["central"] == plain["central"]
    assert sure["p90"] - sure["p10"] < plain["p90"] - plain["p10"]


@pytest.mark.parametrize("command", COMMANDS)
def test_impossible_spreads_are_refused(musterland_path: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("supply.unheard: {spread: {national: 1}}\nsupply.retirement: {spread: {national: .nan}}", "utf-8")
    for spreads, words in ((file, ("no assumption", "impossible")), (tmp_path / "fehlt.yaml", ("no such file",))):
        told = call(musterland_path, *command, "--spreads", str(spreads))
        assert told.returncode == 2 and told.stdout == ""
        assert all(word in told.stderr for word in words) and "Traceback" not in told.stderr
