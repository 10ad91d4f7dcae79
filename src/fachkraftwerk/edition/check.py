"""Prove an edition: files, keys, sources, and sums that must hold between published figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.edition import store
from fachkraftwerk.edition.build import rows_by_file, schema
from fachkraftwerk.edition.relations import relations
from fachkraftwerk.edition.store import Edition, open_edition
from fachkraftwerk.sources.faults import where

if TYPE_CHECKING:
    import pandas as pd

#: What a source must say, and how it is called.
_NEEDED = {
    "table": Text("die Tabelle", "table"), "licence": Text("die Lizenz", "licence"),
    "credit": Text("der Quellenvermerk", "credit"), "terms": Text("die Art der Lizenz", "terms"),
}  # fmt: skip


def check(path: Path | str | None = None) -> list[Fault]:
    """Return everything that is wrong with the edition at ``path`` (None: the one in use); empty if all is well."""
    try:
        edition = open_edition(path)
    except Refusal as refusal:
        return list(refusal.faults)
    faults = [*_strangers(edition), *_sources(edition)]
    kreise = _kreise(edition)
    sound = []
    for name in edition.tables:
        found = list(_table(edition, name, kreise))
        faults.extend(found)
        if not found:
            sound.append(name)
    if len(sound) == len(edition.tables):
        faults.extend(relations(edition))
    return faults


def _strangers(edition: Edition) -> Iterator[Fault]:
    listed = {entry["file"] for entry in edition.tables.values()} | {store.MANIFEST}
    for path in sorted(edition.path.iterdir()):
        if path.name not in listed:
            yield _fault(
                "Diese Datei steht nicht im Verzeichnis der Ausgabe.", "This file is not listed in the manifest.",
                path.name, Text("Nehmen Sie sie aus dem Ordner.", "Take it out of the folder."),
            )  # fmt: skip


def _sources(edition: Edition) -> Iterator[Fault]:
    """Every source says publisher, table, date, licence, and the checksum of its bytes."""
    for key, source in edition.sources.items():
        for name, called in _NEEDED.items():
            if not getattr(source, name):
                yield _fault(f"Der Quelle fehlt {called.de} ({name}).", f'The source lacks "{called.en}".', key)
        if not (source.publisher.de and source.title.de):
            yield _fault("Der Quelle fehlt der Herausgeber.", "The source lacks its publisher.", key)
        if not source.files or any(len(file.sha256) != 64 for file in source.files):
            yield _fault("Der Quelle fehlt eine Prüfsumme.", "The source lacks a checksum.", key)
        for basis in set(source.based_on) - set(edition.sources):
            yield _fault(f"Grundlage „{basis}“ fehlt.", f'Basis "{basis}" is missing.', key)


def _kreise(edition: Edition) -> frozenset[str]:
    """Keys of the common territorial state; empty if even that table is damaged (which is told elsewhere)."""
    try:
        return frozenset(region.ags for region in edition.regions.regions)
    except Refusal:
        return frozenset()


def _table(edition: Edition, name: str, kreise: frozenset[str]) -> Iterator[Fault]:
    entry = edition.tables[name]
    try:
        facts = edition.facts(name)
    except Refusal as refusal:
        yield from refusal.faults
        return
    if len(facts) != entry["rows"] or list(facts.columns) != entry["columns"]:
        yield _fault("Zeilen oder Spalten weichen ab.", "Rows or columns differ from the manifest.", entry["file"])
        return
    yield from _keys(facts, entry)
    yield from _origins(edition, facts, entry)
    yield from _rows(facts, entry)
    yield from _territory(facts, entry, kreise)
    if "value" in facts and not schema().get(name, {}).get("signed"):
        yield from _wrong("Werte unter null", "Values below zero", facts["value"] < 0, facts, entry)


def _keys(facts: pd.DataFrame, entry: dict[str, Any]) -> Iterator[Fault]:
    yield from _wrong("Doppelte Schlüssel", "Doubled keys", facts.duplicated(entry["keys"]), facts, entry)
    empty = facts[entry["keys"]].isna().any(axis=1)
    yield from _wrong("Schlüssel ohne Wert", "Keys without a value", empty, facts, entry)


def _origins(edition: Edition, facts: pd.DataFrame, entry: dict[str, Any]) -> Iterator[Fault]:
    """Every row leads to one source and one file with a checksum, or to the list of files it is made of."""
    strange = ~facts["source"].isin(list(edition.sources))
    if strange.any():
        yield from _wrong("Zeilen ohne bekannte Quelle", "Rows without a known source", strange, facts, entry)
        return
    if facts["file"].isna().any() or rows_by_file(facts) != entry["files"]:
        yield _fault(
            "Zeilen und ihre Dateien weichen vom Verzeichnis ab.", "Rows and their files differ from the manifest.",
            entry["file"],
        )  # fmt: skip
        return
    for source, names in entry["files"].items():
        for name in names:
            if not _resolves(edition, {"source": source, "file": name}):
                yield _fault(
                    f"Zeilen aus „{source}“ nennen keine bekannte Datei („{name}“).",
                    f'Rows of "{source}" name no known file ("{name}").', entry["file"],
                )  # fmt: skip


def _resolves(edition: Edition, row: dict[str, str]) -> bool:
    try:
        files = edition.source_of(row).files
    except KeyError:
        return False
    return bool(files) and all(len(file.sha256) == 64 for file in files)


def _rows(facts: pd.DataFrame, entry: dict[str, Any]) -> Iterator[Fault]:
    if "value" not in facts or "status" not in facts:
        return
    hidden = facts["status"].isin(["secret", "pending", "missing"])
    empty = facts["value"].isna()
    lost = empty & ~hidden & (facts["status"] != "unreliable")
    yield from _wrong("Zellen ohne Wert und ohne Grund", "Cells without value or reason", lost, facts, entry)
    yield from _wrong("Unterdrückte Zellen mit Wert", "Suppressed cells with a value", hidden & ~empty, facts, entry)


def _territory(facts: pd.DataFrame, entry: dict[str, Any], kreise: frozenset[str]) -> Iterator[Fault]:
    """Every Kreis named is one of the common state; Länder (two digits) and the table of regions aside."""
    if not kreise or entry["file"] == "regions.parquet":
        return
    for column in sorted({"ags", "home", "work"} & set(facts.columns)):
        named = {key for key in facts[column].dropna().unique() if len(key) != 2}
        if strange := sorted(named - kreise):
            first = facts[column].isin(strange).to_numpy().argmax()
            yield _fault(
                f"Kein Kreis des gemeinsamen Gebietsstands: {', '.join(strange[:3])}.",
                f"Not a Kreis of the common territorial state: {', '.join(strange[:3])}.",
                where(entry["file"], first + 1, column),
            )  # fmt: skip


def _wrong(de: str, en: str, wrong: pd.Series[bool], facts: pd.DataFrame, entry: dict[str, Any]) -> Iterator[Fault]:
    """Say what is wrong with some rows: how many, and number and key of the first."""
    if not wrong.any():
        return
    first, count = int(wrong.to_numpy().argmax()), int(wrong.sum())
    key = ", ".join(str(cell) for cell in facts[entry["keys"]].iloc[first])
    rows = Text("Zeile" if count == 1 else "Zeilen", "row" if count == 1 else "rows")
    yield _fault(
        f"{de} ({count} {rows.de}, zuerst {key}).", f"{en} ({count} {rows.en}, first {key}).",
        where(entry["file"], first + 1),
    )  # fmt: skip


_REBUILD = Text("Bauen Sie die Ausgabe noch einmal.", "Rebuild the edition.")


def _fault(de: str, en: str, where: str, remedy: Text = _REBUILD) -> Fault:
    return Fault(Text(de, en), remedy, where)
