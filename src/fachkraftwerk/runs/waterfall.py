"""The reasons of a gap as steps that add up exactly, each with its own range."""

from __future__ import annotations

from dataclasses import dataclass

from fachkraftwerk.core.classifications import INDICATORS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.figures import FigureValue, Forecast, resolve

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
