"""Expected values of hidden cells."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from fachkraftwerk.edition.censored import fit, profile, truncated


@pytest.mark.parametrize("mean", [2.0, 15.0, 30.0, 200.0])
def test_truncated_mean_and_variance_agree_with_integration(mean: float) -> None:
    spread, low, high = 0.4, 1.0, 39.0
    law = stats.lognorm(s=spread, scale=mean * np.exp(-(spread**2) / 2))
    mass = law.cdf(high) - law.cdf(low)
    first = integrate.quad(lambda x: x * law.pdf(x), low, high)[0] / mass
    second = integrate.quad(lambda x: x**2 * law.pdf(x), low, high)[0] / mass
    found, variance = truncated(np.array([mean]), spread, low, high)
    assert found[0] == pytest.approx(first, rel=1e-3)
    assert variance[0] == pytest.approx(max(second - first**2, 1.0), rel=1e-2)


def test_a_mean_far_outside_stays_at_the_nearer_bound() -> None:
    found, _ = truncated(np.array([1e-9, 1e9]), 0.4, 1.0, 39.0)
    assert found.tolist() == [1.0, 39.0]


def _world(seed: int = 3) -> np.ndarray:
    random = np.random.default_rng(seed)
    size, profile = random.lognormal(0, 0.7, 30), random.lognormal(2.4, 1.0, (6, 4, 5))
    return random.poisson(size[:, None, None, None] * profile).astype(float)


def test_hidden_cells_of_a_multiplicative_world_are_recovered() -> None:
    truth = _world()
    hidden = (truth > 0) & (truth < 40)
    found = fit(np.where(hidden, 0, truth), hidden, 1, 39, 0.3, 0.3, 2.0, 12)
    error = np.abs(found.mean - truth)[hidden].sum() / truth[hidden].sum()
    flat = np.abs(truth[hidden].mean() - truth[hidden]).sum() / truth[hidden].sum()
    assert error < 0.75 * flat
    assert (found.mean[~hidden] == 0).all()
    assert (found.variance[hidden] > 0).all()


def test_profile_knows_the_size_of_a_kreis_from_what_is_shown() -> None:
    shares = np.full((2, 1, 1), 0.5)
    cube = np.array([100.0, 200.0])[:, None, None, None] * shares
    hidden = np.zeros_like(cube, dtype=bool)
    hidden[1, 0] = True
    guess = profile(np.where(hidden, 0, cube), hidden)
    assert guess[1, 0, 0, 0] > guess[0, 0, 0, 0]
