"""Cards to print: A6, four on a sheet of A4, and cards for the tables with the way in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fachkraftwerk.core.text import Text
from fachkraftwerk.reports import typeset

SHAPES = ("rectangle", "oval", "hexagon", "cloud")
"""Shapes of moderation cards; each field of action has its own, so that colour is never needed to tell them apart."""
PER_SHEET = 4


@dataclass(frozen=True)
class Card:
    """One card. Without ``text`` it is empty, with lines to write on; ``code`` names it when it is typed in."""

    code: str = ""
    text: str = ""
    field: str = ""
    shape: str = "rectangle"
    heading: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Place:
    """One table: number (0 = none), field, and the address people open."""

    number: int
    field: str
    address: str
    code: str


def cards(title: str, wanted: Sequence[Card], lang: str = "de") -> bytes:
    """Return a PDF of A6 cards, four a sheet, to be cut at the marks. No card makes one empty sheet."""
    wanted = list(wanted) or [Card()]
    hint = Text("Ein Gedanke je Karte. Bitte keine Namen.", "One thought per card. No names, please.").in_(lang)
    sheets = [[asdict(card) for card in wanted[at : at + PER_SHEET]] for at in range(0, len(wanted), PER_SHEET)]
    return typeset.pdf("cards", {"title": title, "lang": _lang(lang), "sheets": sheets, "hint": hint})


def table_cards(title: str, places: Sequence[Place], lang: str = "de") -> bytes:
    """Return a PDF with one tent card a table: A4, folded in the middle, readable from both sides."""
    words = {
        "table": Text("Tisch", "Table").in_(lang), "join": Text("Mitmachen", "Join in").in_(lang),
        "how": Text("QR-Code öffnen oder Code eingeben, Bank und Tisch wählen. Kein Name, kein Konto.",
                    "Open the QR code or type the code, choose bench and table. No name, no account.").in_(lang),
        "alt": Text("QR-Code zum Mitmachen", "QR code to join").in_(lang),
    }  # fmt: skip
    shown = [asdict(place) | {"qr": qr(place.address), "shown": place.address.split("//")[-1]} for place in places]
    return typeset.pdf("tables", {"title": title, "lang": _lang(lang), "places": shown, "words": words})


def qr(address: str) -> str:
    """Return a QR code as SVG text."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, border=1, dark="#000000", light=None)
    return out.getvalue().decode()


def _lang(lang: str) -> str:
    return "en" if lang.startswith("en") else "de"
