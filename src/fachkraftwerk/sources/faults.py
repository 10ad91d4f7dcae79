"""What is wrong with one file: collected, so that all of it is told at once, each with its place and remedy."""

from __future__ import annotations

from pathlib import PurePath

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

#: No more faults than this are listed one by one.
FAULT_LIMIT = 20
#: The remedy where a file arrived broken.
AGAIN = Text("Laden Sie die Datei bitte noch einmal herunter.", "Please download the file again.")


class Faults:
    """Collects what is wrong with one file, so that all of it is told at once."""

    def __init__(self, name: str) -> None:
        self.name = PurePath(name).name
        self.found: list[Fault] = []
        self.more = 0

    def add(
        self, what: tuple[str, str], remedy: tuple[str, str] = AGAIN, row: object = None, column: object = None
    ) -> None:
        """Note a fault; ``what`` and ``remedy`` are German and English, ``row`` counts from 1 in the file."""
        if len(self.found) >= FAULT_LIMIT:
            self.more += 1
            return
        self.found.append(Fault(Text(*what), Text(*remedy), where(self.name, row, column)))

    def check(self) -> None:
        """Raise one Refusal with everything found; do nothing if all is well."""
        if not self.found:
            return
        if self.more:
            tail = Text(f"und {self.more} weitere.", f"and {self.more} more.")
            self.found.append(Fault(tail, Text("", ""), self.name))
        raise Refusal(self.found)


def where(name: str, row: object = None, column: object = None) -> str:
    """Return the place of a fault: file, row, column (both languages, since a place has only one text)."""
    parts = [PurePath(name).name]
    parts += [f"Zeile/row {row}"] if row is not None else []
    parts += [f"Spalte/column „{column}“"] if column is not None else []
    return ", ".join(parts)
