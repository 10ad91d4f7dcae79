"""Refusals: every fault at once, in both languages, with the place and the remedy."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.text import Text


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what happened, where, and what to do about it."""

    what: Text
    remedy: Text
    where: str = ""

    def message(self, lang: str = "de") -> str:
        """Return one line: place, what, remedy."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what.in_(lang)} {self.remedy.in_(lang)}".strip()


class Refusal(Exception):
    """Input that cannot be accepted. Carries all faults found, never only the first."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.message("en"))

    def message(self, lang: str = "de") -> str:
        """Return all faults, one a line."""
        return "\n".join(fault.message(lang) for fault in self.faults)


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Return what every step returns. Raises one Refusal with the faults of all steps, so that none waits for another."""
    found: list[Any] = []
    faults: list[Fault] = []
    for step in steps:
        try:
            found.append(step())
        except Refusal as refusal:
            faults += refusal.faults
    if faults:
        raise Refusal(faults)
    return found


def refuse(what_de: str, what_en: str, remedy_de: str, remedy_en: str, where: str = "") -> Refusal:
    """Build a refusal with a single fault; for raising at once."""
    return Refusal(Fault(Text(what_de, what_en), Text(remedy_de, remedy_en), where))


#: Why the system could not read or write, in words; other reasons keep the words of the system.
_REASONS = {
    errno.ENOSPC: Text("kein Platz mehr", "no space left"),
    errno.EDQUOT: Text("Kontingent erschöpft", "quota exceeded"),
    errno.EFBIG: Text("Datei zu groß für diesen Ort", "file too large for this place"),
    errno.EROFS: Text("nur zum Lesen eingehängt", "read-only file system"),
    errno.EACCES: Text("keine Berechtigung", "permission denied"),
    errno.EPERM: Text("nicht erlaubt", "operation not permitted"),
    errno.ENOENT: Text("gibt es nicht", "no such file or directory"),
    errno.ENOTDIR: Text("kein Ordner", "not a directory"),
    errno.EISDIR: Text("ein Ordner", "is a directory"),
    errno.EADDRINUSE: Text("schon belegt", "already in use"),
    errno.EADDRNOTAVAIL: Text("keine Adresse dieses Rechners", "no address of this machine"),
    socket.EAI_NONAME: Text("unbekannter Name", "unknown name"),
}


def reason(error: OSError) -> Text:
    """Return why the system refused, in both languages."""
    words = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Text(words, words))
