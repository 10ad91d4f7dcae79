"""simulate: gap with and without measures, paired draw by draw."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Draws, Json, Lang, Region, Year
from fachkraftwerk.cli.output import say, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, use
from fachkraftwerk.core.errors import together
from fachkraftwerk.core.text import Text

simulate_app = Application()


Measures = Annotated[
    list[str],
    typer.Option(
        help="Hebel oder Maßnahme, mit Stärke, mehrfach möglich: childcare:high, M045, retention:12.5"
        " · lever or measure, with strength, repeatable: childcare:high, M045, retention:12.5"
    ),
]
Reading = Annotated[
    Literal["initiative", "pendeln"],
    typer.Option(
        help="Zählweise: initiative, oder pendeln (mit Pendelnden verrechnet)"
        " · way of counting: initiative, or pendeln (commuting settled)"
    ),
]
Reason = Annotated[
    str, typer.Option(help="warum eine Stärke außerhalb der Erfahrung liegt · why a strength lies outside experience")
]
Occupations = Annotated[
    list[str] | None,
    typer.Option(help="nur diese Berufshauptgruppe, mehrfach möglich · only this occupation group, repeatable"),
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        help="nur helfer, fachkraft, spezialist, experte, mehrfach möglich · only these requirement levels, repeatable"
    ),
]


@simulate_app.command()
def simulate(
    region: Region, measure: Measures, reading: Reading = "initiative", reason: Reason = "",
    occupation: Occupations = None, level: Levels = None, year: Year = 2030, draws: Draws = 200,
    spreads: Spreads = None, lang: Lang = "de", as_json: Json = False,
) -> None:  # fmt: skip
    """Maßnahmen rechnen · what measures change."""
    from fachkraftwerk.runs import simulate as simulation
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.listing import check_draws

    desk = open_desk()
    _, _, desk = together(
        lambda: check_draws(draws),
        lambda: desk.zone(region),
        lambda: use(desk, spreads),
    )
    question = simulation.Question(year, _READINGS[reading])
    response = simulation.response_of(desk, region, draws)
    measures = simulation.parse_measures(measure, reason, occupation or (), level or (), response.place)
    made = simulation.simulate(response, measures, question)
    document = simulation.document(made, desk.edition.name)
    if as_json:
        write_json(document)
    else:
        _table(document, lang)


#: What ``--reading`` asks for → the indicator that answers it.
_READINGS = {"initiative": "gap_cumulated", "pendeln": "gap_commuting_closed"}
_HEADS = Text("Maßnahme;Personen;von;bis;Beleg", "measure;persons;from;to;evidence")
_OVERLAP, _TOGETHER = Text("Überschneidung", "overlap"), Text("alle zusammen", "all together")
_WITHOUT, _WITH = Text("Lücke ohne Maßnahmen", "gap without measures"), Text("Lücke mit Maßnahmen", "gap with measures")


def _table(document: dict[str, Any], lang: str) -> None:
    rows = [_row(one["name"][lang], one["closing"], "central", lang, one["grade"]) for one in document["measures"]]
    rows.append(_row(_OVERLAP.in_(lang), document["interaction"], "central", lang))
    rows.append(_row(_TOGETHER.in_(lang), document["closing"], "central", lang))
    rows.append(_row(_WITHOUT.in_(lang), document["without"], "value", lang))
    rows.append(_row(_WITH.in_(lang), document["with"], "value", lang))
    write_table(_HEADS.in_(lang).split(";"), rows)
    say(document["sentence"][lang])
    for words in _notes(document):
        say(words.in_(lang))


def _row(name: str, value: dict[str, Any], main: str, lang: str, grade: str = "") -> list[str]:
    from fachkraftwerk.core.text import number

    return [name, *(number(value[key], lang) for key in (main, "p10", "p90")), grade]


def _notes(document: dict[str, Any]) -> list[Text]:
    """Return judgement, cost, contradictions and losses in words."""
    from fachkraftwerk.core.text import number, significant

    share, year, cost = f"{100 * document['judged_share']:.0f}", document["year"], document["cost"]
    euro, days = (
        {lang: [number(significant(v, 3), lang) for v in values] for lang in ("de", "en")}
        for values in ([cost[key] for key in ("central", "p10", "p90")], [document["person_days"]])
    )
    de, en = euro["de"], euro["en"]
    found = [
        Text(
            f"Die Spanne der Wirkung beruht zu {share} % auf eigener Einschätzung.",
            f"{share}% of the range of the effect rests on judgement.",
        ),
        Text(
            f"Kosten bis {year}: {de[0]} Euro ({de[1]} bis {de[2]}), {days['de'][0]} Personaltage.",
            f"Cost until {year}: {en[0]} euros ({en[1]} to {en[2]}), {days['en'][0]} person-days.",
        ),
    ]
    found += [_reason(one) for one in document["measures"] if not one["usual"]]
    found += [Text(**one) for one in document["conflicts"]]
    if document["zero_sum"]:
        lost = ", ".join(f"{one['region']} −{number(one['central'])}" for one in document["zero_sum"][:6])
        found.append(Text(f"Verloren geht das anderswo: {lost}.", f"Lost elsewhere: {lost}."))
    return found


def _reason(one: dict[str, Any]) -> Text:
    """Say which strength lies outside experience, and the reason given; a saved one may have none (see ``faults``)."""
    dose, why = f"{one['dose']:g}", one["reason"]
    told = Text(f" Grund: {why}", f" Reason: {why}") if why else Text("", "")
    return Text(
        f"{one['name']['de']}: Die Stärke {dose.replace('.', ',')} liegt außerhalb der Erfahrung.{told.de}",
        f"{one['name']['en']}: the strength {dose} is outside experience.{told.en}",
    )
