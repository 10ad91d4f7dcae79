"""Where figures come from: the record of a source, from its declaration to the row that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fachkraftwerk.core.text import Text, both

#: Between the names of files in a row that was made out of several.
AND = " + "


@dataclass(frozen=True)
class StoredFile:
    """A publisher's file as it was read: name, SHA-256 of its bytes (hexadecimal), size in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class SourceRecord:
    """Publisher, table, date, licence and files of one publication, or of our own calculation on publications.

    ``terms`` is "open" or "ba"; ``found`` says where the files were found; ``files`` are empty before they are read; ``based_on`` names the sources of a
    calculation and is empty for a publication.
    """

    id: str
    title: Text
    publisher: Text
    table: str
    date: date
    licence: str
    licence_url: str
    credit: str
    terms: str
    found: Text
    files: tuple[StoredFile, ...] = ()
    based_on: tuple[str, ...] = ()

    @property
    def computed(self) -> bool:
        """True for our own calculation on published figures."""
        return bool(self.based_on)

    def at(self, file: str) -> SourceRecord:
        """Return the record with no other files than those a row names; KeyError if it names a strange one.

        A calculation uses all of its files for every row, so its rows name none and keep the whole list.
        """
        if not file and self.computed:
            return self
        known = {stored.name: stored for stored in self.files}
        return replace(self, files=tuple(known[name] for name in ([file] if file in known else file.split(AND))))

    def as_document(self) -> dict[str, Any]:
        """Return the record as plain values: texts as {de, en}, the date as ISO."""
        texts = {name: getattr(self, name)._asdict() for name in ("title", "publisher", "found")}
        lists = {"files": [vars(file).copy() for file in self.files], "based_on": list(self.based_on)}
        return vars(self) | texts | lists | {"date": self.date.isoformat()}


def record(entry: Mapping[str, Any]) -> SourceRecord:
    """Read a record from plain values, the inverse of ``as_document``. Raises KeyError, TypeError or
    ValueError where something is missing or not laid out as it must be."""
    when = entry["date"] if isinstance(entry["date"], date) else date.fromisoformat(str(entry["date"]))
    return SourceRecord(
        entry["id"], Text(**entry["title"]), Text(**entry["publisher"]), str(entry["table"]), when, entry["licence"],
        entry["licence_url"], entry["credit"], entry["terms"], both(entry["found"]),
        tuple(StoredFile(**file) for file in entry.get("files", ())), tuple(entry.get("based_on", ())),
    )  # fmt: skip
