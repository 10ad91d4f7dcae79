"""About thirty central figures of the shipped edition stay as they were read."""

from __future__ import annotations

import runpy
from pathlib import Path

import yaml

GOLDEN = Path(__file__).parents[1] / "golden"


def test_figures_are_those_that_were_read() -> None:
    told = yaml.safe_load((GOLDEN / "baseline.yaml").read_text("utf-8"))
    found = runpy.run_path(str(GOLDEN / "renew.py"), run_name="golden")["figures"]()
    assert set(told) == set(found)
    moved = {
        key: (told[key], round(found[key])) for key in told if abs(found[key] - told[key]) > 5 + 0.001 * abs(told[key])
    }
    assert not moved, "figures moved (before, now): say so in the changelog and run tests/golden/renew.py"
