"""What a measure or a scenario changes: named arrays, all optional, nothing else can be changed."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

Array = NDArray[np.float64]

#: Field → (dimensions after an optional leading axis of draws, value that changes nothing).
DIMENSIONS: dict[str, tuple[str, float]] = {
    "participation": ("say", 0.0),
    "retirement": ("ay", 1.0),
    "disability": ("y", 1.0),
    "migration": ("say", 0.0),
    "entrants": ("oly", 0.0),
    "qualified": ("qoly", 0.0),
    "transfer": ("qoly", 0.0),
    "demand": ("oly", 1.0),
    "hours": ("oly", 0.0),
    "staying": ("oly", 0.0),
    "healthy": ("oly", 0.0),
    "surviving": ("oly", 0.0),
    "arriving": ("oly", 0.0),
    "commuting": ("oly", 0.0),
}
#: Fields that add person equivalents to occupations and levels → the flow of the account they are booked under.
BOOKED = {
    "entrants": "entrants", "hours": "participation", "staying": "replacement", "healthy": "disability",
    "surviving": "deaths", "arriving": "migration",
}  # fmt: skip
SIZES = {"s": 2, "a": 91, "q": 3, "o": 36, "l": 4, "y": 18}


@dataclass(frozen=True)
class Adjustments:
    """Changes against the central assumptions; index y = years 2023…2040, a = age 0…90, s = m, f,
    q = qualification none, vocational, academic.

    participation[s,a,y]  added to the share that takes part in the labour force
    retirement[a,y]       factor on the retirement hazard
    disability[y]         factor on the hazard of Erwerbsminderung
    migration[s,a,y]      extra net residents per year
    entrants[o,l,y]       extra persons per year who enter an occupation and level, qualified as the people there
    qualified[q,o,l,y]    extra persons per year who enter with a known qualification
    transfer[q,o,l,y]     persons per year who move in (+) or out (−) of a qualification in an occupation and level;
                          nobody appears or vanishes, so it adds up to zero in every year
    demand[o,l,y]         factor on demand
    hours[o,l,y]          extra supply in person equivalents per year, booked as participation
    staying, healthy, surviving, arriving[o,l,y]
                          the same, booked as fewer exits to retirement, by Erwerbsminderung, by death, as migration
    commuting[o,l,y]      extra workers per year at the workplaces here who live elsewhere (commuting closed only)

    Each may be left out, may broadcast over any dimension, and may carry a leading axis of draws. The base year
    (y = 0) is observed: what is given for it is ignored.
    """

    participation: Array | None = None
    retirement: Array | None = None
    disability: Array | None = None
    migration: Array | None = None
    entrants: Array | None = None
    qualified: Array | None = None
    transfer: Array | None = None
    demand: Array | None = None
    hours: Array | None = None
    staying: Array | None = None
    healthy: Array | None = None
    surviving: Array | None = None
    arriving: Array | None = None
    commuting: Array | None = None

    def __post_init__(self) -> None:
        faults = [fault for field in fields(self) for fault in _shape_faults(field.name, getattr(self, field.name))]
        faults = faults or _balance_faults(self.transfer)
        if faults:
            raise Refusal(faults)

    def full(self, name: str) -> Array:
        """Return field ``name`` as a full array with a leading axis of draws (length 1 where it has none)."""
        dims, neutral = DIMENSIONS[name]
        shape = tuple(SIZES[letter] for letter in dims)
        value = getattr(self, name)
        if value is None:
            return np.full((1, *shape), neutral)
        array = np.asarray(value, dtype=float)
        leading = array.shape[:1] if array.ndim == len(dims) + 1 else (1,)
        return np.broadcast_to(array, (*leading, *shape)).copy()

    def has(self, *names: str) -> bool:
        """Tell whether any of the named fields is set."""
        return any(getattr(self, name) is not None for name in names)

    def share(self, part: float) -> Adjustments:
        """Return the part of the absolute quantities that falls to one Kreis of a zone; rates stay as they are."""
        if part == 1.0:
            return self
        absolute = ("migration", "qualified", "transfer", "commuting", *BOOKED)
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        scaled = {name: given[name] * part for name in absolute if given[name] is not None}
        return Adjustments(**(given | scaled))


def _shape_faults(name: str, value: Array | None) -> list[Fault]:
    if value is None:
        return []
    dims, _ = DIMENSIONS[name]
    shape = tuple(SIZES[letter] for letter in dims)
    array = np.asarray(value)
    tail = array.shape[1:] if array.ndim == len(dims) + 1 else array.shape
    full = "q" not in dims or len(tail) == len(shape)  # left out, a dimension would count everybody several times
    fits = (
        full
        and len(tail) <= len(shape)
        and all(n in (1, m) for n, m in zip(reversed(tail), reversed(shape), strict=False))
    )
    if fits and np.isfinite(array).all():
        return []
    what = Text(
        f"Die Form {array.shape} passt nicht oder Werte fehlen.",
        f"Shape {array.shape} does not fit or values are missing.",
    )
    remedy = Text(f"Erwartet wird {shape} ({dims}).", f"Expected is {shape} ({dims}).")
    return [Fault(what, remedy, f"Adjustments.{name}")]


def _balance_faults(transfer: Array | None) -> list[Fault]:
    if transfer is None:
        return []
    array = np.asarray(transfer, dtype=float)
    moved, left = np.abs(array).sum(), np.abs(array.sum(axis=(-4, -3, -2))).max(initial=0.0)
    if left <= 1e-9 * max(moved, 1.0):
        return []
    what = Text(
        f"Beim Wechsel zwischen Berufen gehen {left:.3g} Personen im Jahr verloren oder kommen hinzu.",
        f"{left:.3g} persons a year are lost or added when moving between occupations.",
    )
    remedy = Text("Zu- und Abgänge müssen sich in jedem Jahr aufheben.", "Moves in and out must cancel in every year.")
    return [Fault(what, remedy, "Adjustments.transfer")]
