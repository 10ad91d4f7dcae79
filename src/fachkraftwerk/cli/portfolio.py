"""portfolio: the best set of measures under a budget, and its frontier."""

from __future__ import annotations

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
    year: Annotated[int, typer.Option(help="Zieljahr · target year")] = 2030,
    draws: Annotated[int, typer.Option(help="Ziehungen · draws")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
) -> None:
    """Bestes Bündel im Budget · best set of measures under a budget."""
    from fachkraftwerk.runs import portfolio as choice
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws
    from fachkraftwerk.runs.portfolio_checks import Limits
    from fachkraftwerk.runs.scenario import levers
    from fachkraftwerk.runs.simulate import Question, parse_measures, response_of

    check_draws(draws)
    measures = parse_measures(measure or [kind.key for kind in levers()])
    desk = open_desk()
    response = response_of(desk, region, draws)
    made = choice.optimise(response, measures, Limits(budget, days, capacity, risk), Question(year=year))
    document = choice.document(made, desk.edition.name, desk.zone(region).key)
    if as_json:
        write_json(document)
    else:
        _table(document)


def _table(document: dict[str, Any]) -> None:
    from fachkraftwerk.core.text import number

    chosen = [[one["name"]["de"], number(one["dose"]), str(one["start"])] for one in document["best"]["measures"]]
    write_table(["beste Auswahl", "Stärke", "ab"], chosen)
    rows = [
        [number(p["euro"]), number(p["closing"]["value"]), number(p["closing"]["p10"]), number(p["closing"]["p90"])]
        for p in document["frontier"]
    ]
    print()
    write_table(["Euro", "schließt Personen", "von", "bis"], rows)
    say(document["shadow_price"]["de"])
