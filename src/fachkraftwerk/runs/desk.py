"""The counter every reader comes to: one open edition, its inputs, and forecasts kept at hand.

Page, command line, API and report ask the desk; a forecast of a zone is computed once and kept (least recently used
leaves first). Safe for several threads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, BASE_YEAR, LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import LAENDER, Region, Zone
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures, ranges, wording
from fachkraftwerk.runs.figures import FigureValue, Forecast

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition
    from fachkraftwerk.runs.sensitivity import Share

#: Draws on a page: the 80 % interval then moves by about 3 % of its width from seed to seed.
DRAWS = 200
KEPT = 16
#: Zones of more Kreise keep sums only, not each Kreis (five megabytes a Kreis).
FEW = 4
Compute = Callable[[list[str], int], Mapping[str, Forecast]]


@dataclass(frozen=True)
class Reference:
    """A published figure for a region, with its source."""

    ags: str
    region: str
    horizon: int
    base_year: int
    category: str
    value: float
    source: str
    url: str
    note: str


@dataclass(frozen=True)
class Shape:
    """A Kreis on the map: SVG path on the canvas 1000 × 1340, label point, neighbours."""

    ags: str
    path: str
    x: float
    y: float
    neighbours: tuple[str, ...]


class Desk:
    """Forecasts of one edition. ``compute`` maps (region keys, draws) to forecasts; given only in special runs."""

    def __init__(self, edition: Edition, compute: Compute | None = None, draws: int = DRAWS) -> None:
        self.edition = edition
        self.draws = draws
        self._compute = compute or self._ensemble
        self._kept: OrderedDict[tuple[str, int], Forecast] = OrderedDict()
        self._maps: OrderedDict[Figure, dict[str, tuple[FigureValue, float]]] = OrderedDict()
        self._lock, self._once = threading.RLock(), threading.Lock()
        self._ranges: ranges.Ranges | None = None
        self._measuring: threading.Thread | None = None

    @cached_property
    def inputs(self) -> Any:
        """The model's arrays for all Kreise, loaded on first use."""
        from fachkraftwerk.runs import inputs

        return inputs.load(self.edition)

    def _ensemble(self, keys: list[str], draws: int) -> Mapping[str, Forecast]:
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

    @cached_property
    def _work(self) -> Any:
        """One run for all pages: the people of a Kreis who work next door are computed once (0.9 MB a Kreis)."""
        from fachkraftwerk.runs import draws, ensemble

        return ensemble.Work(self.inputs, draws.make(self.inputs, self.draws))

    # --- forecasts -----------------------------------------------------------------------------------------------

    def zone(self, words: str) -> Zone:
        """Return the Kreis or zone meant by an AGS, a name or parts joined by "+". Raises Refusal."""
        return self.edition.regions.resolve(words)

    def forecast(self, key: str, draws: int | None = None) -> Forecast:
        """Return the forecast of ``key`` ("06633" or "06611+06633"), computed once."""
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

    def overview(self, figure: Figure) -> dict[str, tuple[FigureValue, float]]:
        """Return (figure, people employed in the base year) of every Kreis on the central path, by AGS."""
        asked = figure.at(region="all")
        with self._lock:
            if asked not in self._maps:
                self._maps[asked] = {
                    ags: (figures.resolve(figure.at(region=ags), one), figures.employed(figure, one))
                    for ags, one in self._central.items()
                }
                while len(self._maps) > 64:
                    self._maps.popitem(last=False)
            return self._maps[asked]

    def warm(self) -> None:
        """Compute what every page shares: the map, the people of all Kreise, all ranges. For a thread at start."""
        self.overview(self.figure("all", BASE_YEAR + 7))
        for start in range(0, len(self.inputs.ags), 25):
            with self._lock:
                self._work.prepare(range(start, min(start + 25, len(self.inputs.ags))))
        self._measure()

    # --- ranges and sensitivity ----------------------------------------------------------------------------------

    def ranges(self, figure: Figure, start: bool = True) -> dict[str, FigureValue] | None:
        """Return a total of every Kreis, Land ("06") and the whole ("all") with its range.

        None while they are being computed in the background; ``start`` begins that where nobody has yet.
        """
        if self._ranges is None:
            self._ranges = ranges.load(ranges.place(self.edition, self.draws))
        if self._ranges is not None:
            return self._ranges.of(figure)
        if not start:
            return None
        with self._lock:
            if self._measuring is None:
                self._measuring = threading.Thread(target=self._measure, name="ranges", daemon=True)
                self._measuring.start()
        return None

    def _measure(self) -> None:
        path = ranges.place(self.edition, self.draws)
        with self._once:
            self._ranges = self._ranges or ranges.load(path)
            if self._ranges is None:
                keys = tuple(region.ags for region in self.edition.regions.regions)
                self._ranges = ranges.compute(keys, lambda ags: self._compute([ags], self.draws)[ags])
                ranges.keep(self._ranges, path)

    def sensitivity(self, figure: Figure, draws: int | None = None) -> list[Share]:
        """Return which assumption carries how much of the figure's range, largest first."""
        from fachkraftwerk.runs import draws as drawn
        from fachkraftwerk.runs import sensitivity

        count = self.draws if draws is None else draws
        made = self._work.draws if count == self.draws else drawn.make(self.inputs, count)
        forecast = self.forecast(figure.region, count)
        at = figures.year_index(forecast, figure.year)
        samples = forecast.select(figure.indicator, figure.qualification, figure.level, figure.occupation)[:, at]
        return sensitivity.ranking(made, self.inputs.members(figure.region), samples, at, figure.occupation)

    def figure(self, region: str, year: int, **parts: str) -> Figure:
        """Return the address of a figure of this edition."""
        return Figure(self.edition.name, region, year, **parts)

    # --- words and neighbours ------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for region in self.edition.regions.regions:
            bare = _bare(region)
            counts[bare] = counts.get(bare, 0) + 1
        return counts

    def place(self, zone: Zone) -> Text:
        """Return "im Landkreis Kassel" for sentences."""
        if self.edition.regions.is_land(zone):
            return wording.land_place(zone.regions[0].land)
        return wording.joined([wording.place(r, self._names[_bare(r)] > 1) for r in zone.regions])

    def title(self, region: Region) -> Text:
        """Return the name as a heading; a city with a namesake is called "Stadt"."""
        if region.urban and self._names[_bare(region)] > 1:
            return Text(f"Stadt {region.name}", f"City of {region.name}")
        return Text(region.name, region.name)

    def land_title(self, land: str) -> Text:
        """Return the name of a Land by its two digits."""
        return Text(LAENDER.get(land, "Musterland"), LAENDER.get(land, "Musterland"))

    def heading(self, zone: Zone) -> Text:
        """Return the name of a zone as a heading: the Land, its Kreise, or the first ones and how many more."""
        if self.edition.regions.is_land(zone):
            return Text(zone.regions[0].land, zone.regions[0].land)
        names = [self.title(region) for region in zone.regions]
        more = len(names) - FEW + 1
        shown = names if len(names) <= FEW else names[: FEW - 1]
        tail = Text("", "") if len(names) <= FEW else Text(f" und {more} weitere Kreise", f" and {more} more Kreise")
        return Text(" + ".join(n.de for n in shown) + tail.de, " + ".join(n.en for n in shown) + tail.en)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Shapes of all Kreise by AGS."""
        rows = self.edition.facts("shapes")
        columns = (rows[name] for name in ("ags", "path", "x", "y", "neighbours"))
        return {
            str(ags): Shape(str(ags), str(path), float(x), float(y), _listed(near))
            for ags, path, x, y, near in zip(*columns, strict=True)
        }

    @cached_property
    def _flows(self) -> dict[str, dict[str, float]]:
        rows = self.edition.facts("commuting")
        flows: dict[str, dict[str, float]] = {}
        for home, work, value in zip(rows["home"], rows["work"], rows["value"], strict=True):
            if home != work and value == value:
                for here, there in ((home, work), (work, home)):
                    near = flows.setdefault(str(here), {})
                    near[str(there)] = near.get(str(there), 0.0) + float(value)
        return flows

    def partner(self, ags: str) -> Region | None:
        """Return the Kreis with which most people are exchanged by commuting."""
        near = self._flows.get(ags, {})
        known = [other for other in near if other in self.edition.regions]
        return self.edition.regions[max(known, key=near.__getitem__)] if known else None

    def exchanged(self, ags: str, others: Sequence[str]) -> float:
        """Return how many people commute between a Kreis and others, both ways."""
        near = self._flows.get(ags, {})
        return sum(near.get(other, 0.0) for other in others)

    # --- tables of the edition -----------------------------------------------------------------------------------

    @cached_property
    def _references(self) -> list[Reference]:
        try:
            rows = self.edition.facts("references")
        except (Refusal, KeyError, FileNotFoundError):
            return []
        names = (
            "ags",
            "region",
            "horizon_year",
            "base_year",
            "category",
            "value",
            "source_title",
            "source_url",
            "note",
        )
        return [
            Reference(
                str(ags), str(region), int(horizon), int(base), str(category), float(value), str(source), str(url), _words(note)
            )
            for ags, region, horizon, base, category, value, source, url, note in zip(
                *(rows[name] for name in names), strict=True
            )
        ]  # fmt: skip

    def references(self, zone: Zone, category: str = "skilled") -> list[Reference]:
        """Return published figures for the Kreise of ``zone``, newest horizon first."""
        keys = {region.ags for region in zone.regions}
        if self.edition.regions.is_land(zone):
            keys = {zone.regions[0].ags[:2]}
        found = [one for one in self._references if one.ags in keys and one.category == category]
        return sorted(found, key=lambda one: (one.ags, -one.horizon))

    @cached_property
    def _workforce(self) -> tuple[dict[str, int], NDArray[np.float64], NDArray[np.float64]]:
        rows = self.edition.facts("workforce")
        keys = {region.ags: i for i, region in enumerate(self.edition.regions.regions)}
        places = [keys, {o: i for i, o in enumerate(OCCUPATIONS)}, {v: i for i, v in enumerate(LEVELS)}]
        places.append({a: i for i, a in enumerate(AGES10)})
        index = tuple(
            rows[name].map(place) for name, place in zip(("ags", "occupation", "level", "age"), places, strict=True)
        )
        known = ~np.any([i.isna() for i in index], axis=0)
        at = tuple(i[known].to_numpy(dtype=int) for i in index)
        shape = tuple(len(place) for place in places)
        value, estimated = np.zeros(shape), np.zeros(shape)
        np.add.at(value, at, rows["value"][known].to_numpy(dtype=float))
        np.add.at(estimated, at, (rows["value"] * rows["estimated"])[known].to_numpy(dtype=float))
        return keys, value, estimated

    def ages(self, zone: Zone, level: str = "all", occupation: str = "all") -> list[tuple[str, float, float]]:
        """Return (age group, employees, of these estimated) of the base year, all qualifications."""
        keys, value, estimated = self._workforce
        at = [keys[region.ags] for region in zone.regions]
        occupations = slice(None) if occupation == "all" else [list(OCCUPATIONS).index(occupation)]
        levels = slice(None) if level == "all" else [list(LEVELS).index(level)]
        sums = (table[at][:, occupations][:, :, levels].sum(axis=(0, 1, 2)) for table in (value, estimated))
        return [(age, float(v), float(e)) for age, v, e in zip(AGES10, *sums, strict=True)]


def _bare(region: Region) -> str:
    return region.name.removeprefix("Landkreis ").removeprefix("Kreis ").removeprefix("Stadt ")


def _listed(near: Any) -> tuple[str, ...]:
    return tuple(near.replace(",", " ").split()) if isinstance(near, str) else tuple(str(ags) for ags in near)


def _words(note: Any) -> str:
    return note if isinstance(note, str) else ""


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
