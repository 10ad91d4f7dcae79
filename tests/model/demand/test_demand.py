"""Demand: totals, sectors, staffing and drift by hand."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.demand import drift, sectors, staffing, totals


def test_kreise_add_up_and_the_gap_is_shared_by_size() -> None:
    settled = totals.reconcile(np.array([[10.0], [30.0]]), np.array([44.0]), np.array([1.0, 3.0]))
    assert settled[:, 0].tolist() == [11.0, 33.0]


def test_sectors_keep_the_total_and_follow_the_trend() -> None:
    made = sectors.paths(
        np.array([[0.5, 0.5]]), np.array([0.1, 0.0]), np.array([[100.0, 110.0]]), np.array([0.0, 1.0]), 0.9, 1.0
    )
    assert np.allclose(made.sum(1), [[100.0, 110.0]])
    assert made[0, 0, 1] > made[0, 1, 1]


def test_suppressed_sectors_take_what_the_total_leaves() -> None:
    filled = sectors.fill_secret(np.array([[60.0, np.nan, np.nan]]), np.array([100.0]), np.array([5.0, 1.0, 3.0]))
    assert filled[0].tolist() == [60.0, 10.0, 30.0]


def test_the_staffing_matrix_is_found_again() -> None:
    rng = np.random.default_rng(4)
    truth = rng.dirichlet(np.ones(6), 3)
    size = rng.uniform(1000, 9000, (60, 3))
    found = staffing.estimate(size, size @ truth)
    assert np.allclose(found, truth, atol=1e-3)
    assert (staffing.explained(size, size @ truth, found) > 0.99).all()


def test_fitting_meets_both_margins() -> None:
    made = staffing.fit(np.ones((1, 2, 3)), np.array([[30.0, 70.0]]), np.array([[20.0, 30.0, 50.0]]))
    assert np.allclose(made.sum(2), [[30.0, 70.0]])
    assert np.allclose(made.sum(1), [[20.0, 30.0, 50.0]])


def test_drift_moves_between_cells_and_keeps_the_total() -> None:
    cells = drift.demand_cells(np.ones((1, 1)), np.array([[40.0, 60.0]]), np.array([[2.0, 1.0]]))
    assert np.isclose(cells.sum(), 100.0)
    assert np.isclose(cells[0, 0], 100 * 80 / 140)


def test_yearly_drift_is_the_change_of_shares() -> None:
    change = drift.yearly_drift(np.array([50.0, 50.0]), np.array([75.0, 25.0]), 2.0)
    assert np.allclose(change, [np.log(1.5) / 2, np.log(0.5) / 2])


def test_odds_of_degrees_by_hand() -> None:
    assert np.isclose(drift.odds_drift((100.0, 400.0), (150.0, 400.0), 2.0), np.log(1.5) / 2)


def test_what_occupations_explain_of_the_odds() -> None:
    cells, moved = np.array([100.0, 100.0]), np.array([0.1, 0.0])
    told = drift.explained_odds(cells, moved, np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert np.isclose(told, 0.1)
