"""All tables of a workshop as CSV in one archive: for spreadsheets, semicolon and byte order mark as German ones expect."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from fachkraftwerk.reports.minutes import Names

Record = Mapping[str, Any]
Rows = Iterable[tuple[Any, ...]]
SHEET = ("goal", "target_group", "owner", "owner_state", "partners", "first_step", "first_step_date", "indicator", "lever",
         "strength", "occupation", "cost", "note", "chosen")  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def archive(record: Record, names: Names, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a ZIP of CSV files and ``more`` (name → content); the same record gives the same bytes."""
    files = {f"{name}.csv": written(header, rows) for name, (header, rows) in tables(record, names).items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in (files | dict(more or {})).items():
            box.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def written(header: tuple[str, ...], rows: Rows) -> bytes:
    """Return one table as CSV."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(header)
    table.writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    """Keep a spreadsheet from running a card as a formula."""
    if isinstance(value, str) and value.startswith(_RISKY):
        return "'" + value
    return value


def tables(record: Record, names: Names) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """Return file name -> header and rows."""
    fields = {field["id"]: field["name"] for field in record["fields"]}
    found: dict[str, tuple[tuple[str, ...], Rows]] = {
        "werkstatt": (("schluessel", "wert"), [(key, value) for key, value in record["workshop"].items()]),
        "baenke": (("bank", "personen"), [(names.benches.get(key, "andere zusammen"), count) for key, count in record["benches"].items()]),
        "handlungsfelder": (("id", "name", "verzeichnis"), [(f["id"], f["name"], f["vocabulary"]) for f in record["fields"]]),
        "bestehende_massnahmen": (("id", "titel", "traeger", "feld", "stand"),
                                  [(e["id"], e["title"], e["owner"], fields.get(e["field"], ""), e["note"]) for e in record["existing"]]),
        "luecken": (("feld", *names.gaps, "bemerkungen"),
                    [(fields.get(key, key), *(g["counts"].get(gap, 0) for gap in names.gaps), " | ".join(g["notes"])) for key, g in record["gaps"].items()]),
        "prognose": (("zahl", "wert", "von", "bis", "runde", *names.judgements, "mitte", "gruende"), list(_figures(record, names))),
        "gruppen": (("id", "ueberschrift", "feld", "tisch"), [(g["id"], g["heading"], fields.get(g["field"], ""), g["table"]) for g in record["groups"]]),
        "karten": (("id", "text", "feld", "gruppe", "verbunden_mit", "tisch", "bank", "schritt", "papier"), list(_cards(record, fields, names))),
        "massnahmenblaetter": (("id", "titel", "feld", "tisch", *SHEET, "karten"),
                               [(s["id"], s["title"], fields.get(s["field"], ""), s["table"], *(s["values"].get(slot, "") for slot in SHEET),
                                 " ".join(map(str, s["cards"]))) for s in record["sheets"]]),
        "fahrplan": (("massnahme", "quartal", "schritt"), [(key, line["quarter"], line["note"]) for key, line in record["roadmap"].items()]),
        "notizen": (("tisch", "notiz"), [(table, text) for table, texts in record["notes"].items() for text in texts]),
    }  # fmt: skip
    for phase, result in record["results"].items():
        if result and result.get("rows"):
            header = tuple(key for key, value in result["rows"][0].items() if not isinstance(value, dict | list))
            found[f"ergebnis_{phase}"] = (header, [tuple(row[key] for key in header) for row in result["rows"]])
    return found


def _figures(record: Record, names: Names) -> Rows:
    for figure in record["figures"]:
        for turn, found in enumerate(figure["rounds"], start=1):
            counts = (found["counts"].get(key, 0) for key in names.judgements)
            yield (figure["label"]["de"], figure["value"], figure.get("low", ""), figure.get("high", ""), turn, *counts,
                   found.get("median", ""), " | ".join(found["reasons"]))  # fmt: skip


def _cards(record: Record, fields: Mapping[str, str], names: Names) -> Rows:
    """Cards with their bench only where the bench has five people or more in the room."""
    for card in record["cards"]:
        bench = names.benches.get(card["bench"], "") if card["bench"] in record["benches"] else ""
        yield (card["id"], card["text"], fields.get(card["field"], ""), card["group"] or "", card["merged_into"] or "",
               card["table"], bench, card["phase"], card["paper"])  # fmt: skip
