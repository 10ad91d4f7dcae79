"""forecast: gap and its components."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.files import exclusive, named
from fachkraftwerk.cli.options import Draws, Json, Lang, Scenario, Year
from fachkraftwerk.cli.output import Progress, say, write_csv, write_json, write_table
from fachkraftwerk.cli.spreads import Spreads, use
from fachkraftwerk.core.errors import Fault, Refusal, refuse, together
from fachkraftwerk.core.text import Text

forecast_app = Application()
_REGIONS = "AGS, Name oder Verbund 06611+06633, mehrfach möglich · official key, name or zone 06611+06633, repeatable"
_BY = "Gliederung, eine oder mehrere: total,qualification,level,occupation · breakdown, one or several of these"
_WHO = "wer: skilled, vocational, academic, unskilled, total · who: skilled, vocational, academic, unskilled, total"


@forecast_app.command()
def forecast(
    region: Annotated[list[str] | None, typer.Option("--region", help=_REGIONS)] = None,
    every: Annotated[bool, typer.Option("--all", help="alle Kreise · all Kreise")] = False,
    year: Year = 2030,
    by: Annotated[str, typer.Option(help=_BY)] = "total",
    qualification: Annotated[str, typer.Option(help=_WHO)] = "skilled",
    draws: Draws = 200,
    scenario: Scenario = None,
    spreads: Spreads = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Adresse eines Dask-Clusters · address of a Dask cluster")
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Tabelle als CSV · table as CSV")] = False,
    lang: Lang = "de",
) -> None:
    """Lücke und ihre Gründe · gap and its components."""
    from fachkraftwerk.runs import listing
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.scenario import read

    desk = open_desk()
    given = {"--region": region, "--all": every, "--json": as_json, "--csv": as_csv}
    parts, _, keys, desk, planned, _ = together(
        lambda: listing.breakdowns(by),
        lambda: _check(draws, qualification, year),
        lambda: _keys(desk, region or [], every),
        lambda: use(desk, spreads),
        lambda: named(scenario, read),
        lambda: exclusive(given, ("--region", "--all"), ("--json", "--csv")),
    )
    engine = _engine(desk, draws, planned, scheduler)
    asked = listing.Asked(desk.edition.name, year, parts, qualification)
    progress = Progress() if len(keys) > 1 else None
    _write(listing.document(desk, keys, asked, draws, engine, progress), as_json, as_csv, lang)


def _check(draws: int, qualification: str, year: int) -> None:
    """Refuse everything that cannot be meant before anything is computed."""
    from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, QUALIFICATION_GROUPS
    from fachkraftwerk.runs import figures, listing

    faults = listing.draw_faults(draws)
    faults += _one_of(
        "--qualification", qualification, list(QUALIFICATION_GROUPS), "keine Qualifikation", "not a qualification"
    )
    if not BASE_YEAR <= year <= HORIZON:
        faults += figures.outside_horizon(year, BASE_YEAR, HORIZON).faults
    if faults:
        raise Refusal(faults)


def _one_of(option: str, word: str, known: list[str], de: str, en: str) -> list[Fault]:
    if word in known:
        return []
    remedy = Text(f"Möglich sind: {', '.join(known)}.", f"Possible are: {', '.join(known)}.")
    return [Fault(Text(f"„{word}“ ist {de}.", f'"{word}" is {en}.'), remedy, option)]


def _engine(desk: Any, draws: int, scenario: Any, scheduler: str | None) -> Any:
    """Return what computes: this machine or a cluster, with or without the measures of a scenario."""
    from fachkraftwerk.runs import scaleout, stream
    from fachkraftwerk.runs.scenario import adjustments_of

    adjustments = adjustments_of(scenario, desk.inputs, draws) if scenario else None
    engine = partial(scaleout.each, address=scheduler) if scheduler else stream.each
    return partial(engine, adjustments=adjustments)


def _keys(desk: Any, words: list[str], every: bool) -> list[str]:
    if every:
        return [region.ags for region in desk.edition.regions.regions]
    if not words:
        raise refuse(
            "Es fehlt, für welchen Kreis gerechnet werden soll.", "It is missing which Kreis to compute.",
            "Nennen Sie --region 06633 (AGS, Name oder 06611+06633) oder --all.",
            "Name --region 06633 (AGS, name or 06611+06633) or --all.",
        )  # fmt: skip
    return [zone.key for zone in together(*(partial(desk.zone, word) for word in words))]


def _write(document: dict[str, Any], as_json: bool, as_csv: bool, lang: str) -> None:
    if as_json:
        write_json(document)
    elif as_csv:
        write_csv(document["figures"])
    else:
        _table(document, lang)


_HEADS = {
    "de": ["Kreis", "Größe", "wer", "Wert", "von", "bis"],
    "en": ["Kreis", "figure", "who", "value", "from", "to"],
}


def _table(document: dict[str, Any], lang: str) -> None:
    from fachkraftwerk.core.classifications import label
    from fachkraftwerk.core.text import Text, number

    rows = []
    for one in document["figures"]:
        cells = [one["name"], label("indicators", one["indicator"]).in_(lang), _who(one, lang)]
        numbers = [one[key] for key in ("value", "p10", "p90")]
        rows.append(cells + ["–" if n is None else number(round(n, -1), lang) for n in numbers])
    write_table(_HEADS[lang], rows)
    for one in document["references"]:
        said = f"{one['name']}, {one['year']}: {number(one['value'], lang)} ({one['source']})"
        say(Text(f"Zum Vergleich: {said}", f"To compare: {said}").in_(lang))


def _who(one: dict[str, Any], lang: str) -> str:
    from fachkraftwerk.core.classifications import label

    words = [label("qualification_groups", one["qualification"]).in_(lang)]
    words += [label("occupations", one["occupation"]).in_(lang)] if one["occupation"] != "all" else []
    words += [label("levels", one["level"]).in_(lang)] if one["level"] != "all" else []
    return ", ".join(words)
