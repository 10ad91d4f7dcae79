"""Refusals: every fault at once, in both languages, with the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def refuse(what_de: str, what_en: str, remedy_de: str, remedy_en: str, where: str = "") -> Refusal:
    """Build a refusal with a single fault; for raising at once."""
    return Refusal(Fault(Text(what_de, what_en), Text(remedy_de, remedy_en), where))
