"""Tests abroad: occupations with the real outcome (USA), once with an official projection, once with our own rule alone.

Germany has published no projection by occupation whose horizon has passed, and no long series of the KldB. What can be
tested there is the rule by which we treat a signal about occupations: carry on only a part of it (``pace``), damped;
the rest is noise. Ranges are those of the other table (ten years) or of another spell (one year): no outcome widens or
narrows the range it is judged by.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.demand.regional_path import by_size, robust, size_power
from fachkraftwerk.runs.backtest.result import OURS, Test
from fachkraftwerk.runs.backtest.scores import score

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Strays:
    """How far occupations strayed: log spread of one of median size, power with which it falls with size."""

    spread: float
    power: float

    def of(self, size: Array) -> Array:
        """Return the log spread of each occupation."""
        return np.maximum(self.spread * by_size(size, self.power), 1e-6)


def strays(said: Array, came: Array, size: Array) -> Strays:
    """Read off past errors how far occupations stray, from the median of their amounts as for the Kreise."""
    error = np.log(came / said)
    power = size_power(error[None], np.full(len(error), "USA"), size)
    return Strays(robust(error / by_size(size, power)), power)


def between(near: Strays, far: Strays, years: int, apart: int = 10) -> Strays:
    """Return how far occupations stray after ``years``, from one year and from ``apart`` years: straight in logs."""
    at = np.log(years) / np.log(apart)
    spread = np.exp((1 - at) * np.log(max(near.spread, 1e-9)) + at * np.log(max(far.spread, 1e-9)))
    return Strays(float(spread), near.power if years < apart else far.power)


def run(facts: pd.DataFrame, pace: float, wide: Strays | None = None) -> Test:
    """Return the test.

    facts: table bls; pace: share of a measured shift that our drift carries on; wide: how far occupations of the other
    table strayed in ten years, without which there is no range.
    """
    before, projected, actual = _decade(facts)
    growth = projected.sum() / before.sum()
    shrunk = _shrunk(before, projected, pace)
    models = {
        f"{OURS} (shift × {pace:g})": shrunk,
        "BLS projection 2010–20": projected,
        "no change": before,
        "constant shares": before * growth,
    }
    spread = None if wide is None else wide.of(before)
    lines = [
        score(name, "10 years", made, actual, before, spread if name.startswith(OURS) else None)
        for name, made in models.items()
    ]
    return Test(
        "occupations_usa",
        Text("Berufe in den USA, 2010 bis 2020", "Occupations in the USA, 2010 to 2020"),
        Text(
            f"{len(before)} Berufe mit unverändertem Schlüssel; amtliche Projektion, wirkliches Ergebnis (erstes Covid-Jahr). Die Spanne ist die der anderen Tabelle, 2015 bis 2025.",
            f"{len(before)} occupations with an unchanged code; official projection, real outcome (first Covid year). The range is that of the other table, 2015 to 2025.",
        ),
        tuple(lines),
        (
            Text(
                "Die amtliche Projektion war schlechter als gar keine Veränderung; darum dämpfen wir Verschiebungen zwischen Berufen.",
                "The official projection did worse than no change at all; that is why we damp shifts between occupations.",
            ),
        ),
    )


def _decade(facts: pd.DataFrame) -> tuple[Array, Array, Array]:
    """Return employees of 2010, those projected for 2020 and those that came, by detailed occupation."""
    columns = ["employment_2010", "projected_2020", "actual_2020"]
    known = facts[facts["detailed"]].dropna(subset=columns)
    before, projected, actual = (known[column].to_numpy(dtype=float) for column in columns)
    return before, projected, actual


def _shrunk(before: Array, projected: Array, pace: float) -> Array:
    """Return the projection with a part of its shift between occupations and none of its growth."""
    return np.asarray(before * np.exp(pace * (np.log(projected / before) - np.log(projected.sum() / before.sum()))))


def of_decade(facts: pd.DataFrame, pace: float) -> Strays:
    """Return how far occupations strayed from 2010 to 2020. ``facts``: table bls."""
    before, projected, actual = _decade(facts)
    return strays(_shrunk(before, projected, pace), actual, before)


#: First year of the drift, origin, outcome. Occupations were classified anew in 2018; equal code and title count as one.
SPELLS = (
    (2011, 2013, 2014),
    (2011, 2014, 2015),
    (2011, 2013, 2015),
    (2011, 2013, 2025),
    (2011, 2014, 2025),
    (2011, 2015, 2025),
)


#: The one-year spell whose errors are the range of the spells that begin in a year.
NEAR = {2013: (2011, 2014, 2015), 2014: (2011, 2013, 2014), 2015: (2011, 2014, 2015)}


@dataclass(frozen=True)
class Spell:
    """What is known at an origin and what came [occupation], and what each model would have said."""

    now: Array
    then: Array
    said: dict[str, Array]


def spell(table: pd.DataFrame, years: tuple[int, int, int], pace: float, damping: float) -> Spell:
    """Return one spell. ``table``: employees by occupation and year; ``years``: first of the drift, origin, outcome."""
    first, origin, target = years
    every = table[list(years)].dropna().to_numpy(dtype=float).T
    before, now, then = every
    ahead = target - origin
    drift = np.log(now / now.sum() * before.sum() / before) / (origin - first)
    shifts = {OURS: pace * drift * damping * (1 - damping**ahead) / (1 - damping), "constant shares": 0 * drift,
              "last trend": drift * ahead}  # fmt: skip
    made = {name: now * np.exp(shift) for name, shift in shifts.items()}
    return Spell(now, then, {name: one * then.sum() / one.sum() for name, one in made.items()})


def of_spell(facts: pd.DataFrame, years: tuple[int, int, int], pace: float, damping: float) -> Strays:
    """Return how far occupations strayed from our rule in one spell. ``facts``: table oes of the edition."""
    found = spell(by_year(facts), years, pace, damping)
    return strays(found.said[OURS], found.then, found.now)


def rolling(facts: pd.DataFrame, pace: float, damping: float, far: Strays | None = None) -> Test:
    """Return the test of our drift rule on the yearly US occupation tables.

    facts: table oes of the edition; far: how far occupations of the other table strayed in ten years, without which
    there is no range.
    """
    lines, table = [], by_year(facts)
    for years in SPELLS:
        _, origin, target = years
        found = spell(table, years, pace, damping)
        spread = None
        if far is not None:
            near = of_spell(facts, NEAR[origin], pace, damping)
            spread = between(near, far, target - origin).of(found.now)
        for name, made in found.said.items():
            wide = spread if name == OURS else None
            lines.append(score(name, f"{origin} → {target}", made, found.then, found.now, wide))
    return Test(
        "occupations_drift",
        Text("Berufe in den USA, Jahr für Jahr", "Occupations in the USA, year by year"),
        Text(
            "Verschiebung zwischen Berufen, gemessen von 2011 bis zum Ausgangsjahr, mit unserer Regel fortgeschrieben; Berufe mit gleichem Schlüssel und Titel in allen Jahren. Die Gesamtzahl ist jedem Modell gegeben. Die Spanne ist ein Jahr voraus die eines anderen Jahres, zehn Jahre voraus die der anderen Tabelle (2010 bis 2020).",
            "Shift between occupations, measured from 2011 to the origin and carried on with our rule; occupations with the same code and title in all years. Every model is given the total. The range is that of another year one year ahead, and that of the other table (2010 to 2020) ten years ahead.",
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
