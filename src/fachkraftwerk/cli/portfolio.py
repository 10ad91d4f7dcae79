"""portfolio: the best set of measures under a budget, and its frontier."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.files import named
from fachkraftwerk.cli.options import Draws, Json, Lang, Region, Scenario, Year
from fachkraftwerk.cli.output import say, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, use
from fachkraftwerk.core.errors import together
from fachkraftwerk.core.text import Text

portfolio_app = Application()


Budget = Annotated[float, typer.Option(help="Euro insgesamt bis zum Zieljahr · euros in total until the target year")]
Days = Annotated[
    float | None, typer.Option(help="höchstens so viele Personaltage im Jahr · at most so many person-days a year")
]
Capacity = Annotated[
    int | None, typer.Option(help="höchstens so viele Maßnahmen zugleich · at most so many measures at a time")
]
Risk = Annotated[bool, typer.Option("--risk", help="das schlechteste Fünftel zählt · the worst fifth counts")]
Choice = Annotated[
    list[str] | None,
    typer.Option(help="zur Wahl, mehrfach möglich; ohne: alle Hebel · to choose from, repeatable; without: all levers"),
]
Fixed = Annotated[bool, typer.Option("--fixed", help="Stärke und Beginn wie geplant · strength and start as planned")]


@portfolio_app.command()
def portfolio(
    region: Region, budget: Budget, days: Days = None, capacity: Capacity = None, risk: Risk = False,
    measure: Choice = None, scenario: Scenario = None, fixed: Fixed = False, year: Year = 2030, draws: Draws = 200,
    spreads: Spreads = None, lang: Lang = "de", as_json: Json = False,
) -> None:  # fmt: skip
    """Bestes Bündel im Budget · best set of measures under a budget."""
    from fachkraftwerk.runs import portfolio as choice
    from fachkraftwerk.runs.portfolio_checks import Limits
    from fachkraftwerk.runs.simulate import Question

    response, measures, desk = _asked(region, measure or [], scenario, draws, spreads)
    limits = Limits(budget, days, capacity, risk, not fixed)
    with aside():
        made = choice.optimise(response, measures, limits, Question(year=year))
    document = choice.document(made, desk.edition.name, desk.zone(region).key)
    if as_json:
        write_json(document)
    else:
        _table(document, lang)


def _asked(region: str, words: list[str], scenario: Path | None, draws: int, spreads: Path | None) -> Any:
    """Return (response, measures to choose from, desk). Raises Refusal with every fault."""
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws
    from fachkraftwerk.runs.scenario import levers, read
    from fachkraftwerk.runs.simulate import parse_measures, response_of

    desk = open_desk()
    _, planned, _, desk = together(
        lambda: check_draws(draws),
        lambda: named(scenario, read),
        lambda: desk.zone(region),
        lambda: use(desk, spreads),
    )
    response = response_of(desk, region, draws)
    asked = words or ([] if scenario else [kind.key for kind in levers()])
    return response, [*(planned.measures if planned else ()), *parse_measures(asked, place=response.place)], desk


@contextmanager
def aside() -> Iterator[None]:
    """Send what compiled code prints to standard error: standard output holds the answer and nothing else.

    The solver reports some of its steps with C's own output, which no option silences.
    """
    flush = ctypes.CDLL(None).fflush
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        flush(None)
        os.dup2(kept, 1)
        os.close(kept)


_CHOSEN = Text("beste Auswahl;Stärke;ab", "best choice;strength;from")
_FRONTIER = Text("Euro;schließt Personen;von;bis", "euros;persons closed;from;to")


def _table(document: dict[str, Any], lang: str) -> None:
    from fachkraftwerk.core.text import number

    def dose(value: float) -> str:
        return f"{value:g}" if lang == "en" else f"{value:g}".replace(".", ",")

    chosen = [[one["name"][lang], dose(one["dose"]), str(one["start"])] for one in document["best"]["measures"]]
    write_table(_CHOSEN.in_(lang).split(";"), chosen)
    rows = [
        [number(v, lang) for v in (p["euro"], p["closing"]["central"], p["closing"]["p10"], p["closing"]["p90"])]
        for p in document["frontier"]
    ]
    print()
    write_table(_FRONTIER.in_(lang).split(";"), rows)
    for words in _notes(document):
        say(words.in_(lang))


def _notes(document: dict[str, Any]) -> list[Text]:
    """Return the best set, the smallest as good and the price of more money in words."""
    from fachkraftwerk.core.text import number, significant

    best, smallest = document["best"], document["smallest"]
    (de, euro_de), (en, euro_en) = (
        [number(significant(best["closing"]["central"]), lang), number(significant(best["euro"], 3), lang)]
        for lang in ("de", "en")
    )
    found = [Text(
        f"Das beste Bündel bringt rund {de} Personen und kostet rund {euro_de} Euro.",
        f"The best set brings about {en} persons and costs about {euro_en} euros.",
    )]  # fmt: skip
    if len(smallest["measures"]) < len(best["measures"]):
        names = {lang: ", ".join(one["name"][lang] for one in smallest["measures"]) for lang in ("de", "en")}
        count = {lang: number(significant(smallest["closing"]["central"]), lang) for lang in ("de", "en")}
        found.append(Text(
            f"Kleiner und im Rauschen gleich gut: {names['de']} ({count['de']} Personen).",
            f"Smaller and as good within noise: {names['en']} ({count['en']} persons).",
        ))  # fmt: skip
    else:
        found.append(Text(
            "Keine kleinere Auswahl schließt im Rauschen gleich viel.", "No smaller choice closes as much within noise.",
        ))  # fmt: skip
    return [*found, Text(**document["shadow_price"])]
