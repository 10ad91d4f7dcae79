"""Kept runs on the command line: kept whole or not at all, also when the process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def environment(path: Path, home: Path) -> dict[str, str]:
    return {**os.environ, "FACHKRAFTWERK_EDITION": str(path), "FACHKRAFTWERK_HOME": str(home), "TMPDIR": str(home)}


def call(path: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "fachkraftwerk", "runs", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment(path, home))


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_nothing_and_can_be_made_again(
    musterland_path: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    command = [sys.executable, "-m", "fachkraftwerk", "runs", "keep", "a", "--draws", "30000"]
    process = subprocess.Popen(command, env=environment(musterland_path, tmp_path), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("runs/.part-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)  # in the midst of computing
    assert process.poll() is None
    process.send_signal(sent)
    told = process.communicate(timeout=30)[1]
    assert process.returncode != 0 and "Traceback" not in told
    assert ('nothing is left of the run "a"' in told) == (sent != signal.SIGKILL)
    assert call(musterland_path, tmp_path, "list").stdout.splitlines()[2:] == []
    kept = call(musterland_path, tmp_path, "keep", "a", "--draws", "3")
    assert kept.returncode == 0, kept.stderr
    assert ('killed run "a" is discarded' in kept.stderr) == (sent == signal.SIGKILL)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["a"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["runs"]


def test_bad_input_is_refused_before_anything_is_computed(musterland_path: Path, tmp_path: Path) -> None:
    assert call(musterland_path, tmp_path, "keep", "a", "--draws", "4").returncode == 0
    for arguments, german, english in (
        (("keep", "a"), "gibt es schon", "exists already"),
        (("keep", "b", "--draws", "0"), "nicht möglich", "not possible"),
        (("keep", "../b"), "taugt nicht", "cannot be the name"),
        (("draws", "fehlt"), "gibt es nicht", "There is no run"),
        (("compare", "b", "c"), "Lauf „c“ gibt es nicht", 'There is no run "b"'),
        (("compare", "a", "a", "--year", "2031"), "Verglichen werden 2030, 2035, 2040", "do not keep the year 2031"),
        (("draws", "a", "--into", str(tmp_path / "x.docx")), "weder auf .csv noch auf .parquet", "ends in neither"),
        (("draws", "a", "--into", "/proc/x.csv"), "lässt sich nicht schreiben", "cannot be written to"),
        (("draws", "a", "--into", str(tmp_path / "nirgends" / "x.parquet")), "nicht schreiben", "cannot be written"),
    ):
        told = call(musterland_path, tmp_path, *arguments)
        assert told.returncode == 2, told.stderr
        assert german in told.stderr and english in told.stderr
        assert told.stdout == "" and "Traceback" not in told.stderr and " / 12" not in told.stderr
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["a"]


def test_own_spreads_are_kept_and_named_as_the_reason(musterland_path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("supply.retirement: {spread: {national: 0.01}}\n", "utf-8")
    for arguments in (("keep", "a"), ("keep", "b", "--spreads", str(own))):
        assert call(musterland_path, tmp_path, *arguments, "--draws", "9").returncode == 0
    told = call(musterland_path, tmp_path, "compare", "a", "b").stdout
    assert "Spannen von Annahmen" in told.splitlines()[0] and "Neigung zum Ruhestand" in told
    own.write_text(
        "supply.retirment: {spread: {national: 0.01}}\nsupply.retirement: {spread: {national: -1}}\n", "utf-8"
    )
    broken = call(musterland_path, tmp_path, "keep", "c", "--draws", "9", "--spreads", str(own))
    assert broken.returncode == 2 and "no assumption" in broken.stderr and "impossible" in broken.stderr
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["a", "b"]


def test_one_damaged_run_does_not_hide_the_others(musterland_path: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert call(musterland_path, tmp_path, "keep", name, "--draws", "3").returncode == 0
    file = tmp_path / "runs" / "b" / "draws-000000.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    told = call(musterland_path, tmp_path, "list")
    assert told.returncode == 0
    assert [line.split()[0] for line in told.stdout.splitlines()[2:]] == ["a", "b"]
    assert "incomplete or changed" in told.stderr
    broken = call(musterland_path, tmp_path, "draws", "b")
    assert broken.returncode == 2 and broken.stdout == ""


def test_draws_are_exported_as_csv_and_parquet(musterland_path: Path, tmp_path: Path) -> None:
    from fachkraftwerk.edition.store import read_parquet

    assert call(musterland_path, tmp_path, "keep", "a", "--draws", "3").returncode == 0
    lines = call(musterland_path, tmp_path, "draws", "a").stdout.splitlines()
    assert lines[0] == "draw,assumption,name,unit,scope,item,value,spread,near"
    assert call(musterland_path, tmp_path, "draws", "a", "--into", str(tmp_path / "d.parquet")).returncode == 0
    table = read_parquet(tmp_path / "d.parquet")
    assert len(table) == len(lines) - 1
    assert set(table["draw"]) == {0, 1, 2}
