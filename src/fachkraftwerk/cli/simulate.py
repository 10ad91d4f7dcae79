"""simulate: gap with and without measures, paired draw by draw."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fachkraftwerk.cli.output import say, write_json, write_table

simulate_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@simulate_app.command()
def simulate(
    region: Annotated[str, typer.Option(help="AGS, Name oder Verbund 06611+06633")],
    measure: Annotated[
        list[str],
        typer.Option(help="Hebel oder Maßnahme, mit Stärke: childcare:high, M045, retention:12.5 (mehrfach möglich)"),
    ],
    year: Annotated[int, typer.Option(help="Jahr bis 2040 · year up to 2040")] = 2030,
    draws: Annotated[int, typer.Option(help="Ziehungen · draws")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
) -> None:
    """Maßnahmen rechnen · what measures change."""
    from fachkraftwerk.runs import simulate as simulation
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws

    check_draws(draws)
    measures = simulation.parse_measures(measure)
    desk = open_desk()
    response = simulation.response_of(desk, region, draws)
    made = simulation.simulate(response, measures, simulation.Question(year=year))
    document = simulation.document(made, desk.edition.name)
    if as_json:
        write_json(document)
    else:
        _table(document)


def _table(document: dict[str, Any]) -> None:
    rows = [_row(one["name"]["de"], one["closing"], one["grade"]) for one in document["measures"]]
    rows.append(_row("wirken zusammen anders", document["interaction"], ""))
    rows.append(_row("alle zusammen", document["closing"], ""))
    rows.append(_row("Lücke ohne Maßnahmen", document["without"], ""))
    rows.append(_row("Lücke mit Maßnahmen", document["with"], ""))
    write_table(["Maßnahme", "Personen", "von", "bis", "Beleg"], rows)
    say(document["sentence"]["de"])
    say(f"Davon beruht auf eigener Einschätzung: {100 * document['judged_share']:.0f} %.")


def _row(name: str, value: dict[str, Any], grade: str) -> list[str]:
    from fachkraftwerk.core.text import number

    return [name, *(number(value[key]) for key in ("value", "p10", "p90")), grade]
