"""What the projector shows of a step: at most seven lines, chosen here so that templates stay plain."""

from __future__ import annotations

from typing import Any

SEVEN = 7


def body(known: dict[str, Any]) -> dict[str, Any]:
    """Return the lines of the screen and how many more there are."""
    groups = known["wall"]
    cards = [card for group in groups for card in group["cards"]]
    headings = [group for group in groups if group["heading"]]
    return {
        "newest": cards[-SEVEN:], "card_count": len(cards),
        "headings": sorted(headings, key=lambda group: -len(group["cards"]))[:SEVEN],
        "more": max(0, len(known["sheets"]) - SEVEN), "first_sheets": known["sheets"][:SEVEN],
        "first_existing": known["existing"][-SEVEN:], "first_fields": known["fields"][:SEVEN],
    }  # fmt: skip
