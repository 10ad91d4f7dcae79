"""How strong would a measure have to be to close the gap? Solved, and honest where it is impossible."""

from __future__ import annotations

from dataclasses import dataclass

from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.runs.frames import forecasts
from fachkraftwerk.runs.response import Response
from fachkraftwerk.runs.simulate import Simulation


@dataclass(frozen=True)
class Needed:
    """Strength that closes the gap: ``dose`` where it is possible; else ``dose`` is the limit and what it closes."""

    possible: bool
    dose: float
    closing: float
    gap: float
    usual: float

    def sentence(self, measure: Measure) -> Text:
        """Say it in words."""
        unit = measure.kind.dose.unit
        de, en = (number(significant(self.dose), lang, 0 if self.dose >= 10 else 1) for lang in ("de", "en"))
        if self.gap <= 0:
            return Text("Es gibt keine Lücke zu schließen.", "There is no gap to close.")
        if not self.possible:
            part = number(100 * self.closing / self.gap, "de", 0)
            return Text(
                f"Allein ist das nicht möglich: Selbst mit {de} ({unit.de}) schlösse die Maßnahme nur {part} % der Lücke.",
                f"Not possible alone: even with {en} ({unit.en}) the measure would close only {part}% of the gap.",
            )
        times = number(self.dose / max(self.usual, 1e-9), "de", 1), number(self.dose / max(self.usual, 1e-9), "en", 1)
        return Text(
            f"Nötig wären {de} ({unit.de}), das {times[0]}-Fache der üblichen Stärke.",
            f"It would take {en} ({unit.en}), {times[1]} times the usual strength.",
        )


def needed(simulation: Simulation, measure: Measure, part: float = 1.0) -> Needed:
    """Solve for the strength at which ``measure`` alone closes ``part`` of the gap, on the central path.

    The effect never falls with the dose, so bisection finds it; at the physical limit it may still not be enough.
    """
    limit = measure.kind.dose.limit
    gap = float(simulation.without[0, simulation.at]) * part
    response = central(simulation.response)
    asked, at = simulation.question, simulation.at

    def closes(dose: float) -> float:
        answer = response.answer((measure.with_dose(dose),))
        a = asked.asked
        return float(response.closing(answer, asked.indicator, a.qualification, a.level, a.occupation)[0, at])

    most = closes(limit)
    if gap <= 0 or most < gap:
        return Needed(gap <= 0, 0.0 if gap <= 0 else limit, most, gap, measure.kind.dose.central)
    low, high = 0.0, limit
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if closes(middle) >= gap else (middle, high)
    return Needed(True, high, closes(high), gap, measure.kind.dose.central)


def central(response: Response) -> Response:
    """Return the response of the central path alone: a small question needs no draws."""
    if response.base.draws == 1:
        return response
    if response.plain is None:
        base = forecasts(response.inputs, response.key, [response.frame], 0)[response.frame]
        response.plain = Response(response.inputs, response.key, base, response.seed, response.students, response.frame)
    return response.plain
