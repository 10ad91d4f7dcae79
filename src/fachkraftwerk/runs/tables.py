"""Tables of the edition as pages ask for them: shapes, published figures, commuters, the workforce by age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.regions import Region, Zone
from fachkraftwerk.runs import counted
from fachkraftwerk.runs.backtest.published import PublishedGap
from fachkraftwerk.runs.shelf import Shelf

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition


@dataclass(frozen=True)
class Reference(PublishedGap):
    """A published gap that the edition ships: with the name of its region and a note."""

    region: str
    note: str


@dataclass(frozen=True)
class Shape:
    """A Kreis on the map: SVG path on the canvas 1000 × 1340, label point, neighbours."""

    ags: str
    path: str
    x: float
    y: float
    neighbours: tuple[str, ...]


class Tables:
    """Tables of an edition; what takes long to read lies on the shelf."""

    edition: Edition
    _shelf: Shelf

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
    def _places(self) -> dict[str, int]:
        """Positions of the Kreise in the order of the edition, by AGS."""
        return {region.ags: place for place, region in enumerate(self.edition.regions.regions)}

    @cached_property
    def _exchange(self) -> NDArray[np.float64]:
        return self._shelf.get("exchange", lambda: counted.exchange(self.edition))["people"]

    def partner(self, ags: str) -> Region | None:
        """Return the Kreis with which most people are exchanged by commuting."""
        near = self._exchange[self._places[ags]] if ags in self._places else np.zeros(1)
        return self.edition.regions.regions[int(near.argmax())] if near.any() else None

    def exchanged(self, ags: str, others: Sequence[str]) -> float:
        """Return how many people commute between a Kreis and others, both ways."""
        known = [self._places[other] for other in others if other in self._places]
        return float(self._exchange[self._places[ags], known].sum()) if ags in self._places else 0.0

    @cached_property
    def _references(self) -> list[Reference]:
        try:
            rows = self.edition.facts("references")
        except (Refusal, KeyError, FileNotFoundError):
            return []
        return [
            Reference(
                ags=str(row["ags"]), horizon=int(row["horizon_year"]), base_year=int(row["base_year"]),
                category=str(row["category"]), value=float(row["value"]), source=str(row["source_title"]),
                url=str(row["source_url"]), region=str(row["region"]), note=_words(row["note"]),
            )
            for row in rows.to_dict("records")
        ]  # fmt: skip

    def references(self, zone: Zone, category: str = "skilled") -> list[Reference]:
        """Return published figures for the Kreise of ``zone``, newest horizon first."""
        keys = {region.ags for region in zone.regions}
        if self.edition.regions.is_land(zone):
            keys = {zone.regions[0].ags[:2]}
        found = [one for one in self._references if one.ags in keys and one.category == category]
        return sorted(found, key=lambda one: (one.ags, -one.horizon))

    @cached_property
    def _workforce(self) -> Mapping[str, NDArray[np.float64]]:
        return self._shelf.get("workforce", lambda: counted.workforce(self.edition))

    def ages(self, zone: Zone, level: str = "all", occupation: str = "all") -> list[tuple[str, float, float]]:
        """Return (age group, employees, of these estimated) of the base year, all qualifications."""
        at = [self._places[region.ags] for region in zone.regions]
        occupations = slice(None) if occupation == "all" else [list(OCCUPATIONS).index(occupation)]
        levels = slice(None) if level == "all" else [list(LEVELS).index(level)]
        tables = (self._workforce[name] for name in ("value", "estimated"))
        sums = (table[at][:, occupations][:, :, levels].sum(axis=(0, 1, 2)) for table in tables)
        return [(age, float(v), float(e)) for age, v, e in zip(AGES10, *sums, strict=True)]


def _listed(near: Any) -> tuple[str, ...]:
    return tuple(near.replace(",", " ").split()) if isinstance(near, str) else tuple(str(ags) for ags in near)


def _words(note: Any) -> str:
    return note if isinstance(note, str) else ""
