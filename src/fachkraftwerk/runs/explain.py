"""Where a number comes from: a tree from the figure through functions and parameters to the publishers' rows."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.classifications import INDICATORS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.source import SourceRecord, StoredFile
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameters import Parameter, parameters
from fachkraftwerk.runs.figures import FigureValue

if TYPE_CHECKING:
    from fachkraftwerk.runs.desk import Desk

#: Rows shown of each table; the count of all is given beside.
SHOWN_ROWS = 5


@dataclass(frozen=True)
class Function:
    """A named step of the method: its address in the code and what it says of itself."""

    name: str
    says: str


@dataclass(frozen=True)
class Rows:
    """What a table of the edition holds for the region: publisher, date, licence, repairs, first rows.

    ``files`` are those these rows come from; where rows are made of several, all of these are named.
    """

    table: str
    source: str
    publisher: Text
    title: Text
    number: str
    date: str
    licence: str
    credit: str
    files: tuple[StoredFile, ...]
    based_on: tuple[str, ...]
    corrections: tuple[Text, ...]
    rows: int
    shown: tuple[dict[str, Any], ...]
    status: dict[str, int]


@dataclass(frozen=True)
class Node:
    """One knot of the tree: a figure or table with its value, the functions, parameters and rows behind it."""

    key: str
    name: Text
    says: Text
    figure: str = ""
    value: FigureValue | None = None
    functions: tuple[Function, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    sources: tuple[Rows, ...] = ()
    parts: tuple[Node, ...] = field(default=())


@cache
def graph() -> dict[str, dict[str, Any]]:
    """Return the knots as explain.yaml states them."""
    import yaml

    text = files("fachkraftwerk.runs").joinpath("explain.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return loaded


def explain(figure: Figure, desk: Desk, draws: int | None = None) -> Node:
    """Return the tree of ``figure``. Raises Refusal for another edition, an unknown region or a year not computed."""
    desk.check(figure)
    desk.value(figure, draws)
    return _node(figure.indicator, figure, desk, draws)


def _node(key: str, figure: Figure, desk: Desk, draws: int | None) -> Node:
    entry = graph()[key]
    known = key in INDICATORS
    one = figure.at(indicator=key) if known else figure
    return Node(
        key,
        INDICATORS[key] if known else Text("Beschäftigte im Ausgangsjahr", "Employees in the base year"),
        Text(**entry["says"]),
        str(one) if known else "",
        desk.value(one, draws) if known else None,
        tuple(_function(name) for name in entry.get("functions", [])),
        tuple(parameters()[name] for name in entry.get("parameters", [])),
        tuple(rows for table in entry.get("tables", []) for rows in _rows(table, figure, desk)),
        tuple(_node(part, figure, desk, draws) for part in entry.get("parts", [])),
    )


@cache
def _function(name: str) -> Function:
    module, attributes = _module_of(name)
    found: Any = module
    for attribute in attributes:
        found = getattr(found, attribute)
    first = (inspect.getdoc(found) or "").split("\n", 1)[0]
    return Function(name.removeprefix("fachkraftwerk."), first)


def _module_of(name: str) -> tuple[Any, list[str]]:
    parts = name.split(".")
    for cut in range(len(parts) - 1, 1, -1):
        try:
            return importlib.import_module(".".join(parts[:cut])), parts[cut:]
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(name)


def _rows(table: str, figure: Figure, desk: Desk) -> list[Rows]:
    """Describe a table's rows for the figure's region, one entry per source."""
    chosen = desk.edition.rows(table, _about(figure))
    chosen = chosen[chosen["source"].notna()]
    described = []
    for source in desk.edition.tables[table]["sources"]:
        mine = chosen[chosen["source"] == source]
        record = desk.edition.sources[source]
        described.append(
            Rows(
                table, source, record.publisher, record.title, record.table, record.date.isoformat(), record.licence,
                record.credit, _files(record, mine), record.based_on, _corrections(source), len(mine),
                tuple(_plain(row, many=mine["file"].nunique() > 1) for row in mine.head(SHOWN_ROWS).to_dict("records")),
                _status(mine),
            )
        )  # fmt: skip
    return described


def _files(record: SourceRecord, rows: Any) -> tuple[StoredFile, ...]:
    """Files the rows come from, in the order of their names."""
    named = dict.fromkeys(file for cell in sorted(rows["file"].unique()) for file in record.at(cell).files)
    return tuple(named)


def _about(figure: Figure) -> dict[str, list[str]]:
    """Columns and the values in them that concern the region (and occupation, level); national tables concern everybody."""
    kreise = figure.region.split("+")
    narrow = {"occupation": figure.occupation, "level": figure.level}
    return {"ags": kreise, "work": kreise} | {name: [key] for name, key in narrow.items() if key != "all"}


def _status(rows: Any) -> dict[str, int]:
    if "estimated" in rows:
        return {"estimated": int(rows["estimated"].sum()), "published": int((~rows["estimated"]).sum())}
    if "status" not in rows:
        return {}
    counts = rows["status"].replace("", "published").value_counts()
    return {str(name): int(count) for name, count in counts.items()}


def _plain(row: dict[Any, Any], many: bool) -> dict[str, Any]:
    """Drop what is empty or said elsewhere; numpy scalars become Python's. A row of ``many`` files names its own."""
    said = {"source"} if many else {"source", "file"}
    kept = {str(k): (v.item() if hasattr(v, "item") else v) for k, v in row.items() if k not in said}
    return {key: value for key, value in kept.items() if value == value and value != ""}


@cache
def _corrections(source: str) -> tuple[Text, ...]:
    from fachkraftwerk.sources import corrections
    from fachkraftwerk.sources.publication import publications

    folders = (one.folder for one in publications() if one.id == source)
    return tuple(repair.reason for folder in folders for repair in corrections.load(folder / "corrections.yaml"))


def as_document(node: Node) -> dict[str, Any]:
    """Return the tree as a JSON document."""
    return {
        "key": node.key, "name": node.name._asdict(), "says": node.says._asdict(), "figure": node.figure,
        "value": node.value.as_dict() if node.value else None,
        "functions": [vars(function) for function in node.functions],
        "parameters": [_parameter(one) for one in node.parameters],
        "sources": [_source(rows) for rows in node.sources],
        "parts": [as_document(part) for part in node.parts],
    }  # fmt: skip


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "key": one.key, "name": one.name._asdict(), "value": one.value, "unit": one.unit._asdict(), "date": one.date,
        "source": one.source._asdict(), "reason": one.reason._asdict(),
        "spread": dict(one.distribution.spread) if one.distribution else None,
    }  # fmt: skip


def _source(rows: Rows) -> dict[str, Any]:
    texts = {"publisher": rows.publisher._asdict(), "title": rows.title._asdict()}
    lists = {
        "files": [vars(file).copy() for file in rows.files],
        "based_on": list(rows.based_on),
        "shown": list(rows.shown),
    }
    corrections = [text._asdict() for text in rows.corrections]
    return dict(vars(rows)) | texts | lists | {"corrections": corrections}


def as_lines(node: Node, lang: str = "de", depth: int = 0) -> list[str]:
    """Return the tree as indented lines for the terminal."""
    from fachkraftwerk.core.text import number

    pad = "  " * depth
    value = f": {number(node.value.central, lang)}" if node.value else ""
    lines = [f"{pad}{node.name.in_(lang)}{value}", f"{pad}  {node.says.in_(lang)}"]
    if node.value and depth == 0:
        share = number(100 * node.value.estimated_share, lang)
        lines.append(f"{pad}  {Text(f'davon geschätzt: {share} %', f'of this estimated: {share}%').in_(lang)}")
    lines += [f"{pad}  ƒ {function.name} – {function.says}" for function in node.functions]
    for one in node.parameters:
        lines.append(
            f"{pad}  = {one.key} ({one.name.in_(lang)}): {one.value} {one.unit.in_(lang)} [{one.date}; {one.source.in_(lang)}]"
        )
    for rows in node.sources:
        lines += _source_lines(rows, lang, pad)
    for part in node.parts:
        lines += as_lines(part, lang, depth + 1)
    return lines


def _source_lines(rows: Rows, lang: str, pad: str) -> list[str]:
    count = Text("Zeilen", "rows").in_(lang)
    head = f"{pad}  ▪ {rows.table}: {rows.rows} {count} · {rows.publisher.in_(lang)}, {rows.number}, {rows.date}, {rows.licence}"
    marks = [f"{pad}      {name}: {n}" for name, n in rows.status.items()]
    sums = [f"{pad}      sha256 {file.sha256[:16]}… {file.name}" for file in rows.files]
    repairs = [f"{pad}      ! {text.in_(lang)}" for text in rows.corrections]
    return [head, *marks, *sums, *repairs]
