"""Build an edition from the publishers' files: read, compute, write, prove; all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from fachkraftwerk import __version__
from fachkraftwerk.core.errors import Fault, Refusal, refuse, together
from fachkraftwerk.core.source import SourceRecord
from fachkraftwerk.core.text import Text
from fachkraftwerk.edition import store
from fachkraftwerk.edition.draft import draft
from fachkraftwerk.edition.parameters import load

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.sources.publication import Publication, Read

NAME = "2026-1"
Progress = Callable[[str], None]


class Readable(Protocol):
    """What the build asks of a publication: its declaration and its tables."""

    @property
    def declared(self) -> Publication: ...

    def read(self) -> Read: ...


@dataclass
class Parts:
    """What has been gathered so far: tables with columns ``source`` and ``file``, source records, completion report."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FromFolder:
    """A publication read from the folder of original files; ``whole``: it must hold all that is declared of it."""

    declared: Publication
    folder: Path
    whole: bool = False

    def read(self) -> Read:
        """Clean, correct and harmonise its files."""
        from fachkraftwerk.sources.coverage import require_whole

        read = self.declared.read(self.folder)
        if self.whole:
            require_whole(self.declared, read)
        return read


def build(
    raw: Path | str, out: Path | str, progress: Progress = lambda _: None, without_ba: bool = False,
    own: Path | str | None = None,
) -> Path:  # fmt: skip
    """Build the edition from ``raw`` into folder ``out`` and prove it; returns ``out``.

    ``without_ba`` leaves the figures of the Federal Employment Agency out; ``own`` is a folder laid out like ``raw``
    that holds the user's own download of these. Raises Refusal with all faults; then nothing is left behind.
    """
    from fachkraftwerk.sources.publication import publications

    chosen = [p for p in publications() if p.source.terms != "ba" or own or not without_ba]
    folder = {"ba": Path(own) if own else Path(raw), "open": Path(raw)}
    together(
        lambda: _require_some(Path(raw), [p for p in chosen if p.source.terms == "open"]), lambda: _require_folder(own)
    )
    return assemble([FromFolder(p, folder[p.source.terms], whole=True) for p in chosen], out, NAME, progress)


def _require_folder(own: Path | str | None) -> None:
    """Refuse a folder of own files that does not exist before anything is read."""
    if own is not None and not Path(own).is_dir():
        raise refuse(
            "Diesen Ordner gibt es nicht.", "There is no such folder.",
            "Nennen Sie mit --own den Ordner Ihrer eigenen Dateien, geordnet wie der mit --raw.",
            "Name with --own the folder of your own files, laid out like that of --raw.", str(own),
        )  # fmt: skip


def _require_some(raw: Path, wanted: Sequence[Publication]) -> None:
    """Refuse a folder that holds none of the publications in one sentence, not in one for every file."""
    outside = [p for p in wanted if not all(pattern.startswith("./") for pattern in p.patterns)]
    if any(p.present(raw) for p in outside):
        return
    names = ", ".join(sorted({p.patterns[0].split("/")[0] for p in outside})[:3])
    there = raw.is_dir()
    raise refuse(
        "In diesem Ordner liegt keine der Veröffentlichungen." if there else "Diesen Ordner gibt es nicht.",
        "None of the publications lies in this folder." if there else "There is no such folder.",
        f"Nennen Sie mit --raw den Ordner, in dem die Ordner der Veröffentlichungen liegen ({names} …); "
        "docs/data.md führt sie auf.",
        f"Name with --raw the folder that holds the folders of the publications ({names} …); docs/data.md lists them.",
        str(raw),
    )  # fmt: skip


def assemble(readables: Sequence[Readable], out: Path | str, name: str, progress: Progress = lambda _: None) -> Path:
    """Build an edition from publications; the one path for the real land and for Musterland."""
    with draft(Path(out)) as folder:
        parts = gather(readables, progress)
        compute(parts, progress)
        write(parts, folder, name, progress)
        _prove(folder, progress)
    return Path(out)


def gather(readables: Sequence[Readable], progress: Progress) -> Parts:
    """Read all publications; a refusal names the faults of all of them."""
    import pandas as pd

    found: dict[str, list[pd.DataFrame]] = {}
    parts, faults = Parts(), list[Fault]()
    for number, readable in enumerate(readables, 1):
        source = readable.declared.source
        progress(f"{number}/{len(readables)} {source.title.de} · {source.title.en}")
        try:
            read = readable.read()
        except Refusal as refusal:
            faults.extend(refusal.faults)
            continue
        parts.sources[source.id] = read.source
        for table, frame in read.tables.items():
            found.setdefault(table, []).append(_named(frame, source.id))
    if faults:
        raise Refusal(faults)
    parts.tables = {table: pd.concat(frames, ignore_index=True) for table, frames in found.items()}
    return parts


def compute(parts: Parts, progress: Progress) -> None:
    """Add the tables the edition computes itself, where their ingredients are there."""
    for key, entry in computed().items():
        if all(table in parts.tables for table in entry["needs"]):
            progress(f"{entry['title']['de']} · {entry['title']['en']}")
            for table, frame in _calculate(key, parts, progress).items():
                parts.tables[table] = _named(frame.assign(file=""), key)
            parts.sources[key] = _derived(key, entry, parts)


def write(parts: Parts, folder: Path, name: str, progress: Progress) -> None:
    """Write all tables, sorted by their keys, and the manifest."""
    tables = {}
    for table, frame in sorted(parts.tables.items()):
        progress(f"{table}: {len(frame)}")
        ordered = frame.sort_values(keys(table, frame.columns), kind="stable").reset_index(drop=True)
        path = folder / f"{table}.parquet"
        store.write_parquet(ordered, path)
        tables[table] = _described(table, ordered, path)
    manifest = {
        "format": store.FORMAT, "name": name, "code": __version__, "state": store.STATE, "tables": tables,
        "sources": {key: source.as_document() for key, source in parts.sources.items()}, "completion": parts.report,
    }  # fmt: skip
    store.write_manifest(manifest, folder)


@cache
def computed() -> dict[str, dict[str, Any]]:
    """Return the declared computed tables."""
    entries: dict[str, dict[str, Any]] = load("computed.yaml")
    return entries


@cache
def schema() -> dict[str, dict[str, Any]]:
    """Return what is said about tables: title, unit, and keys where they are not all columns but the value."""
    entries: dict[str, dict[str, Any]] = load("tables.yaml")
    return entries


def keys(table: str, columns: Iterable[str]) -> list[str]:
    """Return the key columns of a table, in their order."""
    named = schema().get(table, {}).get("keys")
    return list(named) if named else [c for c in columns if c not in {"value", "status", "source", "file"}]


def _calculate(key: str, parts: Parts, progress: Progress) -> dict[str, pd.DataFrame]:
    from fachkraftwerk.edition.change import occupation_change
    from fachkraftwerk.edition.qualification import qualification_share
    from fachkraftwerk.edition.workforce import workforce_tables

    if key == "fachkraftwerk-workforce":
        tables, parts.report = workforce_tables(parts.tables, progress)
        return tables
    if key == "fachkraftwerk-qualification":
        return {"qualification_share": qualification_share(parts.tables["occupation_de"])}
    if key == "fachkraftwerk-occupation-change":
        return {"occupation_change": occupation_change(parts.tables["occupation_de"], parts.tables["workforce"])}
    raise KeyError(key)


def _named(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """Put the columns that lead back, source and file, at the end."""
    return frame.drop(columns="file").assign(source=source, file=frame["file"])


def _derived(key: str, entry: Mapping[str, Any], parts: Parts) -> SourceRecord:
    """Describe a calculation: licence and terms of what it rests on, and every file its ingredients come from."""
    used = [parts.tables[t] for t in (*entry["needs"], *entry.get("uses", ())) if t in parts.tables]
    named = sorted({(key, name) for table in used for key, names in rows_by_file(table).items() for name in names})
    basis = [parts.sources[source] for source in dict.fromkeys(source for source, _ in named)]
    files = dict.fromkeys(file for source, name in named for file in parts.sources[source].at(name).files)
    first = next((source for source in basis if source.terms == "ba"), basis[0])
    thanks = "; ".join(dict.fromkeys(source.credit for source in basis))
    return SourceRecord(
        id=key, title=Text(**entry["title"]), table=key, date=max(source.date for source in basis),
        publisher=Text("Fachkraftwerk, eigene Berechnung", "Fachkraftwerk, own calculation"),
        licence=first.licence, licence_url=first.licence_url, terms=first.terms,
        credit=f"Eigene Berechnung / own calculation. {thanks}", found=Text("berechnet von fachkraftwerk edition build", "computed by fachkraftwerk edition build"),
        files=tuple(files), based_on=tuple(source.id for source in basis),
    )  # fmt: skip


def _described(table: str, frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    years = frame["year"] if "year" in frame and len(frame) else None
    return {
        "file": path.name, "sha256": store.digest(path), "bytes": path.stat().st_size, "rows": len(frame),
        "columns": list(frame.columns), "keys": keys(table, frame.columns),
        "years": None if years is None else [int(years.min()), int(years.max())],
        "sources": {str(key): int(rows) for key, rows in frame["source"].value_counts().sort_index().items()},
        "files": rows_by_file(frame),
    }  # fmt: skip


def rows_by_file(frame: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return source → file as its rows name it → number of rows."""
    return {
        str(source): {str(file): int(rows) for file, rows in part["file"].value_counts().sort_index().items()}
        for source, part in frame.groupby("source")
    }


def _prove(folder: Path, progress: Progress) -> None:
    from fachkraftwerk.edition.check import check

    progress("Prüfung · proof")
    faults: list[Fault] = check(folder)
    if faults:
        raise Refusal(faults)
