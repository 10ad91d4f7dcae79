"""A kind of measure: the pure function and the assumptions in the YAML beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures import groups
from fachkraftwerk.model.measures.dose import Dose, Reference
from fachkraftwerk.model.measures.evidence import GRADES, Evidence, Parameter
from fachkraftwerk.model.measures.place import Array, Place

CHANNELS = (
    "participation",
    "retirement",
    "disability",
    "migration",
    "entrants",
    "qualified",
    "transfer",
    "demand",
    "hours",
    "commuting",
)
Values = Mapping[str, Array]
#: Somebody's own range for a parameter: key, low, central, high.
Assumption = tuple[str, float, float, float]


class Lever(Protocol):
    """The function of a kind: extra persons at full strength, as a stock or per year; shape [draw] or [draw, year]."""

    def __call__(self, place: Place, dose: float, values: Values) -> Array: ...


@dataclass(frozen=True)
class Cost:
    """Cost a year in euros and person-days: fixed, and for each unit; it may be ``low`` to ``high`` times that.

    A unit is one of the dose. With ``per`` it is one of that quantity in the Kreis (see ``groups.BASES``), of which one of
    the dose is the share ``portion``: a percentage point of places is a hundredth of the children.
    """

    euro_fixed: float
    euro_unit: float
    days_fixed: float
    days_unit: float
    low: float
    high: float
    grade: str
    note: Text
    source: str = ""
    per: str = ""
    portion: float = 1.0
    each: Text = field(default_factory=lambda: Text("Einheit der Stärke", "unit of the strength"))

    def units(self, place: Place, dose: float) -> Array:
        """Return how many units a dose is in this Kreis, by year."""
        base = groups.size(self.per, place) if self.per else np.ones(len(place.years))
        return np.asarray(dose * self.portion * base)


@dataclass(frozen=True)
class Kind(Evidence):
    """A lever with everything that is said about it; see the YAML files in ``kinds/``."""

    key: str
    name: Text
    does: Text
    field: str
    channel: str
    group: str
    flow: bool
    where: Mapping[str, Any]
    timing: Mapping[str, int]
    dose: Dose
    cost: Cost
    parameters: tuple[Parameter, ...]
    lever: Lever
    delay: str = ""
    stay: tuple[str, float] = ("", 1.0)
    loses: str = ""
    choice: str = "who"

    def believing(self, assumptions: Sequence[Assumption]) -> tuple[Parameter, ...]:
        """Return the parameters with somebody's own ranges in place of some; these count as judgement."""
        own = {key: values for key, *values in assumptions}
        return tuple(
            replace(p, low=own[p.key][0], central=own[p.key][1], high=own[p.key][2], grade="C", bounds="")
            if p.key in own
            else p
            for p in self.parameters
        )

    def values(self, draws: int, seed: int = 0, assumptions: Sequence[Assumption] = ()) -> Values:
        """Draw every parameter; each has its own stream, so another measure changes nothing here."""
        return {p.key: p.draw(self.key, draws, seed) for p in self.believing(assumptions)}

    def cost_factor(self, draws: int, seed: int = 0) -> Array:
        """Draw by how much the cost differs from its estimate [draw]; row 0 is 1."""
        name = Text("Kosten gegen die Schätzung", "cost against the estimate")
        return Parameter("cost", self.cost.low, 1.0, self.cost.high, name, name, "C", "", name).draw(
            self.key, draws, seed
        )

    def at(self, place: Place) -> Kind:
        """Return the kind with the strengths that are usual in a Kreis or zone (see ``Dose.at``)."""
        return replace(self, dose=self.dose.at(place))

    def strength(self, given: str | float) -> float:
        """Return the dose for "low", "central", "high" or a number. Raises Refusal for anything else.

        How much is possible at most is asked where the Kreis is known.
        """
        if isinstance(given, str) and given in ("low", "central", "high"):
            return float(getattr(self.dose, given))
        try:
            number = float(given)
        except (ValueError, OverflowError):
            number = np.nan
        if not np.isfinite(number) or number < 0 or (not self.dose.open and number > self.dose.limit):
            raise Refusal(self.impossible(given))
        return number

    def usual(self, dose: float) -> bool:
        """Tell whether a dose lies in the range for which experience exists, both ends included."""
        return self.dose.usual(dose)

    def impossible(self, given: str | float) -> Fault:
        """Say that a strength is not possible, and what is."""
        limit, unit = f"{self.dose.limit:g}", self.dose.unit
        return Fault(
            Text(f"Die Stärke „{given}“ ist nicht möglich.", f'The strength "{given}" is not possible.'),
            Text(
                f"Möglich sind low, central, high oder eine Zahl von 0 bis {limit} ({unit.de}).",
                f"Possible are low, central, high or a number from 0 to {limit} ({unit.en}).",
            ),
            self.key,
        )


def parse(key: str, entry: Mapping[str, Any], lever: Lever) -> Kind:
    """Build a kind from its YAML. Raises Refusal naming every fault."""
    faults = list(_faults(key, entry))
    if faults:
        raise Refusal(faults)
    stay = entry.get("stay") or {}
    parameters = tuple(_parameter(name, row) for name, row in entry["parameters"].items())
    return Kind(
        key, Text(**entry["name"]), Text(**entry["does"]), entry["field"], entry["channel"], entry["group"],
        entry["mode"] == "flow", entry.get("where", {}), entry["timing"], _dose(entry["dose"]), _cost(entry["cost"]),
        parameters, lever, entry.get("delay", ""), (stay.get("parameter", ""), float(stay.get("years", 1.0))),
        entry.get("loses", ""), entry.get("choice", "who"),
    )  # fmt: skip


def _dose(row: Mapping[str, Any]) -> Dose:
    low, central, high, limit, step = (float(row[name]) for name in ("low", "central", "high", "limit", "step"))
    kreis = row.get("reference")
    reference = Reference(kreis["base"], float(kreis["size"]), Text(**kreis["note"])) if kreis else None
    return Dose(low, central, high, limit, step, Text(**row["unit"]), reference)


def _cost(row: Mapping[str, Any]) -> Cost:
    euro, per_unit, days, per_dose = (float(row[n]) for n in ("euro_fixed", "euro_unit", "days_fixed", "days_unit"))
    said = {name: row[name] for name in ("source", "per") if name in row}
    more = said | ({"each": Text(**row["each"])} if "each" in row else {})
    return Cost(
        euro, per_unit, days, per_dose, float(row["low"]), float(row["high"]), row["grade"], Text(**row["note"]),
        portion=float(row.get("portion", 1.0)), **more,
    )  # fmt: skip


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    low, central, high = (float(row[name]) for name in ("low", "central", "high"))
    name, note = Text(**row["name"]), Text(**row.get("note", {"de": "", "en": ""}))
    source, bounds = row.get("source", ""), row.get("bounds", "")
    return Parameter(key, low, central, high, Text(**row["unit"]), name, row["grade"], source, note, bounds)


_REQUIRED = ("name", "does", "field", "channel", "group", "mode", "timing", "dose", "cost", "parameters")


def _faults(key: str, entry: Mapping[str, Any]) -> Sequence[Fault]:
    missing = [name for name in _REQUIRED if name not in entry]
    if missing:
        return [_said(key, f"Es fehlt: {', '.join(missing)}.", f"Missing: {', '.join(missing)}.")]
    faults = []
    if entry["channel"] not in CHANNELS:
        faults.append(
            _said(
                key, f"Die Annahme „{entry['channel']}“ gibt es nicht.", f'There is no assumption "{entry["channel"]}".'
            )
        )
    if entry["group"] not in groups.NAMES:
        faults.append(
            _said(
                key,
                f"Die Zielgruppe „{entry['group']}“ gibt es nicht.",
                f'There is no target group "{entry["group"]}".',
            )
        )
    for name, row in entry["parameters"].items():
        if not row["low"] <= row["central"] <= row["high"]:
            faults.append(
                _said(
                    f"{key}.{name}", "low, central, high sind nicht geordnet.", "low, central, high are not in order."
                )
            )
        if row["grade"] not in GRADES or (row["grade"] != "C" and not row.get("source")):
            faults.append(_said(f"{key}.{name}", "Beleggrad ohne Quelle.", "Grade of evidence without a source."))
    if entry.get("choice", "who") not in ("who", "where"):
        faults.append(_said(key, "choice ist weder who noch where.", "choice is neither who nor where."))
    kreis = entry["dose"].get("reference", {"base": "demand", "size": 1})
    if kreis["base"] not in groups.BASES or kreis["size"] <= 0:
        faults.append(_said(f"{key}.dose", "Die Größe des Kreises ist unbekannt.", "The size of the Kreis is unknown."))
    if entry["cost"].get("per", "demand") not in groups.BASES:
        faults.append(_said(key, "Diese Grundlage der Kosten gibt es nicht.", "There is no such basis of the cost."))
    if entry["cost"]["grade"] not in GRADES or (entry["cost"]["grade"] != "C" and not entry["cost"].get("source")):
        faults.append(_said(f"{key}.cost", "Beleggrad ohne Quelle.", "Grade of evidence without a source."))
    if not entry["cost"]["low"] <= 1 <= entry["cost"]["high"]:
        faults.append(_said(key, "Die Spanne der Kosten enthält 1 nicht.", "The range of the cost does not contain 1."))
    if any(entry["cost"][name] < 0 for name in ("euro_fixed", "euro_unit", "days_fixed", "days_unit", "low")):
        faults.append(_said(key, "Kosten sind negativ.", "Costs are negative."))
    return faults


def _said(where: str, de: str, en: str) -> Fault:
    remedy = Text("Bitte die Datei der Maßnahme berichtigen.", "Please correct the file of the measure.")
    return Fault(Text(de, en), remedy, where)
