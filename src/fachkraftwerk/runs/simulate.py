"""Simulation of measures on a Kreis or zone: gap with and without, each alone, all together, cost, judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures import groups, reach
from fachkraftwerk.model.measures.combine import Effect
from fachkraftwerk.model.measures.measure import Measure, faults, plan
from fachkraftwerk.model.measures.place import Place
from fachkraftwerk.runs import compare, relations
from fachkraftwerk.runs.figures import FigureValue, summarise, year_index
from fachkraftwerk.runs.frames import BASELINE, forecasts
from fachkraftwerk.runs.judgements import Judged
from fachkraftwerk.runs.place import foreign_students
from fachkraftwerk.runs.response import Asked, Response
from fachkraftwerk.runs.zero_sum import Loss, losses

if TYPE_CHECKING:
    from fachkraftwerk.runs.desk import Desk
    from fachkraftwerk.runs.scenario import Scenario

Array = NDArray[np.float64]
GAP = "gap_cumulated"


@dataclass(frozen=True)
class Question:
    """What the answer is about: year, reading and part of the labour market."""

    year: int = 2030
    indicator: str = GAP
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True)
class Line:
    """One measure in the answer: what it closes alone, its cost and its evidence."""

    measure: Measure
    closing: Array  # [draw, year]
    value: FigureValue
    group: float
    euros: Array  # [draw]
    days: float
    per_euro: FigureValue | None

    @property
    def euro(self) -> float:
        """Euros until the year asked for, as estimated."""
        return float(self.euros[0])

    @property
    def cost_grade(self) -> str:
        """What the cost rests on; empty for an amount somebody entered."""
        return "" if self.measure.euro is not None else self.measure.kind.cost.grade


@dataclass(frozen=True)
class Simulation:
    """The answer. Arrays are [draw, year], row 0 central; ``closing`` is positive where the gap shrinks."""

    response: Response
    question: Question
    measures: tuple[Measure, ...]
    told: Judged = field(default_factory=Judged)

    @property
    def years(self) -> NDArray[np.int64]:
        """Years of the paths."""
        return self.response.base.years

    @cached_property
    def at(self) -> int:
        """Position of the year asked for."""
        return year_index(self.response.base, self.question.year)

    @cached_property
    def without(self) -> Array:
        """The gap without measures."""
        return self._gap(self.question.asked)

    @cached_property
    def closing(self) -> Array:
        """What all measures close together."""
        return self._closing(self.measures)

    @property
    def with_(self) -> Array:
        """The gap with all measures."""
        return self.without - self.closing

    @cached_property
    def effects(self) -> list[Effect]:
        """Effects of the measures carried out together."""
        return self.response.effects(self.measures)

    @cached_property
    def lines(self) -> list[Line]:
        """Each measure alone."""
        return [self._line(measure) for measure in self.measures]

    @cached_property
    def interaction(self) -> Array:
        """What the set does more or less than the sum of its parts."""
        return compare.interaction([line.closing for line in self.lines], self.closing)

    @cached_property
    def remaining(self) -> FigureValue:
        """The gap with all measures at the year asked for (see ``after``)."""
        return after(self.value(self.without), self.value(self.with_), self.closing[0, self.at])

    def value(self, samples: Array) -> FigureValue:
        """Summarise a path at the year asked for."""
        return summarise(samples[:, self.at])

    @property
    def euro(self) -> float:
        """Euros spent until the year asked for."""
        return sum(line.euro for line in self.lines)

    @cached_property
    def cost(self) -> FigureValue:
        """Euros spent until the year asked for, with their range."""
        spent = (
            np.sum([line.euros for line in self.lines], axis=0) if self.lines else np.zeros(self.response.base.draws)
        )
        return summarise(spent, unit="euros")

    @property
    def days(self) -> float:
        """Person-days spent until the year asked for."""
        return sum(line.days for line in self.lines)

    @cached_property
    def judged(self) -> float:
        """Share of the effect that rests on judgement (grade C), weighted by what each measure closes."""
        weights = [abs(line.value.central) for line in self.lines]
        total = sum(weights)
        parts = zip(weights, self.measures, strict=True)
        return sum(weight * measure.judged for weight, measure in parts) / total if total else 0.0

    @cached_property
    def losses(self) -> list[Loss]:
        """Other Kreise that lose what is won here, largest first; below one person together as rest."""
        return losses(self.effects, self.response.place.commuters, self.at)

    @property
    def conflicts(self) -> list[Text]:
        """What the set should not contain as it stands, in words."""
        return relations.conflicts(self.measures)

    def split(self, by: str) -> list[tuple[str, FigureValue, FigureValue]]:
        """Return (key, gap, closing) by "level", "occupation" or "qualification" for the year asked for."""
        keys = {
            "level": tuple(LEVELS),
            "occupation": tuple(OCCUPATIONS),
            "qualification": ("unskilled", "vocational", "academic"),
        }
        answer = self.response.answer(self.measures)
        rows = []
        for key in keys[by]:
            asked = replace(self.question.asked, **{by: key})
            gap = self._gap(asked)
            closing = self.response.closing(
                answer, self.question.indicator, asked.qualification, asked.level, asked.occupation
            )
            rows.append((key, self.value(gap), self.value(closing)))
        return rows

    def _gap(self, asked: Asked) -> Array:
        return np.asarray(self.response.gap(self.question.indicator, asked) + self.told.shift(asked))

    def _closing(self, measures: Sequence[Measure]) -> Array:
        asked = self.question.asked
        answer = self.response.answer(tuple(measures))
        return self.response.closing(
            answer, self.question.indicator, asked.qualification, asked.level, asked.occupation
        )

    def _line(self, measure: Measure) -> Line:
        closing = self._closing((measure,))
        base = self.response.base
        place, year = self.response.place, self.question.year
        euros = measure.euros_until(place, year, base.draws, self.response.seed)
        days = measure.days_until(place, year)
        group = reach.size(place, measure)[self.at]
        samples = closing[:, self.at]
        return Line(measure, closing, summarise(samples), float(group), euros, days, compare.per_euro(samples, euros))


def after(without: FigureValue, with_: FigureValue, closing: float) -> FigureValue:
    """Return the gap with measures, its value moved by what they close on the central path.

    A median of its own would differ by sampling noise, and "without" minus "closed" would not be what is left.
    """
    return replace(with_, value=without.value - closing)


def simulate(
    response: Response, measures: Sequence[Measure], question: Question | None = None, told: Judged | None = None
) -> Simulation:
    """Return the simulation. Raises Refusal for every faulty measure at once, and for a year not computed."""
    here = tuple(measure.at(response.place) for measure in measures)
    wrong = [fault for measure in here for fault in faults(measure, saved=True)] + relations.faults(here)
    if wrong:
        raise Refusal(wrong)
    made = Simulation(response, question or Question(), here, told or Judged())
    year_index(response.base, made.question.year)
    return made


def parse_measures(
    words: Sequence[str], reason: str = "", occupations: Sequence[str] = (), levels: Sequence[str] = (),
    place: Place | None = None,
) -> list[Measure]:  # fmt: skip
    """Read "kind", "kind:high", "kind:12.5" or "M045:low" from the command line. Raises Refusal with all faults.

    ``reason`` says why strengths lie outside experience; ``occupations`` and ``levels`` narrow every measure. Words and
    range of a strength are those of ``place``.
    """
    from fachkraftwerk.runs.library import records

    found: list[Measure] = []
    wrong: list[Fault] = []
    for number, word in enumerate(words, 1):
        ident, _, strength = word.partition(":")
        try:
            key, title = records.lever_of(ident)
            label = ident if ident not in {m.id for m in found} else f"{ident}-{number}"
            found.append(plan(
                key, strength or "central", label, reason=reason, title=title, record=ident if title else "",
                occupations=tuple(occupations), levels=tuple(levels), place=place,
            ))  # fmt: skip
        except Refusal as refusal:
            wrong += list(refusal.faults)
    if wrong:
        raise Refusal(wrong)
    return found


# --- through the desk --------------------------------------------------------------------------------------------

_KEPT = 48


def response_of(desk: Desk, words: str, draws: int | None = None) -> Response:
    """Return the response of a Kreis or zone, kept with the desk. Raises Refusal for an unknown region."""
    return response_in(desk, words, BASELINE, draws)


def response_in(desk: Desk, words: str, frame: str, draws: int | None = None) -> Response:
    """Return the response of a Kreis or zone in a framework scenario. Raises Refusal for an unknown region."""
    key = desk.zone(words).key
    at = (key, frame, desk.draws if draws is None else draws)
    kept: dict[tuple[str, str, int], Response] = desk.__dict__.setdefault("_responses", {})
    if at not in kept:
        kept[at] = _made(desk, *at)
        while len(kept) > _KEPT:
            kept.pop(next(iter(kept)))
    return kept[at]


def judged_in(desk: Desk, scenario: Scenario, draws: int | None = None) -> Judged:
    """Return the judgements of a scenario beside the forecast as expected; they hold in every framework."""
    if not scenario.judgements:
        return Judged()
    return Judged(scenario.judgements, response_in(desk, scenario.region, BASELINE, draws).base)


def _made(desk: Desk, key: str, frame: str, draws: int) -> Response:
    base: Any = desk.forecast(key, draws) if frame == BASELINE else forecasts(desk.inputs, key, [frame], draws)[frame]
    if not hasattr(base, "members"):
        raise refuse(
            "Für diese Vorausberechnung lassen sich keine Maßnahmen rechnen.", "Measures cannot be simulated on this forecast.",
            "Öffnen Sie die mitgelieferte Ausgabe.", "Open the edition that ships.",
        )  # fmt: skip
    return Response(desk.inputs, key, base, students=foreign_students(desk.edition, key), frame=frame)


def document(simulation: Simulation, edition: str) -> dict[str, Any]:
    """Return the answer as the JSON document of command line and API."""
    q = simulation.question
    return {
        "edition": edition, "region": simulation.response.key, "year": q.year, "indicator": q.indicator,
        "qualification": q.asked.qualification, "level": q.asked.level, "occupation": q.asked.occupation,
        "draws": simulation.response.base.draws,
        "without": simulation.value(simulation.without).as_dict(), "with": simulation.remaining.as_dict(),
        "closing": simulation.value(simulation.closing).as_dict(),
        "interaction": simulation.value(simulation.interaction).as_dict(),
        "path": _path(simulation), "measures": [_measure(line) for line in simulation.lines],
        "by": {by: _split(simulation, by) for by in ("qualification", "level", "occupation")},
        "zero_sum": [{"region": loss.ags or "rest", **loss.value.as_dict()} for loss in simulation.losses],
        "conflicts": [words._asdict() for words in simulation.conflicts],
        "euro": simulation.euro, "cost": simulation.cost.as_dict(), "person_days": simulation.days, "judged_share": simulation.judged,
        "sentence": compare.sentence(simulation.value(simulation.closing), simulation.value(simulation.without), q.year)._asdict(),
    }  # fmt: skip


def _path(simulation: Simulation) -> list[dict[str, Any]]:
    rows = []
    for i, year in enumerate(simulation.years):
        without, with_ = (summarise(table[:, i]) for table in (simulation.without, simulation.with_))
        left = after(without, with_, simulation.closing[0, i])
        rows.append({"year": int(year), "without": without.as_dict(), "with": left.as_dict()})
    return rows


def _split(simulation: Simulation, by: str) -> list[dict[str, Any]]:
    return [{"key": k, "gap": gap.as_dict(), "closing": c.as_dict()} for k, gap, c in simulation.split(by)]


def _measure(line: Line) -> dict[str, Any]:
    m = line.measure
    return {
        "id": m.id, "kind": m.kind.key, "name": relations.name(m)._asdict(), "dose": m.dose, "unit": m.kind.dose.unit._asdict(),
        "usual": m.kind.usual(m.dose), "reason": m.reason, "grade": m.grade, "judged_share": m.judged, "closing": line.value.as_dict(),
        "target_group": {
            "name": groups.NAMES[m.kind.group]._asdict(), "size": line.group, "estimated": m.kind.group in groups.ESTIMATED,
        },
        "occupations": list(m.occupations), "levels": list(m.levels), "capacity": m.capacity, "cost_grade": line.cost_grade,
        "start": m.timing.start, "ramp": m.timing.ramp, "duration": m.timing.duration, "fade": m.timing.fade,
        "euro": line.euro, "person_days": line.days,
        "persons_per_100000_euro": line.per_euro.as_dict() if line.per_euro else None,
    }  # fmt: skip
