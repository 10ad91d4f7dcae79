"""How the forecast of a Kreis or zone answers to measures: with minus without, draw by draw.

After demography the model is linear, and other Kreise do not change, so only the people of the zone are computed
again; occupations, commuting and qualification are the weights of the forecast that is already there. The tests hold
this against a full run with the same Adjustments.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_PARTS, QUALIFICATIONS
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.model.measures import adjust
from fachkraftwerk.model.measures.combine import Effect, effects
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.model.supply.flows import GROUPS, Climate, Home
from fachkraftwerk.runs import draws as drawn
from fachkraftwerk.runs import ensemble
from fachkraftwerk.runs.frames import BASELINE, frame_adjustments, merged
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.member import ENTRY
from fachkraftwerk.runs.place import place_of
from fachkraftwerk.runs.regionforecast import RegionForecast, choose

Array = NDArray[np.float64]
CLOSED = "gap_commuting_closed"
SHAPE = (len(OCCUPATIONS), len(LEVELS))
#: Answers kept: a megabyte each with 200 draws and a Kreis; the central path alone is small.
KEPT, KEPT_CENTRAL = 64, 1000


@dataclass(frozen=True)
class Answer:
    """Change of flows by member [draw, flow, group, year], and what is added to cells (see ``Effect``)."""

    flows: tuple[Array | None, ...]
    cells: tuple[tuple[str, Array, Array], ...]  # channel, stock or saving [draw, year], spread [c], of moves [q, c]


@dataclass(frozen=True)
class Asked:
    """Part of the labour market a question is about."""

    qualification: str = "skilled"
    level: str = "all"
    occupation: str = "all"


@dataclass
class Response:
    """Answers of one zone; keeps what was computed, so that moving one measure computes only that one."""

    inputs: Inputs
    key: str
    base: RegionForecast
    seed: int = 0
    students: float = 0.0
    frame: str = BASELINE
    plain: Response | None = None  # the central path alone, once somebody asked for it
    _kept: OrderedDict[tuple[object, ...], Answer] = field(default_factory=OrderedDict, repr=False)
    _weights: dict[tuple[object, ...], Array] = field(default_factory=dict, repr=False)

    @cached_property
    def place(self) -> Place:
        """What measures know of the zone."""
        return place_of(self.inputs, self.key, self.base, self.students)

    @cached_property
    def kreise(self) -> list[int]:
        """Positions of the members."""
        return self.inputs.members(self.key)

    @cached_property
    def parts(self) -> Array:
        """Share of each member in absolute quantities: by its workforce, as the full run splits them."""
        size = self.inputs.places.workforce[self.kreise].sum((1, 2))
        return np.asarray(size / size.sum())

    @cached_property
    def worlds(self) -> list[tuple[Home, Climate]]:
        """People and assumptions of each member in every draw."""
        made = drawn.make(self.inputs, self.base.draws, self.seed)
        return [(ensemble.home(self.inputs, k), ensemble.climate(self.inputs, made, k)) for k in self.kreise]

    def effects(self, measures: Sequence[Measure]) -> list[Effect]:
        """Return the effects of measures carried out together."""
        return effects(self.place, measures, self.base.draws, self.seed)

    def answer(self, measures: Sequence[Measure]) -> Answer:
        """Return what measures carried out together change; kept for the next question."""
        at = tuple((m.kind.key, m.dose, m.timing, m.occupations, m.levels, m.capacity, m.assumptions) for m in measures)
        if at not in self._kept:
            self._kept[at] = self._answer(self.effects(measures))
            while len(self._kept) > (KEPT if self.base.draws > 1 else KEPT_CENTRAL):
                self._kept.popitem(last=False)
        self._kept.move_to_end(at)
        return self._kept[at]

    def _answer(self, found: Sequence[Effect]) -> Answer:
        people = adjust.people(self.place, found)
        flows = tuple(self._flows(i, people) for i in range(len(self.kreise)))
        cells: list[tuple[str, Array, Array]] = []
        for effect in found:
            channel = adjust.channel(effect)
            if channel == "demand":
                saved = 1 - adjust.wanted(effect)
                cells.append((channel, saved.max((1, 2)), np.broadcast_to(saved.max((0, 3)) > 0, SHAPE).ravel()))
            elif channel in adjust.KNOWN:
                cells.append((channel, effect.stock, adjust.known(self.place, effect).reshape(len(QUALIFICATIONS), -1)))
            elif channel not in adjust.PEOPLE:
                spread = adjust.cells(self.place, effect).ravel()
                cells.append((channel, adjust.supply(self.place, effect), spread))
        return Answer(flows, tuple(cells))

    def _flows(self, member: int, people: dict[str, Array]) -> Array | None:
        """Return the change of the flows of one member: its people once more, minus the forecast."""
        from fachkraftwerk.model.supply import kernel

        if not people:
            return None
        years = len(self.place.years)
        change = ensemble.people_change(
            Adjustments(**adjust.on_all_ages(people)).share(float(self.parts[member])), years
        )
        if self.frame != BASELINE:
            frame = frame_adjustments(self.inputs, self.kreise[member], self.frame)
            change = merged(change, ensemble.people_change(frame, years))
        home, climate = self.worlds[member]
        return np.asarray(kernel.flows(home, climate, change) - self.base.members[member].flows)

    # --- figures -------------------------------------------------------------------------------------------------

    def closing(
        self, answer: Answer, indicator: str = "gap_cumulated", qualification: str = "skilled", level: str = "all",
        occupation: str = "all",
    ) -> Array:  # fmt: skip
        """Return by how many persons the gap shrinks [draw, year]; positive closes it."""
        asked, closed = Asked(qualification, level, occupation), indicator == CLOSED
        total = np.zeros((self.base.draws, len(self.base.years)))
        for i in range(len(self.base.members)):
            total += self._people(answer, i, closed, asked) + self._cells(answer, i, closed, asked)
        return total

    def gap(self, indicator: str = "gap_cumulated", asked: Asked | None = None) -> Array:
        """Return the gap without measures [draw, year], computed once for each part of the labour market."""
        asked = asked or Asked()
        at = ("gap", indicator, asked)
        if at not in self._weights:
            self._weights[at] = self.base.select(indicator, asked.qualification, asked.level, asked.occupation)
        return self._weights[at]

    def _weight(self, name: str, i: int, home: bool, asked: Asked) -> Array:
        """Return a weight of the forecast (shares of age groups, entrants or cells), computed once."""
        at = (name, i, home, asked)
        if at not in self._weights:
            member = self.base.members[i]
            parts, chosen = QUALIFICATION_PARTS[asked.qualification], choose(asked.level, asked.occupation)
            if name == "stock_weight":
                self._weights[at] = member.stock_weight(parts, chosen)
            else:
                self._weights[at] = getattr(member, name)(home, parts, chosen)
        return self._weights[at]

    def _people(self, answer: Answer, i: int, closed: bool, asked: Asked) -> Array | float:
        gathered = self._brought(answer, i) if closed else _gathered(answer.flows[i])
        if gathered is None:
            return 0.0
        shares = self._weight("group_shares", i, not closed, asked)
        plain = np.einsum("ngy,ng->ny", gathered[:, :GROUPS], shares)
        kept = self._weight("kept_degrees", i, not closed, asked)
        plain -= np.einsum("ngy,g->ny", gathered[:, ENTRY + 1 :], kept)
        return np.asarray(plain + gathered[:, ENTRY] * self._weight("entrant_mix", i, not closed, asked)[:, None])

    def _brought(self, answer: Answer, i: int) -> Array | None:
        total: Array | None = None
        for home, flows in zip(self.kreise, answer.flows, strict=True):
            if flows is not None:
                part = ensemble.carry(flows) * ensemble.way(self.inputs, home, self.kreise[i])
                total = part if total is None else total + part
        return total

    def _cells(self, answer: Answer, i: int, closed: bool, asked: Asked) -> Array:
        weight = self._weight("stock_weight", i, False, asked)
        total = np.zeros((self.base.draws, len(self.base.years)))
        for channel, amount, spread in answer.cells:
            if channel == "demand":
                saved = self._demand(i, asked, spread) * amount
                total += saved - saved[:, :1]
            elif channel in adjust.KNOWN:
                total += self.parts[i] * _moved(spread, asked) * amount
            elif channel != "commuting" or closed:
                total += self.parts[i] * float(spread @ weight) * amount
        return total

    def _demand(self, i: int, asked: Asked, mask: Array) -> Array:
        """Return demand in the cells of ``mask`` [c], computed once [draw, year]."""
        at = ("demand", i, asked, mask.tobytes())
        if at not in self._weights:
            chosen = choose(asked.level, asked.occupation) * mask
            self._weights[at] = self.base.members[i].demand(QUALIFICATION_PARTS[asked.qualification], chosen)
        return self._weights[at]


def _moved(spread: Array, asked: Asked) -> float:
    """Return how much one move [qualification, cell] adds to the part of the labour market asked for."""
    parts = [tuple(QUALIFICATIONS).index(part) for part in QUALIFICATION_PARTS[asked.qualification]]
    return float(spread[parts].sum(0) @ choose(asked.level, asked.occupation))


def _gathered(flows: Array | None) -> Array | None:
    return None if flows is None else ensemble.carry(flows)
