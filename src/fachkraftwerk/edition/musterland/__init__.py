"""Musterland: a small seeded synthetic land, built and proved by the same path as the real edition, in seconds.

Twelve Kreise (99001 to 99012) with everything the real land has: suppressed cells, commuting, a merger, a division,
all tables. Two dozen of its publications are written in the publishers' layouts and read by their importers.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fachkraftwerk.core.source import SourceRecord, StoredFile
from fachkraftwerk.core.text import Text
from fachkraftwerk.edition.build import FromFolder, Readable, assemble

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition.musterland.work import Work
    from fachkraftwerk.sources.publication import Publication, Read

NAME = "musterland-1"
_PUBLISHER = Text("Statistisches Amt Musterland (erfunden)", "Statistical office of Musterland (invented)")
_TITLES = {
    "map": Text("Karte von Musterland", "Map of Musterland"),
    "people": Text("Bevölkerung von Musterland", "Population of Musterland"),
    "work": Text("Beschäftigung in Musterland", "Employment in Musterland"),
    "schools": Text("Bildung, Einkommen und Wirtschaft in Musterland", "Education, income and economy of Musterland"),
    "words": Text("Klassifikationen und Vergleichswerte", "Classifications and reference values"),
}


@dataclass(frozen=True)
class Invented:
    """Tables that were never a file: their bytes are those of their CSV text."""

    declared: Publication
    tables: dict[str, pd.DataFrame]

    def read(self) -> Read:
        """Return the tables as if read."""
        from fachkraftwerk.sources.publication import Read

        files = []
        for name, table in sorted(self.tables.items()):
            text = table.to_csv(index=False).encode()
            files.append(StoredFile(f"{name}.csv", hashlib.sha256(text).hexdigest(), len(text)))
        named = {name: table.assign(file=f"{name}.csv") for name, table in self.tables.items()}
        return Read(named, replace(self.declared.source, files=tuple(files)))


def musterland(out: Path | str, seed: int = 1, progress: Callable[[str], None] = lambda _: None) -> Path:
    """Build the edition of Musterland in folder ``out``; the same seed gives the same bytes."""
    with tempfile.TemporaryDirectory() as raw:
        return assemble(publications(Path(raw), seed), out, NAME, progress)


def publications(raw: Path, seed: int) -> list[Readable]:
    """Write the files of Musterland into ``raw`` and return its publications."""
    from fachkraftwerk.edition.musterland import extras, land, people, work

    living = people.simulate(seed)
    working = work.make(living, seed)
    tables = {
        "map": land.map_tables(),
        "people": people.people_tables(living),
        "work": {**work.work_tables(working, living, seed), **extras.occupations_2019(working, seed)},
        "schools": {**extras.schools(living), **extras.economy(living, working)},
        "words": extras.words(),
    }
    everything = {name: table for part in tables.values() for name, table in part.items()}
    laid_out = list(_laid_out(everything, working, raw))
    used = {name for readable in laid_out for name in readable.declared.tables}
    rest = {key: {n: t for n, t in part.items() if n not in used} for key, part in tables.items()}
    return [*(Invented(_declared(key, tuple(part)), part) for key, part in rest.items() if part), *laid_out]


def _laid_out(tables: dict[str, pd.DataFrame], working: Work, raw: Path) -> Iterator[FromFolder]:
    """Write every table that has a writer as its publisher would; the importers read it back."""
    from fachkraftwerk.edition.musterland import layouts, raw_files
    from fachkraftwerk.sources.publication import publication

    real = publication("ba-kldb2-niveau-alter-kreis")
    raw_files.workforce(working, [raw / pattern for pattern in real.patterns])
    yield FromFolder(_renamed(real, "workforce"), raw)
    for key, (name, write) in layouts.WRITERS.items():
        real = publication(key)
        write({table: tables[table] for table in real.tables}, [raw / pattern for pattern in real.patterns])
        yield FromFolder(_renamed(real, name), raw)


def _declared(key: str, tables: tuple[str, ...]) -> Publication:
    from fachkraftwerk.sources.publication import Publication

    source = SourceRecord(
        id=f"musterland-{key}", title=_TITLES[key], publisher=_PUBLISHER, table=f"musterland {key}",
        date=date(2024, 12, 31), licence="CC0-1.0", licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        credit="Musterland, erfunden / invented", terms="open", found="drawn by a seeded random stream",
    )  # fmt: skip
    return Publication("musterland", source, (), tables)


def _renamed(real: Publication, key: str) -> Publication:
    """Keep the importer and drop the name of the real publisher."""
    own = _declared("work", ()).source
    invented = replace(
        real.source, id=f"musterland-{key}", publisher=own.publisher, licence=own.licence, terms=own.terms,
        licence_url=own.licence_url, credit=own.credit, found=own.found,
    )  # fmt: skip
    return replace(real, source=invented)
