"""Benchmarks compare like with like, and the sizing table is put where it belongs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import matrices, sizing
from fachkraftwerk.runs import draws, ensemble
from fachkraftwerk.runs.inputs import Inputs


def test_the_rivals_end_at_the_same_people(muster: Inputs) -> None:
    home, climate = ensemble.home(muster, 0), ensemble.climate(muster, draws.make(muster, 3), 0)
    matrices.check(home, climate)
    wrong = ensemble.home(muster, 1)
    assert not np.allclose(matrices.plain(wrong, climate), matrices.matpopmod(home, climate))


def test_the_sizing_table_replaces_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{sizing.BEGIN}\nold\n{sizing.END}\nafter\n", encoding="utf-8")
    sizing.put(page, ["new"])
    assert page.read_text(encoding="utf-8") == f"before\n{sizing.BEGIN}\n\nnew\n\n{sizing.END}\nafter\n"


def test_the_document_has_the_place_for_the_table() -> None:
    text = Path(__file__).parents[2].joinpath("docs/operators-scaleout.md").read_text(encoding="utf-8")
    assert text.count(sizing.BEGIN) == text.count(sizing.END) == 1


def test_costs_grow_with_the_work(muster: Inputs) -> None:
    people, cells = sizing.costs(muster, 50)
    assert people > 0 and cells > 0
    lines = sizing.table(muster, 20)
    assert len(lines) == 2 + 2 + len(sizing.RUNS)


@pytest.mark.parametrize(("seconds", "told"), [(33.2, "33 s"), (360.0, "6 min")])
def test_spans_are_told_in_round_units(seconds: float, told: str) -> None:
    assert sizing._span(seconds) == told
