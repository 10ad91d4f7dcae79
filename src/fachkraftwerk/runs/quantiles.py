"""Quantiles of all Kreise and cells: Kreis by Kreis, the cube of all cells and draws never exists at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS, QUALIFICATION_PARTS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.runs.company import products
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import Sampled
from fachkraftwerk.runs.member import Member
from fachkraftwerk.runs.regionforecast import RegionForecast, choose
from fachkraftwerk.runs.stream import Engine, Progress, each

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Cut = tuple[str, str, str]

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
COLUMNS = ("region", "year", "indicator", "qualification", "level", "occupation", "value", "central", "p10", "p25",
           "p75", "p90", "p_shortage")  # fmt: skip
BREAKDOWNS = ("total", "qualification", "level", "occupation", "cell")


def table(
    inputs: Inputs, draws: int, years: Sequence[int], by: Sequence[str] = ("total",),
    indicators: Sequence[str] = ("gap_cumulated",), qualification: str = "skilled", keys: Sequence[str] | None = None,
    seed: int = 0, progress: Progress | None = None, engine: Engine = each,
) -> pd.DataFrame:  # fmt: skip
    """Return median, central path, 50 % and 80 % interval and the share of draws above zero, one row a figure.

    by: any of total, qualification, level, occupation, cell (occupation × level); levels, occupations and cells are
    given for ``qualification``. indicators: gap_cumulated, gap_commuting_closed, demand, supply, structural_change.
    engine: who computes, this machine or a cluster; the bits are the same. Raises Refusal for unknown breakdowns,
    Kreise or years.
    """
    import pandas as pd

    cuts = cuts_of(by, qualification)
    check_years(inputs, years)
    kreise = sorted({kreis for key in keys or inputs.ags for kreis in inputs.members(key)})
    task = Rows(tuple(cuts), tuple(years), tuple(indicators))
    found = engine(inputs, [inputs.ags[kreis] for kreis in kreise], draws, task, years, seed=seed, progress=progress)
    frame: pd.DataFrame = pd.concat(found.values(), ignore_index=True)
    return frame


def cuts_of(by: Sequence[str], qualification: str) -> list[Cut]:
    """Return (qualification, level, occupation) of every row of one Kreis and year. Raises Refusal."""
    unknown = [one for one in by if one not in BREAKDOWNS]
    if unknown:
        raise refuse(
            f"Die Gliederung „{', '.join(unknown)}“ gibt es nicht.",
            f'There is no breakdown "{", ".join(unknown)}".',
            f"Möglich sind: {', '.join(BREAKDOWNS)}.", f"Possible are: {', '.join(BREAKDOWNS)}.",
        )  # fmt: skip
    cuts: dict[Cut, None] = {}
    for one in by:
        if one == "total":
            cuts |= dict.fromkeys([("total", "all", "all"), (qualification, "all", "all")])
        elif one == "qualification":
            cuts |= dict.fromkeys((group, "all", "all") for group in QUALIFICATION_GROUPS)
        else:
            levels = ("all",) if one == "occupation" else tuple(LEVELS)
            occupations = ("all",) if one == "level" else tuple(OCCUPATIONS)
            cuts |= dict.fromkeys((qualification, level, name) for name in occupations for level in levels)
    return list(cuts)


def check_years(inputs: Inputs, years: Sequence[int]) -> None:
    """Raise Refusal for a year outside the horizon."""
    known = inputs.years.tolist()
    outside = [year for year in years if year not in known]
    if outside:
        raise refuse(
            f"Das Jahr {outside[0]} liegt außerhalb der Vorausberechnung.",
            f"The year {outside[0]} is outside the forecast.",
            f"Wählen Sie Jahre von {known[0]} bis {known[-1]}.", f"Choose years from {known[0]} to {known[-1]}.",
        )  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """The task that makes the rows of one Kreis; cuts of one qualification stand together.

    Samples wait in single precision: sorting is three times faster, the loss is below a hundredth of a person.
    """

    cuts: tuple[Cut, ...]
    years: tuple[int, ...]
    indicators: tuple[str, ...]
    precision: type[np.floating[Any]] = np.float32

    def sample(self, forecast: RegionForecast) -> Array:
        """Return figures [draw, year, indicator and cut]."""
        (member,) = forecast.members
        known = forecast.years.tolist()
        at = [known.index(year) for year in self.years]
        parts = [
            _samples(member, indicator, qualification, [cut for cut in self.cuts if cut[0] == qualification], at)
            for indicator in self.indicators
            for qualification in self._qualifications()
        ]
        return np.concatenate(parts, axis=-1)

    def finish(self, found: Sampled, forecast: RegionForecast) -> pd.DataFrame:
        """Return the rows: indicator by indicator, then by year."""
        import pandas as pd

        cuts = [cut for one in self._qualifications() for cut in self.cuts if cut[0] == one]
        parts = np.split(statistics(found), len(self.indicators), axis=-1)
        named = zip(self.indicators, parts, strict=True)
        frames = [_rows(forecast.region, self.years, indicator, cuts, part) for indicator, part in named]
        return pd.concat(frames, ignore_index=True)

    def _qualifications(self) -> list[str]:
        return list(dict.fromkeys(cut[0] for cut in self.cuts))


def _samples(member: Member, indicator: str, qualification: str, cuts: Sequence[Cut], at: Sequence[int]) -> Array:
    """Samples of the cuts of one qualification [draw, year, cut]."""
    cells = member.cells(indicator, QUALIFICATION_PARTS[qualification], at)
    if len(cuts) == cells.shape[-1]:
        return cells
    return products(cells, np.stack([choose(level, occupation) for _, level, occupation in cuts]))


def statistics(found: Sampled) -> Array:
    """Return median, central path, p10, p25, p75, p90 and the share of draws above zero [statistic, figure …]."""
    told = np.empty((7, found.central.size))
    for some, drawn in found.pieces():
        above = (drawn > 0).mean(1)
        p10, p25, p50, p75, p90 = sorted_quantiles(drawn)
        told[:, some] = p50, found.central.ravel()[some], p10, p25, p75, p90, above
    return told.reshape(7, *found.central.shape)


def _rows(region: str, years: Sequence[int], indicator: str, cuts: Sequence[Cut], told: Array) -> pd.DataFrame:
    """Return the rows of one indicator. told: [statistic, year, cut]."""
    import pandas as pd

    names = [np.tile(np.array(column, dtype=object), len(years)) for column in zip(*cuts, strict=True)]
    columns = (region, np.repeat(np.asarray(years), len(cuts)), indicator, *names, *(one.ravel() for one in told))
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def sorted_quantiles(samples: NDArray[Any], shares: Sequence[float] = SHARES) -> list[Array]:
    """Return linear-interpolated quantiles over the last axis; sorts in place (ten times faster than np.quantile)."""
    samples.sort(axis=-1)
    found = []
    for share in shares:
        place = share * (samples.shape[-1] - 1)
        low = int(place)
        high = min(low + 1, samples.shape[-1] - 1)
        below, above = samples[..., low].astype(float), samples[..., high].astype(float)
        found.append(below * (1 - (place - low)) + above * (place - low))
    return found
