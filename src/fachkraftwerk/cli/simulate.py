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
    reading: Annotated[
        str, typer.Option(help="initiative oder pendeln (mit Pendelnden verrechnet) · with commuting settled")
    ] = "initiative",
    reason: Annotated[
        str, typer.Option(help="warum eine Stärke über der Erfahrung liegt · why a strength goes beyond experience")
    ] = "",
    year: Annotated[int, typer.Option(help="Jahr bis 2040 · year up to 2040")] = 2030,
    draws: Annotated[int, typer.Option(help="Ziehungen · draws")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
) -> None:
    """Maßnahmen rechnen · what measures change."""
    from fachkraftwerk.runs import simulate as simulation
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws

    check_draws(draws)
    question = simulation.Question(year, _indicator(reading))
    measures = simulation.parse_measures(measure, reason)
    desk = open_desk()
    response = simulation.response_of(desk, region, draws)
    made = simulation.simulate(response, measures, question)
    document = simulation.document(made, desk.edition.name)
    if as_json:
        write_json(document)
    else:
        _table(document)


def _indicator(reading: str) -> str:
    from fachkraftwerk.core.errors import refuse

    known = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}
    if reading not in known:
        raise refuse(
            f"Die Zählweise „{reading}“ gibt es nicht.", f'There is no way of counting "{reading}".',
            "Möglich sind initiative und pendeln.", "Possible are initiative and pendeln.", "--reading",
        )  # fmt: skip
    return known[reading]


def _table(document: dict[str, Any]) -> None:
    from fachkraftwerk.core.text import number, significant

    rows = [_row(one["name"]["de"], one["closing"], "central", one["grade"]) for one in document["measures"]]
    rows.append(_row("Überschneidung", document["interaction"], "central"))
    rows.append(_row("alle zusammen", document["closing"], "central"))
    rows.append(_row("Lücke ohne Maßnahmen", document["without"], "value"))
    rows.append(_row("Lücke mit Maßnahmen", document["with"], "value"))
    write_table(["Maßnahme", "Personen", "von", "bis", "Beleg"], rows)
    say(document["sentence"]["de"])
    say(f"Davon beruht auf eigener Einschätzung: {100 * document['judged_share']:.0f} %.")
    euro = [number(significant(document["cost"][key], 3)) for key in ("central", "p10", "p90")]
    say(
        f"Kosten bis {document['year']}: {euro[0]} Euro ({euro[1]} bis {euro[2]}), {number(document['person_days'])} Personaltage."
    )
    for one in document["conflicts"]:
        say(one["de"])
    if document["zero_sum"]:
        lost = ", ".join(f"{one['region']} −{number(one['central'])}" for one in document["zero_sum"][:6])
        say(f"Verloren geht das anderswo: {lost}.")


def _row(name: str, value: dict[str, Any], main: str, grade: str = "") -> list[str]:
    from fachkraftwerk.core.text import number

    return [name, *(number(value[key]) for key in (main, "p10", "p90")), grade]
