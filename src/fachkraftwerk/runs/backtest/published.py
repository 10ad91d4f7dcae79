"""Published gaps of others, read from CSV: every fault at once, nothing half-read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import cells

#: Column → the headings under which it may come, in the way of writing of ``cells.heading``.
COLUMNS = {
    "ags": ("ags", "region ags", "regionalschlüssel", "kreisschlüssel", "amtlicher schlüssel", "schlüssel", "region"),
    "horizon": ("horizon", "horizon year", "horizont", "horizontjahr", "zieljahr", "bis", "bis jahr"),
    "base_year": ("base year", "base", "basisjahr", "ausgangsjahr", "von", "von jahr"),
    "category": ("category", "kategorie", "qualifikation", "gruppe", "wer"),
    "value": ("value", "wert", "lücke", "gap", "anzahl", "personen"),
    "source": ("source", "source title", "quelle", "titel"),
    "url": ("url", "source url", "link", "adresse", "fundstelle"),
}
#: Columns that a comparison can do without.
OPTIONAL = {"source", "url"}
LONGEST = HORIZON - BASE_YEAR


@dataclass(frozen=True)
class PublishedGap:
    """One figure somebody published; positive = shortage.

    ``ags`` is a Kreis (5 digits) or a Land (2), or the name of one as it stood in the table.
    """

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
    """Read a file. Returns the gaps and remarks: rows left out and why, zeros put back, figures told twice."""
    try:
        data = path.read_bytes()
    except OSError as error:
        what = Text("Die Datei lässt sich nicht lesen.", "The file cannot be read.")
        remedy = Text("Bitte Namen und Rechte der Datei prüfen.", "Please check name and permissions of the file.")
        raise Refusal(Fault(what, remedy, str(path))) from error
    return parse(cells.decode(data), path.name)


def parse(text: str, name: str) -> tuple[list[PublishedGap], list[str]]:
    """Parse CSV text (comma, semicolon or tab). Raises Refusal with file, line and column of every fault."""
    text = text.lstrip("\ufeff\r\n")
    if not text.strip():
        raise Refusal(_fault(name, "Die Datei ist leer.", "The file is empty."))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    lines = iter(enumerate(_rows(table, name), start=1))
    places = _columns(next(lines, (0, []))[1], name)
    gaps: list[PublishedGap] = []
    remarks: set[str] = set()
    faults: list[Fault] = []
    for number, line in lines:
        row = {key: line[at].strip() if at < len(line) else "" for key, at in places.items()}
        if not any(row.values()) or line[0].startswith("#"):
            continue
        reason = _left_out(row)
        found = [] if reason else list(_row_faults(row, f"{name}:{number}"))
        if reason:
            remarks.add(reason)
        elif not found:
            gaps.append(_gap(row))
            if gaps[-1].ags.removeprefix("0") == row["ags"]:
                remarks.add(f"{row['ags']} → {gaps[-1].ags}")
        faults += found
    if faults:
        raise Refusal(faults)
    if not gaps:
        raise Refusal(_fault(name, "Keine Zeile enthält eine Lücke.", "No row holds a gap."))
    kept, twice = _once(gaps)
    return kept, sorted(remarks | twice)


def _once(gaps: list[PublishedGap]) -> tuple[list[PublishedGap], set[str]]:
    """Drop figures told twice with the same value; returns what is left and remarks on every figure told twice."""
    kept: dict[tuple[str, int, int, str, float], PublishedGap] = {}
    told: dict[tuple[str, int, int, str], list[float]] = {}
    for gap in gaps:
        key = (gap.ags, gap.base_year, gap.horizon, gap.category)
        kept.setdefault((*key, gap.value), gap)
        told.setdefault(key, []).append(gap.value)
    twice = {
        f"{ags} {base}→{horizon} {category}: " + " / ".join(f"{value:g}" for value in values)
        for (ags, base, horizon, category), values in told.items() if len(values) > 1
    }  # fmt: skip
    return list(kept.values()), twice


def _rows(table: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from table
    except csv.Error as error:
        raise Refusal(
            _fault(name, f"Keine lesbare CSV-Datei ({error}).", f"Not a readable CSV file ({error}).")
        ) from error


def _delimiter(text: str) -> str:
    """Return the sign that parts the columns: the most frequent one in the heading."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _columns(given: Iterable[str], name: str) -> dict[str, int]:
    """Match headings; the first name in the list that is there wins ("region" may hold a name beside "ags")."""
    present: dict[str, int] = {}
    for at, words in enumerate(given):
        present.setdefault(cells.heading(words), at)
    chosen = {key: next((present[n] for n in names if n in present), None) for key, names in COLUMNS.items()}
    missing = [key for key, at in chosen.items() if at is None and key not in OPTIONAL]
    if len(missing) == len(COLUMNS) - len(OPTIONAL):
        raise Refusal(
            _fault(name, "Die erste Zeile nennt keine der Spalten.", "The first line names none of the columns.")
        )
    if missing:
        raise Refusal(
            [_fault(name, f"Die Spalte „{key}“ fehlt.", f'The column "{key}" is missing.') for key in missing]
        )
    return {key: at for key, at in chosen.items() if at is not None}


def _left_out(row: dict[str, str]) -> str | None:
    """Return why a row is no gap we can set beside ours; None where it is one (or faulty)."""
    if cells.group(row["category"]) is None:
        return row["category"] or "–"
    base, horizon = cells.year(row["base_year"]), cells.year(row["horizon"])
    if base and horizon and horizon - base > LONGEST:
        return f"{base}→{horizon}: > {LONGEST}"
    return None


def _row_faults(row: dict[str, str], where: str) -> Iterable[Fault]:
    ags = cells.region_key(row["ags"])
    if not cells.is_region_key(ags) and not cells.is_name(ags):
        what = Text(f"„{ags}“ ist kein amtlicher Schlüssel.", f'"{ags}" is not an official key.')
        yield Fault(what, _KEY, f"{where}, ags")
    for key in ("horizon", "base_year"):
        if cells.year(row[key]) is None:
            what = Text(f"„{row[key]}“ ist kein Jahr.", f'"{row[key]}" is not a year.')
            yield Fault(what, _YEAR, f"{where}, {key}")
    base, horizon = cells.year(row["base_year"]), cells.year(row["horizon"])
    if base and horizon and horizon <= base:
        what = Text(f"{horizon} liegt nicht nach {base}.", f"{horizon} is not after {base}.")
        yield Fault(what, _PERIOD, f"{where}, horizon")
    if cells.amount(row["value"]) is None:
        what = Text(f"„{row['value']}“ ist keine Zahl.", f'"{row["value"]}" is not a number.')
        yield Fault(what, _AMOUNT, f"{where}, value")


_KEY = Text(
    "Nennen Sie fünf Ziffern für einen Kreis, zwei für ein Land, oder den Namen.",
    "Give five digits for a Kreis, two for a Land, or the name.",
)
_YEAR = Text("Erwartet werden vier Ziffern, etwa 2030.", "Expected are four digits, such as 2030.")
_PERIOD = Text(
    "Die Spalte horizon nennt das Jahr, bis zu dem gezählt wird, base year das Ausgangsjahr; vielleicht sind sie vertauscht.",
    "The column horizon holds the year up to which is counted, base year the one it starts from; perhaps they are swapped.",
)
_AMOUNT = Text(
    "Schreiben Sie Personen in Ziffern, etwa 8700 oder 8.700.", "Write persons in digits, such as 8700 or 8,700."
)


def _gap(row: dict[str, str]) -> PublishedGap:
    category, value = cells.group(row["category"]), cells.amount(row["value"])
    horizon, base = cells.year(row["horizon"]), cells.year(row["base_year"])
    assert category is not None and value is not None and horizon is not None and base is not None
    return PublishedGap(
        cells.region_key(row["ags"]), horizon, base, category, value, row.get("source", ""), row.get("url", "")
    )


def _fault(where: str, de: str, en: str) -> Fault:
    remedy = Text(
        "Erwartet werden die Spalten region ags, horizon, base year, category, value, source, url.",
        "Expected are the columns region ags, horizon, base year, category, value, source, url.",
    )
    return Fault(Text(de, en), remedy, where)
