"""Test: our gap beside gaps that others published, and beside two plain rivals.

A published gap is no truth; agreement says only that two methods see the same differences between Kreise. Rivals:
*share of 55–64* (employees 55–64 at the workplace, as many tenths as years) and *cohort deficit* (residents who reach
64 minus residents who reach 22 within the same years; both sides at the residence).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest.published import PublishedGap

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Land:
    """What the comparison needs to know of a region, for ``years`` ahead."""

    employees: float
    aged_55_64: float
    leaving: float
    entering: float


@dataclass(frozen=True)
class Comparison:
    """Agreement of one model with one set of published gaps."""

    model: str
    vintage: str
    category: str
    n: int
    correlation: float | None
    rank_correlation: float | None
    level_error: float | None
    bias: float | None


@dataclass(frozen=True)
class Pair:
    """One published figure and what the models say."""

    published: PublishedGap
    employees: float
    said: dict[str, float]


#: The notes that every page with this table carries.
NOTES = (
    Text(
        "„Ohne Wanderung“ steht dabei, weil die Landesinitiative Zuzüge unter den Nachrückenden zählt und nicht eigens ausweist. Die einfachen Maße kennen keine Qualifikation; ihre Höhe steht nur bei Fachkräften und bei allen zusammen.",
        '"Without migration" is shown because the initiative counts arrivals among entrants and does not show them apart. The plain measures know no qualification; their level is shown for skilled workers and for all together only.',
    ),
    Text(
        "Veröffentlichte Lücken sind keine Wahrheit, sondern das Ergebnis einer anderen Methode.",
        "Published gaps are not the truth but the result of another method.",
    ),
    Text(
        "Ältere Ausgaben haben ein anderes Ausgangsjahr; verglichen wird unsere Lücke über gleich viele Jahre ab 2023.",
        "Earlier editions have another base year; compared is our gap over as many years from 2023.",
    ),
)


def pairs(
    gaps: Sequence[PublishedGap],
    ours: Callable[[PublishedGap], dict[str, float]],
    region: Callable[[str, int], Land],
) -> list[Pair]:
    """Put our readings and the rivals beside every published figure."""
    found = []
    for gap in gaps:
        land = region(gap.ags, gap.length)
        rivals = {
            "share of 55–64": land.aged_55_64 * gap.length / 10,
            "residential cohort deficit": land.leaving - land.entering,
        }
        found.append(Pair(gap, land.employees, ours(gap) | rivals))
    return found


def compare(found: Sequence[Pair]) -> list[Comparison]:
    """Return one line per model, vintage and category."""
    lines = []
    groups = sorted({(f"{p.published.base_year}→{p.published.horizon}", p.published.category) for p in found})
    for vintage, category in groups:
        chosen = [
            p for p in found
            if p.published.category == category and f"{p.published.base_year}→{p.published.horizon}" == vintage
        ]  # fmt: skip
        for model in chosen[0].said:
            lines.append(_line(model, vintage, category, chosen))
    return lines


def _line(model: str, vintage: str, category: str, chosen: Sequence[Pair]) -> Comparison:
    # Where two values stand for one figure, their mean counts once.
    regions = {pair.published.ags: pair for pair in chosen}
    values = {ags: [p.published.value for p in chosen if p.published.ags == ags] for ags in regions}
    published = np.array([np.mean(values[ags]) for ags in regions])
    said = np.array([pair.said[model] for pair in regions.values()])
    # A Land is a sum of its Kreise: it would count them twice in a cross-section.
    kreise = np.array([len(ags) == 5 for ags in regions])
    per_employee = np.array([pair.employees for pair in regions.values()])
    x, y = (said / per_employee)[kreise], (published / per_employee)[kreise]
    # The plain measures count heads of every qualification: set beside a part of them, their level says nothing.
    comparable = model.startswith("fachkraftwerk") or category in ("skilled", "total")
    size = float(np.abs(published).sum()) if comparable else 0.0
    return Comparison(
        model, vintage, category, len(regions), _correlation(x, y), _correlation(_ranks(x), _ranks(y)),
        100 * float(np.abs(said - published).sum()) / size if size else None,
        100 * float((said - published).sum()) / size if size else None,
    )  # fmt: skip


def _correlation(x: Array, y: Array) -> float | None:
    """Pearson's r; None under four points, where it says nothing."""
    if len(x) < 4 or x.std() == 0 or y.std() == 0:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def _ranks(values: Array) -> Array:
    from scipy.stats import rankdata

    ranks: Array = rankdata(values)
    return ranks
