"""The sector back-test must be able to fail: it rewards what lasts and sees through noise."""

import numpy as np
import pandas as pd
import pytest

from fachkraftwerk.core.classifications import SECTORS
from fachkraftwerk.runs.backtest.sectors import run

YEARS = range(2015, 2021)


def land(lead: float, kept: float, seed: int = 1) -> pd.DataFrame:
    """30 Kreise; each sector has its own path, each Kreis a yearly lead of which ``kept`` stays to the next year."""
    random = np.random.default_rng(seed)
    path = dict(zip(SECTORS, np.linspace(-0.03, 0.04, len(SECTORS)), strict=True))
    rows = []
    for kreis in range(30):
        for sector in SECTORS:
            level, own = np.log(random.uniform(2000, 20000)), lead * random.standard_normal()
            for year in YEARS:
                rows.append((f"{kreis:05d}", sector, year, float(np.exp(level)), "total", "total"))
                level += path[sector] + own
                own = kept * own + lead * (1 - kept) * random.standard_normal()
    return pd.DataFrame(rows, columns=["ags", "sector", "year", "value", "sex", "nationality"])


def wape(facts: pd.DataFrame, model: str, group: str = "3 years") -> float:
    return next(line.wape for line in run(facts).scores if line.model == model and line.group == group)


def test_a_lead_that_lasts_is_used() -> None:
    facts = land(0.02, 0.95)
    assert wape(facts, "fachkraftwerk") < 0.7 * wape(facts, "shift-share")


def test_a_lead_that_is_noise_is_not_carried_on() -> None:
    facts = land(0.02, 0.0)
    assert wape(facts, "fachkraftwerk") <= wape(facts, "last trend")
    assert wape(facts, "fachkraftwerk") == pytest.approx(wape(facts, "shift-share"), rel=0.05)


def test_the_path_of_a_sector_beats_standing_still() -> None:
    facts = land(0.002, 0.5)
    assert wape(facts, "fachkraftwerk") < 0.5 * wape(facts, "no change")


def test_a_sector_that_opens_has_no_growth_rate_and_is_left_out() -> None:
    facts = land(0.01, 0.5)
    facts.loc[(facts["ags"] == "00000") & (facts["sector"] == "A") & (facts["year"] < 2017), "value"] = 0
    assert run(facts).scores[0].n == 30 * len(SECTORS) - 1
