"""The employment back-test must be able to fail: a model fed with the outcome would win, a blind one would lose."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.model.demand.regional_path import deviations, persistence, regional_path
from fachkraftwerk.runs.backtest.employment import Setting, run

YEARS = list(range(1997, 2020))


def land(kept: float, seed: int = 1) -> pd.DataFrame:
    """Employment of 40 Kreise whose yearly lead over the land is kept to ``kept`` from year to year."""
    random = np.random.default_rng(seed)
    lead = np.zeros((40, len(YEARS)))
    for t in range(1, len(YEARS)):
        lead[:, t] = kept * lead[:, t - 1] + 0.01 * random.standard_normal(40)
    logs = np.log(random.uniform(2e4, 2e5, 40))[:, None] + np.cumsum(lead, axis=1) + 0.01 * np.arange(len(YEARS))
    rows = [
        (f"{k:05d}", year, value)
        for k, series in enumerate(np.exp(logs))
        for year, value in zip(YEARS, series, strict=True)
    ]
    return pd.DataFrame(rows, columns=["ags", "year", "value"])


def wape(facts: pd.DataFrame, group: str) -> dict[str, float]:
    regional = run(facts, Setting(5, 0.85, 8))[1]
    return {line.model: line.wape for line in regional.scores if line.group == group}


def test_where_leads_last_the_model_beats_constant_shares() -> None:
    scores = wape(land(kept=0.9), "5 years")
    assert scores["fachkraftwerk"] < 0.9 * scores["constant share"]


def test_where_leads_are_noise_the_model_shrinks_to_constant_shares() -> None:
    scores = wape(land(kept=0.0), "5 years")
    assert scores["fachkraftwerk"] < 1.03 * scores["constant share"]
    assert scores["fachkraftwerk"] < scores["own trend kept"]


@given(st.floats(0.5, 2.0))
def test_growth_of_all_kreise_alike_leaves_no_deviation(factor: float) -> None:
    employment = np.outer([1e4, 5e4, 2e5], factor ** np.arange(8.0))
    assert np.abs(np.diff(deviations(employment), axis=1)).max() < 1e-9


def test_a_kreis_that_leads_is_forecast_to_lead_but_less() -> None:
    rng = np.random.default_rng(3)
    employment = np.exp(rng.normal(0, 0.01, (30, 15)).cumsum(axis=1)) * 1e5
    employment[0] *= np.exp(0.02 * np.arange(15))
    growth, _ = regional_path(employment, window=5, horizon=5, spread_growth=0.85)
    lead = deviations(employment)[0, -1] - deviations(employment)[0, -6]
    ahead = growth[0] - np.median(growth)
    assert 0 < ahead < lead


def test_a_series_without_an_origin_has_no_persistence() -> None:
    assert persistence(np.zeros((3, 5)), window=5, horizon=1) is None
    with pytest.raises(ValueError, match="shorter"):
        regional_path(np.ones((3, 5)), window=5, horizon=1, spread_growth=1.0)
