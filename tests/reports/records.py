"""Records of workshops as plain data, for documents."""

from __future__ import annotations

from typing import Any


def sheet(number: int, title: str, field: str = "p1", **values: Any) -> dict[str, Any]:
    """Return a measure sheet."""
    return {"id": number, "title": title, "cards": [], "field": field, "table": 1, "values": values, "hidden": False}


def card(number: int, text: str, field: str = "p1", **values: Any) -> dict[str, Any]:
    """Return a card."""
    return {"id": number, "text": text, "phase": "karten", "bench": "", "table": 1, "field": field, "group": 0, "merged_into": 0,
            "hidden": False, "order": float(number), "paper": "", **values}  # fmt: skip


def record(**parts: Any) -> dict[str, Any]:
    """Return a record with some parts filled."""
    head = {"id": "x", "code": "K7F4WX", "title": "Werkstatt", "region": "06633", "region_name": "Landkreis Kassel", "status": "closed",
            "day": "2026-11-22", "created": "", "people": 12, "tables": 2, "budget": 60, "unit": "days", "last_event": 9}  # fmt: skip
    empty: dict[str, Any] = {
        "workshop": head, "script": {"name": {"de": "Ein Tag", "en": "One day"}}, "benches": {"wirtschaft": 7, "": 5},
        "fields": [{"id": "p1", "name": "Bindung", "vocabulary": ""}, {"id": "p2", "name": "Zuwanderung", "vocabulary": ""}],
        "existing": [], "gaps": {}, "figures": [], "cards": [], "groups": [], "sheets": [], "results": {}, "roadmap": {}, "next_date": {}, "notes": {},
    }  # fmt: skip
    return empty | parts


def balanced(by_points: list[int], shares: list[int], sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a result of the budget vote."""
    rows = [{"id": str(s["id"]), "name": s["title"], "cost": 20, "supporters": 5, "points": s["id"] in by_points,
             "balanced": s["id"] in shares, "benches": {}} for s in sheets]  # fmt: skip
    return {"kind": "balanced", "voters": 9, "budget": 60, "unit": "days", "by_points": [str(n) for n in by_points],
            "balanced": [str(n) for n in shares], "same": by_points == shares, "rows": rows}  # fmt: skip
