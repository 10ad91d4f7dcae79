"""The sector back-test must be able to fail: it rewards what lasts and sees through noise."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import SECTORS
from fachkraftwerk.model.demand.sector_deviation import growth_of_spread, kept_share, spread
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest.result import Test as Proof
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


def proof(facts: pd.DataFrame) -> Proof:
    """Run the test beside employment of the same Kreise that does not grow as a whole, and a people that stands still."""
    index = pd.Index(sorted(facts["ags"].unique()), name="ags")
    employment = pd.DataFrame(1e5, index=index, columns=range(1997, 2020))
    years = np.arange(1985, 2022)
    still = np.full((len(years), national.AGES), 1e5)
    residents = national.Residents(years, still, np.zeros_like(still), np.zeros(len(years)))
    return run(facts, employment, residents, parameters())


def wape(facts: pd.DataFrame, model: str, group: str = "3 years") -> float:
    return next(line.wape for line in proof(facts).scores if line.model == model and line.group == group)


def test_a_lead_that_is_noise_is_not_carried_on() -> None:
    facts = land(0.02, 0.0)
    assert wape(facts, "fachkraftwerk") <= wape(facts, "last trend")


def test_the_path_of_a_sector_beats_standing_still() -> None:
    facts = land(0.002, 0.5)
    assert wape(facts, "fachkraftwerk") < 0.8 * wape(facts, "no change")


def test_a_sector_that_opens_has_no_growth_rate_and_is_left_out() -> None:
    facts = land(0.01, 0.5)
    facts.loc[(facts["ags"] == "00000") & (facts["sector"] == "A") & (facts["year"] < 2017), "value"] = 0
    assert proof(facts).scores[0].n == 30 * len(SECTORS) - 1


def test_the_share_kept_of_a_lead_is_found_again() -> None:
    past, sector = leads(0.9), np.repeat(np.array(["a", "b"], dtype=object), 2000)
    assert kept_share(past, sector) == pytest.approx(0.9, abs=0.05)
    assert kept_share(leads(0.0), sector) < 0.1


def test_small_series_spread_more_and_both_intervals_count() -> None:
    random = np.random.default_rng(7)
    size = np.exp(random.uniform(np.log(200), np.log(50000), 4000))
    steps = random.standard_normal((4000, 2)) * np.sqrt(0.0004 + 2 / size)[:, None]
    past = size[:, None] * np.exp(np.cumsum(np.column_stack([np.zeros(4000), steps]), axis=1))
    sector = np.repeat("a", 4000).astype(object)
    found = spread(past, sector, 1)
    assert growth_of_spread(past, sector) == pytest.approx(0.5, abs=0.08)
    assert spread(past, sector, 4) == pytest.approx(2 * found, rel=0.15)
    order = np.argsort(size)
    assert found[order[:400]].mean() > 2 * found[order[-400:]].mean()
    assert (np.abs(steps[:, 0]) <= 1.2816 * found).mean() == pytest.approx(0.8, abs=0.03)


def leads(kept: float) -> NDArray[np.float64]:
    """4,000 series over three years whose deviation of the second year is ``kept`` times that of the first."""
    random = np.random.default_rng(3)
    first = 0.02 * random.standard_normal(4000)
    second = kept * first + 0.002 * random.standard_normal(4000)
    return 1000 * np.exp(np.cumsum(np.column_stack([np.zeros(4000), first, second]), axis=1))
