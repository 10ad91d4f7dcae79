"""Musterland: a small seeded synthetic land, built and proved by the same path as the real edition, in seconds.

Twelve Kreise (99001 to 99012) with everything the real land has: suppressed cells, commuting, a merger, a division,
all tables. Every publication is written in its publisher's layout and read back by its importer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fachkraftwerk.core.text import Text
from fachkraftwerk.edition.build import FromFolder, assemble

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition.musterland.work import Work
    from fachkraftwerk.sources.publication import Publication

NAME = "musterland-1"
_PUBLISHER = Text("Statistisches Amt Musterland (erfunden)", "Statistical office of Musterland (invented)")
_FOUND = Text("gezogen aus einem festen Zufallsstrom", "drawn by a seeded random stream")


def musterland(out: Path | str, seed: int = 1, progress: Callable[[str], None] = lambda _: None) -> Path:
    """Build the edition of Musterland in folder ``out``; the same seed gives the same bytes."""
    with tempfile.TemporaryDirectory() as raw:
        return assemble(publications(Path(raw), seed), out, NAME, progress)


def publications(raw: Path, seed: int) -> list[FromFolder]:
    """Write the files of Musterland into ``raw`` and return its publications, one for each of the real land."""
    from fachkraftwerk.edition.musterland import layouts, raw_files
    from fachkraftwerk.sources.publication import publication

    tables, working = invent(seed)
    workforce = _of_musterland(publication("ba-kldb2-niveau-alter-kreis"), "workforce")
    raw_files.workforce(working, [raw / pattern for pattern in workforce.patterns])
    made = [workforce]
    for key, (name, write) in layouts.WRITERS.items():
        made.append(_of_musterland(publication(key), name))
        write(
            {table: tables[table] for table in made[-1].tables if table in tables},
            [raw / pattern for pattern in made[-1].patterns],
        )
    return [FromFolder(one, raw) for one in made]


def invent(seed: int) -> tuple[dict[str, pd.DataFrame], Work]:
    """Return what is published of Musterland as edition tables, and the working life behind the suppressed cells."""
    from fachkraftwerk.edition.musterland import extras, land, people, work

    living = people.simulate(seed)
    working = work.make(living, seed)
    tables = {
        **land.map_tables(), **people.people_tables(living), **work.work_tables(working, living, seed),
        **extras.occupations_2019(working, seed), **extras.schools(living), **extras.economy(living, working),
        **extras.words(),
    }  # fmt: skip
    return tables, working


def _of_musterland(real: Publication, key: str) -> Publication:
    """Keep importer and layout, drop the name of the real publisher; lists of our own lie among the raw files."""
    invented = replace(
        real.source, id=f"musterland-{key}", publisher=_PUBLISHER, licence="CC0-1.0", terms="open", found=_FOUND,
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/", credit="Musterland, erfunden / invented",
    )  # fmt: skip
    return replace(real, source=invented, patterns=tuple(pattern.removeprefix("./") for pattern in real.patterns))
