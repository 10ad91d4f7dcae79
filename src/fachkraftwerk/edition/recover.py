"""Hide and recover: how well does the completion find cells that are known but hidden from it?

The publisher suppresses values below 40. We raise that threshold to 80, 120 and 200 and let the completion refill what
then is missing, with the same margins and bounds. The rival spreads what the margins leave in proportion to the size
of the Kreis and to the national profile of occupation, level and age, within the same bounds. A second test uses
truly suppressed cells: the sums per Kreis and occupation of Kreise with tables of their own, which are kept away
from both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, LEVELS, OCCUPATIONS
from fachkraftwerk.core.text import number
from fachkraftwerk.edition import censored, completion
from fachkraftwerk.edition.completion import Known
from fachkraftwerk.edition.parameters import parameters
from fachkraftwerk.edition.store import Edition
from fachkraftwerk.edition.workforce import array, known

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
THRESHOLDS = (80, 120, 200)
_NEEDED = ("workforce_published", "workforce_he_occupation", "workforce_he_totals", "occupation_de", "svb_recent")


@dataclass(frozen=True)
class Row:
    """Errors on one group of hidden cells: number, persons, and for both methods WAPE, MAE (persons), bias."""

    test: str
    size: str
    cells: int
    persons: float
    ours: tuple[float, float, float]
    rival: tuple[float, float, float]


def recover(edition: Edition) -> list[Row]:
    """Run both tests on an edition's published table."""
    tables = {name: edition.facts(name) for name in _NEEDED if name in edition}
    kreise = sorted(set(tables["workforce_published"]["ags"]))
    cube, margins = published(tables, kreise), known(tables, kreise)
    rows = [row for threshold in THRESHOLDS for row in _raised(cube, margins, threshold)]
    return [*rows, *_kept_away(cube, margins)]


def published(tables: Mapping[str, pd.DataFrame], kreise: list[str]) -> Floats:
    """Return the published table (Kreis, occupation, level, age): nan = suppressed, 0 = nobody."""
    dims = {"ags": kreise, "occupation": OCCUPATIONS, "level": LEVELS, "age": AGES10}
    return array(tables["workforce_published"], dims, absent=0.0)


def fill(cube: Floats, hidden: Flags, margins: Known, threshold: float, rival: bool = False) -> Floats:
    """Fill the hidden cells of ``cube``, all known to lie below ``threshold``, by our method or by the rival's."""
    shown = np.where(hidden, 0.0, cube)
    low, high = completion.bounds(shown, hidden, threshold)
    if rival:
        guess = np.where(hidden, proportional(shown, hidden, margins), 0.0)
        mean, variance = np.clip(guess, low, high), np.maximum(guess, 1.0)
    else:
        estimate = completion.expectation(shown, hidden, threshold)
        mean, variance = estimate.mean, estimate.variance
    prior = np.where(hidden, mean, np.clip(shown, low, high))
    spread = np.where(hidden, variance, parameters("completion")["rounding"] ** 2 / 12)
    return completion.balanced(prior, spread, low, high, hidden, margins).value


def proportional(shown: Floats, hidden: Flags, margins: Known) -> Floats:
    """Return the proportional fill: Kreis size × national profile, scaled to what each Land has left."""
    guess = np.where(hidden, censored.profile(shown, hidden), 0.0)
    wanted = margins.land_total * (1 - parameters("completion")["old_share"])
    have = np.bincount(margins.land, shown.sum((1, 2, 3)), minlength=len(wanted))
    filled = np.bincount(margins.land, guess.sum((1, 2, 3)), minlength=len(wanted))
    factor = np.where(np.isfinite(wanted) & (filled > 0), np.maximum(wanted - have, 0) / np.maximum(filled, 1e-9), 1.0)
    return np.asarray(guess * factor[margins.land][:, None, None, None])


def markdown(rows: list[Row]) -> str:
    """Return the table of results as Markdown."""
    lines = [
        "| Probe · test | Größe · size | Zellen · cells | Personen · persons | WAPE | WAPE proportional "
        "| MAE | MAE proportional | Bias | Bias proportional |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        pairs = [(_percent(row.ours[0]), _percent(row.rival[0]))]
        pairs += [(number(row.ours[1], decimals=1), number(row.rival[1], decimals=1))]
        pairs += [(_percent(row.ours[2]), _percent(row.rival[2]))]
        cells = " | ".join(" | ".join(pair) for pair in pairs)
        lines.append(f"| {row.test} | {row.size} | {number(row.cells)} | {number(row.persons)} | {cells} |")
    return "\n".join(lines) + "\n"


def _raised(cube: Floats, margins: Known, threshold: int) -> list[Row]:
    suppressed = np.isnan(cube)
    test = ~suppressed & (cube > 0) & (cube < threshold)
    hidden = suppressed | test
    ours, rival = (fill(cube, hidden, margins, threshold, rival) for rival in (False, True))
    edges = [edge for edge in (40, 80, 120, 200) if edge <= threshold]
    groups = [(f"{a}–{b - 1}", test & (cube >= a) & (cube < b)) for a, b in pairwise(edges)]
    groups = [*groups, ("alle · all", test)] if len(groups) > 1 else groups
    return [
        _row(f"< {threshold} verborgen · hidden", size, cube[chosen], ours[chosen], rival[chosen])
        for size, chosen in groups
    ]  # fmt: skip


def _kept_away(cube: Floats, margins: Known) -> list[Row]:
    """Sums of truly suppressed cells by Kreis and occupation, from margins that both methods do not see."""
    rows = np.flatnonzero(margins.exact)
    if not len(rows) or not np.isfinite(margins.land_total).any():
        return []
    hidden = np.isnan(cube)
    blind = replace(
        margins, occupations=np.full_like(margins.occupations, np.nan), totals=np.full_like(margins.totals, np.nan)
    )  # fmt: skip
    threshold = parameters("completion")["threshold"]
    ours, rival = (fill(cube, hidden, blind, threshold, which)[rows] for which in (False, True))
    seen = completion.complete(cube, margins)
    truth = margins.occupations[rows] - seen.old[rows].sum(2) - np.where(hidden, 0.0, seen.value)[rows].sum((2, 3))
    asked = np.isfinite(truth) & hidden[rows].any((2, 3))
    sums = [np.where(hidden[rows], part, 0.0).sum((2, 3))[asked] for part in (ours, rival)]
    return [_row("Kreis × Beruf, Ränder verborgen · margins hidden", "< 40", truth[asked], *sums)]


def _row(test: str, size: str, truth: Floats, ours: Floats, rival: Floats) -> Row:
    whole = float(np.abs(truth).sum()) or 1.0
    errors = []
    for guess in (ours, rival):
        off = guess - truth
        errors.append((float(np.abs(off).sum() / whole), float(np.abs(off).mean()), float(off.sum() / whole)))
    return Row(test, size, len(truth), float(truth.sum()), errors[0], errors[1])


def _percent(share: float) -> str:
    return f"{number(100 * share, decimals=1)} %"
