"""What a reader asked for in the address: year, reading, qualification, level, occupation, edition, draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import shortened
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.desk import DRAWS, Desk
from fachkraftwerk.runs.limits import MOST_DRAWS

YEAR = 2030
READINGS = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}
ORDERS = ("luecke", "beruf", "anforderung", "beschaeftigte")


@dataclass(frozen=True)
class Asked:
    """The question in the address. Only what differs from the default is written back."""

    year: int = YEAR
    reading: str = "initiative"
    qualification: str = "skilled"
    level: str = "all"
    occupation: str = "all"
    draws: int = DRAWS
    order: str = "luecke"
    every: bool = False
    measure: str = ""

    @property
    def indicator(self) -> str:
        """Indicator of the chosen reading."""
        return READINGS[self.reading]

    @property
    def whole(self) -> bool:
        """True where neither level nor occupation narrows the question."""
        return self.level == "all" and self.occupation == "all"

    @property
    def group(self) -> Text:
        """Who is counted, and who the gap is set against: "Fachkräfte"."""
        return QUALIFICATION_GROUPS[self.qualification]

    def figure(self, desk: Desk, key: str) -> Figure:
        """Return the address of the figure that answers the question for ``key``."""
        parts = (self.indicator, self.qualification, self.level, self.occupation)
        return Figure(desk.edition.name, key, self.year, *parts)

    def query(self, **changes: object) -> str:
        """Return the address part of this question with some answers changed; "" for the default question."""
        written = replace(self, **changes).pairs()  # type: ignore[arg-type]
        return "?" + urlencode(written) if written else ""

    def pairs(self) -> list[tuple[str, str]]:
        """Return names and values of what differs from the default question."""
        plain = Asked()
        found = [
            (name, getattr(self, key)) for name, key in _NAMES.items() if getattr(self, key) != getattr(plain, key)
        ]
        return [(name, "1" if value is True else str(value)) for name, value in found]

    def permanent(self, edition: str) -> str:
        """Return the address part that reproduces exactly this view later: everything written out."""
        keys = ("year", "reading", "qualification", "level", "occupation", "draws")
        names = {key: name for name, key in _NAMES.items()}
        return "?" + urlencode([(names[key], getattr(self, key)) for key in keys] + [("ausgabe", edition)])


_NAMES = {
    "jahr": "year", "lesart": "reading", "qualifikation": "qualification", "anforderung": "level", "beruf": "occupation",
    "rechnungen": "draws", "sortierung": "order", "alle": "every", "groesse": "measure",
}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "lesart": tuple(READINGS),
    "qualifikation": tuple(QUALIFICATION_GROUPS),
    "anforderung": ("all", *LEVELS),
    "beruf": ("all", *OCCUPATIONS),
    "sortierung": ORDERS,
}


def about(figure: Figure) -> Asked:
    """Return the question of the page a figure stands on."""
    reading = next((name for name, indicator in READINGS.items() if indicator == figure.indicator), "initiative")
    if figure.indicator == "commuting":
        reading = "pendeln"
    year = max(figure.year, BASE_YEAR + 1)
    return Asked(year, reading, figure.qualification, figure.level, figure.occupation)


def read(query: Mapping[str, str], edition: str) -> Asked:
    """Read the question from an address. Raises Refusal with every part that cannot be answered."""
    faults: list[Fault] = []
    values: dict[str, object] = {}
    for name, choices in _CHOICES.items():
        if given := query.get(name):
            values[_NAMES[name]] = given
            if given not in choices:
                faults.append(_unknown(name, given, choices))
    if given := query.get("jahr"):
        values["year"] = _whole(given, "jahr", BASE_YEAR + 1, HORIZON, faults)
    if given := query.get("rechnungen"):
        values["draws"] = _whole(given, "rechnungen", 1, MOST_DRAWS, faults)
    if (given := query.get("ausgabe")) and given != edition:
        faults.append(_other_edition(given, edition))
    values["every"] = query.get("alle") == "1"
    values["measure"] = query.get("groesse", "")
    if faults:
        raise Refusal(faults)
    return Asked(**values)  # type: ignore[arg-type]


def _whole(given: str, name: str, low: int, high: int, faults: list[Fault]) -> int:
    if given.isascii() and given.isdigit() and low <= int(given) <= high:
        return int(given)
    what = Text(f"„{shortened(given)}“ geht hier nicht.", f'"{shortened(given)}" does not work here.')
    remedy = Text(
        f"Erlaubt ist eine ganze Zahl von {low} bis {high}.", f"A whole number from {low} to {high} is allowed."
    )
    faults.append(Fault(what, remedy, name))
    return low


def _unknown(name: str, given: str, choices: tuple[str, ...]) -> Fault:
    listed, more = ", ".join(choices[:8]), len(choices) > 8
    given = shortened(given)
    return Fault(
        Text(f"„{given}“ ist unbekannt.", f'"{given}" is unknown.'),
        Text(f"Erlaubt: {listed}{' und weitere' if more else ''}.", f"Allowed: {listed}{' and more' if more else ''}."),
        name,
    )


def _other_edition(given: str, edition: str) -> Fault:
    return Fault(
        Text(f"Diese Ansicht gehört zur Ausgabe „{given}“.", f'This view belongs to edition "{given}".'),
        Text(
            f"Geöffnet ist „{edition}“. Öffnen Sie jene Ausgabe oder lassen Sie „ausgabe“ aus der Adresse weg.",
            f'"{edition}" is open. Open that edition or leave "ausgabe" out of the address.',
        ),
        "ausgabe",
    )
