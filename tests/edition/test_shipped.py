"""The shipped edition is what the build yields from the publishers' files, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from fachkraftwerk.edition import open_edition
from fachkraftwerk.edition.build import build
from fachkraftwerk.edition.document import data_page
from fachkraftwerk.edition.store import shipped

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_rebuilding_gives_the_shipped_bytes(raw_dir: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    out = build(raw_dir, tmp_path / "edition", progress=steps.append)
    differing = [path.name for path in out.iterdir() if path.read_bytes() != (shipped() / path.name).read_bytes()]
    assert differing == []
    assert {path.name for path in out.iterdir()} == {path.name for path in shipped().iterdir()}
    assert len(steps) > 20, "progress is told"


@pytest.mark.slow
def test_without_the_agency_no_figure_of_it_is_left(raw_dir: Path, tmp_path: Path) -> None:
    edition = open_edition(build(raw_dir, tmp_path / "open", without_ba=True))
    assert {source.terms for source in edition.sources.values()} == {"open"}
    assert "workforce" not in edition
    assert "population_age" in edition


def test_it_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in shipped().iterdir()) < 15_000_000


def test_it_has_all_kreise_and_two_cities_of_kassel() -> None:
    regions = open_edition().regions
    assert len(regions.regions) == 400
    assert regions.resolve("Landkreis Kassel").key == "06633"
    assert regions["06435"].successors == ("06415", "06435")


def test_completion_kept_its_promises() -> None:
    report = open_edition().manifest["completion"]
    assert report["suppressed"] == 129_915
    assert max(report["own_tables"]["misses"].values()) < 0.01
    assert report["laender"]["misses"]["land"] < 1
    assert 0.04 < report["estimated_share"] < 0.06


def test_the_manual_shows_the_table_of_this_edition() -> None:
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == data_page(open_edition())
