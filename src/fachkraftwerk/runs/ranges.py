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

INDICATORS = ("gap_cumulated", "gap_commuting_closed")


@dataclass(frozen=True)
class Ranges:
    """table[Kreis, indicator, qualification, year, statistic]; statistics in the order of FigureValue."""

    ags: tuple[str, ...]
    years: tuple[int, ...]
    table: NDArray[np.float32]

    def of(self, figure: Figure) -> dict[str, FigureValue]:
        """Return the figure of every Kreis. Raises KeyError for what is not kept (single cells, components)."""
        if figure.level != "all" or figure.occupation != "all" or figure.indicator not in INDICATORS:
            raise KeyError(str(figure))
        where = INDICATORS.index(figure.indicator), list(QUALIFICATION_GROUPS).index(figure.qualification)
        rows = self.table[:, where[0], where[1], self.years.index(figure.year)]
        return {ags: _value(row) for ags, row in zip(self.ags, rows, strict=True)}


def _value(row: NDArray[np.float32]) -> FigureValue:
    p50, central, p10, p25, p75, p90, above = (float(v) for v in row)
    return FigureValue(p50, central, p10, p25, p75, p90, above)


def measure(forecast: Forecast) -> NDArray[np.float32]:
    """Return the statistics of one Kreis [indicator, qualification, year, statistic]."""
    rows = []
    for indicator in INDICATORS:
        for group in QUALIFICATION_GROUPS:
            samples = forecast.select(indicator, group)
            p10, p25, p50, p75, p90 = quantiles(drawn(samples), (0.1, 0.25, 0.5, 0.75, 0.9))
            above = (drawn(samples) > 0).mean(0)
            rows.append(np.stack([p50, samples[0], p10, p25, p75, p90, above], axis=-1))
    flat = np.stack(rows).astype(np.float32)
    return flat.reshape(len(INDICATORS), len(QUALIFICATION_GROUPS), *flat.shape[1:])


def compute(ags: tuple[str, ...], forecast: Callable[[str], Forecast]) -> Ranges:
    """Measure every Kreis, one after the other, so that memory stays flat."""
    tables: list[NDArray[np.float32]] = []
    years: tuple[int, ...] = ()
    for one in ags:
        made = forecast(one)
        years = tuple(int(year) for year in made.years)
        tables.append(measure(made))
    return Ranges(ags, years, np.stack(tables))


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
            return Ranges(tuple(map(str, kept["ags"])), tuple(map(int, kept["years"])), kept["table"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def keep(ranges: Ranges, path: Path) -> None:
    """Write ranges in one step, so that no half file is ever read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(draft, ags=np.array(ranges.ags), years=np.array(ranges.years), table=ranges.table)
    draft.replace(path)
