"""What the page on data says: every source with its files, and how many rows of the edition each file gave."""

from __future__ import annotations

from dataclasses import dataclass

from fachkraftwerk.core.source import SourceRecord, StoredFile
from fachkraftwerk.edition import Edition


@dataclass(frozen=True)
class Origin:
    """A source, the edition's tables it fills, its files, and the rows each file gave (calculations: of the whole)."""

    source: SourceRecord
    tables: tuple[str, ...]
    rows: int
    files: tuple[tuple[StoredFile, int], ...]


def origins(edition: Edition) -> list[Origin]:
    """Return every source of the edition: publications by publisher and title, then our own calculations."""
    sources = sorted(edition.sources.values(), key=lambda one: (one.computed, one.publisher.de, one.title.de, one.id))
    return [_origin(edition, source) for source in sources]


def _origin(edition: Edition, source: SourceRecord) -> Origin:
    mine = {name: entry["files"][source.id] for name, entry in edition.tables.items() if source.id in entry["files"]}
    rows: dict[StoredFile, int] = dict.fromkeys(source.files, 0)
    for named in mine.values():
        for cell, count in named.items():
            for file in source.at(cell).files:
                rows[file] += count
    whole = sum(count for named in mine.values() for count in named.values())
    return Origin(source, tuple(mine), whole, tuple(rows.items()))
