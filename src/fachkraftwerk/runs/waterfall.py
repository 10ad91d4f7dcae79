"""The reasons of a gap as steps that add up exactly, each with its own range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fachkraftwerk.core.classifications import INDICATORS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.figures import TENS, FigureValue, Forecast, resolve
from fachkraftwerk.runs.wording import rounded, sentence_step

#: Components in the order in which people tell the story; the readings differ by the last bar only.
COMPONENTS = (
    "replacement", "disability", "deaths", "structural_change", "entrants", "migration", "participation",
)  # fmt: skip
READINGS = {"gap_cumulated": COMPONENTS, "gap_commuting_closed": (*COMPONENTS, "commuting")}

_LABELS = {
    ("structural_change", True): Text("mehr Bedarf", "more demand"),
    ("structural_change", False): Text("weniger Bedarf", "less demand"),
    ("migration", True): Text("ziehen fort", "move away"),
    ("migration", False): Text("ziehen zu", "move in"),
    ("participation", True): Text("weniger im Erwerb", "participate less"),
    ("participation", False): Text("mehr im Erwerb", "participate more"),
    ("commuting", True): Text("Pendeln: weniger kommen", "commuting: fewer come"),
    ("commuting", False): Text("Pendeln: mehr kommen", "commuting: more come"),
    ("entrants", False): Text("rücken nach", "young people enter"),
    ("entrants", True): Text("Nachwuchs fehlt", "too few enter"),
}


@dataclass(frozen=True)
class Step:
    """One bar. ``start`` and ``end`` are running totals on the central path; ``value`` carries the range."""

    key: str
    label: Text
    start: float
    end: float
    value: FigureValue
    figure: Figure | None = None
    written: float | None = None
    to: float = TENS
    rough: bool = False

    @property
    def said(self) -> float:
        """The amount as it is written: rounded so that the written amounts add up."""
        return rounded(self.amount, self.to) if self.written is None else self.written

    @property
    def low(self) -> float:
        """Lower end of the range as it is written."""
        return rounded(self.value.p10, self.to)

    @property
    def high(self) -> float:
        """Upper end of the range as it is written."""
        return rounded(self.value.p90, self.to)

    @property
    def amount(self) -> float:
        """Signed length of the bar; positive widens the gap."""
        return self.end - self.start


def label(key: str, widens: bool) -> Text:
    """Return the short label of a component by its sign."""
    return _LABELS.get((key, widens), INDICATORS[key])


def components(figure: Figure) -> tuple[str, ...]:
    """Return the components that add up to the gap ``figure`` asks for."""
    return READINGS.get(figure.indicator, COMPONENTS)


def steps(figure: Figure, forecast: Forecast) -> list[Step]:
    """Return the bars from zero to the gap.

    Bars lie on the central path, where they add up exactly. The published value is the median of the draws;
    where it differs from the central path, an own bar says so instead of hiding a rest.
    """
    at, bars = 0.0, []
    for key in components(figure):
        one = figure.at(indicator=key)
        value = resolve(one, forecast)
        bars.append(Step(key, label(key, value.central > 0), at, at + value.central, value, one))
        at += value.central
    total = resolve(figure, forecast)
    skew = total.value - at
    if abs(skew) > max(5.0, 0.005 * abs(total.value)):
        rest = FigureValue(skew, skew, skew, skew, skew, skew, float(skew > 0))
        bars.append(Step("skew", Text("bis zur Mitte der Spanne", "to the middle of the range"), at, at + skew, rest))
    bars.append(Step("total", Text(f"Lücke {figure.year}", f"Gap {figure.year}"), 0.0, total.value, total, figure))
    return bars


def told(steps: Sequence[Step], to: float) -> list[Step]:
    """Return the bars with amounts rounded so that they add up, the total to a multiple of ``to``.

    The amounts are rounded to the digits the strongest of them carries in a sentence; where that is finer than
    ``to``, they add up to the total on their own step, and the total is marked as rough. One step that rounding leaves
    over goes to the bar that leads to the middle of the range, so that reasons read the same wherever they stand; where
    there is none, or it would turn its sign, and several steps go to the amounts they change least (largest remainder).
    A rest that rounds to nothing is left out.
    """
    *parts, total = steps
    fine = min(to, sentence_step(max(abs(step.amount) for step in parts)))
    amounts = {step.key: rounded(step.amount, fine) for step in parts}
    left = rounded(total.amount, fine) - sum(amounts.values())
    if (skew := amounts.get("skew", 0.0)) and abs(left) <= fine and (skew + left) * skew >= 0:
        amounts["skew"] += left
    else:
        _spread(amounts, {step.key: step.amount for step in parts}, left, fine)
    kept = [step for step in parts if step.key != "skew" or amounts["skew"]]
    whole = replace(total, written=rounded(total.amount, to), to=to, rough=fine < to)
    return [*(replace(step, written=amounts[step.key], to=fine) for step in kept), whole]


def _spread(amounts: dict[str, float], exact: dict[str, float], left: float, to: float) -> None:
    """Move ``left``, a few times ``to``, into the amounts that lie nearest to the other side of rounding."""
    move = math.copysign(to, left)
    nearest = sorted(amounts, key=lambda key: (amounts[key] - exact[key]) * move)
    for key in nearest[: round(abs(left) / to)]:
        amounts[key] += move
