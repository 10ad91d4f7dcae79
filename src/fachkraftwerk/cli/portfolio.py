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

from fachkraftwerk.cli.options import Draws, Json, Lang, Region
from fachkraftwerk.cli.output import check_language, say, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, use
from fachkraftwerk.core.errors import together
from fachkraftwerk.core.text import Text

portfolio_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@portfolio_app.command()
def portfolio(
    region: Region,
    budget: Annotated[float, typer.Option(help="Euro insgesamt bis zum Zieljahr · euros in total")],
    days: Annotated[float | None, typer.Option(help="Personentage im Jahr · person-days a year")] = None,
    capacity: Annotated[
        int | None, typer.Option(help="höchstens so viele Maßnahmen · at most so many measures")
    ] = None,
    risk: Annotated[
        bool, typer.Option("--risk", help="das schlechteste Fünftel zählt · the worst fifth counts")
    ] = False,
    measure: Annotated[
        list[str] | None, typer.Option(help="Auswahl; ohne: alle Hebel · choice; without: all levers")
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(
            help="Auswahl aus einer Szenario-Datei, mit Gruppen, Voraussetzungen und Kosten · from a scenario file"
        ),
    ] = None,
    fixed: Annotated[
        bool, typer.Option("--fixed", help="Stärke und Beginn wie geplant · strength and start as planned")
    ] = False,
    year: Annotated[int, typer.Option(help="Zieljahr · target year")] = 2030,
    draws: Draws = 200,
    spreads: Spreads = None,
    lang: Lang = "de",
    as_json: Json = False,
) -> None:
    """Bestes Bündel im Budget · best set of measures under a budget."""
    from fachkraftwerk.runs import portfolio as choice
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws
    from fachkraftwerk.runs.portfolio_checks import Limits
    from fachkraftwerk.runs.scenario import levers, read
    from fachkraftwerk.runs.simulate import Question, parse_measures, response_of

    desk = open_desk()
    _, _, measures, zone, desk = together(
        lambda: check_draws(draws),
        lambda: check_language(lang),
        lambda: list(read(scenario).measures) if scenario else [],
        lambda: desk.zone(region),
        lambda: use(desk, spreads),
    )
    response = response_of(desk, region, draws)
    words = measure or ([] if scenario else [kind.key for kind in levers()])
    measures += parse_measures(words, place=response.place)
    limits = Limits(budget, days, capacity, risk, not fixed)
    with aside():
        made = choice.optimise(response, measures, limits, Question(year=year))
    document = choice.document(made, desk.edition.name, zone.key)
    if as_json:
        write_json(document)
    else:
        _table(document, lang)


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
    from fachkraftwerk.core.text import number

    best, smallest = document["best"], document["smallest"]
    (de, euro_de), (en, euro_en) = (
        [number(v, lang) for v in (best["closing"]["central"], best["euro"])] for lang in ("de", "en")
    )
    found = [Text(
        f"Das beste Bündel bringt rund {de} Personen und kostet {euro_de} Euro.",
        f"The best set brings about {en} persons and costs {euro_en} euros.",
    )]  # fmt: skip
    if len(smallest["measures"]) < len(best["measures"]):
        names = {lang: ", ".join(one["name"][lang] for one in smallest["measures"]) for lang in ("de", "en")}
        count = {lang: number(smallest["closing"]["central"], lang) for lang in ("de", "en")}
        found.append(Text(
            f"Kleiner und im Rauschen gleich gut: {names['de']} ({count['de']} Personen).",
            f"Smaller and as good within noise: {names['en']} ({count['en']} persons).",
        ))  # fmt: skip
    else:
        found.append(Text(
            "Keine kleinere Auswahl schließt im Rauschen gleich viel.", "No smaller choice closes as much within noise.",
        ))  # fmt: skip
    return [*found, Text(**document["shadow_price"])]
