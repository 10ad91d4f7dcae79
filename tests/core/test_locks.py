"""A lock is held by whoever works, and by nobody after that."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fachkraftwerk.core.locks import held, is_held

HOLD = (
    "import signal, sys; from pathlib import Path; from fachkraftwerk.core.locks import held\n"
    "with held(Path(sys.argv[1])):\n    print('ready', flush=True)\n    signal.pause()\n"
)


@pytest.mark.parametrize("name", ["", "file"])
def test_a_lock_ends_with_its_block(tmp_path: Path, name: str) -> None:
    place = tmp_path / name if name else tmp_path
    assert not is_held(place)
    with held(place):
        assert is_held(place)
    assert not is_held(place)


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    assert is_held(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not is_held(tmp_path)
