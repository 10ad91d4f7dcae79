"""forecast: gap and its components."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fachkraftwerk.cli.output import say, write_csv, write_json, write_table
from fachkraftwerk.core.errors import refuse

forecast_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@forecast_app.command()
def forecast(
    region: Annotated[
        list[str] | None, typer.Option("--region", help="AGS, Name oder Verbund 06611+06633 (mehrfach möglich)")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="alle Kreise · all Kreise")] = False,
    year: Annotated[int, typer.Option(help="Jahr bis 2040 · year up to 2040")] = 2030,
    by: Annotated[str, typer.Option(help="total,qualification,level,occupation")] = "total",
    qualification: Annotated[str, typer.Option(help="skilled, vocational, academic, unskilled, total")] = "skilled",
    draws: Annotated[int, typer.Option(help="Ziehungen; 0: nur der mittlere Pfad · draws; 0: central path only")] = 200,
    scenario: Annotated[Path | None, typer.Option(help="Szenario als JSON · scenario as JSON")] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Adresse eines Dask-Clusters · address of a Dask cluster")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="ein JSON-Dokument · one JSON document")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
) -> None:
    """Lücke und ihre Gründe · gap and its components."""
    from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
    from fachkraftwerk.runs import figures, listing
    from fachkraftwerk.runs.desk import open_desk

    parts = listing.breakdowns(by)
    listing.check_draws(draws)
    if qualification not in QUALIFICATION_GROUPS:
        raise refuse(
            f"„{qualification}“ ist keine Qualifikation.", f'"{qualification}" is not a qualification.',
            f"Möglich sind: {', '.join(QUALIFICATION_GROUPS)}.", f"Possible are: {', '.join(QUALIFICATION_GROUPS)}.",
        )  # fmt: skip
    if not 2023 <= year <= 2040:
        raise figures.outside_horizon(year, 2023, 2040)
    desk = open_desk()
    keys = _keys(desk, region or [], every)
    if scenario:
        desk = _with_scenario(desk, scenario)
    if scheduler:
        desk = _on_cluster(desk, scheduler)
    document = listing.document(desk, keys, year, parts, draws, qualification)
    _write(document, as_json, as_csv)


def _keys(desk: Any, words: list[str], every: bool) -> list[str]:
    if every:
        return [region.ags for region in desk.edition.regions.regions]
    if not words:
        raise refuse(
            "Es fehlt, für welchen Kreis gerechnet werden soll.", "It is missing which Kreis to compute.",
            "Nennen Sie --region 06633 (AGS, Name oder 06611+06633) oder --all.",
            "Name --region 06633 (AGS, name or 06611+06633) or --all.",
        )  # fmt: skip
    return [desk.zone(word).key for word in words]


def _with_scenario(desk: Any, path: Path) -> Any:
    from fachkraftwerk.runs.desk import Desk
    from fachkraftwerk.runs.ensemble import forecast as compute
    from fachkraftwerk.runs.scenario import adjustments_of, parse

    if not path.is_file():
        raise refuse(
            "Die Szenariodatei gibt es nicht.", "The scenario file does not exist.",
            "Exportieren Sie ein Szenario auf der Seite „Maßnahmen“ als JSON.",
            'Export a scenario as JSON on the page "Measures".', str(path),
        )  # fmt: skip
    document = parse(path.read_bytes())

    def with_measures(wanted: list[str], draws: int) -> Any:
        changed = adjustments_of(document, desk.inputs, draws)
        return compute(desk.inputs, wanted, draws=draws, adjustments=changed)

    return Desk(desk.edition, compute=with_measures)


def _on_cluster(desk: Any, address: str) -> Any:
    from fachkraftwerk.runs.desk import Desk
    from fachkraftwerk.runs.scaleout import forecast as compute

    return Desk(desk.edition, compute=lambda wanted, draws: compute(desk.inputs, wanted, draws, address, progress=say))


def _write(document: dict[str, Any], as_json: bool, as_csv: bool) -> None:
    if as_json:
        write_json(document)
    elif as_csv:
        write_csv(document["figures"])
    else:
        _table(document)


def _table(document: dict[str, Any]) -> None:
    from fachkraftwerk.core.classifications import label
    from fachkraftwerk.core.text import number

    rows = []
    for one in document["figures"]:
        cells = [one["name"], label("indicators", one["indicator"]).de, _who(one)]
        numbers = [one[key] for key in ("value", "p10", "p90")]
        rows.append(cells + ["–" if n is None else number(round(n, -1)) for n in numbers])
    write_table(["Kreis", "Größe", "wer", "Wert", "von", "bis"], rows)
    for one in document["references"]:
        say(f"Zum Vergleich: {one['name']}, bis {one['year']}: {number(one['value'])} ({one['source']})")


def _who(one: dict[str, Any]) -> str:
    from fachkraftwerk.core.classifications import label

    words = [label("qualification_groups", one["qualification"]).de]
    words += [label("occupations", one["occupation"]).de] if one["occupation"] != "all" else []
    words += [label("levels", one["level"]).de] if one["level"] != "all" else []
    return ", ".join(words)
