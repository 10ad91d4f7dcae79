"""Hide and recover: our completion beats the proportional fill."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.edition import Edition, open_edition
from fachkraftwerk.edition.recover import Row, markdown, proportional, recover
from fachkraftwerk.edition.workforce import known


def _better(rows: list[Row]) -> None:
    assert rows
    for row in rows:
        assert row.ours[0] < row.rival[0], f"{row.test} {row.size}"
        assert row.ours[1] < row.rival[1], f"{row.test} {row.size}"


def test_ours_is_better_in_musterland(musterland_edition: Edition) -> None:
    _better(recover(musterland_edition))


@pytest.mark.slow
def test_ours_is_better_on_the_real_table_by_a_wide_margin() -> None:
    rows = recover(open_edition())
    _better(rows)
    assert rows[0].ours[0] < 0.28, "WAPE of cells 40 to 79"
    assert rows[-1].ours[0] < 0.22, "WAPE of truly suppressed Kreis × occupation sums"
    assert rows[-1].rival[0] > 0.35


def test_the_rival_meets_the_total_of_the_land(musterland_edition: Edition) -> None:
    tables = {name: musterland_edition.facts(name) for name in musterland_edition.tables}
    kreise = sorted(set(tables["workforce_published"]["ags"]))
    margins = known(tables, kreise)
    shown = np.full((len(kreise), 36, 4, 5), 12.0)
    hidden = np.zeros(shown.shape, dtype=bool)
    hidden[::2, :10] = True
    shown[hidden] = 0
    guess = proportional(shown, hidden, margins)
    wanted = margins.land_total[0] * (1 - 0.0149) - shown.sum()
    assert guess.sum() == pytest.approx(max(wanted, 0), rel=1e-6)
    assert (guess[~hidden] == 0).all()


def test_the_table_is_complete() -> None:
    row = Row("Probe", "< 40", 3, 60.0, (0.2, 4.0, -0.1), (0.4, 8.0, 0.0))
    text = markdown([row])
    assert "| 20,0 % | 40,0 % | 4,0 | 8,0 | −10,0 % | 0,0 % |" in text
