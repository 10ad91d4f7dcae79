"""What came true: employees of Germany to the latest quarterly figures, of the Kreise to the last year published.

The long series of the Kreise ends in 2019. For Germany the quarterly figures go on; for the Kreise the table by sector
holds the year 2020 with the same count (in 2019 the two differ by a twentieth of a per cent of a Kreis, on average).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs.backtest.germany import Series
from fachkraftwerk.runs.national import Residents, growth, outlook, residents

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Facts = Callable[[str], "pd.DataFrame"]
#: The day whose count stands for a year.
DAY = "06-30"


def kreise(facts: Facts) -> pd.DataFrame:
    """Return employees per Kreis [Kreis × year]; Kreise without a gap."""
    table = facts("employment").pivot(index="ags", columns="year", values="value").dropna()
    sectors = facts("sectors")
    whole = sectors[(sectors["sex"] == "total") & (sectors["nationality"] == "total") & (sectors["sector"] == "total")]
    later = whole.pivot(index="ags", columns="year", values="value").reindex(table.index)
    years = [year for year in later.columns if year > table.columns[-1]]
    joined = table.join(later[years])
    return joined.dropna(axis=1)


def germany(facts: Facts, values: Parameters) -> tuple[int, Array]:
    """Return the first year and employees of Germany in every year from there on, to the first gap."""
    table = facts("employment").pivot(index="ags", columns="year", values="value").dropna()
    known = dict(zip(map(int, table.columns), table.to_numpy(dtype=float).sum(0).tolist(), strict=True))
    known |= {int(year): float(value) for year, value in values["demand.employees_germany"].value.items()}
    known |= _quarters(facts)
    first = min(known)
    last = next(year for year in range(first, max(known) + 2) if year not in known)
    return first, np.array([known[year] for year in range(first, last)])


def _quarters(facts: Facts) -> dict[int, float]:
    """Return employees of Germany on the day that stands for a year, from the quarterly figures where there are any."""
    try:
        recent = facts("svb_recent")
    except (Refusal, KeyError):
        return {}
    lands = recent[(recent["region"].str.len() == 2) & (recent["region"] != "DG")]
    lands = lands[(lands["sex"] == "total") & (lands["nationality"] == "total")]
    days = lands["day"].astype(str)
    totals = lands[days.str.endswith(DAY)].groupby(days.str[:4])["value"].sum()
    return dict(zip(map(int, totals.index), totals.to_list(), strict=True))


def series(facts: Facts, values: Parameters) -> Series:
    """Return employees of Germany, its residents, and how these grew."""
    first, employees = germany(facts, values)
    known = residents(facts)
    low, high = values["demand.working_age"].value
    return Series(first, employees, known, people(known, values, (low, high), first + len(employees) - 1))


def people(known: Residents, values: Parameters, ages: tuple[int, int], last: int) -> Array:
    """Return the log growth of residents of working age that led to each year from the table's second to ``last``.

    Where the table ends before, steps of the model with the migration recorded since, as in the forecast: a census lies
    between the table and today. The first entry belongs to the first year of the table and is 0.
    """
    missing = last - int(known.years[-1])
    if missing <= 0:
        return growth(known.until(last), ages)
    flows = values["population.net_migration"].series(np.arange(known.years[-1] + 1, last + 1))
    return np.append(growth(known, ages), outlook(known, ages, missing, flows))
