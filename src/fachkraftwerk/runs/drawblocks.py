"""The draws of a run block by block, so that their number costs time and not memory.

Tables that hold a number for every Kreis exist for one block at a time. What a later pass needs of them is one column
for each Kreis asked for; the columns are put aside. What belongs to all Kreise alike is small and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.streams import Reader
from fachkraftwerk.model.adjustments import DIMENSIONS, Adjustments
from fachkraftwerk.runs.draws import Draws
from fachkraftwerk.runs.ensemble import Work, build_member, climate
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.kept import Store
from fachkraftwerk.runs.member import CARRIED

Array = NDArray[np.float64]
Key = tuple[str, str, int]
#: Scopes whose tables have a column for every Kreis.
_WIDE = frozenset({"kreis", "own", "closed"})


@dataclass
class DrawBlocks:
    """Blocks of ``size`` draws; ``kreise`` are those whose columns are put aside in ``store``."""

    inputs: Inputs
    rows: NDArray[np.int64]
    seed: int
    kreise: Sequence[int]
    store: Store
    size: int
    _shared: dict[int, dict[Key, Array]] = field(default_factory=dict)
    _wide: dict[Key, int] = field(default_factory=dict)
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.seed)

    @property
    def slices(self) -> list[slice]:
        """Places of the draws of every block."""
        return [slice(start, start + self.size) for start in range(0, len(self.rows), self.size)]

    @contextmanager
    def block(self, number: int) -> Iterator[Draws]:
        """Give one block with the tables of all Kreise; at the end what ``seen`` needs is put aside."""
        made = Draws(self.inputs, self.rows[self.slices[number]], self.seed, reader=self.reader)
        yield made
        _ask_everything(made, self.kreise[0])
        wide = {at: table for at, table in made._kept.items() if at[1] in _WIDE}
        self._wide = {at: table.shape[1] for at, table in wide.items()}
        self._shared[number] = {at: table for at, table in made._kept.items() if at not in wide}
        for kreis in self.kreise if wide else ():
            self.store.put(("draws", kreis, number), np.stack([table[:, kreis] for table in wide.values()]))

    def seen(self, number: int, kreis: int) -> Draws:
        """Return one block as one Kreis sees it: in tables of all Kreise every column is its own."""
        rows = self.rows[self.slices[number]]
        columns: Iterable[Array] = self.store.get(("draws", kreis, number)) if self._wide else ()
        tables = {
            at: np.broadcast_to(column[:, None], (len(rows), width))
            for (at, width), column in zip(self._wide.items(), columns, strict=True)
        }
        return Draws(self.inputs, rows, self.seed, tables | self._shared[number], self.reader)


def _ask_everything(made: Draws, kreis: int) -> None:
    """Ask all that a forecast asks of the draws, so that every table exists."""
    inputs, rows = made.inputs, len(made.rows)
    climate(inputs, made, kreis)
    flows = Work(inputs, made).home_flows(kreis)
    build_member(inputs, made, kreis, flows, np.zeros((rows, CARRIED, len(inputs.years))), {})


def cut(given: Mapping[int, Adjustments], kreis: int, some: slice) -> dict[int, Adjustments]:
    """Return what adjustments do to one Kreis in some draws."""
    if kreis not in given:
        return {}
    one = given[kreis]
    drawn = {name: getattr(one, name) for name, (axes, _) in DIMENSIONS.items() if _by_draw(getattr(one, name), axes)}
    return {kreis: replace(one, **{name: table[some] for name, table in drawn.items()})}


def _by_draw(table: Array | None, axes: str) -> bool:
    """Tell whether a field has a leading axis of several draws."""
    return table is not None and np.ndim(table) > len(axes) and len(table) > 1
