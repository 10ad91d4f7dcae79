"""Mortality: trend, path, level of the Kreis."""

from __future__ import annotations

import numpy as np

from fachkraftwerk.model.population.survival import mortality_level, mortality_path, mortality_trend


def test_a_steady_fall_of_two_percent_a_year_is_found() -> None:
    tables = 0.01 * np.exp(-0.02 * np.arange(3))[:, None, None] * np.ones((3, 2, 20))
    assert np.allclose(mortality_trend(tables, np.array([2017.0, 2018.0, 2019.0])), -0.02)


def test_a_rise_is_not_carried_on() -> None:
    tables = np.exp(0.05 * np.arange(3))[:, None, None] * np.full((3, 2, 20), 0.01)
    assert (mortality_trend(tables, np.array([1.0, 2.0, 3.0])) == 0.0).all()


def test_the_path_falls_by_the_trend_and_never_leaves_zero_to_one() -> None:
    path = mortality_path(np.full((2, 1), 0.01), np.full((2, 1), -0.1), np.array([2019, 2020, 2021]), 2019.0, 1.0, 1.0)
    assert np.allclose(path[0, 0], 0.01 * np.exp([0.0, -0.1, -0.2]))


def test_a_kreis_without_deaths_data_takes_the_level_of_its_land() -> None:
    deaths, expected = np.array([0.0, 240.0]), np.array([0.0, 200.0])
    level = mortality_level(deaths, expected, np.array([0, 0]), prior=100.0)
    assert np.isclose(level[0], 1.2)


def test_many_deaths_keep_their_own_level() -> None:
    level = mortality_level(np.array([9e6, 100.0]), np.array([1e7, 100.0]), np.array([0, 1]), prior=100.0)
    assert abs(level[0] - 0.9) < 1e-4
