"""Two kept runs: what moved is found, and why is said; equal runs are called equal."""

from pathlib import Path

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs import runstore, vintages
from fachkraftwerk.runs.runstore import Run


@pytest.fixture(scope="module")
def pair(musterland_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """The same land with another seed."""
    root = tmp_path_factory.mktemp("runs")
    edition = open_edition(musterland_path)
    return tuple(runstore.load(vintages.keep(edition, f"lauf-{seed}", 20, seed, root)) for seed in (0, 1))  # type: ignore[return-value]


def renamed(run: Run, **changes: object) -> Run:
    return Run(run.path, {**run.manifest, **changes}, run.tables)


def test_a_run_keeps_figures_draws_and_what_it_rests_on(pair: tuple[Run, Run]) -> None:
    run = pair[0]
    assert set(run.tables) == {"figures", "assumptions", "draws-000000", "cells-000000"}
    assert set(run.tables["figures"]["year"]) == set(vintages.YEARS)
    assert run.tables["draws-000000"].groupby("assumption")["draw"].nunique().eq(20).all()
    assert run.manifest["edition_tables"]
    assert run.manifest["parameters"]["demand.demand_total"]["distribution"]


def test_a_run_beside_itself_has_moved_nowhere(pair: tuple[Run, Run]) -> None:
    same = vintages.compare(pair[0], pair[0])
    assert same.changes == ()
    assert all(one.difference == 0 and one.overlap for one in same.moved)
    assert "denselben Daten" in same.why().de


def test_another_seed_is_called_chance_and_stays_within_the_ranges(pair: tuple[Run, Run]) -> None:
    found = vintages.compare(*pair)
    assert [change.kind for change in found.changes] == ["draws"]
    assert "Zufall" in found.why().de
    assert any(one.difference != 0 for one in found.moved)
    assert all(one.overlap for one in found.moved)


def test_changed_assumptions_tables_and_code_are_named_with_both_states(pair: tuple[Run, Run]) -> None:
    old = pair[0].manifest
    known = old["parameters"]["demand.demand_total"]
    spread = {**known["distribution"], "spread": {**known["distribution"]["spread"], "national": 9.5}}
    entry = {**known, "value": "0.01", "distribution": spread}
    new = renamed(
        pair[0],
        edition="anders",
        code="neu",
        parameters={**old["parameters"], "demand.demand_total": entry},
        edition_tables={**old["edition_tables"], "workforce": "abc"},
    )
    found = vintages.compare(pair[0], new)
    assert [change.kind for change in found.changes] == ["edition", "table", "parameter", "spread", "code"]
    parameter = found.changes[2]
    assert (parameter.before, parameter.after) == ("0.0", "0.01")
    assert parameter.name.en != parameter.name.de
    assert found.changes[3].after == "9.5"
    assert found.changes[3].name.de.endswith("Streuung nach sieben Jahren: Deutschland")
    assert "Annahmen" in found.why().de
    assert "assumptions" in found.why().en


def test_values_by_year_name_the_years_that_differ_also_in_earlier_runs() -> None:
    def run(value: str, distribution: object) -> dict[str, object]:
        entry = {"value": value, "name": ["a", "b"], "distribution": distribution}
        return {"edition": "e", "parameters": {"k": entry}}

    old = run("{2025: 1, 2030: 2}", "{'spread': {'national': 1.0}, 'power': 0.5}")
    new = run("{2025: 1, 2030: 3}", {"spread": {"national": 2.0}, "power": {"national": 0.5}})
    told = [(one.kind, one.before, one.after) for one in vintages.changes(old, new)]
    assert told == [("parameter", "2030: 2", "2030: 3"), ("spread", "1", "2")]


def test_the_largest_change_comes_first(pair: tuple[Run, Run]) -> None:
    figures = pair[0].tables["figures"].copy()
    region = str(figures["region"].iloc[-1])
    figures.loc[figures["region"] == region, ["value", "p10", "p90"]] += 1e6
    found = vintages.compare(pair[0], Run(pair[0].path, pair[0].manifest, {"figures": figures}))
    first = found.largest(2030)[0]
    assert first.region == region
    assert first.difference == pytest.approx(1e6)
    assert not first.overlap


def test_runs_without_a_common_figure_are_refused(pair: tuple[Run, Run]) -> None:
    figures = pair[0].tables["figures"].assign(region="01001")
    with pytest.raises(Refusal, match="no figure in common"):
        vintages.compare(pair[0], Run(pair[0].path, pair[0].manifest, {"figures": figures}))


def test_what_is_no_run_of_all_kreise_is_refused(pair: tuple[Run, Run]) -> None:
    for other in (Run(pair[0].path, pair[0].manifest, {}), Run(pair[0].path, {}, pair[0].tables)):
        with pytest.raises(Refusal, match="incomplete or changed"):
            vintages.compare(pair[0], other)


@pytest.mark.parametrize("name", ["../raus", "", ".versteckt", "a/b", "x" * 61, "a b"])
def test_a_name_that_is_no_folder_is_refused(name: str) -> None:
    with pytest.raises(Refusal):
        vintages.check_name(name)
