"""The counter every reader comes to: one open edition, its inputs, and forecasts kept at hand.

Page, command line, API and report ask the desk; a forecast of a zone is computed once and kept (least recently used
leaves first). Safe for several threads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from fachkraftwerk.core.classifications import BASE_YEAR
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import Zone
from fachkraftwerk.runs import figures, ranges
from fachkraftwerk.runs.figures import FigureValue, Forecast
from fachkraftwerk.runs.ranges import Ranges
from fachkraftwerk.runs.shelf import NoShelf, Shelf
from fachkraftwerk.runs.tables import Reference, Shape, Tables
from fachkraftwerk.runs.titles import Titles

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition
    from fachkraftwerk.model.parameters import Parameters
    from fachkraftwerk.runs.ensemble import Work
    from fachkraftwerk.runs.inputs import Inputs
    from fachkraftwerk.runs.sensitivity import Share

#: Draws on a page: the 80 % interval then moves by about 3 % of its width from seed to seed.
DRAWS = 200
KEPT = 16
#: Zones of more Kreise keep sums only, not each Kreis (five megabytes a Kreis).
FEW = 4
#: A Land is asked for by the first two digits of its Kreise.
LAND_DIGITS = 2
#: Kreise whose full flows stay in memory, about 1 MB each.
FLOWS = 40


class Desk(Titles, Tables):
    """Forecasts of one edition; what takes seconds to prepare is kept on its shelf for the next start."""

    def __init__(self, edition: Edition, draws: int = DRAWS) -> None:
        self.edition = edition
        self.draws = draws
        self._shelf = Shelf(edition)
        self._kept: OrderedDict[tuple[str, int], Forecast] = OrderedDict()
        self._maps: OrderedDict[Figure, dict[str, tuple[FigureValue, float]]] = OrderedDict()
        self._lock, self._mapping, self._once = threading.Lock(), threading.Lock(), threading.Lock()
        self._opening = threading.RLock()
        self._ranges: Ranges | None = None
        self._measuring: threading.Thread | None = None

    @property
    def inputs(self) -> Inputs:
        """The model's arrays for all Kreise, loaded on first use."""
        with self._opening:
            return self._inputs

    def assuming(self, parameters: Parameters) -> Desk:
        """Return another desk over the same edition that computes with other parameters; it keeps no ranges."""
        other = Desk(self.edition, draws=self.draws)
        other._shelf = NoShelf(self.edition)
        other._inputs = replace(self.inputs, parameters=parameters)
        return other

    @cached_property
    def _inputs(self) -> Inputs:
        from fachkraftwerk.runs import inputs

        arrays = self._shelf.get("inputs", lambda: inputs.prepare(self.edition))
        return inputs.build(self.edition, arrays)

    def _compute(self, keys: list[str], draws: int) -> Mapping[str, Forecast]:
        from fachkraftwerk.runs import ensemble
        from fachkraftwerk.runs.manykreise import ManyKreise
        from fachkraftwerk.runs.regionforecast import RegionForecast

        if draws != self.draws:
            return ensemble.forecast(self.inputs, keys, draws=draws)
        members = {key: self.inputs.members(key) for key in keys}
        self._work.prepare({kreis for found in members.values() for kreis in found})
        years, rows = self.inputs.years, len(self._work.draws.rows)
        return {
            key: RegionForecast(key, years, rows, tuple(self._work.member(kreis) for kreis in found))
            if len(found) <= FEW
            else ManyKreise(key, years, rows, found, self._work.member)
            for key, found in members.items()
        }

    @property
    def _work(self) -> Work:
        """One run for all pages: the people of a Kreis who work next door are computed once (0.3 MB a Kreis)."""
        with self._opening:
            return self._one_work

    @cached_property
    def _one_work(self) -> Work:
        from fachkraftwerk.runs import draws, ensemble

        return ensemble.Work(self.inputs, draws.make(self.inputs, self.draws), most=FLOWS)

    # --- forecasts -----------------------------------------------------------------------------------------------

    def zone(self, words: str) -> Zone:
        """Return the Kreis or zone meant by an AGS, a name or parts joined by "+". Raises Refusal."""
        return self.edition.regions.resolve(words)

    def forecast(self, key: str, draws: int | None = None) -> Forecast:
        """Return the forecast of ``key`` ("06633", "06611+06633" or a whole Land, "06"), computed once."""
        key = self._whole(key)
        wanted = (key, self.draws if draws is None else draws)
        with self._lock:
            if wanted in self._kept:
                self._kept.move_to_end(wanted)
                return self._kept[wanted]
            made = self._compute([key], wanted[1])[key]
            self._kept[wanted] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return made

    def _whole(self, key: str) -> str:
        return self.zone(key).key if len(key) == LAND_DIGITS else key

    def forecasts(self, keys: list[str], draws: int | None = None) -> Mapping[str, Forecast]:
        """Return the forecasts of several zones; many are computed in one go and not kept."""
        if len(keys) <= KEPT // 4:
            return {key: self.forecast(key, draws) for key in keys}
        return self._compute(keys, self.draws if draws is None else draws)

    def value(self, figure: Figure, draws: int | None = None) -> FigureValue:
        """Return one figure. Raises Refusal for another edition, an unknown region or a year not computed."""
        self.check(figure)
        return figures.resolve(figure, self.forecast(figure.region, draws))

    def check(self, figure: Figure) -> None:
        """Raise Refusal where the figure belongs to another edition or an unknown region."""
        if figure.edition != self.edition.name:
            raise refuse(
                f"Die Zahl gehört zur Ausgabe „{figure.edition}“; geöffnet ist „{self.edition.name}“.",
                f'The figure belongs to edition "{figure.edition}"; "{self.edition.name}" is open.',
                f"Öffnen Sie jene Ausgabe oder fragen Sie nach {figure.at(edition=self.edition.name)}.",
                f"Open that edition or ask for {figure.at(edition=self.edition.name)}.",
            )
        self.zone(figure.region)

    # --- all Kreise ----------------------------------------------------------------------------------------------

    @cached_property
    def _central(self) -> Mapping[str, Forecast]:
        return self._compute([region.ags for region in self.edition.regions.regions], 0)

    @property
    def central_at_hand(self) -> bool:
        """True once the central paths of all Kreise are computed, so that a sum over them costs nothing."""
        return "_central" in vars(self)

    def overview(self, figure: Figure) -> dict[str, tuple[FigureValue, float]]:
        """Return (figure, people employed in the base year) of every Kreis on the central path, by AGS."""
        asked = figure.at(region="all")
        with self._mapping:
            if asked not in self._maps:
                self._maps[asked] = {
                    ags: (figures.resolve(figure.at(region=ags), one), figures.employed(figure, one))
                    for ags, one in self._central.items()
                }
                while len(self._maps) > 64:
                    self._maps.popitem(last=False)
            return self._maps[asked]

    def ready(self) -> None:
        """Load what the first pages need: the map, the inputs, the compiled code."""
        from fachkraftwerk.model.supply import kernel  # noqa: F401

        figure = self.figure("all", BASE_YEAR + 7)
        if self.kreise(figure) is None:
            self.overview(figure)
        self.inputs  # noqa: B018

    def warm(self) -> None:
        """Compute what all pages share: all ranges, the people of all Kreise, the central paths."""
        self._measure()
        for kreis in range(len(self.inputs.ags)):
            self._work.prepare([kreis])
        self.overview(self.figure("all", BASE_YEAR + 7))

    # --- ranges and sensitivity ----------------------------------------------------------------------------------

    def ranges(self, figure: Figure, start: bool = True) -> dict[str, FigureValue] | None:
        """Return a total of every Kreis, Land ("06") and the whole ("all") with its range.

        None while they are being computed in the background; ``start`` begins that where nobody has yet.
        """
        kept = self._kept_ranges(start)
        return None if kept is None else kept.of(figure)

    def kreise(self, figure: Figure, start: bool = False) -> dict[str, tuple[FigureValue, float]] | None:
        """Return (total with its range, people employed in the base year) of every Kreis, by AGS.

        None for what has no kept ranges (single cells, components) and while they are being computed.
        """
        kept = self._kept_ranges(start) if ranges.holds(figure) else None
        return None if kept is None else kept.kreise(figure)

    def _kept_ranges(self, start: bool) -> Ranges | None:
        if self._ranges is None:
            self._ranges = ranges.load(self._shelf, self.draws)
        if self._ranges is None and start:
            with self._lock:
                if self._measuring is None:
                    self._measuring = threading.Thread(target=self._measure, name="ranges", daemon=True)
                    self._measuring.start()
        return self._ranges

    def _measure(self) -> None:
        with self._once:
            self._ranges = self._ranges or ranges.load(self._shelf, self.draws)
            if self._ranges is None:
                keys = tuple(region.ags for region in self.edition.regions.regions)
                self._ranges = ranges.compute(keys, lambda ags: self._compute([ags], self.draws)[ags])
                ranges.keep(self._ranges, self._shelf, self.draws)

    def sensitivity(self, figure: Figure, draws: int | None = None) -> list[Share]:
        """Return which assumption carries how much of the figure's range, largest first."""
        from fachkraftwerk.runs import draws as drawn
        from fachkraftwerk.runs import sensitivity

        count = self.draws if draws is None else draws
        made = self._work.draws if count == self.draws else drawn.make(self.inputs, count)
        forecast = self.forecast(figure.region, count)
        at = figures.year_index(forecast, figure.year)
        samples = forecast.select(figure.indicator, figure.qualification, figure.level, figure.occupation)[:, at]
        members = self.inputs.members(self._whole(figure.region))
        return sensitivity.ranking(made, members, samples, at, figure.occupation)

    def figure(self, region: str, year: int, **parts: str) -> Figure:
        """Return the address of a figure of this edition."""
        return Figure(self.edition.name, region, year, **parts)


_OPEN: dict[str, Desk] = {}
_OPENING = threading.Lock()


def open_desk(path: str | None = None) -> Desk:
    """Return the desk of the edition at ``path`` (None: FACHKRAFTWERK_EDITION or the shipped one), opened once."""
    import os

    from fachkraftwerk import edition

    where = path or os.environ.get("FACHKRAFTWERK_EDITION") or ""
    with _OPENING:
        if where not in _OPEN:
            _OPEN[where] = Desk(edition.open(where or None))
        return _OPEN[where]


__all__ = ["BASE_YEAR", "DRAWS", "Desk", "Reference", "Shape", "open_desk"]
