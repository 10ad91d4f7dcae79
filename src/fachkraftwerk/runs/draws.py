"""Draws of all uncertain assumptions, up front: one named stream each and for each scope, row 0 central.

A stream belongs to its name alone, so more draws or one more assumption leave every existing draw bit-identical, and
one draw can be made alone. Deviations are hierarchical (Germany + Land + Kreis, neighbours a little alike), so sums of
Kreise keep honest ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import OCCUPATIONS, SECTORS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.streams import Reader
from fachkraftwerk.model.parameters import Distribution
from fachkraftwerk.runs.inputs import Inputs

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
#: Years after the base year in which an assumption is already known from published figures.
OBSERVED = {"population": 1.0, "supply": 1.0, "demand": 2.0}
MOST = 100_000


@dataclass
class Draws:
    """Deviations of the assumptions for ``rows`` of the draws; row 0 is the central path.

    ``reader`` may be shared by blocks of draws that are made one after another.
    """

    inputs: Inputs
    rows: NDArray[np.int64]
    seed: int = 0
    _kept: dict[tuple[str, str, int], Array] = field(default_factory=dict, repr=False)
    reader: Reader | None = field(default=None, repr=False)

    def horizon(self, key: str) -> Array:
        """Years ahead of the last published figure of an assumption, by forecast year."""
        years = self.inputs.years - self.inputs.years[0]
        return np.asarray(np.maximum(years - OBSERVED[key.split(".")[0]], 0.0))

    def normal(self, key: str, scope: str, size: int, extra: str = "") -> Array:
        """Return standard normals [draw, size] of the stream ``key.scope``."""
        name = f"{key}.{scope}{extra}"
        at = (name, scope, size)
        if at not in self._kept:
            self._kept[at] = self._stream(name, size)
        return self._kept[at]

    def _stream(self, name: str, size: int) -> Array:
        first = int(self.rows.min())
        reader = self.reader or Reader(self.seed)
        return reader.normals(name, int(self.rows.max()) + 1, size, first)[self.rows - first]

    def distribution(self, key: str) -> Distribution:
        """Return the distribution of an assumption."""
        found = self.inputs.parameters[key].distribution
        assert found is not None
        return found

    def regional(self, key: str, kreis: int, unrest: float = 1.0) -> Array:
        """Return the deviation path [draw, year] in one Kreis: national, Land and Kreis part added.

        unrest: spread of this Kreis's own part relative to the typical one.
        """
        spread, horizon = self.distribution(key), self.horizon(key)
        if set(spread.spread) == {"national"}:
            return self.national(key)
        path = self.national(key)
        if "land" in spread.spread:
            one = self.normal(key, "land", len(self.inputs.lands))[:, self.inputs.land[kreis], None]
            path = path + one * spread.at("land", horizon)
        if "kreis" in spread.spread:
            own = unrest * spread.at("kreis", horizon)
            path = path + self.own(key)[:, kreis, None] * own
        return path

    def own(self, key: str) -> Array:
        """Return what is a Kreis's own as standard normals [draw, Kreis]; Kreise that border on each other are alike."""
        at = (key, "own", 0)
        if at not in self._kept:
            drawn = self.normal(key, "kreis", len(self.inputs.ags))
            self._kept[at] = alike(drawn, self.inputs.places.beside, self.distribution(key).near.get("kreis", 0.0))
        return self._kept[at]

    def national(self, key: str) -> Array:
        """Return the national deviation path [draw, year]."""
        at = (key, "path", 0)
        if at not in self._kept:
            self._kept[at] = self._common(key) * self.distribution(key).at("national", self.horizon(key))
        return self._kept[at]

    def _common(self, key: str) -> Array:
        """National standard normals [draw, 1], correlated with the assumptions this one follows."""
        follows = self.distribution(key).follows
        shared = sum(share * self.normal(other, "national", 1) for other, share in follows.items())
        own = float(np.sqrt(1 - sum(share**2 for share in follows.values())))
        return np.asarray(shared + own * self.normal(key, "national", 1))

    def factor(self, key: str, kreis: int) -> Array:
        """Return exp of the deviation [draw, year] in one Kreis."""
        distribution = self.distribution(key)
        if set(distribution.spread) != {"national"}:
            return np.asarray(np.exp(self.regional(key, kreis)))
        at = (key, "factor", 0)
        if at not in self._kept:
            self._kept[at] = np.exp(self.national(key))
        return self._kept[at]

    def constant(self, key: str) -> Array:
        """Return a deviation [draw] that does not depend on the horizon."""
        return self.normal(key, "national", 1)[:, 0] * self.distribution(key).spread.get("national", 0.0)

    def closed(self, key: str) -> Array:
        """Return regional deviations per inhabitant [draw, Kreis] that cancel over Germany; large Kreise stray less."""
        at = (key, "closed", 0)
        if at in self._kept:
            return self._kept[at]
        known = self.distribution(key)
        spread, inhabitants = known.spread, self.inputs.people.inhabitants
        land = self.normal(key, "land", len(self.inputs.lands))[:, self.inputs.land] * spread.get("land", 0.0)
        own = spread.get("kreis", 0.0) * known.by_size("kreis", inhabitants)
        raw = land + self.own(key) * own
        weight = inhabitants / inhabitants.sum()
        self._kept[at] = raw - (raw * weight).sum(1, keepdims=True)
        return self._kept[at]

    def cells(self, key: str, kreis: int) -> Array:
        """Return log deviations by occupation [draw, 36]: national part and that of the Kreis."""
        spread = self.distribution(key).spread
        size = len(OCCUPATIONS)
        own = self._stream(f"{key}.cell.{self.inputs.ags[kreis]}", size)
        national = self.normal(key, "occupation", size) * spread.get("occupation", 0.0)
        return national + own * spread.get("cell", 0.0)

    def sectors(self, key: str) -> Array:
        """Return log deviations by sector [draw, sector] after seven years."""
        return self.normal(key, "sector", len(SECTORS)) * self.distribution(key).spread.get("sector", 0.0)

    def frame(self) -> pd.DataFrame:
        """Return the draws as a table: draw, assumption, scope, item, value (standard normal)."""
        import pandas as pd

        items = {
            "national": ("",), "land": self.inputs.lands, "kreis": self.inputs.ags, "sector": tuple(SECTORS),
            "occupation": tuple(OCCUPATIONS),
        }  # fmt: skip
        parts = []
        for key, parameter in self.inputs.parameters.uncertain().items():
            assert parameter.distribution is not None
            for scope in (one for one in parameter.distribution.spread if one in items):
                table = self.normal(key, scope, len(items[scope]))
                index = pd.MultiIndex.from_product([self.rows, items[scope]], names=["draw", "item"])
                part = pd.Series(table.ravel(), index=index, name="value").reset_index()
                parts.append(part.assign(assumption=key, scope=scope))
        return pd.concat(parts, ignore_index=True)[["draw", "assumption", "scope", "item", "value"]]


def alike(drawn: Array, beside: NDArray[np.int64], share: float) -> Array:
    """Return standard normals [draw, place] of which each holds a ``share`` of those of its neighbours.

    beside: positions of the neighbours of each place, filled up with -1. Neighbours then correlate by about twice the
    share (moving average in space, Haining 1978). Added up one by one, so that a draw has the same bits alone.
    """
    if not share:
        return drawn
    padded = np.pad(drawn, ((0, 0), (0, 1)))
    mixed = drawn.copy()
    for near in beside.T:
        mixed += share * padded[:, near]
    return np.asarray(mixed / np.sqrt(1 + share**2 * (beside >= 0).sum(1)))


def make(inputs: Inputs, draws: int, seed: int = 0, only: Sequence[int] | None = None) -> Draws:
    """Return ``draws`` draws (0 = the central path alone), or ``only`` some of them. Raises Refusal."""
    count = max(draws, 1)
    if draws < 0 or draws > MOST:
        raise refuse(
            f"{draws} Ziehungen sind nicht möglich.", f"{draws} draws are not possible.",
            f"Geben Sie eine Zahl von 0 (nur der mittlere Pfad) bis {MOST} an.",
            f"Give a number from 0 (central path only) to {MOST}.",
        )  # fmt: skip
    rows = np.arange(count) if only is None else np.asarray(only, dtype=np.int64)
    if not len(rows) or rows.min() < 0 or rows.max() >= count:
        raise refuse(
            "Diese Ziehung gibt es nicht.", "There is no such draw.",
            f"Möglich sind 0 bis {count - 1}.", f"Possible are 0 to {count - 1}.",
        )  # fmt: skip
    return Draws(inputs, rows, seed)
