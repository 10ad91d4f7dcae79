"""The table "publication → rows → years → licence → estimated share"."""

from __future__ import annotations

from collections import defaultdict

from fachkraftwerk.core.source import SourceRecord
from fachkraftwerk.core.text import number
from fachkraftwerk.edition.store import Edition


def markdown(edition: Edition) -> str:
    """Return the table of all publications as Markdown, German and English heads."""
    rows, years, tables = _counts(edition)
    lines = [
        "| Veröffentlichung · publication | Tabelle · table | Stand · date | Zeilen · rows | Jahre · years "
        "| Lizenz · licence | geschätzt · estimated | in der Ausgabe · in the edition |",
        "|---|---|---|---:|---|---|---:|---|",
    ]
    for source in sorted(edition.sources.values(), key=lambda record: (record.computed, record.id)):
        estimated = number(100 * estimated_share(edition, source.id), decimals=1)
        lines.append(
            f"| {source.publisher.de}: {source.title.de} | {source.table} | {source.date.isoformat()} "
            f"| {number(rows[source.id])} | {_span(years[source.id])} | {_licence(source)} | {estimated} % "
            f"| {', '.join(f'`{name}`' for name in tables[source.id])} |"
        )
    return "\n".join(lines) + "\n"


def estimated_share(edition: Edition, source: str) -> float:
    """Return the share of a source's total that is estimated (0 to 1): filled cells by persons, others by rows."""
    estimated = whole = 0.0
    for name, entry in edition.tables.items():
        if source not in entry["sources"]:
            continue
        facts = edition.facts(name)
        facts = facts[facts["source"] == source]
        if "estimated" in facts:
            estimated += float(facts["value"][facts["estimated"]].sum())
            whole += float(facts["value"].sum())
        elif "status" in facts and not edition.sources[source].computed:
            estimated += float((facts["status"] == "estimated").sum())
            whole += len(facts)
    return estimated / whole if whole else 0.0


def _counts(edition: Edition) -> tuple[dict[str, int], dict[str, set[int]], dict[str, list[str]]]:
    rows: dict[str, int] = defaultdict(int)
    years: dict[str, set[int]] = defaultdict(set)
    tables: dict[str, list[str]] = defaultdict(list)
    for name, entry in sorted(edition.tables.items()):
        for source, count in entry["sources"].items():
            rows[source] += count
            tables[source].append(name)
            if entry["years"]:
                facts = edition.facts(name)
                years[source] |= set(facts.loc[facts["source"] == source, "year"].astype(int))
    return rows, years, tables


def _span(years: set[int]) -> str:
    """Write years as spans: 2015–2020, 2023, 2024."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][1] + 1:
            parts[-1][1] = year
        else:
            parts.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts) or "–"


def _licence(source: SourceRecord) -> str:
    return f"[{source.licence}]({source.licence_url})" if source.licence_url else source.licence
