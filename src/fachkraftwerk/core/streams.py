"""Named random streams: one per uncertain assumption.

The stream of a name does not depend on any other name nor on how many draws are asked for, so adding an
assumption or asking for more draws leaves every existing draw bit-identical.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def stream(name: str, seed: int = 0) -> np.random.Generator:
    """Return the generator that belongs to ``name`` under ``seed``."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    words = np.frombuffer(digest, dtype=np.uint32)
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(words.tolist())))


#: Pairs passed over in one go on the way to a later row.
_STRIDE = 1024


def normals(name: str, draws: int, size: int = 1, seed: int = 0, first: int = 0) -> NDArray[np.float64]:
    """Return standard normals, shape (draws - first, size), rows ``first`` to ``draws``.

    Row i is the same however many draws are asked for. Row 0 is the central path and therefore zero. The others come
    in mirrored pairs, 1 and 2, 3 and 4 and so on (antithetic variates, Hammersley and Morton 1956): the middle of few
    draws then lies where that of many does.
    """
    return Reader(seed).normals(name, draws, size, first)


class Reader:
    """Reads streams a block of rows after another: the next block goes on where the last one ended."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        #: Name and width → generator, the pair in which the next block begins, and the generator's state before it.
        self._left: dict[tuple[str, int], tuple[np.random.Generator, int, Mapping[str, Any]]] = {}

    def normals(self, name: str, draws: int, size: int = 1, first: int = 0) -> NDArray[np.float64]:
        """Return what the function ``normals`` returns."""
        begun, again = _pair(first), _pair(draws)
        made = self._at(name, size, begun)
        before = made.standard_normal((again - begun, size))
        state = made.bit_generator.state
        rest = made.standard_normal((draws // 2 - again, size))
        self._left[name, size] = made, again, state
        return _mirrored(np.concatenate([before, rest]), draws - 2 * begun)[first - 2 * begun :]

    def _at(self, name: str, size: int, pair: int) -> np.random.Generator:
        """Return the generator of a stream before one of its pairs."""
        made, passed, state = self._left.pop((name, size), (None, 0, {}))
        if made is None or passed > pair:
            made, passed = stream(name, self.seed), 0
        else:
            made.bit_generator.state = state
        for some in range(passed, pair, _STRIDE):
            made.standard_normal((min(_STRIDE, pair - some), size))
        return made


def _pair(row: int) -> int:
    """Return the pair that has to be made first for rows from ``row`` on."""
    return max(row - 1, 0) // 2


def uniforms(name: str, draws: int, seed: int = 0) -> NDArray[np.float64]:
    """Return numbers between 0 and 1, shape (draws,); row 0 is the middle, the others are mirrored at it in pairs."""
    return 0.5 + _mirrored(stream(name, seed).random((draws // 2, 1)) - 0.5, draws)[:, 0]


def _mirrored(pairs: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """Return row 0 zero, then each row of ``pairs`` and its mirror image, cut at ``draws``."""
    both = np.stack([pairs, -pairs], axis=1).reshape(-1, pairs.shape[1])
    return np.concatenate([np.zeros((1, pairs.shape[1])), both])[:draws]
