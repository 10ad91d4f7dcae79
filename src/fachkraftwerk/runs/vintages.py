"""Runs side by side: which figures moved, and what is different behind them.

A kept run names everything that decides its figures: the edition's tables, every parameter with its spread, the code,
seed and number of draws. Two runs can therefore be set against each other long after they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk import __version__
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs import runstore
from fachkraftwerk.runs.backtest.stored import code
from fachkraftwerk.runs.changes import Change, changes
from fachkraftwerk.runs.runstore import Run

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition

YEARS = (2030, 2035, 2040)
INDICATORS = ("gap_cumulated", "gap_commuting_closed", "demand")
LONGEST = 60
KEYS = ["region", "year", "indicator", "qualification"]


@dataclass(frozen=True)
class Moved:
    """One figure in two runs."""

    region: str
    year: int
    indicator: str
    qualification: str
    before: float
    after: float
    overlap: bool

    @property
    def difference(self) -> float:
        """By how much the figure grew."""
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """Two runs: what is different behind them, and every figure in both."""

    before: str
    after: str
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]

    def largest(self, year: int, indicator: str = "gap_cumulated", qualification: str = "skilled") -> list[Moved]:
        """Return one figure of every Kreis, largest change first."""
        wanted = (year, indicator, qualification)
        found = [one for one in self.moved if (one.year, one.indicator, one.qualification) == wanted]
        return sorted(found, key=lambda one: -abs(one.difference))

    def why(self) -> Text:
        """Return in one sentence what the differences come from."""
        kinds = {change.kind for change in self.changes}
        if not kinds:
            return Text(
                "Beide Läufe beruhen auf denselben Daten, Annahmen und Programmen.",
                "Both runs rest on the same data, assumptions and code.",
            )
        if kinds == {"draws"}:
            return Text("Nur der Zufall der Ziehungen ist ein anderer.", "Only the chance of the draws is different.")
        named = [words for kind, words in _KINDS.items() if kind in kinds]
        return Text(
            f"Verschieden sind: {', '.join(words.de for words in named)}.",
            f"Different are: {', '.join(words.en for words in named)}.",
        )


_KINDS = {
    "edition": Text("die Ausgabe der Daten", "the edition of the data"),
    "table": Text("Tabellen", "tables"),
    "parameter": Text("Annahmen", "assumptions"),
    "spread": Text("Spannen von Annahmen", "spreads of assumptions"),
    "code": Text("das Programm", "the code"),
    "draws": Text("die Ziehungen", "the draws"),
}


def keep(
    edition: Edition, name: str, draws: int = 200, seed: int = 0, into: Path | None = None,
    progress: Callable[[int, int], None] | None = None, known: Parameters | None = None,
) -> Path:  # fmt: skip
    """Compute all Kreise and keep the run under ``name``: figures with ranges, all draws of assumptions, what it rests on.

    known: parameters in place of those that ship. Raises Refusal if the name is taken or no name for a folder, or there
    is no room.
    """
    from fachkraftwerk.runs import drawtable, quantiles, room
    from fachkraftwerk.runs.inputs import load

    root = into or runstore.folder()
    with runstore.ready(root):
        runstore.free(check_name(name), root)
    inputs = load(edition)
    inputs = replace(inputs, parameters=known) if known else inputs
    room.check_disk(root, draws, drawtable.size(inputs, draws))
    years = [year for year in YEARS if year in inputs.years.tolist()]

    def tables() -> Iterator[tuple[str, pd.DataFrame]]:
        by = ("qualification",)
        yield "figures", quantiles.table(inputs, draws, years, by, INDICATORS, seed=seed, progress=progress)
        yield from drawtable.tables(inputs, draws, seed)

    return runstore.save(name, about(edition, draws, seed, inputs.parameters), tables(), root)


def check_name(name: str) -> str:
    """Return the name. Raises Refusal for one that is no plain name of a folder."""
    plain = name.replace("-", "").replace("_", "").replace(".", "")
    if not (plain.isalnum() and name[0].isalnum() and len(name) <= LONGEST):
        raise refuse(
            f"„{name}“ taugt nicht als Name eines Laufs.", f'"{name}" cannot be the name of a run.',
            "Erlaubt sind Buchstaben, Ziffern, Punkt und Strich, höchstens 60.",
            "Letters, digits, dot and dash are allowed, at most 60.",
        )  # fmt: skip
    return name


def about(edition: Edition, draws: int, seed: int, known: Parameters) -> dict[str, Any]:
    """Return everything that decides the figures of a run."""
    return {
        "edition": edition.name,
        "edition_tables": {name: str(entry.get("sha256", entry)) for name, entry in edition.tables.items()},
        "parameters": {key: _plain(entry) for key, entry in known.items()},
        "code": code(),
        "version": __version__,
        "draws": draws,
        "seed": seed,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _plain(parameter: Any) -> dict[str, Any]:
    known = parameter.distribution
    shown = {} if known is None else {
        "spread": dict(known.spread), "power": {scope: known.growth(scope) for scope in known.spread},
        "size": dict(known.sizes), "follows": dict(known.follows),
    }  # fmt: skip
    return {"value": str(parameter.value), "name": list(parameter.name), "distribution": shown}


def compare(before: Run, after: Run) -> Comparison:
    """Set two kept runs against each other. Raises Refusal where they have no figure in common, or one is no such run."""
    for run in (before, after):
        if "figures" not in run.tables or not {"name", "edition"} <= set(run.manifest):
            raise runstore.damaged(run.path)
    one, two = (run.tables["figures"].set_index(KEYS) for run in (before, after))
    common = one.index.intersection(two.index)
    if not len(common):
        raise refuse(
            "Die beiden Läufe haben keine Zahl gemeinsam.", "The two runs have no figure in common.",
            "Vergleichen Sie Läufe über dieselben Kreise und Jahre.", "Compare runs over the same Kreise and years.",
        )  # fmt: skip
    moved = _moved(one.loc[common], two.loc[common])
    return Comparison(
        str(before.manifest["name"]),
        str(after.manifest["name"]),
        tuple(changes(before.manifest, after.manifest)),
        moved,
    )


def _moved(one: pd.DataFrame, two: pd.DataFrame) -> tuple[Moved, ...]:
    rows = zip(one.index, one["value"], two["value"], one["p10"], one["p90"], two["p10"], two["p90"], strict=True)
    return tuple(
        Moved(str(key[0]), int(key[1]), str(key[2]), str(key[3]), float(a), float(b), bool(low_b <= high_a and low_a <= high_b))
        for key, a, b, low_a, high_a, low_b, high_b in rows
    )  # fmt: skip
