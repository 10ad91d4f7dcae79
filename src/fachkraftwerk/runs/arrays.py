"""Edition tables as arrays: one place that knows the columns, keys in fixed order, absent cells filled as told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.errors import Refusal, refuse

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition

Array = NDArray[np.float64]


def table(edition: Edition, name: str, needed: bool = True) -> pd.DataFrame | None:
    """Return a table; None where it may be absent and is. Raises Refusal where it is needed."""
    try:
        return edition.facts(name)
    except (Refusal, KeyError):
        if needed:
            raise
        return None


def cube(frame: pd.DataFrame, dims: Mapping[str, Any], value: str = "value", fill: float = np.nan) -> Array:
    """Return ``value`` as an array over ``dims`` (column → labels in order); rows with other labels are left out.

    Several rows of the same cell are added up.
    """
    import pandas as pd

    keep = np.ones(len(frame), dtype=bool)
    positions = []
    for column, labels in dims.items():
        position = pd.Index(list(labels)).get_indexer(pd.Index(frame[column].to_numpy()))
        keep &= position >= 0
        positions.append(position)
    values = frame[value].to_numpy(dtype=float)[keep]
    shape = tuple(len(labels) for labels in dims.values())
    flat = np.ravel_multi_index([position[keep] for position in positions], shape)
    size = int(np.prod(shape))
    total = np.bincount(flat, np.nan_to_num(values), size)
    seen = np.bincount(flat, ~np.isnan(values), size) > 0
    return np.where(seen, total, fill).reshape(shape)


def complete(array: Array, name: str) -> Array:
    """Return the array. Raises Refusal if anything in it is missing."""
    if np.isnan(array).any():
        raise refuse(
            f"In der Tabelle „{name}“ der Ausgabe fehlen Werte, ohne die nicht gerechnet werden kann.",
            f'Table "{name}" of the edition lacks values the forecast cannot do without.',
            "Bauen Sie die Ausgabe neu oder öffnen Sie die mitgelieferte.",
            "Rebuild the edition or open the one that ships.",
            name,
        )
    return array
