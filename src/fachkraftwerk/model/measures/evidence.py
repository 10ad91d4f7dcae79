"""What an effect rests on: parameters with their range, their grade of evidence, and how much of it is judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fachkraftwerk.core.streams import uniforms
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.place import Array

GRADES = {
    "A": Text("Wirkung in einer Studie nachgewiesen", "effect shown by a causal study"),
    "B": Text("amtliche oder große beschreibende Zahl", "official or large descriptive figure"),
    "C": Text("eigene Einschätzung, bitte ändern", "own judgement, please change"),
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One uncertain effect size: two triangles between low and high that meet at central, its most likely value.

    Half of the draws lie below and half above, so that the central value is the middle of the range as well.
    """

    key: str
    low: float
    central: float
    high: float
    unit: Text
    name: Text
    grade: str
    source: str
    note: Text
    bounds: str = ""  # grade of low and high where it differs from that of the centre

    def draw(self, kind: str, draws: int, seed: int = 0) -> Array:
        """Return ``draws`` values of the named stream; row 0 is the central value."""
        share = uniforms(f"measure.{kind}.{self.key}", draws, seed)
        left = self.low + np.sqrt(2 * np.minimum(share, 0.5)) * (self.central - self.low)
        right = self.high - np.sqrt(2 * np.minimum(1 - share, 0.5)) * (self.high - self.central)
        drawn = np.where(share < 0.5, left, right)
        drawn[:1] = self.central
        return np.asarray(drawn)

    @property
    def spread(self) -> float:
        """Width of the range against the central value: how much the parameter leaves open."""
        return (self.high - self.low) / max(abs(self.central), abs(self.high) / 2, 1e-9)


class Resting(Protocol):
    """Whatever rests on parameters: a kind of measure, or a measure with own ranges."""

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...


class Evidence:
    """Adds grade and share of judgement to whatever rests on parameters."""

    @property
    def grade(self: Resting) -> str:
        """The weakest grade among the effect sizes: what the whole figure rests on."""
        return max(p.grade for p in self.parameters)

    @property
    def judged(self: Resting) -> float:
        """Share of the open range that comes from judgement (grade C), 0 to 1."""
        weights = [(p.spread**2, p.bounds or p.grade) for p in self.parameters]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, grade in weights if grade == "C") / total if total else 0.0
