"""Two shapes of data and the one converter between them.

*Facts* is a tidy table: one column per dimension, then ``value`` (float), ``status`` and ``source``.
A *Cube* is the same as a labelled array (xarray). Provenance stays in the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # both cost seconds to import; the command line loads them only when used
    import pandas as pd
    import xarray as xr

#: Meaning of the publishers' signs. An unsigned figure has status "".
STATUS = {
    "": "published",
    "zero": "exactly zero ('-')",
    "secret": "suppressed ('.', 'x', '*')",
    "pending": "not there yet ('...')",
    "unreliable": "too uncertain to show ('/')",
    "missing": "not collected (':', empty)",
    "break": "published, with a break in the series (flag b)",
    "estimated": "published, estimated by the publisher (flags e, p)",
}


def to_cube(facts: pd.DataFrame, dims: Mapping[str, Sequence[Any]], value: str = "value") -> xr.DataArray:
    """Turn facts into a labelled array over ``dims`` (name → labels in order); absent cells are nan.

    Raises ValueError on a doubled key or a label outside ``dims``: both would silently lose figures.
    """
    import pandas as pd
    import xarray as xr

    positions = []
    for name, labels in dims.items():
        position = pd.Index(list(labels)).get_indexer(pd.Index(facts[name].to_numpy()))
        if (position < 0).any():
            stranger = facts[name].to_numpy()[position < 0][0]
            raise ValueError(f"{name}: label {stranger!r} is not in the dimension")
        positions.append(position)
    shape = tuple(len(labels) for labels in dims.values())
    flat = np.ravel_multi_index(positions, shape)
    if len(np.unique(flat)) != len(flat):
        raise ValueError("doubled keys: " + ", ".join(dims))
    values = np.full(shape, np.nan)
    values.ravel()[flat] = facts[value].to_numpy(dtype=float)
    return xr.DataArray(values, coords={k: list(v) for k, v in dims.items()}, dims=list(dims), name=value)


def to_facts(cube: xr.DataArray, value: str = "value") -> pd.DataFrame:
    """Turn a labelled array into facts; absent (nan) cells are left out. Inverse of ``to_cube``."""
    return cube.to_series().rename(value).dropna().reset_index()
