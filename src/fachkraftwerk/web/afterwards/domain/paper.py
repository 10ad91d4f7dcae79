"""Paper cards: codes that show typing mistakes, and lines or CSV that become cards."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.web.workshops.domain.acts.base import CARD_LENGTH
from fachkraftwerk.web.workshops.domain.codes import ALPHABET
from fachkraftwerk.web.workshops.domain.state import State

MOST = 600
_CODE = re.compile(r"^\s*(\d{1,3})\s*-?\s*([A-Za-z0-9])\s*$")


def code(workshop_id: UUID, number: int) -> str:
    """Return the code of a printed card: number and a check letter that depends on the workshop ("017-K").

    One wrong digit, or a card of another workshop, is noticed in 27 of 28 cases.
    """
    digest = hashlib.sha256(f"{workshop_id}:{number}".encode()).digest()
    return f"{number:03d}-{ALPHABET[int.from_bytes(digest[:4], 'big') % len(ALPHABET)]}"


@dataclass(frozen=True)
class Typed:
    """One paper card as typed: its line, code, text, and the field or table it lay at."""

    line: int
    code: str
    text: str
    field: str = ""
    table: int = 0


@dataclass(frozen=True)
class Sorted:
    """What to enter, and how many were there before with the same words."""

    new: tuple[Typed, ...]
    known: int


def read(text: str) -> list[list[str]]:
    """Split typed lines or CSV into cells: semicolon, tabulator or comma; a header line is left out."""
    lines = text.lstrip("﻿").splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = next((mark for mark in (";", "\t", ",") if mark in first), ";")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)]
    if rows and rows[0] and not any(sign.isdigit() for sign in rows[0][0]):
        rows[0] = []
    return rows


def sort(rows: Sequence[Sequence[str]], state: State, workshop_id: UUID) -> Sorted:
    """Check every line against the others and against the wall. Raises Refusal with all faults at once.

    The same code with the same words twice is one card; with other words it is a mistake somebody must look at.
    """
    faults: list[Fault] = []
    typed = [found for number, row in enumerate(rows, 1) if (found := _line(number, row, state, workshop_id, faults))]
    on_wall = {card.paper: card.text for card in state.cards.values() if card.paper}
    seen: dict[str, Typed] = {}
    for each in typed:
        words = seen[each.code].text if each.code in seen else on_wall.get(each.code)
        if words is not None and _plain(words) != _plain(each.text):
            faults.append(_double(each, words))
        seen.setdefault(each.code, each)
    if len(typed) > MOST:
        faults.append(Fault(Text(f"Das sind {len(typed)} Karten.", f"These are {len(typed)} cards."),
                            Text(f"Tragen Sie höchstens {MOST} auf einmal ein.", f"Enter at most {MOST} at a time.")))  # fmt: skip
    if faults:
        raise Refusal(faults)
    new = tuple(each for key, each in seen.items() if key not in on_wall)
    return Sorted(new, len(typed) - len(new))


def _line(number: int, row: Sequence[str], state: State, workshop_id: UUID, faults: list[Fault]) -> Typed | None:
    cells = [*row, "", "", ""][:3]
    if not any(cells):
        return None
    before = len(faults)
    found = _code(cells[0], workshop_id, number, faults)
    text = " ".join(cells[1].split())
    if not text or len(text) > CARD_LENGTH:
        faults.append(_fault(number, "Der Text fehlt oder ist länger als 240 Zeichen.", "The text is missing or longer than 240 characters.",
                             "Schreiben Sie einen Gedanken.", "Write one thought."))  # fmt: skip
    field, table = _place(cells[2], state, number, faults)
    return Typed(number, found, text, field, table) if len(faults) == before else None


def _code(typed: str, workshop_id: UUID, number: int, faults: list[Fault]) -> str:
    match = _CODE.match(typed)
    expected = code(workshop_id, int(match[1])) if match else ""
    if match and expected[-1] == match[2].upper():
        return expected
    faults.append(_fault(number, f"„{typed}“ ist kein Code einer Karte dieser Werkstatt.", f'"{typed}" is no code of a card of this workshop.',
                         "Lesen Sie die kleine Zahl mit Buchstabe unten auf der Karte, zum Beispiel 017-K.",
                         "Read the small number with its letter at the bottom of the card, for example 017-K."))  # fmt: skip
    return ""


def _place(typed: str, state: State, number: int, faults: list[Fault]) -> tuple[str, int]:
    """Return field and table of the third cell: a table number, the name of a field, or nothing."""
    digits = typed.casefold().removeprefix("tisch").strip()
    if digits.isdigit() and int(digits) in state.tables:
        return "", int(digits)
    fields = {f.name.casefold(): f.id for f in state.fields.values() if not f.removed}
    if not typed or typed.casefold() in fields:
        return fields.get(typed.casefold(), ""), 0
    names = ", ".join(f.name for f in state.fields.values() if not f.removed)
    faults.append(_fault(number, f"„{typed}“ ist weder Tisch noch Handlungsfeld.", f'"{typed}" is neither table nor field.',
                         f"Schreiben Sie eine Tischnummer oder eines von: {names}.", f"Write a table number or one of: {names}."))  # fmt: skip
    return "", 0


def _double(typed: Typed, words: str) -> Fault:
    return _fault(typed.line, f"Der Code {typed.code} gehört schon zu „{words[:60]}“.", f'Code {typed.code} belongs to "{words[:60]}" already.',
                  "Vergleichen Sie beide Karten; eine trägt einen anderen Code.", "Compare both cards; one has another code.")  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _fault(line: int, de: str, en: str, remedy_de: str, remedy_en: str) -> Fault:
    return Fault(Text(de, en), Text(remedy_de, remedy_en), f"Zeile {line}")
