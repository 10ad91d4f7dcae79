"""The answer to a scenario: sentence, pictures, table, evidence, cost, zero-sum part, what would be needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.model.measures import groups, reach
from fachkraftwerk.model.measures.checks import outside
from fachkraftwerk.model.measures.evidence import GRADES
from fachkraftwerk.runs import compare, relations
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.figures import FigureValue, summarise, year_index
from fachkraftwerk.runs.frames import BASELINE, FRAMES
from fachkraftwerk.runs.judgements import INFLOWS, TITLES, Judgement, shift
from fachkraftwerk.runs.needed import needed
from fachkraftwerk.runs.response import CLOSED
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.runs.simulate import Line, Question, Simulation, after, judged_in, response_in, simulate
from fachkraftwerk.runs.zero_sum import OTHERS, REST, Loss, felt
from fachkraftwerk.web.scenarios.bars import Bar
from fachkraftwerk.web.scenarios.domain import sentences

#: Neighbours whose own gap is shown.
NEAR = 3
#: Occupations a choice names before it counts the rest.
NAMED = 3


@dataclass(frozen=True)
class Answer:
    """A simulated scenario, ready to be shown."""

    desk: Desk
    scenario: Scenario
    simulation: Simulation
    lang: str

    @cached_property
    def without(self) -> FigureValue:
        """The gap without measures."""
        return self.simulation.value(self.simulation.without)

    @cached_property
    def closing(self) -> FigureValue:
        """What all measures close together."""
        return self.simulation.value(self.simulation.closing)

    @cached_property
    def with_(self) -> FigureValue:
        """The gap with all measures."""
        return self.simulation.remaining

    @property
    def sentence(self) -> Text:
        """What the set does, in one sentence."""
        s = self.simulation
        judged = bool(s.told.judgements)
        return sentences.sentence(self.closing, self.without, self.scenario.year, len(s.measures), judged)

    @cached_property
    def untold(self) -> FigureValue | None:
        """The gap of the forecast alone, without a group's own judgement; None where there is none."""
        if not self.simulation.told.judgements:
            return None
        alone = simulate(self.simulation.response, (), self.simulation.question)
        return alone.value(alone.without)

    @property
    def moves(self) -> bool:
        """Tell whether the measures close anything one can count."""
        return max(abs(self.closing.central), abs(self.closing.p90)) >= compare.LEAST

    @property
    def elsewhere(self) -> bool:
        """Tell whether nothing moves because what is chosen counts in the other way of counting only."""
        return not self.moves and any(row["note"] is _ELSEWHERE for row in self.rows)

    @property
    def judged_lines(self) -> list[Text]:
        """What each judgement of a group does to the gap, with its source."""
        return [_judged_line(one, self) for one in self.simulation.told.judgements]

    @property
    def short(self) -> Text:
        """The sentence in a few words, to stand beside the sliders."""
        return sentences.short(self.closing, self.without, len(self.simulation.measures))

    @property
    def place(self) -> Text:
        """Name of the zone."""
        return place(self.desk, self.scenario.region)

    @property
    def judged(self) -> float:
        """Share of the effect that rests on judgement, in percent."""
        return 100 * self.simulation.judged

    @cached_property
    def bars(self) -> list[Bar]:
        """Bars of the measures, their overlap, and all together; they add up exactly on the central path."""
        made, at = [], 0.0
        for line in self.simulation.lines:
            made.append(Bar(title(line), at, line.value, judged=line.measure.judged > 0.5))
            at = made[-1].end
        if len(self.simulation.lines) > 1:
            between = self.simulation.value(self.simulation.interaction)
            made.append(Bar(Text("Überschneidung der Maßnahmen", "overlap of the measures"), at, between, "overlap"))
        return [*made, Bar(Text("alle zusammen", "all together"), 0.0, self.closing, "together")]

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """One row a measure for the table."""
        return [_row(line, self) for line in self.simulation.lines]

    @cached_property
    def needed(self) -> list[tuple[Text, Text]]:
        """For each measure: how strong it would have to be to close the gap alone."""
        lines = self.simulation.lines
        return [(title(line), needed(self.simulation, line.measure).sentence(line.measure)) for line in lines]

    @cached_property
    def losses(self) -> list[tuple[Text, Loss, Text | None]]:
        """Who loses what is won here; for the first ones, what it does to their gap."""
        named = {REST: Text("übriges Deutschland", "rest of Germany"), OTHERS: Text("weitere Kreise", "other Kreise")}
        return [
            (named[loss.ags], loss, None)
            if loss.ags in named
            else (self.desk.title(self.desk.edition.regions[loss.ags]), loss, self._there(loss) if i < NEAR else None)
            for i, loss in enumerate(self.simulation.losses)
        ]

    def _there(self, loss: Loss) -> Text | None:
        """Say what the gap of a neighbour becomes, on the central path and with commuting closed."""
        there = response_in(self.desk, loss.ags, self.scenario.frame, 0)
        gap, year = there.gap(CLOSED)[0, self.simulation.at], self.scenario.year
        lost = felt(there, loss.value.central)
        (de, more_de), (en, more_en) = (
            [number(significant(v), lang) for v in (gap, gap + lost)] for lang in ("de", "en")
        )
        if de == more_de:
            return None
        return Text(
            f"Die Lücke dort wächst bis {year} von {de} auf {more_de}.",
            f"The gap there grows from {en} to {more_en} by {year}.",
        )

    @property
    def resident(self) -> bool:
        """Tell whether the chosen reading counts people where they live, so that commuters change nothing."""
        return self.scenario.indicator != CLOSED

    @cached_property
    def occupations(self) -> list[tuple[Text, FigureValue, FigureValue]]:
        """Occupations in which most is closed, with their gap."""
        rows = self.simulation.split("occupation")
        best = sorted(rows, key=lambda row: -abs(row[2].value))[:8]
        return [(OCCUPATIONS[key], gap, closing) for key, gap, closing in best]

    @cached_property
    def levels(self) -> list[tuple[Text, FigureValue, FigureValue]]:
        """Gap and effect by requirement level and by qualification."""
        by_level = [(LEVELS[key], gap, closed) for key, gap, closed in self.simulation.split("level")]
        groups_ = self.simulation.split("qualification")
        return by_level + [(QUALIFICATION_GROUPS[key], gap, closed) for key, gap, closed in groups_]

    @cached_property
    def path(self) -> list[tuple[int, FigureValue, FigureValue]]:
        """(year, gap without, gap with) from the base year on."""
        s, rows = self.simulation, []
        for i, year in enumerate(s.years):
            without, with_ = summarise(s.without[:, i]), summarise(s.with_[:, i])
            rows.append((int(year), without, after(without, with_, s.closing[0, i])))
        return rows


def place(desk: Desk, key: str) -> Text:
    """Return the name of a zone as people call it: "Stadt Kassel + Landkreis Kassel"."""
    titles = [desk.title(region) for region in desk.zone(key).regions]
    return Text(" + ".join(t.de for t in titles), " + ".join(t.en for t in titles))


def title(line: Line) -> Text:
    """Return the name of a measure: its own title, that of its record, or that of its lever."""
    return relations.name(line.measure)


def _row(line: Line, answer: Answer) -> dict[str, object]:
    kind = line.measure.kind
    gap = answer.without.value
    return {
        "line": line, "title": title(line), "value": line.value, "grade": line.measure.grade, "evidence": _evidence(line),
        "judged": 100 * line.measure.judged, "group": groups.NAMES[kind.group], "size": line.group, "euro": significant(line.euro, 3) if line.cost_grade else line.euro, "cost": summarise(line.euros),
        "days": line.days, "per_euro": line.per_euro, "share": 100 * line.value.central / gap if gap > 0 else None,
        "unit": kind.dose.unit, "dose": line.measure.dose,
        "note": _note(line, answer), "outside": _outside(line), "chosen": _chosen(line), "bound": _bound(line),
        "estimated": kind.group in groups.ESTIMATED, "cost_grade": line.cost_grade, "key": kind.key,
    }  # fmt: skip


_EMPTY = Text("Diese Zielgruppe gibt es hier nicht.", "This target group does not exist here.")
_ELSEWHERE = Text(
    "Zählt nur in der Zählweise „mit Pendelnden verrechnet“.",
    "Counts only in the way of counting “with commuting closed”.",
)
_SIDEWAYS = Text(
    "Hilft einzelnen Berufen; die Summe aller Fachkräfte bleibt gleich.",
    "Helps single occupations; the sum of all skilled workers stays.",
)


def _outside(line: Line) -> Text | None:
    """Say that a strength lies outside what is usual here, and the reason people gave for it or for their own ranges."""
    why = line.measure.reason.strip()
    usual = line.measure.kind.usual(line.measure.dose)
    what = Text("", "") if usual else outside(line.measure)
    told = Text(f"Grund: {why}", f"Reason: {why}") if why else Text("", "")
    said = Text(f"{what.de} {told.de}".strip(), f"{what.en} {told.en}".strip())
    return said if said.de else None


def _chosen(line: Line) -> Text | None:
    """Say which occupations and levels a measure is narrowed to, and what that means."""
    m = line.measure
    names = [LEVELS[key] for key in reach.levels(m)] + [OCCUPATIONS[key] for key in m.occupations]
    if not names:
        return None
    shown, more = names[:NAMED], len(names) - NAMED
    de, en = (", ".join(name.in_(lang) for name in shown) for lang in ("de", "en"))
    tail = Text(f" und {more} weitere", f" and {more} more") if more > 0 else Text("", "")
    lead = Text("Nur", "Only") if m.kind.choice == reach.WHO else Text("Für", "For")
    return Text(f"{lead.de}: {de}{tail.de}.", f"{lead.en}: {en}{tail.en}.")


def _bound(line: Line) -> Text | None:
    """Say the limit somebody set to what a measure may win."""
    limit, kind = line.measure.capacity, line.measure.kind
    if limit is None:
        return None
    unit, yearly = (
        groups.UNITS.get(kind.group, groups.PERSONS),
        Text(" im Jahr", " a year") if kind.flow else Text("", ""),
    )
    return Text(
        f"Höchstens {number(limit, 'de')} {unit.de}{yearly.de}.", f"At most {number(limit, 'en')} {unit.en}{yearly.en}."
    )


def _evidence(line: Line) -> Text:
    """Say what the effect of a measure rests on, and how much of its range is judgement."""
    words, part = GRADES[line.measure.grade], 100 * line.measure.judged
    if line.measure.grade == "C":
        words = Text("eigene Einschätzung", "own judgement")
    if part < 1 or (line.measure.grade == "C" and part > 99):
        return words
    return Text(
        f"{words.de}; Spanne zu {number(part, 'de')} % Einschätzung",
        f"{words.en}; {number(part, 'en')}% of the range judgement",
    )


def _note(line: Line, answer: Answer) -> Text | None:
    """Say why a measure closes nothing here, where that is so."""
    if line.group < 0.5:
        return _EMPTY
    if line.measure.kind.channel == "commuting" and answer.scenario.indicator != CLOSED:
        return _ELSEWHERE
    if line.measure.kind.channel == "transfer" and abs(line.value.value) < 0.05:
        return _SIDEWAYS
    return None


def _judged_line(one: Judgement, answer: Answer) -> Text:
    """Say the judged figure beside that of the forecast, and by how much the gap moves."""
    base = answer.simulation.told.base
    assert base is not None  # a judgement stands beside its forecast
    at = year_index(base, one.year)
    there = float(np.median(base.select(one.indicator)[:, at])) * (-1 if one.indicator in INFLOWS else 1)
    moved = float(np.median(shift(one, base)[:, at]))
    source, does = one.sentence(), _does(one, there, moved)
    return Text(f"{source.de}. {does.de}", f"{source.en}. {does.en}")


def _does(one: Judgement, there: float, moved: float) -> Text:
    name, forecast, diff = TITLES[one.indicator], significant(there), significant(abs(moved))
    if abs(moved) < max(abs(there) / 100, 5):
        return Text(f"{name.de} bis {one.year}: Sie bestätigt die Prognose ({number(forecast)}).",
                    f"{name.en} by {one.year}: it confirms the forecast ({number(forecast, 'en')}).")  # fmt: skip
    wider = Text("größer", "larger") if moved > 0 else Text("kleiner", "smaller")
    return Text(f"{name.de} bis {one.year}: Die Prognose sagt rund {number(forecast)}; mit der Einschätzung ist die Lücke rund {number(diff)} {wider.de}.",
                f"{name.en} by {one.year}: the forecast says about {number(forecast, 'en')}; with the judgement the gap is about {number(diff, 'en')} {wider.en}.")  # fmt: skip


def answer(desk: Desk, scenario: Scenario, lang: str) -> Answer:
    """Simulate a scenario. Raises Refusal for anything impossible."""
    response = response_in(desk, scenario.region, scenario.frame)
    question = Question(scenario.year, scenario.indicator)
    told = judged_in(desk, scenario)
    return Answer(desk, scenario, simulate(response, scenario.measures, question, told), lang)


def robustness(desk: Desk, scenario: Scenario) -> tuple[list[Text], list[tuple[Text, list[float]]]]:
    """Return the matrix measure × framework: persons closed on the central path, with the gap and the sum.

    Rows: the gap without measures, each measure, all together, the gap that remains.
    """
    sims = [
        simulate(
            response_in(desk, scenario.region, name, 0),
            scenario.measures,
            Question(scenario.year, scenario.indicator),
            judged_in(desk, scenario, 0),
        )
        for name in FRAMES
    ]
    rows = [(Text("Lücke ohne Maßnahmen", "gap without measures"), [float(s.without[0, s.at]) for s in sims])]
    for i, line in enumerate(sims[0].lines):
        rows.append((title(line), [-float(s.lines[i].closing[0, s.at]) for s in sims]))
    rows.append((Text("Lücke mit Maßnahmen", "gap with measures"), [float(s.with_[0, s.at]) for s in sims]))
    return [frame.name for frame in FRAMES.values()], rows


__all__ = ["BASELINE", "Answer", "answer", "place", "robustness", "title"]
