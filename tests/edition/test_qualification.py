"""P(qualification | occupation, level) from margins alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.edition.qualification import level_shares, margins, qualification_share

TRUE = np.array([[0.4, 0.5, 0.1, 0.0], [0.15, 0.8, 0.05, 0.0], [0.05, 0.6, 0.35, 0.0], [0.02, 0.18, 0.8, 0.0]])


def test_patterns_are_found_when_codes_mix_levels_differently() -> None:
    random = np.random.default_rng(1)
    by_level = random.dirichlet([0.5] * 4, 40) * 50_000
    found = level_shares(by_level, by_level @ TRUE, np.zeros(40, dtype=np.int64), 1)
    np.testing.assert_allclose(found[0], TRUE[:, :3], atol=0.02)


def test_people_of_unknown_qualification_count_like_the_known_ones() -> None:
    by_level = np.array([[0.0, 1000.0, 0.0, 0.0]])
    found = level_shares(by_level, np.array([[100.0, 600.0, 100.0, 200.0]]), np.zeros(1, dtype=np.int64), 1)
    np.testing.assert_allclose(found[0, 1], [0.125, 0.75, 0.125], atol=1e-6)


def test_margins_with_suppressed_parts_are_brought_to_one_total() -> None:
    level, mark = margins(np.array([[10.0, 0, 0, 0]]), np.array([[4.0, 4, 0, 0]]))
    assert level.sum() == mark.sum() == pytest.approx(10)


def _table() -> pd.DataFrame:
    rows = []
    for code in OCCUPATIONS:
        for piece, level in enumerate(LEVELS):
            values = {**dict.fromkeys(LEVELS, 0.0), level: 1000.0}
            values |= dict(zip((*QUALIFICATIONS, "unknown"), TRUE[piece] * 1000, strict=True))
            rows += [
                {"occupation": f"{code}1{piece}", "characteristic": name, "value": value, "status": ""}
                for name, value in values.items()
            ]
    return pd.DataFrame(rows)


def test_table_has_every_cell_and_shares_add_up_to_one() -> None:
    shares = qualification_share(_table())
    assert len(shares) == len(OCCUPATIONS) * len(LEVELS) * len(QUALIFICATIONS)
    sums = shares.groupby(["occupation", "level"])["value"].sum()
    np.testing.assert_allclose(sums, 1, atol=1e-5)
    expert = shares[(shares["level"] == "experte") & (shares["qualification"] == "academic")]["value"]
    np.testing.assert_allclose(expert, 0.8, atol=0.01)
