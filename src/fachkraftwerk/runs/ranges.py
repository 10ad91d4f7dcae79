"""Ranges of the totals of all Kreise, computed once for an edition and kept in a file.

Pages show the map of certainty from here. The file's name holds a digest of edition, parameters and code, so a changed
assumption never meets an old range.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import fachkraftwerk
from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.runs.figures import FigureValue, Forecast, drawn, quantiles

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]
INDICATORS = ("gap_cumulated", "gap_commuting_closed")


#: Key of the sum over all Kreise; sums over a Land have the Land's two digits.
WHOLE = "all"


@dataclass(frozen=True)
class Ranges:
    """table[region, indicator, qualification, year, statistic]; statistics in the order of FigureValue.

    Regions are all Kreise, then the Länder and the whole, summed draw by draw, so that their ranges do not cancel.
    """

    keys: tuple[str, ...]
    years: tuple[int, ...]
    table: NDArray[np.float32]

    def of(self, figure: Figure) -> dict[str, FigureValue]:
        """Return the figure of every region. Raises KeyError for what is not kept (single cells, components)."""
        if figure.level != "all" or figure.occupation != "all" or figure.indicator not in INDICATORS:
            raise KeyError(str(figure))
        where = INDICATORS.index(figure.indicator), list(QUALIFICATION_GROUPS).index(figure.qualification)
        rows = self.table[:, where[0], where[1], self.years.index(figure.year)]
        return {key: _value(row) for key, row in zip(self.keys, rows, strict=True)}


def _value(row: NDArray[np.float32]) -> FigureValue:
    p50, central, p10, p25, p75, p90, above = (float(v) for v in row)
    return FigureValue(p50, central, p10, p25, p75, p90, above)


def collect(forecast: Forecast) -> Array:
    """Return the samples of the kept totals of one Kreis [indicator, qualification, draw, year]."""
    return np.stack([[forecast.select(one, group) for group in QUALIFICATION_GROUPS] for one in INDICATORS])


def measure(samples: Array) -> NDArray[np.float32]:
    """Return the statistics of samples [..., draw, year] as [..., year, statistic]."""
    rows = np.moveaxis(samples, -2, 0)
    p10, p25, p50, p75, p90 = quantiles(drawn(rows), (0.1, 0.25, 0.5, 0.75, 0.9))
    above = (drawn(rows) > 0).mean(0)
    return np.stack([p50, rows[0], p10, p25, p75, p90, above], axis=-1).astype(np.float32)


def compute(ags: tuple[str, ...], forecast: Callable[[str], Forecast]) -> Ranges:
    """Measure every Kreis, one after the other, so that memory stays flat, and the sums over Länder and all."""
    tables: list[NDArray[np.float32]] = []
    sums: dict[str, Array] = {}
    years: tuple[int, ...] = ()
    for one in ags:
        made = forecast(one)
        years, samples = tuple(int(year) for year in made.years), collect(made)
        tables.append(measure(samples))
        for key in (one[:2], WHOLE):
            sums[key] = sums[key] + samples if key in sums else samples
    tables += [measure(samples) for samples in sums.values()]
    return Ranges((*ags, *sums), years, np.stack(tables))


def place(edition: Edition, draws: int) -> Path:
    """Return the file that holds the ranges of an edition under the present code and parameters."""
    root = Path(os.environ.get("FACHKRAFTWERK_HOME") or Path.home() / ".cache" / "fachkraftwerk")
    return root / "cache" / f"ranges-{edition.name}-{draws}-{_digest(edition)}.npz"


def _digest(edition: Edition) -> str:
    package = Path(fachkraftwerk.__file__).parent
    digest = hashlib.sha256((edition.path / "manifest.json").read_bytes())
    for folder in ("model", "runs"):
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def load(path: Path) -> Ranges | None:
    """Return kept ranges; None where there are none or the file is not readable."""
    try:
        with np.load(path) as kept:
            return Ranges(tuple(map(str, kept["keys"])), tuple(map(int, kept["years"])), kept["table"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def keep(ranges: Ranges, path: Path) -> None:
    """Write ranges in one step, so that no half file is ever read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(draft, keys=np.array(ranges.keys), years=np.array(ranges.years), table=ranges.table)
    draft.replace(path)
