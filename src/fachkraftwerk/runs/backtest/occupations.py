"""Test abroad: occupations with a published official projection and the real outcome (USA, 2010 → 2020).

Germany has published no projection by occupation whose horizon has passed. What can be tested there is the rule by
which we treat a signal about occupations: carry on only a part of it (``pace``), the rest is noise.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest.result import OURS, Test
from fachkraftwerk.runs.backtest.scores import score

Array = NDArray[np.float64]


def run(facts: pd.DataFrame, pace: float) -> Test:
    """Return the test. ``facts``: table bls; ``pace``: share of a measured shift that our drift carries on."""
    columns = ["employment_2010", "projected_2020", "actual_2020"]
    known = facts[facts["detailed"]].dropna(subset=columns)
    before, projected, actual = (known[column].to_numpy(dtype=float) for column in columns)
    growth = projected.sum() / before.sum()
    shift = np.log(projected / before) - np.log(growth)
    shrunk = before * np.exp(pace * shift)
    models = {
        f"{OURS} (shift × {pace:g})": shrunk,
        "BLS projection 2010–20": projected,
        "no change": before,
        "constant shares": before * growth,
    }
    lines = [score(name, "10 years", made, actual, before) for name, made in models.items()]
    return Test(
        "occupations_usa",
        Text("Berufe in den USA, 2010 bis 2020", "Occupations in the USA, 2010 to 2020"),
        Text(
            f"{len(known)} Berufe mit unverändertem Schlüssel; amtliche Projektion, wirkliches Ergebnis (erstes Covid-Jahr).",
            f"{len(known)} occupations with an unchanged code; official projection, real outcome (first Covid year).",
        ),
        tuple(lines),
        (
            Text(
                "Die amtliche Projektion war schlechter als gar keine Veränderung; darum dämpfen wir Verschiebungen zwischen Berufen.",
                "The official projection did worse than no change at all; that is why we damp shifts between occupations.",
            ),
        ),
    )
