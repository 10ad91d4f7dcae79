"""Figure addresses: the name under which page, chart, API and report ask for the same number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fachkraftwerk.core.classifications import INDICATORS, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

_SHAPE = re.compile(r"^[A-Za-z0-9-]+(\.[A-Za-z0-9_+-]+){6}$")


@dataclass(frozen=True, order=True)
class Figure:
    """Address of one figure, e.g. ``2026-1.06633.2030.gap_cumulated.skilled.all.all``.

    ``region`` is an AGS or AGS joined by "+"; "all" in a dimension is the sum over it.
    """

    edition: str
    region: str
    year: int
    indicator: str = "gap_cumulated"
    qualification: str = "skilled"
    level: str = "all"
    occupation: str = "all"

    def __str__(self) -> str:
        parts = (self.edition, self.region, str(self.year), self.indicator)
        return ".".join((*parts, self.qualification, self.level, self.occupation))

    def at(self, **changes: str | int) -> Figure:
        """Return the neighbouring figure with some dimensions changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @classmethod
    def parse(cls, address: str) -> Figure:
        """Read an address. Raises Refusal naming every part that is not known."""
        if not _SHAPE.match(address):
            raise Refusal(_fault(address, "keine Adresse einer Zahl", "not the address of a figure"))
        edition, region, year, indicator, qualification, level, occupation = address.split(".")
        known = (
            (indicator, INDICATORS),
            (qualification, QUALIFICATION_GROUPS),
            (level, {"all", *LEVELS}),
            (occupation, {"all", *OCCUPATIONS}),
        )
        faults = [_fault(part, "unbekannt", "unknown") for part, words in known if part not in words]
        if not year.isdigit():
            faults.append(_fault(year, "kein Jahr", "not a year"))
        if faults:
            raise Refusal(faults)
        return cls(edition, region, int(year), indicator, qualification, level, occupation)


def _fault(part: str, de: str, en: str) -> Fault:
    return Fault(
        Text(f"„{part}“ ist {de}.", f'"{part}" is {en}.'),
        Text(
            "Adressen sehen so aus: 2026-1.06633.2030.gap_cumulated.skilled.all.all",
            "Addresses look like this: 2026-1.06633.2030.gap_cumulated.skilled.all.all",
        ),
    )
