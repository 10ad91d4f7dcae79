"""The pages of the manual that follow from an edition: ``docs/data.md`` and ``docs/completion.md``."""

from __future__ import annotations

from pathlib import Path

from fachkraftwerk.core.text import number
from fachkraftwerk.edition import recover
from fachkraftwerk.edition.relations import declared
from fachkraftwerk.edition.store import Edition, open_edition
from fachkraftwerk.edition.table import markdown
from fachkraftwerk.sources.publication import publications

_DATA = """# Data of edition {name}

*Deutsch:* Die Tabelle druckt `fachkraftwerk edition table`. Jede Zeile jeder Tabelle nennt ihre Quelle (`source`) und
ihre Originaldatei (`file`); Herausgeber, Tabelle, Stand, Lizenz und die Prüfsumme der Datei stehen in `manifest.json`.
Eine Zeile aus mehreren Dateien nennt alle; eigene Berechnungen beruhen auf allen Dateien, die ihre Quelle nennt.

*English:* `fachkraftwerk edition table` prints the table. Every row of every table names its source (`source`) and its
original file (`file`); publisher, table, date, licence and the checksum of the file stand in `manifest.json`. A row made
of several files names all of them; our own calculations rest on all files their source names. All tables use the 400
Kreise of {state}.

{table}
{rows} rows, {size} MB.

Figures of the Federal Employment Agency (BA) are passed on with source note; tables computed from them are marked as
our own calculation; commercial use needs the BA's permission. `fachkraftwerk edition build --without-ba` leaves them
out; `build(..., own=folder)` replaces them by a user's own download, laid out like the original files.

## Files of a build

`fachkraftwerk edition build --raw FOLDER --out DIR` looks for these files below FOLDER, or in FOLDER itself:

{files}

## Sums that are proved

`fachkraftwerk edition check` proves keys, sources, checksums and these sums:

{relations}
"""

_COMPLETION = """# How suppressed cells are filled, and how well

The table of employees by Kreis, occupation, level and age hides {suppressed} of {cells} cells (values below 40). They
are filled in two steps: a log-linear model with the expectation of a truncated log-normal variable for hidden cells,
then the closest table (bounded maximum entropy) that meets every known margin. Published cells stay within their
rounding, hidden ones between 1 and 39, unlisted ones at zero. Filled in: {estimated} of {persons} employees ({share} %).
Margins of the Kreise with tables of their own are met within {miss} persons (sums by occupation within their rounding,
totals by age exactly).

People aged 65 and older and people without known occupation are counted in these margins but not in the table; they are
unknowns of their own (table `workforce_outside`).

## Hide and recover

Known cells are hidden, refilled and compared. The rival spreads what the margins leave in proportion to the size of
the Kreis and the national profile, within the same bounds. Bias is negative where only the larger of the hidden cells
can be compared: the method does not know that these are the larger ones.

{table}
WAPE = sum of absolute errors over the sum of true values; MAE in persons. The last row compares sums of truly
suppressed cells with published Kreis × occupation margins that were kept away from both methods.
"""


def data_page(edition: Edition) -> str:
    """Return ``docs/data.md``."""
    tables = edition.tables.values()
    size = sum(entry["bytes"] for entry in tables) / 1e6
    lines = [f"- `{entry['table']}`: {entry['en']}{_play(entry)}" for entry in declared()]
    asked = [f"- `{pattern}`" for entry in publications() for pattern in entry.patterns if pattern[:2] != "./"]
    return _DATA.format(
        name=edition.name, state=edition.manifest["state"], table=markdown(edition),
        rows=number(sum(entry["rows"] for entry in tables), "en"), size=number(size, "en", 1),
        relations="\n".join(lines), files="\n".join(sorted(asked)),
    )  # fmt: skip


def completion_page(edition: Edition) -> str:
    """Return ``docs/completion.md``; runs the hide-and-recover test."""
    report = edition.manifest["completion"]
    misses = report["own_tables"]["misses"].values()
    return _COMPLETION.format(
        table=recover.markdown(recover.recover(edition)), miss=number(max(misses), "en", 3),
        share=number(100 * report["estimated_share"], "en", 1),
        **{key: number(report[key], "en") for key in ("suppressed", "cells", "estimated", "persons")},
    )  # fmt: skip


def write(folder: Path, edition: Edition | None = None) -> None:
    """Write both pages into ``folder``."""
    edition = edition or open_edition()
    (folder / "data.md").write_text(data_page(edition), encoding="utf-8")
    (folder / "completion.md").write_text(completion_page(edition), encoding="utf-8")


def _play(entry: dict[str, object]) -> str:
    return f" ({entry['reason']})" if "reason" in entry else ""
