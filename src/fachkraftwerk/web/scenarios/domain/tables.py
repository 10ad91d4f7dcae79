"""The answer to a scenario as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.figures import FigureValue
from fachkraftwerk.runs.frames import FRAMES
from fachkraftwerk.runs.scenario import Scenario
from fachkraftwerk.runs.simulate import Line
from fachkraftwerk.web.scenarios.domain.answer import Answer, robustness, title

_MEASURES = Text(
    "Maßnahme;Stärke;Einheit;schließt;10 %;90 %;Beleggrad;Anteil Einschätzung;Euro;Personaltage;Grund",
    "measure;strength;unit;closes;10 %;90 %;grade;share of judgement;euros;person-days;reason",
)
_COUNTING = (
    Text("wie die Landesinitiative", "as the state initiative"),
    Text("mit Pendelnden verrechnet", "with commuting closed"),
)


def csv_rows(made: Answer) -> list[list[str]]:
    """Return the table of an answer: path, then measures, then levels and qualifications, then occupations."""
    lang = made.lang
    head = Text("Jahr;ohne;10 %;90 %;mit;10 %;90 %", "year;without;10 %;90 %;with;10 %;90 %").in_(lang).split(";")
    body = [[str(year), *_three(a), *_three(b)] for year, a, b in made.path]
    names = _MEASURES.in_(lang).split(";")
    lines = [_measure(one, lang) for one in made.simulation.lines]
    parts = Text(
        "Anforderung oder Qualifikation;Lücke;10 %;90 %;schließt;10 %;90 %", "requirement or qualification;gap;10 %;90 %;closes;10 %;90 %"
    ).in_(lang).split(";")  # fmt: skip
    levels = [[name.in_(lang), *_three(gap), *_closed(closed)] for name, gap, closed in made.levels]
    jobs = Text("Beruf;Lücke;10 %;90 %;schließt;10 %;90 %", "occupation;gap;10 %;90 %;closes;10 %;90 %").in_(lang)
    cells = [[name.in_(lang), *_three(gap), *_closed(closed)] for name, gap, closed in made.occupations]
    return [head, *body, [], names, *lines, [], parts, *levels, [], jobs.split(";"), *cells]


def compared_rows(columns: Sequence[tuple[str, Answer]]) -> list[list[str]]:
    """Return the table of a comparison: one line for each scenario (name, answer), then one for each measure."""
    lang = columns[0][1].lang
    head = Text(
        "Szenario;Gebiet;Jahr;Zählweise;Rahmen;ohne;10 %;90 %;geschlossen;10 %;90 %;mit;10 %;90 %;Anteil Einschätzung;Euro;10 %;90 %;Personaltage",
        "scenario;region;year;way of counting;framework;without;10 %;90 %;closed;10 %;90 %;with;10 %;90 %;share of judgement;euros;10 %;90 %;person-days",
    ).in_(lang).split(";")  # fmt: skip
    names = [head[0], *_MEASURES.in_(lang).split(";")]
    lines = [[name, *_measure(one, lang)] for name, made in columns for one in made.simulation.lines]
    return [head, *([name, *_compared(made)] for name, made in columns), [], names, *lines]


def _compared(made: Answer) -> list[str]:
    s, lang, counting = made.simulation, made.lang, _COUNTING[0 if made.resident else 1]
    euros = [f"{v:.0f}" for v in (s.euro, s.cost.p10, s.cost.p90)]
    return [
        made.place.in_(lang), str(made.scenario.year), counting.in_(lang), FRAMES[made.scenario.frame].name.in_(lang),
        *_three(made.without), *_closed(made.closing), *_three(made.with_), f"{s.judged:.2f}", *euros, f"{s.days:.0f}",
    ]  # fmt: skip


def _measure(one: Line, lang: str) -> list[str]:
    return [
        title(one).in_(lang), f"{one.measure.dose:g}", one.measure.kind.dose.unit.in_(lang), *_closed(one.value),
        one.measure.grade, f"{one.measure.judged:.2f}", f"{one.euro:.0f}", f"{one.days:.0f}", one.measure.reason,
    ]  # fmt: skip


def matrix_rows(desk: Desk, scenario: Scenario, lang: str) -> list[list[str]]:
    """Return the matrix measure × framework as a table."""
    frames, rows = robustness(desk, scenario)
    head = [Text("Personen", "persons").in_(lang), *(name.in_(lang) for name in frames)]
    return [head, *([name.in_(lang), *(f"{np.round(v, 1):g}" for v in values)] for name, values in rows)]


def _closed(value: FigureValue) -> Sequence[str]:
    """Effects on the central path, as on the page, so that they add up."""
    return [f"{np.round(v, 1):g}" for v in (value.central, value.p10, value.p90)]


def _three(value: FigureValue) -> Sequence[str]:
    return [f"{np.round(v, 1):g}" for v in (value.value, value.p10, value.p90)]
