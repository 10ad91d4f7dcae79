"""What the model needs of an edition: one frozen set of arrays for all Kreise.

The only place where edition and model meet. Every array is the work of a named function of the model; this module
only brings tables, parameters and functions together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameters import Parameters, parameters

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]
YEARS: NDArray[np.int64] = np.arange(BASE_YEAR, HORIZON + 1)
CELLS = len(OCCUPATIONS) * len(LEVELS)


@dataclass(frozen=True)
class People:
    """Residents (k Kreis, s sex, a age 0…75, y year); see ``model.supply.flows.Home``."""

    start: Array  # [k,s,a]
    profile: Array  # [k,s,a]
    mortality: Array  # [s,a,y] Germany
    level: Array  # [k] mortality of the Kreis against Germany
    moves: Array  # [k,s,a,y]
    arrivals: Array  # [k,s,a]
    churn: Array  # [k,s,a]
    births: Array  # [k,s,y]
    inhabitants: Array  # [k]
    stock: Array  # [k,g] labour force of the base year by age group
    population: Array  # [k,s,91,y] central path of the whole population


@dataclass(frozen=True)
class Frame:
    """National assumptions of the central path."""

    trend: Array  # [s,a,y]
    hazard: Array  # [s,a,y]
    disability: Array  # [a]
    immigration: Array  # [y]


@dataclass(frozen=True)
class Places:
    """Home and work, occupations and levels (w Kreis of work, g age group, c cell = occupation × level)."""

    homes: Array  # [k,w] share of homes among those who work in w
    works: Array  # [w,k,g] share of workplaces among those who live in k
    workforce: Array  # [w,g,c]
    at_home: Array  # [k,g,c] occupational profile of residents
    at_work: Array  # [w,g,c] occupational profile of the workforce
    filled: Array  # [w,c] share of a cell that is estimated
    qualification: Array  # [g,c,3]
    school: Array  # [k,3] odds from school certificates
    beside: NDArray[np.int64]  # [k,n] positions of the Kreise that border on it, filled up with -1


@dataclass(frozen=True)
class Demand:
    """Demand on the central path (b sector)."""

    paths: Array  # [w,b,y] employees by sector
    staff: Array  # [w,b,c] employees of the base year
    drift: Array  # [c,y] log drift between cells
    degrees: Array  # [y] log odds of academic against vocational in demand
    staffing: Array  # [b,c] national staffing matrix
    fit: Array  # [c] R² of the staffing matrix over Kreise
    national: Array  # [y] employees in Germany
    unrest: Array  # [w] spread of a Kreis's own deviation relative to the typical one


@dataclass(frozen=True)
class Inputs:
    """Everything a forecast needs, for all Kreise of an edition."""

    edition: str
    ags: tuple[str, ...]
    lands: tuple[str, ...]
    land: NDArray[np.int64]
    years: NDArray[np.int64]
    people: People
    frame: Frame
    places: Places
    demand: Demand
    parameters: Parameters

    def index(self, ags: str) -> int:
        """Return the position of a Kreis. Raises Refusal for an unknown one."""
        position = self._positions().get(ags)
        if position is None:
            what = Text(f"„{ags}“ ist kein Kreis dieser Ausgabe.", f'"{ags}" is not a Kreis of this edition.')
            remedy = Text("Gefragt ist der fünfstellige Schlüssel, etwa 06633.", "Give the five-digit key, e.g. 06633.")
            raise Refusal(Fault(what, remedy))
        return position

    def members(self, key: str) -> list[int]:
        """Return the positions of the Kreise of a zone "06611+06633". Raises Refusal naming every unknown one."""
        faults: list[Fault] = []
        found: list[int] = []
        for part in dict.fromkeys(key.split("+")):
            try:
                found.append(self.index(part))
            except Refusal as refusal:
                faults.extend(refusal.faults)
        if faults:
            raise Refusal(faults)
        return found

    def _positions(self) -> dict[str, int]:
        """Positions by AGS."""
        return {ags: position for position, ags in enumerate(self.ags)}


def load(edition: Edition) -> Inputs:
    """Read an edition and prepare all arrays. Raises Refusal where a needed table is absent or incomplete."""
    return build(edition, prepare(edition))


def prepare(edition: Edition) -> dict[str, Array]:
    """Return all arrays by "part.name", each in one piece of memory, so that kept ones give the same bits."""
    from fachkraftwerk.runs import prepare_demand, prepare_people, prepare_places

    ags, lands, land = _regions(edition)
    values = parameters()
    places = prepare_places.places(edition, ags, values)
    people, frame = prepare_people.people(edition, ags, land, values, places)
    demand = prepare_demand.demand(edition, ags, lands, land, values, places, people.population.sum((0, 1)))
    parts = {"people": people, "frame": frame, "places": places, "demand": demand}
    return {
        f"{part}.{name}": np.ascontiguousarray(array)
        for part, one in parts.items()
        for name, array in vars(one).items()
    }


def build(edition: Edition, arrays: Mapping[str, Array]) -> Inputs:
    """Put the inputs together from what ``prepare`` returned. Raises KeyError where an array is missing."""

    def part(kind: type[Any], name: str) -> Any:
        return kind(*(arrays[f"{name}.{field.name}"] for field in fields(kind)))

    parts = (part(People, "people"), part(Frame, "frame"), part(Places, "places"), part(Demand, "demand"))
    return Inputs(edition.name, *_regions(edition), YEARS, *parts, parameters())


def _regions(edition: Edition) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
    """Return the keys of all Kreise, of the Länder, and the position of the Land of each Kreis."""
    ags = tuple(sorted(region.ags for region in edition.regions.regions))
    lands = tuple(sorted({one[:2] for one in ags}))
    return ags, lands, np.array([lands.index(one[:2]) for one in ags])
