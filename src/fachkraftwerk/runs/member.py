"""One Kreis in every draw: flows of its people, from which any figure is one small product.

After demography everything is linear, so occupations, levels and qualifications are weights on the flows of the age
groups; the table of all cells and draws never exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.model.demand.drift import demand_cells
from fachkraftwerk.model.supply.flows import CROSSED, FLOWS, GROUPS
from fachkraftwerk.model.supply.qualification import tilt
from fachkraftwerk.runs.company import picked, products

Array = NDArray[np.float64]
ENTRANTS = FLOWS.index("entrants")
_QUALIFICATIONS = tuple(QUALIFICATIONS)
#: Occupation of each cell (occupation × level).
OCCUPATION_OF = np.repeat(np.arange(len(OCCUPATIONS)), len(LEVELS))
#: Group index of entrants in flows brought to the workplace: they have a qualification mix of their own.
ENTRY = GROUPS
#: Rows carried from home to work: age groups, entrants, and who grew out of the groups 1 to 3.
CARRIED = GROUPS + 4


def gather(flows: Array) -> Array:
    """Add the flows of each age group up, entrants apart: [draw, flow, group, year] → [draw, group + 1, year]."""
    total = np.empty((flows.shape[0], GROUPS + 1, flows.shape[3]))
    total[:, :GROUPS] = flows[:, : len(FLOWS)].sum(1) - flows[:, ENTRANTS]
    total[:, ENTRY] = flows[:, ENTRANTS].sum(1)
    return total


def carry(flows: Array) -> Array:
    """Return what is carried from home to work [draw, CARRIED, year]."""
    return np.concatenate([gather(flows), flows[:, CROSSED, 1:4]], axis=1)


@dataclass(frozen=True)
class Extra:
    """Persons a year that a measure adds to cells, cumulated, by the flow they are booked under; "commuting" is one.

    added   flow → [draw or 1, year, cell]
    known   those who enter with a known qualification or move to one [draw or 1, year, qualification, cell]
    demand  factor [draw or 1, year, cell]
    """

    added: Mapping[str, Array]
    known: Array
    demand: Array

    def moved(self, parts: Sequence[str]) -> Array:
        """Return who entered or moved into cells with some known qualifications [draw or 1, year, cell]."""
        return np.asarray(self.known[:, :, [_QUALIFICATIONS.index(part) for part in parts]].sum(2))

    def supply(self, home: bool) -> Array:
        """Return what is added to the labour force living here, or to that at the workplaces here [draw or 1, year, c]."""
        tables = [table for name, table in self.added.items() if not home or name != "commuting"]
        return np.asarray(sum(tables, np.zeros_like(self.demand[:1])))

    def only(self, at: Sequence[int]) -> Extra:
        """Return the same in some years."""
        return self._each(lambda table: table[:, list(at)])

    def rows(self, some: slice) -> Extra:
        """Return the same in some draws."""
        return self._each(lambda table: table if len(table) == 1 else table[some])

    def _each(self, change: Callable[[Array], Array]) -> Extra:
        added = {name: change(table) for name, table in self.added.items()}
        return Extra(added, change(self.known), change(self.demand))


@dataclass(frozen=True)
class Member:
    """One Kreis in every draw (n draw, y year, g age group, c cell, b sector).

    flows[n,7,g,y]     change of the labour force living here, cumulated, by FLOWS, then who grew out of a group
    stock[g]           labour force living here in the base year
    brought[n,CARRIED,y]   change of the labour force at the workplaces here
    brought_stock[g]   labour force at the workplaces here in the base year
    at_home, at_work[g,c]   occupational profiles; choice, filling, drift [n,36] log deviations
    growth[n,y,b]      sector employment relative to the base year; staff[b,c]; drift_path[c,y]; drift_shape[y]
    life_course        share of differences between age groups that is the course of life
    degrees[y]         log odds of academic against vocational posts since the base year
    mix[g,c,3]         qualification; entry_home, entry_work[c,3] that of entrants; entry_odds[n] log odds of none
    """

    ags: str
    flows: Array
    stock: Array
    brought: Array
    brought_stock: Array
    at_home: Array
    at_work: Array
    workforce: Array
    filled: Array
    choice: Array
    filling: Array
    drift: Array
    growth: Array
    staff: Array
    drift_path: Array
    drift_shape: Array
    mix: Array
    entry_home: Array
    entry_work: Array
    entry_odds: Array
    life_course: float
    degrees: Array
    extra: Extra | None = None

    def only(self, at: Sequence[int]) -> Member:
        """Return the same Kreis in some years (positions; the base year must be the first); costs less to ask.

        ``brought`` may already be cut to these years.
        """
        years = list(at)
        brought = self.brought if self.brought.shape[-1] == len(years) else self.brought[..., years]
        return replace(
            self, flows=self.flows[..., years], brought=brought, growth=self.growth[:, years],
            drift_path=self.drift_path[:, years], drift_shape=self.drift_shape[years], degrees=self.degrees[years],
            extra=None if self.extra is None else self.extra.only(years),
        )  # fmt: skip

    def rows(self, some: slice) -> Member:
        """Return the same Kreis in some draws; every draw keeps its bits."""
        drawn = ("flows", "brought", "choice", "filling", "drift", "growth", "entry_odds")
        extra = None if self.extra is None else self.extra.rows(some)
        return replace(self, extra=extra, **{name: getattr(self, name)[some] for name in drawn})

    # --- weights -------------------------------------------------------------------------------------------------

    @cached_property
    def _filling(self) -> Array:
        """Factor on cells from the completion of suppressed cells [n, c]; acts on their filled part."""
        return np.asarray(1 + self.filled * (np.exp(picked(self.filling, OCCUPATION_OF)) - 1))

    @cached_property
    def _choice(self) -> Array:
        return self._filling * np.exp(picked(self.choice, OCCUPATION_OF))

    def entrant_mix(self, home: bool, parts: Sequence[str], chosen: Array) -> Array:
        """Return the share of entrants in chosen cells and qualifications [n]."""
        young = (self.at_home if home else self.at_work)[1]
        wanted = products(self._choice * self._entry_share(home, parts), young * chosen)
        return np.asarray(wanted / products(self._choice, young))

    def _entry_share(self, home: bool, parts: Sequence[str]) -> Array:
        """Share of entrants in the chosen qualifications [n, c], with each draw's odds of having none."""
        if len(parts) == len(_QUALIFICATIONS):
            return np.ones((1, len(self.entry_home)))
        mix = self._entry_mix_home if home else self._entry_mix_work
        return np.asarray(mix[:, :, [_QUALIFICATIONS.index(part) for part in parts]].sum(-1))

    @cached_property
    def _entry_mix_home(self) -> Array:
        return self._tilted(self.entry_home)

    @cached_property
    def _entry_mix_work(self) -> Array:
        return self._tilted(self.entry_work)

    def _tilted(self, mix: Array) -> Array:
        odds = np.ones((len(self.entry_odds), 1, 3))
        odds[:, 0, 0] = np.exp(self.entry_odds)
        return np.asarray(tilt(mix[None], odds))

    def group_shares(self, home: bool, parts: Sequence[str], chosen: Array) -> Array:
        """Return the share of each age group in chosen cells and qualifications [n, g]."""
        profile = self.at_home if home else self.at_work
        weight = profile * self._cell_weight(parts, chosen)
        return np.asarray(products(self._filling, weight) / products(self._filling, profile))

    def _cell_weight(self, parts: Sequence[str], chosen: Array) -> Array:
        if len(parts) == len(_QUALIFICATIONS):
            return np.broadcast_to(chosen, (GROUPS, len(chosen)))
        return np.asarray(chosen * self.mix[:, :, [_QUALIFICATIONS.index(part) for part in parts]].sum(-1))

    def stock_weight(self, parts: Sequence[str], chosen: Array) -> Array:
        """Return the share of each cell's employees in the chosen qualifications, 0 where not chosen [c]."""
        total, weight = self.workforce.sum(0), self._cell_weight(parts, chosen)
        # Cells nobody works in yet take the mix of the young.
        mean = (self.workforce * weight).sum(0) / np.maximum(total, 1e-9)
        return np.asarray(np.where(total > 0, mean, weight[1]))

    # --- figures -------------------------------------------------------------------------------------------------

    @cached_property
    def demand_by_cell(self) -> Array:
        """Demand of every draw [n, y, c]."""
        drawn = np.exp(self.drift[:, None, :] * self.drift_shape[None, :, None])
        shape = np.exp(self.drift_path.T)[None] * np.repeat(drawn, len(LEVELS), axis=2)
        cells = demand_cells(self.growth, self.staff, shape)
        return cells if self.extra is None else cells * self.extra.demand

    def demand(self, parts: Sequence[str], chosen: Array) -> Array:
        """Return demand [n, y]."""
        return np.asarray(np.einsum("nyc,cy->ny", self.demand_by_cell, self.wanted(parts, chosen)))

    def wanted(self, parts: Sequence[str], chosen: Array) -> Array:
        """Return the share of posts that ask for the chosen qualifications, 0 where not chosen [c, y].

        In the base year it is that of the people at work; then degrees are asked for more and more.
        """
        if len(parts) == len(_QUALIFICATIONS):
            return np.repeat(chosen[:, None], len(self.degrees), axis=1)
        every = np.ones(len(chosen))
        shares = {part: self.stock_weight([part], every)[:, None] for part in _QUALIFICATIONS}
        trained = shares["vocational"] + shares["academic"]
        academic = shares["academic"] * np.exp(self.degrees)
        academic = trained * academic / np.maximum(academic + shares["vocational"], 1e-12)
        posts = {"none": np.repeat(shares["none"], len(self.degrees), axis=1), "academic": academic}
        posts["vocational"] = trained - academic
        return np.asarray(sum(posts[part] for part in parts) * chosen[:, None])

    def cells(self, indicator: str, parts: Sequence[str], at: Sequence[int]) -> Array:
        """Return a figure for every cell in some years [n, year, c]; the same sums as ``RegionForecast.select``.

        Known are gap_cumulated, gap_commuting_closed, demand, supply and structural_change. Raises KeyError for others.
        """
        every = np.ones(len(OCCUPATION_OF))
        demand = self.demand_by_cell * self.wanted(parts, every).T[None]
        change = demand[:, at] - demand[:, :1]
        if indicator in ("demand", "structural_change"):
            return demand[:, at] if indicator == "demand" else change
        if indicator == "supply":
            return self._base_cells(parts)[:, None] + self._supply_cells(False, parts, at)
        home = {"gap_cumulated": True, "gap_commuting_closed": False}[indicator]
        return np.asarray(change - self._supply_cells(home, parts, at))

    def _base_cells(self, parts: Sequence[str]) -> Array:
        """Labour force at the workplaces here in the base year by cell [n, c]."""
        return np.asarray(np.einsum("ngc,g->nc", self.cell_shares(False, parts)[:, :GROUPS], self.brought_stock))

    def _supply_cells(self, home: bool, parts: Sequence[str], at: Sequence[int]) -> Array:
        """Change of the labour force by cell in some years [n, year, c], at home or at the workplace."""
        flows = gather(self.flows) if home else self.brought
        supply = np.moveaxis(flows[:, : ENTRY + 1, at], 1, 2) @ self.cell_shares(home, parts)
        supply = supply - self._kept_cells(home, parts, at)
        if self.extra is not None:
            whole = self.stock_weight(parts, np.ones(len(OCCUPATION_OF)))
            supply = supply + self.extra.supply(home)[:, at] * whole + self.extra.moved(parts)[:, at]
        return np.asarray(supply)

    def _kept_cells(self, home: bool, parts: Sequence[str], at: Sequence[int]) -> Array:
        crossed = (self.flows[:, CROSSED, 1:4] if home else self.brought[:, ENTRY + 1 :])[:, :, at]
        return np.asarray(np.einsum("ngy,gc->nyc", crossed, self._kept_by_cell(home, parts)))

    def cell_shares(self, home: bool, parts: Sequence[str]) -> Array:
        """Return the share of each age group, entrants last, in every cell [n, g + 1, c]."""
        profile = self.at_home if home else self.at_work
        every = np.ones(profile.shape[1])
        shares = np.empty((len(self.filling), GROUPS + 1, len(every)))
        weight = profile * self._cell_weight(parts, every)
        shares[:, :GROUPS] = self._filling[:, None] * weight / products(self._filling, profile)[:, :, None]
        share = self._entry_share(home, parts)
        shares[:, ENTRY] = self._choice * profile[1] * share / products(self._choice, profile[1])[:, None]
        return shares

    def flow(self, name: str, parts: Sequence[str], chosen: Array) -> Array:
        """Return the cumulated change of the labour force living here by one flow [n, y]."""
        part = self.flows[:, FLOWS.index(name)]
        if name == "entrants":
            plain = part.sum(1) * self.entrant_mix(True, parts, chosen)[:, None]
        else:
            plain = np.einsum("ngy,ng->ny", part, self.group_shares(True, parts, chosen))
        if name == "participation":
            plain = plain - self._kept(True, parts, chosen)
        return np.asarray(plain + self._added(name, parts, chosen))

    def brought_here(self, parts: Sequence[str], chosen: Array) -> Array:
        """Return the cumulated change of the labour force at the workplaces here [n, y]."""
        plain = np.einsum("ngy,ng->ny", self.brought[:, :GROUPS], self.group_shares(False, parts, chosen))
        young = self.brought[:, ENTRY] * self.entrant_mix(False, parts, chosen)[:, None]
        added = sum(self._added(name, parts, chosen) for name in (*FLOWS, "commuting"))
        return np.asarray(plain + young + added - self._kept(False, parts, chosen))

    def _kept(self, home: bool, parts: Sequence[str], chosen: Array) -> Array:
        crossed = self.flows[:, CROSSED, 1:4] if home else self.brought[:, ENTRY + 1 :]
        return np.asarray(np.einsum("ngy,g->ny", crossed, self.kept_degrees(home, parts, chosen)))

    def kept_degrees(self, home: bool, parts: Sequence[str], chosen: Array) -> Array:
        """Return what a move to the next age group would change in qualifications, per person moved [3].

        The next age group differs in qualification as well as in occupation. Only occupation changes in the course of
        life, so the change of each qualification is taken back; the qualifications of a cell add up to its total.
        """
        return np.asarray(self._kept_by_cell(home, parts) @ chosen)

    def _kept_by_cell(self, home: bool, parts: Sequence[str]) -> Array:
        """Degrees taken back in each cell per person moved [3, c]: swapped for vocational, so each cell keeps its sum."""
        swapped = {part: np.outer(self._drift_of(home, part), self._swapped[part]) for part in ("none", "academic")}
        changes = swapped | {"vocational": -swapped["none"] - swapped["academic"]}
        return np.asarray(sum(changes[part] for part in parts))

    @cached_property
    def _swapped(self) -> dict[str, Array]:
        """Where a qualification is swapped for a vocational one: cells in which people of both work, sum 1 [c]."""
        people, every = self.workforce.sum(0), np.ones(len(OCCUPATION_OF))
        shares = {part: self.stock_weight([part], every) for part in _QUALIFICATIONS}
        trained, met = shares["vocational"], {}
        for part in ("none", "academic"):
            both = people * shares[part] * trained / np.maximum(shares[part] + trained, 1e-12)
            met[part] = both / max(both.sum(), 1e-9)
        return met

    def _drift_of(self, home: bool, part: str) -> Array:
        """Change of the share of a qualification from one age group to the next, in part of the course of life [3]."""
        profile = self.at_home if home else self.at_work
        share = (profile * self.mix[:, :, _QUALIFICATIONS.index(part)]).sum(1)
        return np.asarray(self.life_course * (share[2:] - share[1:-1]))

    def base_supply(self, parts: Sequence[str], chosen: Array) -> Array:
        """Return the labour force at the workplaces here in the base year [n, 1]."""
        return products(self.group_shares(False, parts, chosen), self.brought_stock)[:, None]

    def _added(self, name: str, parts: Sequence[str], chosen: Array) -> Array | float:
        if self.extra is None:
            return 0.0
        moved = self.extra.moved(parts) @ chosen if name == "entrants" else 0.0
        if name not in self.extra.added:
            return moved
        return np.asarray(self.extra.added[name] @ self.stock_weight(parts, chosen) + moved)
