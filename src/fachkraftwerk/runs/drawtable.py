"""All draws of all assumptions as tables: kept with a run, exported with names and units.

Most assumptions have a number for Germany, a Land, a Kreis, a sector or an occupation: tables ``draws-…``, a row each.
Some have one for every occupation in every Kreis, millions of numbers: tables ``cells-…`` hold a row for every Kreis with
the occupations as columns. Every table holds some draws, so that neither writing nor reading needs much memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fachkraftwerk.core.classifications import OCCUPATIONS
from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.streams import Reader
from fachkraftwerk.edition import store
from fachkraftwerk.model.parameter_checks import unknown_name
from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs.draws import Draws
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.runstore import Run

if TYPE_CHECKING:
    import pandas as pd

#: Draws in one table of cells: 30 MB for all of Germany.
BLOCK = 64
SHARED, CELLS = "draws-", "cells-"
#: Bytes a draw takes on disk beside its numbers.
_MORE = 20_000
COLUMNS = ("draw", "assumption", "name", "unit", "scope", "item", "value", "spread", "near")


def assumptions(known: Parameters) -> pd.DataFrame:
    """Return one row for every uncertain assumption and scope: names, units, spread after seven years, its source."""
    import pandas as pd

    rows = []
    for key, one in known.uncertain().items():
        assert one.distribution is not None
        for scope, spread in one.distribution.spread.items():
            rows.append({
                "assumption": key, "scope": scope, "name_de": one.name.de, "name_en": one.name.en,
                "unit_de": one.unit.de, "unit_en": one.unit.en, "spread": spread,
                "power": one.distribution.growth(scope), "follows": str(dict(one.distribution.follows) or ""), "near": one.distribution.near.get(scope, 0.0),
                "estimated": one.distribution.estimated,
                "source_de": one.distribution.source.de, "source_en": one.distribution.source.en,
            })  # fmt: skip
    return pd.DataFrame(rows)


def size(inputs: Inputs, draws: int) -> int:
    """Bytes of all tables on disk."""
    return draws * (8 * len(_by_cell(inputs)) * len(inputs.ags) * len(OCCUPATIONS) + _MORE)


def tables(inputs: Inputs, draws: int, seed: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield all tables of a run's draws with their names, the smallest first."""
    yield "assumptions", assumptions(inputs.parameters)
    reader = Reader(seed)
    for start in range(0, draws, BLOCK):
        rows = np.arange(start, min(start + BLOCK, draws))
        yield f"{SHARED}{start:06}", Draws(inputs, rows, seed, reader=reader).frame()
    yield from _cells(inputs, draws, seed)


def _by_cell(inputs: Inputs) -> list[str]:
    uncertain = inputs.parameters.uncertain().items()
    return [key for key, one in uncertain if one.distribution and "cell" in one.distribution.spread]


def _cells(inputs: Inputs, draws: int, seed: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the draws for every occupation in every Kreis: a row a draw, assumption and Kreis."""
    import pandas as pd

    keys, reader = _by_cell(inputs), Reader(seed)
    for start in range(0, draws, BLOCK) if keys else ():
        stop = min(start + BLOCK, draws)
        rows = pd.MultiIndex.from_product([keys, inputs.ags, range(start, stop)], names=["assumption", "kreis", "draw"])
        drawn = [
            reader.normals(f"{key}.cell.{ags}", stop, len(OCCUPATIONS), start) for key in keys for ags in inputs.ags
        ]
        table = pd.DataFrame(np.concatenate(drawn), index=rows, columns=list(OCCUPATIONS)).reset_index()
        yield f"{CELLS}{start:06}", table


def export(run: Run, into: Path | str, lang: str = "de", only: Sequence[str] = ()) -> None:
    """Write all draws of a run, or those of some assumptions, as Parquet or (by its ending) CSV.

    A row a number: draw, assumption with name and unit, scope, item ("06633", "43", "06633/43"), the standard normal
    deviation ``value`` and the ``spread`` it is multiplied with seven years ahead; ``near`` is the share of its
    neighbours' values that a Kreis has too (``draws.alike``). Raises Refusal for unknown names and
    for runs kept before their table named units.
    """
    if "assumptions" not in run.files:
        raise refuse(
            "Dieser Lauf ist mit einer früheren Fassung aufgehoben; ihm fehlen Namen und Einheiten.",
            "This run was kept by an earlier version; it lacks names and units.",
            "Rechnen Sie ihn noch einmal: „fachkraftwerk runs keep NAME“.",
            'Compute it again: "fachkraftwerk runs keep NAME".', str(run.path),
        )  # fmt: skip
    known = set(run.tables["assumptions"]["assumption"])
    if unknown := [unknown_name(key, known) for key in only if key not in known]:
        raise Refusal(unknown)
    kind = "PARQUET, COMPRESSION zstd" if str(into).endswith(".parquet") else "CSV, HEADER"
    store.query(f"COPY ({_question(run, lang, only)}) TO {_quoted(into)} (FORMAT {kind})")


def _question(run: Run, lang: str, only: Sequence[str]) -> str:
    """Return the question for all rows in SQL; read piece by piece, so memory stays flat."""
    wide, long = (
        ", ".join(_quoted(path) for name, path in run.files.items() if name.startswith(kind))
        for kind in (CELLS, SHARED)
    )
    asked = f"WHERE assumption IN ({', '.join(map(_quoted, only))})" if only else ""
    rows = f"SELECT draw, assumption, scope, item, value FROM read_parquet([{long}])"
    if wide:
        rows += f"""
            UNION ALL SELECT draw, assumption, 'cell', kreis || '/' || occupation, value FROM (
            UNPIVOT (SELECT * FROM read_parquet([{wide}])) ON COLUMNS(* EXCLUDE (assumption, kreis, draw))
            INTO NAME occupation VALUE value)"""
    return f"""
        SELECT draw, assumption, name_{lang} AS name, unit_{lang} AS unit, scope, item, value, spread, near
        FROM ({rows}) JOIN read_parquet({_quoted(run.files["assumptions"])}) USING (assumption, scope) {asked}"""


def _quoted(word: Any) -> str:
    return "'" + str(word).replace("'", "''") + "'"
