"""Named random streams: one per uncertain assumption.

The stream of a name does not depend on any other name nor on how many draws are asked for, so adding an
assumption or asking for more draws leaves every existing draw bit-identical.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray


def stream(name: str, seed: int = 0) -> np.random.Generator:
    """Return the generator that belongs to ``name`` under ``seed``."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    words = np.frombuffer(digest, dtype=np.uint32)
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(words.tolist())))


def normals(name: str, draws: int, size: int = 1, seed: int = 0) -> NDArray[np.float64]:
    """Return standard normals, shape (draws, size); row i is the same however many draws are asked for.

    Row 0 is the central path and therefore zero.
    """
    table = stream(name, seed).standard_normal((draws, size))
    table[:1] = 0.0
    return table
