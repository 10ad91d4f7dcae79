"""The build: one path, all or nothing, the same bytes every time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.source import SourceRecord, StoredFile
from fachkraftwerk.core.text import Text
from fachkraftwerk.edition import build as builder
from fachkraftwerk.edition import open_edition
from fachkraftwerk.edition.musterland import NAME, musterland, publications
from fachkraftwerk.sources.publication import publication
from fachkraftwerk.sources.publication import publications as real_publications


@dataclass
class Bad:
    """A publication whose files are refused."""

    declared: Any
    where: str

    def read(self) -> Any:
        """Refuse."""
        raise refuse("Falsch.", "Wrong.", "Neu laden.", "Load again.", self.where)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(musterland_path: Path, tmp_path: Path) -> None:
    musterland(tmp_path / "again", seed=1)
    assert _files(tmp_path / "again") == _files(musterland_path)


def test_refusals_of_all_publications_come_together_and_nothing_is_left(tmp_path: Path) -> None:
    good = publications(tmp_path / "raw", 1)
    bad = [Bad(good[0].declared, "first.csv"), *good[1:], Bad(good[1].declared, "second.csv")]
    with pytest.raises(Refusal) as refused:
        builder.assemble(bad, tmp_path / "out" / "edition", NAME)
    assert [fault.where for fault in refused.value.faults] == ["first.csv", "second.csv"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "Diesen Ordner gibt es nicht"), ("", "keine der Veröffentlichungen")]
)
def test_a_wrong_folder_is_one_sentence_and_not_eighty(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        builder.build(tmp_path / name, tmp_path / "edition")
    (fault,) = refused.value.faults
    assert said in fault.what.de and "--raw" in fault.remedy.en and fault.where == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_sum_that_fails_names_the_original_files(musterland_path: Path) -> None:
    from fachkraftwerk.edition.relations import _sources

    said = _sources(open_edition(musterland_path), {"table": "births", "equals": "births_month_de"})
    assert "(12612-0002.csv, births_nuts3_1990_2021.csv.gz)" in said.de


def test_a_failure_while_writing_leaves_the_older_edition_untouched(
    musterland_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Path(shutil.copytree(musterland_path, tmp_path / "edition"))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(builder.store, "write_manifest", fail)
    with pytest.raises(Refusal, match="disk full"):
        musterland(out, seed=2)
    assert _files(out) == _files(musterland_path)
    assert [path.name for path in tmp_path.iterdir()] == ["edition"]


def test_an_older_edition_is_replaced_as_a_whole(musterland_path: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(musterland_path, tmp_path / "edition"))
    (out / "left over.parquet").write_bytes(b"old")
    musterland(out, seed=2)
    assert set(_files(out)) == set(_files(musterland_path))
    assert _files(out)["workforce.parquet"] != _files(musterland_path)["workforce.parquet"], (
        "another seed, another land"
    )


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("two years of work")
    with pytest.raises(Refusal, match="not an edition"):
        musterland(tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "two years of work"


def _begun(folder: Path) -> Path:
    """A folder that holds one publication of many."""
    return Path(shutil.copytree(publication("wz-2008").sample, folder))


def test_a_raw_folder_with_one_publication_names_every_missing_one(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        builder.build(_begun(tmp_path / "raw"), tmp_path / "out")
    message = refused.value.message("de")
    assert message.count("fehlt in") >= 20
    assert not (tmp_path / "out").exists()


def test_without_the_agency_its_publications_are_not_asked(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        builder.build(_begun(tmp_path / "raw"), tmp_path / "out", without_ba=True)
    asked = {fault.where for fault in refused.value.faults}
    assert asked.isdisjoint({p.id for p in real_publications() if p.source.terms == "ba"})


def test_the_users_own_download_replaces_the_agencys_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Path] = {}

    def note(readables: list[builder.FromFolder], *_: object) -> Path:
        asked.update({r.declared.source.terms + r.declared.id: r.folder for r in readables})
        return tmp_path

    monkeypatch.setattr(builder, "assemble", note)
    (tmp_path / "own").mkdir()
    builder.build(_begun(tmp_path / "raw"), tmp_path / "out", own=tmp_path / "own", without_ba=True)
    assert {folder.name for key, folder in asked.items() if key.startswith("ba")} == {"own"}
    assert {folder.name for key, folder in asked.items() if key.startswith("open")} == {"raw"}


def test_an_edition_without_the_table_of_employees_has_no_computed_one(tmp_path: Path) -> None:
    kept = [p for p in publications(tmp_path / "raw", 1) if p.declared.id != "musterland-workforce"]
    edition = open_edition(builder.assemble(kept, tmp_path / "out", NAME))
    assert "workforce" not in edition
    assert "qualification_share" in edition


def test_computed_tables_name_what_they_rest_on(tmp_path: Path) -> None:
    parts = builder.Parts(
        tables={"occupation_de": pd.DataFrame({"source": ["a"], "file": ["a.csv"]}),
                "workforce": pd.DataFrame({"source": ["b"], "file": ["b.csv"]})},
        sources={key: _record(key, terms) for key, terms in (("a", "open"), ("b", "ba"))},
    )  # fmt: skip
    entry = {"title": {"de": "c", "en": "c"}, "needs": ["occupation_de", "workforce"]}
    record = builder._derived("c", entry, parts)
    assert record.based_on == ("a", "b")
    assert record.terms == "ba", "terms of the stricter source hold"
    assert [file.name for file in record.files] == ["a.csv", "b.csv"], "only files whose rows were used"


def _record(key: str, terms: str) -> SourceRecord:
    files = tuple(StoredFile(f"{name}.csv", name * 64, 1) for name in (key, f"{key}-unused"))
    text = Text(key, key)
    return SourceRecord(key, text, text, key, date(2023, 1, 1), key, "", key, terms, text, files)
