"""What the first pass keeps of every home: in memory, or in a file that is read piece by piece."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class InMemory(dict[int, Array]):
    """Tables by number."""

    def put(self, number: int, table: Array) -> None:
        """Keep a table."""
        self[number] = table


class InFile(Mapping[int, Array]):
    """Tables of one shape by number; not mapped, so the pages of the file do not count as memory of the process."""

    def __init__(self, file: IO[bytes], numbers: Sequence[int], shape: tuple[int, ...]) -> None:
        self.file, self.shape = file, shape
        self.size = np.empty(shape).nbytes
        self.places = {number: place for place, number in enumerate(numbers)}
        self.lock = threading.Lock()

    def put(self, number: int, table: Array) -> None:
        """Keep a table."""
        with self.lock:
            self.file.seek(self.places[number] * self.size)
            self.file.write(np.ascontiguousarray(table).data)

    def __getitem__(self, number: int) -> Array:
        table = np.empty(self.shape)
        with self.lock:
            self.file.seek(self.places[number] * self.size)
            self.file.readinto(table.data)  # type: ignore[attr-defined]
        return table

    def __iter__(self) -> Iterator[int]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


Kept = InMemory | InFile
