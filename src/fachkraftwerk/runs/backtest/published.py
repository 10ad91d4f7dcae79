"""Published gaps of others, read from CSV: every fault at once, nothing half-read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.regions import LAENDER
from fachkraftwerk.core.text import Text

#: Column → the headings under which it may come.
COLUMNS = {
    "ags": ("ags", "region ags", "region_ags", "region"),
    "horizon": ("horizon", "horizon_year", "horizon year"),
    "base_year": ("base year", "base_year"),
    "category": ("category",),
    "value": ("value",),
    "source": ("source", "source_title"),
    "url": ("url", "source_url"),
}


@dataclass(frozen=True)
class PublishedGap:
    """One figure somebody published. ``ags`` is a Kreis (5 digits) or a Land (2); positive = shortage."""

    ags: str
    horizon: int
    base_year: int
    category: str
    value: float
    source: str
    url: str

    @property
    def length(self) -> int:
        """Years from base to horizon."""
        return self.horizon - self.base_year


def read(path: Path) -> tuple[list[PublishedGap], list[str]]:
    """Read a file. Returns the gaps and the categories left out because they are no gap (e.g. exits per year)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Refusal(_fault(str(path), "Die Datei gibt es nicht.", "The file does not exist.")) from error
    except UnicodeDecodeError as error:
        raise Refusal(_fault(path.name, "Die Datei ist nicht UTF-8.", "The file is not UTF-8.")) from error
    return parse(text, path.name)


def parse(text: str, name: str) -> tuple[list[PublishedGap], list[str]]:
    """Parse CSV text (comma or semicolon). Raises Refusal with file, line and column of every fault."""
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    columns = _columns(reader.fieldnames or [], name)
    gaps, left_out, faults = [], set(), []
    for line, row in enumerate(reader, start=2):
        cells = {key: (row.get(column) or "").strip() for key, column in columns.items()}
        if cells["category"] not in QUALIFICATION_GROUPS:
            left_out.add(cells["category"])
            continue
        found = list(_row_faults(cells, f"{name}, Zeile {line}"))
        faults += found
        if not found:
            gaps.append(_gap(cells))
    if faults:
        raise Refusal(faults)
    return gaps, sorted(left_out)


def _columns(given: Iterable[str], name: str) -> dict[str, str]:
    """Match headings; the first name in the list that is there wins ("region" may hold a name beside "ags")."""
    present = {heading.strip().casefold(): heading for heading in given}
    chosen = {key: next((present[n] for n in names if n in present), "") for key, names in COLUMNS.items()}
    missing = [key for key, column in chosen.items() if not column]
    if missing:
        raise Refusal(
            [_fault(name, f"Die Spalte „{key}“ fehlt.", f'The column "{key}" is missing.') for key in missing]
        )
    return chosen


def _row_faults(cells: dict[str, str], where: str) -> Iterable[Fault]:
    ags = cells["ags"]
    if not (ags.isdigit() and len(ags) in (2, 5) and ags[:2] in LAENDER):
        yield _fault(
            f"{where}, Spalte „ags“", f"„{ags}“ ist kein amtlicher Schlüssel.", f'"{ags}" is not an official key.'
        )
    for key in ("horizon", "base_year"):
        if not (cells[key].isdigit() and 1990 <= int(cells[key]) <= 2100):
            yield _fault(f"{where}, Spalte „{key}“", f"„{cells[key]}“ ist kein Jahr.", f'"{cells[key]}" is not a year.')
    try:
        float(cells["value"])
    except ValueError:
        yield _fault(
            f"{where}, Spalte „value“", f"„{cells['value']}“ ist keine Zahl.", f'"{cells["value"]}" is not a number.'
        )


def _gap(cells: dict[str, str]) -> PublishedGap:
    return PublishedGap(
        cells["ags"], int(cells["horizon"]), int(cells["base_year"]), cells["category"], float(cells["value"]),
        cells["source"], cells["url"],
    )  # fmt: skip


def _fault(where: str, de: str, en: str) -> Fault:
    remedy = Text(
        "Erwartet werden die Spalten region ags, horizon, base year, category, value, source, url.",
        "Expected are the columns region ags, horizon, base year, category, value, source, url.",
    )
    return Fault(Text(de, en), remedy, where)
