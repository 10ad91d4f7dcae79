"""Every draw a forecast uses stands in the exported table, with name, unit and spread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition.store import read_parquet
from fachkraftwerk.runs import drawtable, runstore
from fachkraftwerk.runs.draws import make
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.runstore import Run

DRAWS = 9


@pytest.fixture(scope="module")
def run(muster: Inputs, tmp_path_factory: pytest.TempPathFactory) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawtable, "BLOCK", 4)  # three tables of each kind
        tables = drawtable.tables(muster, DRAWS, 3)
        return runstore.load(runstore.save("a", {"draws": DRAWS}, tables, tmp_path_factory.mktemp("runs")))


@pytest.fixture(scope="module")
def told(run: Run, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    file = tmp_path_factory.mktemp("out") / "draws.parquet"
    drawtable.export(run, file, "en")
    return read_parquet(file)


def test_every_assumption_and_scope_is_there_in_every_draw(muster: Inputs, told: pd.DataFrame) -> None:
    assert tuple(told.columns) == drawtable.COLUMNS
    expected = {(key, scope) for key, one in muster.parameters.uncertain().items() for scope in one.distribution.spread}  # type: ignore[union-attr]
    counts = told.groupby(["assumption", "scope"])["draw"].nunique()
    assert set(counts.index) == expected
    assert counts.eq(DRAWS).all()
    assert not told.duplicated(["draw", "assumption", "scope", "item"]).any()
    assert told["unit"].str.len().min() > 2 and told["name"].str.len().min() > 2


def test_the_table_makes_the_deviations_of_the_forecast_again(muster: Inputs, told: pd.DataFrame) -> None:
    made = make(muster, DRAWS, 3)
    for key in ("supply.entrants_choice", "supply.completion", "demand.occupation_drift"):
        rows = told[(told["assumption"] == key) & told["scope"].isin(["cell", "occupation"])]
        rows = rows[(rows["scope"] == "occupation") | rows["item"].str.startswith("99002/")]
        part = rows.assign(part=rows["value"] * rows["spread"], code=rows["item"].str.split("/").str[-1])
        table = part.groupby(["draw", "code"])["part"].sum().unstack()
        assert np.allclose(table.to_numpy(), np.asarray(made.cells(key, 1)), atol=1e-12)


def test_some_assumptions_alone_as_csv(run: Run, tmp_path: Path) -> None:
    drawtable.export(run, tmp_path / "a.csv", "de", ["supply.retirement"])
    rows = pd.read_csv(tmp_path / "a.csv")
    assert set(rows["assumption"]) == {"supply.retirement"}
    assert set(rows["scope"]) == {"national", "kreis"}
    assert (rows.loc[rows["draw"] == 0, "value"] == 0).all()


def test_unknown_assumptions_and_old_runs_are_refused(run: Run, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        drawtable.export(run, tmp_path / "a.csv", "de", ["supply.retirment", "weather.rain"])
    assert len(refusal.value.faults) == 2 and "supply.retirement" in refusal.value.faults[0].message("en")
    old = runstore.load(runstore.save("old", {}, [("draws", pd.DataFrame({"draw": [0]}))], tmp_path))
    with pytest.raises(Refusal, match="earlier version"):
        drawtable.export(old, tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()
