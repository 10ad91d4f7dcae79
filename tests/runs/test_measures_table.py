"""The table of levers in docs/measures.md says what the model says of Landkreis Kassel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_of_levers_is_up_to_date() -> None:
    told = subprocess.run(
        [sys.executable, "tools/measures_table.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0, f"{told.stdout}{told.stderr}\nrenew it: python tools/measures_table.py"
