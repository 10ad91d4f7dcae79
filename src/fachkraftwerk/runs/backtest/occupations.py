"""Tests abroad: occupations with the real outcome (USA), once with an official projection, once with our own rule alone.

Germany has published no projection by occupation whose horizon has passed, and no long series of the KldB. What can be
tested there is the rule by which we treat a signal about occupations: carry on only a part of it (``pace``), damped;
the rest is noise.
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


#: First year of the drift, origin, outcome. Occupations were classified anew in 2018; equal code and title count as one.
SPELLS = (
    (2011, 2013, 2014),
    (2011, 2014, 2015),
    (2011, 2013, 2015),
    (2011, 2013, 2025),
    (2011, 2014, 2025),
    (2011, 2015, 2025),
)


def rolling(facts: pd.DataFrame, pace: float, damping: float) -> Test:
    """Return the test of our drift rule on the yearly US occupation tables. ``facts``: table oes of the edition."""
    lines, wide = [], by_year(facts)
    for first, origin, target in SPELLS:
        before, now, then = (wide[year].to_numpy(dtype=float) for year in (first, origin, target))
        known = np.isfinite(before) & np.isfinite(now) & np.isfinite(then)
        before, now, then = before[known], now[known], then[known]
        ahead = target - origin
        drift = np.log(now / now.sum() * before.sum() / before) / (origin - first)
        shifts = {OURS: pace * drift * damping * (1 - damping**ahead) / (1 - damping), "constant shares": 0 * drift,
                  "last trend": drift * ahead}  # fmt: skip
        for name, shift in shifts.items():
            made = now * np.exp(shift)
            lines.append(score(name, f"{origin} → {target}", made * then.sum() / made.sum(), then, now))
    return Test(
        "occupations_drift",
        Text("Berufe in den USA, Jahr für Jahr", "Occupations in the USA, year by year"),
        Text(
            "Verschiebung zwischen Berufen, gemessen von 2011 bis zum Ausgangsjahr, mit unserer Regel fortgeschrieben; Berufe mit gleichem Schlüssel und Titel in allen Jahren. Die Gesamtzahl ist jedem Modell gegeben.",
            "Shift between occupations, measured from 2011 to the origin and carried on with our rule; occupations with the same code and title in all years. Every model is given the total.",
        ),
        tuple(lines),
        (
            Text(
                "Die Zahlen eines Jahres sind ein gleitendes Mittel über drei Erhebungsjahre; das glättet kurze Abstände. Bis 2025 liegen eine Pandemie und eine neue Klassifikation dazwischen.",
                "The figures of one year are a moving sample of three survey years, which smooths short spells. A pandemic and a new classification lie between 2015 and 2025.",
            ),
        ),
    )


def by_year(facts: pd.DataFrame) -> pd.DataFrame:
    """Return employees by detailed occupation (code and title) and year."""
    chosen = facts[facts["level"] == "detailed"]
    key = chosen["soc"] + " " + chosen["title"].str.lower()
    return chosen.assign(key=key).pivot_table(index="key", columns="year", values="value", aggfunc="sum")
