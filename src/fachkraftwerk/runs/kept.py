"""What a run puts aside: in memory as far as there is room, the rest in a nameless file that is read piece by piece."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Hashable, Iterator
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.runs import room

Table = NDArray[Any]


class Store:
    """Arrays by key. The first ``limit`` bytes stay in memory, what comes later goes to a file; safe for threads.

    The file is read by calls and not mapped, so its pages do not count as memory of the process. It has no name and is
    gone with the process, however that ends.
    """

    def __init__(self, limit: int) -> None:
        self._limit, self._held, self._end = limit, 0, 0
        self._near: dict[Hashable, Table] = {}
        self._far: dict[Hashable, tuple[int, tuple[int, ...], np.dtype[Any]]] = {}
        self._file: IO[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, key: Hashable, table: Table) -> None:
        """Keep an array that owns its numbers."""
        table = np.ascontiguousarray(table)
        with self._lock:
            if self._held + table.nbytes <= self._limit:
                self._held += table.nbytes
                self._near[key] = table
                return
            place, self._end = self._end, self._end + table.nbytes
            self._far[key] = place, table.shape, table.dtype
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="fachkraftwerk-", buffering=0)  # noqa: SIM115  closed with the store
        _write(self._file.fileno(), table, place)

    def get(self, key: Hashable, rows: slice = slice(None)) -> Table:
        """Return the array of a key, or some of its rows; not to be written to. Raises KeyError for an unknown key."""
        if key in self._near:
            return self._near[key][rows]
        place, shape, kind = self._far[key]
        start, stop, _ = rows.indices(shape[0])
        table = np.empty((stop - start, *shape[1:]), kind)
        assert self._file is not None
        _read(self._file.fileno(), table, place + start * (table[:1].nbytes if len(table) else 0))
        return table


def _write(file: int, table: Table, place: int) -> None:
    """Write all bytes; one call writes two gigabytes at most."""
    rest = table.reshape(-1).view(np.uint8).data
    while rest:
        done = os.pwrite(file, rest, place)
        rest, place = rest[done:], place + done


def _read(file: int, table: Table, place: int) -> None:
    rest = table.reshape(-1).view(np.uint8).data
    while rest:
        done = os.preadv(file, [rest], place)
        rest, place = rest[done:], place + done


class Sampled:
    """Figures of one region in all draws: put a block of draws at a time, read some figures in all draws at a time.

    ``central`` is the central path [figure …] in full precision; draws are kept in ``precision``.
    """

    def __init__(self, draws: int, precision: type[np.floating[Any]] = np.float64) -> None:
        self.draws, self.precision = draws, precision
        self.central: NDArray[np.float64] = np.empty(0)
        self._store, self._blocks = Store(room.SAMPLES), 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: Any) -> None:
        self._store.__exit__(*how)

    def put(self, samples: Table) -> None:
        """Keep the next block of draws [draw, figure …]; the first row of the first one is the central path."""
        if not self._blocks:
            self.central = samples[0].copy()
            samples = samples[1:] if self.draws > 1 else samples
        flat = samples.reshape(len(samples), self.central.size)
        self._store.put(self._blocks, flat.T.astype(self.precision, order="C"))
        self._blocks += 1

    def pieces(self) -> Iterator[tuple[slice, Table]]:
        """Yield places of some figures and their draws [figure, draw] without the central path, free to be changed.

        Where the central path stands alone it is the only draw.
        """
        width = max(self.draws - 1, 1) * np.dtype(self.precision).itemsize
        step = max(1, room.PIECE // width)
        for start in range(0, self.central.size, step):
            some = slice(start, start + step)
            yield some, np.concatenate([self._store.get(number, some) for number in range(self._blocks)], axis=1)

    def whole(self) -> Table:
        """Return all draws, the central path first [draw, figure …]."""
        rows = np.concatenate([drawn for _, drawn in self.pieces()]).T.reshape(-1, *self.central.shape)
        return np.concatenate([self.central[None], rows]) if self.draws > 1 else self.central[None]
