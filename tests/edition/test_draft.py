"""Whatever stops a build leaves nothing half-built: refusal, full disk, interrupt, kill."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition.draft import draft
from fachkraftwerk.edition.store import write_parquet

_BUILD = (
    "import sys, signal; from pathlib import Path; from fachkraftwerk.edition.draft import draft;"
    "signal.signal(signal.SIGINT, signal.default_int_handler);"
    "folder = draft(Path(sys.argv[1])); made = folder.__enter__(); (made / 'manifest.json').write_text('{}');"
    "print('ready', flush=True)\n"
    "try:\n    signal.pause()\nexcept BaseException as error:\n    folder.__exit__(type(error), error, None)\n    raise\n"
)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _older(out: Path) -> Path:
    out.mkdir(parents=True)
    (out / "manifest.json").write_text("older")
    return out


def _started(out: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", _BUILD, str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_finished_draft_takes_the_place(tmp_path: Path) -> None:
    out = _older(tmp_path / "edition")
    with draft(out) as folder:
        (folder / "manifest.json").write_text("newer")
        assert (out / "manifest.json").read_text() == "older", "untouched until the end"
    assert (out / "manifest.json").read_text() == "newer"
    assert _names(tmp_path) == ["edition"]


def test_a_failed_draft_leaves_no_folder_it_made(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), draft(tmp_path / "a" / "b" / "edition"):
        raise ZeroDivisionError
    assert _names(tmp_path) == []


def test_a_full_disk_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no space left") as refused, draft(tmp_path / "edition"):
        raise OSError(28, "No space left on device")
    assert "freien Platz" in refused.value.message("de")
    assert _names(tmp_path) == []


def test_a_disk_that_fills_while_a_table_is_written_says_so_in_both_languages(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    frame = pd.DataFrame({"value": np.random.default_rng(1).random(200_000)})
    with pytest.raises(Refusal) as refused, draft(tmp_path / "edition") as folder:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        try:
            write_parquet(frame, folder / "big.parquet")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "Datei zu groß für diesen Ort" in refused.value.message("de")
    assert "file too large for this place" in refused.value.message("en")
    assert _names(tmp_path) == []


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="cannot be written"), draft(tmp_path / "file" / "edition"):
        pass


def test_an_interrupt_leaves_the_older_edition_alone(tmp_path: Path) -> None:
    out = _older(tmp_path / "edition")
    process = _started(out)
    process.send_signal(signal.SIGINT)
    process.wait(20)
    assert process.returncode != 0
    assert _names(tmp_path) == ["edition"] and (out / "manifest.json").read_text() == "older"


def test_what_a_killed_build_left_is_cleared_by_the_next_and_a_running_one_is_not(tmp_path: Path) -> None:
    out = tmp_path / "edition"
    killed, running = _started(out), _started(out)
    killed.kill()
    killed.wait(20)
    with draft(out) as folder:
        (folder / "manifest.json").write_text("mine")
        assert len(list(tmp_path.glob(".edition-*"))) == 2, "mine and that of the running build"
    running.kill()
    running.wait(20)
    with pytest.raises(ZeroDivisionError), draft(out):
        raise ZeroDivisionError
    assert _names(tmp_path) == ["edition"]


def test_an_edition_that_had_stepped_aside_comes_back(tmp_path: Path) -> None:
    killed = _started(tmp_path / "edition")
    killed.kill()
    killed.wait(20)
    (left,) = tmp_path.glob(".edition-*")
    _older(left / "before")
    with pytest.raises(ZeroDivisionError), draft(tmp_path / "edition"):
        raise ZeroDivisionError
    assert (tmp_path / "edition" / "manifest.json").read_text() == "older"
    assert _names(tmp_path) == ["edition"]
