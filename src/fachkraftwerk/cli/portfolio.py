"""portfolio: the best set of measures under a budget, and its frontier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fachkraftwerk.cli.output import say, write_json, write_table

portfolio_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@portfolio_app.command()
def portfolio(
    region: Annotated[str, typer.Option(help="AGS, Name oder Verbund 06611+06633")],
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
    draws: Annotated[int, typer.Option(help="Ziehungen · draws")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
) -> None:
    """Bestes Bündel im Budget · best set of measures under a budget."""
    from fachkraftwerk.runs import portfolio as choice
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws
    from fachkraftwerk.runs.portfolio_checks import Limits
    from fachkraftwerk.runs.scenario import levers, read
    from fachkraftwerk.runs.simulate import Question, parse_measures, response_of

    check_draws(draws)
    measures = list(read(scenario).measures) if scenario else []
    measures += parse_measures(measure or ([] if scenario else [kind.key for kind in levers()]))
    desk = open_desk()
    response = response_of(desk, region, draws)
    made = choice.optimise(response, measures, Limits(budget, days, capacity, risk, not fixed), Question(year=year))
    document = choice.document(made, desk.edition.name, desk.zone(region).key)
    if as_json:
        write_json(document)
    else:
        _table(document)


def _table(document: dict[str, Any]) -> None:
    from fachkraftwerk.core.text import number

    best, smallest = document["best"], document["smallest"]
    say(
        f"Das beste Bündel bringt rund {number(best['closing']['central'])} Personen und kostet {number(best['euro'])} Euro."
    )
    chosen = [
        [one["name"]["de"], f"{one['dose']:g}".replace(".", ","), str(one["start"])]
        for one in document["best"]["measures"]
    ]
    write_table(["beste Auswahl", "Stärke", "ab"], chosen)
    rows = [
        [number(p["euro"]), number(p["closing"]["central"]), number(p["closing"]["p10"]), number(p["closing"]["p90"])]
        for p in document["frontier"]
    ]
    print()
    write_table(["Euro", "schließt Personen", "von", "bis"], rows)
    if len(smallest["measures"]) < len(best["measures"]):
        names = ", ".join(one["name"]["de"] for one in smallest["measures"])
        say(f"Kleiner und im Rauschen gleich gut: {names} ({number(smallest['closing']['central'])} Personen).")
    else:
        say("Keine kleinere Auswahl schließt im Rauschen gleich viel.")
    say(document["shadow_price"]["de"])
