"""From tables to arrays and margins: small numbers typed by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.edition.change import occupation_change
from fachkraftwerk.edition.parameters import parameters
from fachkraftwerk.edition.workforce import array, known


def test_cells_that_are_not_listed_are_absent_and_secret_ones_unknown() -> None:
    facts = pd.DataFrame({"ags": ["1", "1", "9"], "age": ["a", "b", "a"], "value": [50.0, np.nan, 7.0]})
    cube = array(facts, {"ags": ["1", "2"], "age": ["a", "b"]}, absent=0.0)
    np.testing.assert_array_equal(cube, [[50, np.nan], [0, 0]])


def test_total_of_a_land_in_june_follows_from_september_and_the_next_year() -> None:
    days = {"2023-09-30": 1010.0, "2024-06-30": 1000.0, "2024-09-30": 1020.0, "2025-06-30": 5.0}
    rows = [{"day": d, "region": "99", "sex": "total", "nationality": "total", "value": v} for d, v in days.items()]
    margins = known({"svb_recent": pd.DataFrame(rows)}, ["99001", "99002"])
    assert margins.land_total[0] == pytest.approx(1010 * 1000 / 1020)
    assert not margins.exact.any()
    assert (margins.old == 1).all()


def test_people_beyond_the_pension_age_are_what_the_groups_leave() -> None:
    groups = {"15-24": 10.0, "25-54": 60.0, "55-retirement": 25.0, "total": 97.0, "m": 50.0}
    rows = [{"ags": "99001", "group": g, "value": v} for g, v in groups.items()]
    margins = known({"workforce_he_totals": pd.DataFrame(rows)}, ["99001", "99002"])
    np.testing.assert_array_equal(margins.totals[0], [10, 60, 25, 2])
    assert margins.exact.tolist() == [True, False]


def test_change_compares_people_under_65_on_both_days() -> None:
    before = pd.DataFrame(
        {"occupation": ["11", "11"], "characteristic": ["total", "65+"], "value": [110.0, 10.0]}
    )  # fmt: skip
    after = pd.DataFrame({"occupation": ["11", "11"], "value": [70.0, 50.0]})
    first = occupation_change(before, after).iloc[0]
    assert (first["svb_2019"], first["svb_2023"], first["ratio"]) == (100, 120, 1.2)


@pytest.mark.parametrize("name", ["completion", "qualification"])
def test_every_parameter_is_declared_in_full(name: str) -> None:
    assert parameters(name)


def test_a_parameter_without_its_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"value": 1, "unit": "x", "de": "x", "en": "x", "source": "x"}
    monkeypatch.setattr("fachkraftwerk.edition.parameters.load", lambda _: {"p": entry})
    with pytest.raises(ValueError, match="reason"):
        parameters.__wrapped__("any")
