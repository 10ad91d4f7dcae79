"""An edition on disk: round trip, regions, and clear refusals when something is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition import Edition, open_edition
from fachkraftwerk.edition.list import editions
from fachkraftwerk.edition.store import read_parquet, write_parquet


@pytest.fixture
def copy(musterland_path: Path, tmp_path: Path) -> Path:
    """A copy of Musterland that may be damaged."""
    return Path(shutil.copytree(musterland_path, tmp_path / "copy"))


def test_table_survives_the_round_trip_and_equal_tables_give_equal_bytes(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"ags": ["01001", "99001"], "year": [2020, 2021], "value": [1.5, None], "status": ["", "secret"]}
    )
    for name in ("a", "b"):
        write_parquet(frame, tmp_path / name)
    back = read_parquet(tmp_path / "a")
    assert back["ags"].tolist() == ["01001", "99001"]
    assert back["value"].isna().tolist() == [False, True]
    assert back["year"].dtype == "int64"
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_regions_are_those_of_the_common_state(musterland_edition: Edition) -> None:
    regions = musterland_edition.regions
    assert [region.ags for region in regions.regions] == [f"99{n:03d}" for n in range(1, 13)]
    assert regions["99005"].successors == ("99005", "99014")
    assert regions["99001"].land == "Musterland"
    assert regions.resolve("Landkreis Musterstadt").key == "99002"


def test_facts_may_be_changed_without_changing_the_edition(musterland_edition: Edition) -> None:
    mine = musterland_edition.facts("births")
    mine["value"] = 0.0
    assert musterland_edition.facts("births")["value"].sum() > 0


def test_every_source_says_where_it_comes_from(musterland_edition: Edition) -> None:
    workforce = musterland_edition.sources["fachkraftwerk-workforce"]
    assert workforce.computed
    assert "musterland-workforce" in workforce.based_on
    assert all(len(f.sha256) == 64 for s in musterland_edition.sources.values() for f in s.files)


def test_a_row_leads_to_publisher_table_date_licence_and_one_checksum(musterland_edition: Edition) -> None:
    row = musterland_edition.facts("sectors").query("year == 2019").iloc[0]
    source = musterland_edition.source_of(row)
    assert source.publisher.de.startswith("Statistisches Amt Musterland")
    assert source.table == "13111-07-05-4" and source.licence == "CC0-1.0" and source.date.year >= 2021
    assert [file.name for file in source.files] == ["13111-07-05-4_2019.csv.gz"]
    assert len(source.files[0].sha256) == 64


def test_a_calculated_row_names_every_file_it_is_made_of(musterland_edition: Edition) -> None:
    source = musterland_edition.source_of(musterland_edition.facts("workforce").iloc[0])
    read = {musterland_edition.source_of(musterland_edition.facts("workforce_published").iloc[0]).files[0].name}
    assert source.computed and read < {file.name for file in source.files}


def test_a_row_with_a_strange_file_is_an_error(musterland_edition: Edition) -> None:
    with pytest.raises(KeyError):
        musterland_edition.source_of({"source": "musterland-sectors", "file": "nobody.csv"})


def test_no_edition_at_all_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_edition(tmp_path)
    assert "edition build" in refused.value.message("de")
    assert "There is no edition" in refused.value.message("en")


@pytest.mark.parametrize("text", ["", "{", '{"format": "2", "tables": {}}', '{"format": 2}', "[]"])
def test_a_broken_manifest_is_refused(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text)
    with pytest.raises(Refusal, match="damaged"):
        open_edition(copy)


@pytest.mark.parametrize("change", [{"file": "../../secret"}, {"keys": None, "columns": None}])
def test_a_table_entry_that_makes_no_sense_is_refused(copy: Path, change: dict[str, str | None]) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    entry = manifest["tables"]["births"]
    manifest["tables"]["births"] = {k: v for k, v in (entry | change).items() if v is not None}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Refusal, match="damaged"):
        open_edition(copy)


def test_one_changed_byte_in_a_table_is_noticed(copy: Path) -> None:
    path = copy / "births.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(Refusal, match=r"births\.parquet: This file of the edition is damaged"):
        open_edition(copy).facts("births")


def test_a_missing_file_is_not_called_damaged(copy: Path) -> None:
    (copy / "births.parquet").unlink()
    with pytest.raises(Refusal, match=r"births\.parquet: This file of the edition is missing"):
        open_edition(copy).facts("births")


def test_an_edition_of_another_version_says_so(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"format": 1}))
    with pytest.raises(Refusal) as caught:
        open_edition(copy)
    assert "anderen Aufbau (1 statt 2)" in caught.value.message("de")


def test_a_missing_table_is_told_apart_from_a_damaged_one(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["tables"]["workforce"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    edition = open_edition(copy)
    assert "workforce" not in edition
    with pytest.raises(Refusal, match="holds no table"):
        edition.facts("workforce")


def test_environment_names_another_edition(musterland_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACHKRAFTWERK_EDITION", str(musterland_path))
    assert open_edition().name == "musterland-1"
    assert [entry["edition"] for entry in editions()] == ["2026-1", "musterland-1"]


def test_rows_are_the_same_from_the_file_and_from_memory(musterland_path: Path) -> None:
    read, kept = open_edition(musterland_path), open_edition(musterland_path)
    kept.facts("population_age")
    ags = [region.ags for region in read.regions.regions][:2]
    for wanted in ({"ags": ags}, {"ags": ags[:1], "no such column": ["x"]}, {"ags": ["00000"]}, {"ags": []}):
        first, second = read.rows("population_age", wanted), kept.rows("population_age", wanted)
        pd.testing.assert_frame_equal(first, second.reset_index(drop=True), check_dtype=False)
        assert set(first["ags"]) <= set(wanted["ags"])
    assert len(read.rows("population_age", {"ags": ags}))
