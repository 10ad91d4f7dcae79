"""P(qualification | occupation, level) from the national table of occupations.

The table gives, for every 4-digit occupation, employees by level and by qualification, but not both together. Codes
with one level tell directly; the others are split by expectation–maximisation of a mixture (one pattern level →
qualification per 2-digit occupation, pulled towards the pattern of all occupations), then fitted to both margins of
each code by iterative proportional fitting. People of unknown qualification are a category of their own while
fitting; afterwards they count like the known ones of the same code and level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.edition.parameters import parameters

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
_MARKS = (*QUALIFICATIONS, "unknown")


def qualification_share(occupation_de: pd.DataFrame) -> pd.DataFrame:
    """Return occupation (2 digits), level, qualification, value (share, adds up to 1), status."""
    import pandas as pd

    wide = occupation_de.pivot(index="occupation", columns="characteristic", values="value").fillna(0.0)
    codes = wide[wide.index.str.fullmatch(r"\d{4}") & wide.index.str[:2].isin(list(OCCUPATIONS))]
    groups = pd.Index(list(OCCUPATIONS)).get_indexer(codes.index.str[:2])
    by_level, by_mark = margins(codes[list(LEVELS)].to_numpy(), codes[list(_MARKS)].to_numpy())
    shares = level_shares(by_level, by_mark, groups, len(OCCUPATIONS))
    index = pd.MultiIndex.from_product(
        [OCCUPATIONS, LEVELS, QUALIFICATIONS], names=["occupation", "level", "qualification"]
    )
    return pd.DataFrame({"value": shares.ravel().round(6), "status": "estimated"}, index=index).reset_index()


def margins(by_level: Floats, by_mark: Floats) -> tuple[Floats, Floats]:
    """Bring both margins of each code (codes, 4) to the same total: a few suppressed cells count as zero."""
    total = np.maximum(by_level.sum(1), by_mark.sum(1))[:, None]
    return _scaled(by_level, total), _scaled(by_mark, total)


def _scaled(margin: Floats, total: Floats) -> Floats:
    have = margin.sum(1, keepdims=True)
    factor: Floats = np.divide(total, have, out=np.zeros_like(total), where=have > 0)
    return margin * factor


def level_shares(by_level: Floats, by_mark: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    """Return shares (groups, level, qualification) from the margins of codes (codes, level) and (codes, mark)."""
    everywhere = pattern(by_level, by_mark, np.zeros(len(groups), dtype=np.int64), 1, np.ones((4, 4)) / 4)
    by_group = pattern(by_level, by_mark, groups, count, everywhere[0])
    pieces = _both_margins(by_level, by_mark, by_group[groups])
    known = pieces[:, :, :3].sum(2, keepdims=True)
    whole = pieces.sum(2, keepdims=True)
    spread = pieces[:, :, :3] * np.divide(whole, known, out=np.zeros_like(whole), where=known > 0)
    sums = np.zeros((count, 4, 3))
    np.add.at(sums, groups, spread)
    fallback = everywhere[0][:, :3] / everywhere[0][:, :3].sum(1, keepdims=True)
    size = sums.sum(2, keepdims=True)
    return np.asarray(np.where(size > 0, sums / np.maximum(size, 1e-9), fallback))


def pattern(by_level: Floats, by_mark: Floats, groups: NDArray[np.int64], count: int, towards: Floats) -> Floats:
    """Return P(mark | group, level), shape (count, 4, 4), pulled towards ``towards`` (4, 4)."""
    p = parameters("qualification")
    share = np.broadcast_to(towards, (count, 4, 4)).copy()
    for _ in range(p["rounds"]):
        pieces = by_level[:, :, None] * share[groups]
        have = pieces.sum(1, keepdims=True)
        pieces = pieces * np.divide(by_mark[:, None], have, out=np.zeros_like(have), where=have > 0)
        sums = np.zeros((count, 4, 4))
        np.add.at(sums, groups, pieces)
        sums += p["pull"] * towards + p["floor"]
        share = sums / sums.sum(2, keepdims=True)
    return share


def _both_margins(by_level: Floats, by_mark: Floats, seed: Floats) -> Floats:
    pieces = by_level[:, :, None] * seed
    for _ in range(parameters("qualification")["rounds"]):
        for wanted, axis in ((by_mark[:, None], 1), (by_level[:, :, None], 2)):
            have = pieces.sum(axis, keepdims=True)
            pieces = pieces * np.divide(wanted, have, out=np.zeros_like(have), where=have > 0)
    return pieces
