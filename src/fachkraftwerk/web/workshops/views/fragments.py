"""Cards of a wall, rendered once as long as nothing about them changes: a wall has hundreds, and one changes."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

MOST = 20_000
_made: dict[tuple[object, ...], str] = {}


def put_cards(client: str, known: dict[str, Any]) -> None:
    """Give every card on the wall of a context its ``html``, as the desk or a phone shows it."""
    frame = _frame(known) if client == "desk" else (known["lang"],)
    for group in known["wall"]:
        for card in group["cards"]:
            card["html"] = _card(client, frame, known, group, card)


def _frame(known: dict[str, Any]) -> tuple[object, ...]:
    """What a card of the desk shows beside itself: where it could be moved."""
    groups = tuple((group["id"], group["heading"]) for group in known["wall"])
    fields = tuple((field["id"], field["name"]) for field in known["fields"])
    return (known["lang"], known["step"]["key"], groups, fields)


def _card(client: str, frame: tuple[object, ...], known: dict[str, Any], group: dict[str, Any],
          card: dict[str, Any]) -> str:  # fmt: skip
    key = (client, *frame, repr(card))
    found = _made.get(key)
    if found is None:
        if len(_made) >= MOST:
            _made.clear()
        found = _made[key] = render_to_string(f"workshops/{client}/card.html", known | {"group": group, "card": card})
    return found
