"""All proofs in one call, and the table people read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national
from fachkraftwerk.runs.backtest import employment, germany, occupations, outcomes, population, sectors, words
from fachkraftwerk.runs.backtest.result import OURS, Test
from fachkraftwerk.runs.backtest.rule import rule
from fachkraftwerk.runs.backtest.scores import TOLERANCE, Score

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

POPULATION_TABLES = ("population_age5", "population_age_de", "life_table", "fertility", "births", "deaths")
HEAD = {
    "model": Text("Modell", "model"),
    "n": Text("Reihen", "series"),
    "wape": Text("WAPE %", "WAPE %"),
    "bias": Text("Verzerrung %", "bias %"),
    "direction": Text("Richtung richtig %", "direction right %"),
    "crps": Text("CRPS %", "CRPS %"),
    "coverage_50": Text("im 50-%-Bereich", "in the 50 % range"),
    "coverage_80": Text("im 80-%-Bereich", "in the 80 % range"),
}


def proofs(edition: Edition, progress: Callable[[str], None] = lambda line: None) -> list[Test]:
    """Run every test that needs only the edition; a few seconds."""
    facts, values = edition.facts, parameters()
    progress("employment …")
    residents, kreise, one = national.residents(facts), outcomes.kreise(facts), rule(values)
    ten, every, regional = employment.run(kreise, residents, one)
    today = values["demand.demand_total"].distribution
    found = [ten, every, germany.run(outcomes.series(facts, values), one, today), regional]
    progress("sectors …")
    found.append(sectors.run(facts("sectors"), kreise, residents, values))
    progress("population …")
    found.append(population.run({name: facts(name) for name in POPULATION_TABLES}))
    progress("occupations …")
    pace, damping = values["demand.occupation_drift"].number, values["demand.drift_damping"].number
    decade = occupations.of_spell(facts("oes"), occupations.SPELLS[-1], pace, damping)
    found.append(occupations.run(facts("bls"), pace, decade))
    found.append(occupations.rolling(facts("oes"), pace, damping, occupations.of_decade(facts("bls"), pace)))
    return found


def document(edition: Edition, found: list[Test]) -> dict[str, Any]:
    """Return the result as one JSON document."""
    tests = [
        {
            "test": test.key, "title": test.title._asdict(), "method": test.method._asdict(),
            "notes": [note._asdict() for note in test.notes], "scores": [line.as_row() for line in test.scores],
            "whole": test.whole() if any(line.judged for line in test.scores) else None, "errors": test.errors,
        }
        for test in found
    ]  # fmt: skip
    return {"edition": edition.name, "tests": tests}


def weak_spots(found: list[Test]) -> list[tuple[Test, str, str]]:
    """Return (test, group, best model) wherever a rival has the smaller WAPE."""
    spots = []
    for test in found:
        for group in dict.fromkeys(line.group for line in test.scores):
            lines = [line for line in test.scores if line.group == group and line.model != words.PEOPLE]
            best = min(lines, key=lambda line: line.wape)
            if not best.model.startswith(OURS):
                spots.append((test, group, best.model))
    return spots


def markdown(found: list[Test], lang: str = "en") -> str:
    """Return the tables as Markdown, weak spots last and named."""
    parts = []
    for test in found:
        parts += [f"## {test.title.in_(lang)}", test.method.in_(lang), *(_table(test, lang))]
        parts += [f"*{note.in_(lang)}*" for note in test.notes]
    parts.append("## " + Text("Wo ein einfaches Modell besser ist", "Where a naive model is better").in_(lang))
    parts.append(_weak(found, lang))
    parts.append("## " + Text("Welche Spannen nicht hielten", "Which ranges did not hold").in_(lang))
    parts.append(_broken(found, lang))
    return "\n\n".join(parts) + "\n"


def _table(test: Test, lang: str) -> list[str]:
    tables = []
    for group in dict.fromkeys(line.group for line in test.scores):
        head = [text.in_(lang) for text in HEAD.values()]
        rows = [_row(line.as_row(), lang) for line in test.scores if line.group == group]
        body = ["| " + " | ".join(row) + " |" for row in rows]
        rule = "|---|" + "---:|" * (len(head) - 1)
        tables.append(
            "\n".join([f"**{words.group(group).in_(lang)}**", "", "| " + " | ".join(head) + " |", rule, *body])
        )
    return tables


def _row(line: dict[str, Any], lang: str) -> list[str]:
    cells = [words.model(str(line["model"])).in_(lang), number(line["n"], lang)]
    for key in list(HEAD)[2:]:
        cell = number(float("nan") if line[key] is None else line[key], lang, 1)
        open_question = key.startswith("coverage") and line[key] is not None and not line["judged"]
        cells.append(f"({cell})" if open_question else cell)
    return cells


def _broken(found: list[Test], lang: str) -> str:
    """Name every judged range of ours that lies farther from its promise than the tolerance; count those in brackets."""
    shares = [
        (test, line, share, seen) for test in found for line in test.scores if line.model.startswith(OURS)
        for share, seen in ((50, line.coverage_50), (80, line.coverage_80)) if seen is not None
    ]  # fmt: skip
    judged, apart = ([one for one in shares if one[1].judged is state] for state in (True, False))
    off = [one for one in judged if abs(one[3] - one[2]) > TOLERANCE]
    near = sum(abs(seen - share) <= TOLERANCE for _, _, share, seen in apart)
    count = Text(
        f"{len(judged) - len(off)} von {len(judged)} gewerteten Spannen liegen höchstens {TOLERANCE:.0f} Punkte daneben; von denen in Klammern wären es {near} von {len(apart)}.",
        f"{len(judged) - len(off)} of {len(judged)} judged ranges lie within {TOLERANCE:.0f} points; of those in brackets it would be {near} of {len(apart)}.",
    ).in_(lang)
    return "\n".join([*_wholes(found, lang), count, "", *(_off(*one, lang) for one in off)]).rstrip()


def _wholes(found: list[Test], lang: str) -> list[str]:
    """Say what the ranges of each test held as a whole; the one series of Germany is none."""
    told = [(test, test.whole()) for test in found if any(line.judged for line in test.scores)]
    rows = [
        f"| {test.title.in_(lang)} | {number(whole[0], lang, 1)} | {number(whole[1], lang, 1)} |"
        for test, whole in told
        if whole is not None
    ]
    head = [Text("Jede Prüfung als Ganzes", "Every test as a whole"), HEAD["coverage_50"], HEAD["coverage_80"]]
    return ["| " + " | ".join(text.in_(lang) for text in head) + " |", "|---|---:|---:|", *rows, ""] if rows else []


def _off(test: Test, line: Score, share: int, seen: float, lang: str) -> str:
    where, held = f"{test.title.in_(lang)}, {words.group(line.group).in_(lang)}", number(seen, lang, 1)
    return Text(
        f"- {where}: {held} von 100 im {share}-%-Bereich", f"- {where}: {held} of 100 in the {share} % range"
    ).in_(lang)


def _weak(found: list[Test], lang: str) -> str:
    spots = weak_spots(found)
    if not spots:
        return Text("In keiner dieser Prüfungen.", "In none of these tests.").in_(lang)
    return "\n".join(
        f"- {test.title.in_(lang)}, {words.group(group).in_(lang)}: {words.model(model).in_(lang)}"
        for test, group, model in spots
    )
