"""Quantiles of all Kreise and cells: Kreis by Kreis, the cube of all cells and draws never exists at once.

Two passes: the first keeps, of every Kreis of residence, only the change of its labour force by age group (0.9 MB for
1,000 draws, in a file where it grows large); the second brings these to the workplaces of each Kreis, spreads them
over its cells, sorts and keeps quantiles.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS, QUALIFICATION_PARTS
from fachkraftwerk.core.errors import refuse
from fachkraftwerk.runs.draws import Draws, make
from fachkraftwerk.runs.ensemble import Work, build_member, homes_of, way
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.regionforecast import CARRIED, Member, carry, choose

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Cut = tuple[str, str, str]
Progress = Callable[[int, int], None]

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
COLUMNS = ("region", "year", "indicator", "qualification", "level", "occupation", "value", "central", "p10", "p25",
           "p75", "p90", "p_shortage")  # fmt: skip
#: Above this size the first pass writes to a file instead of memory.
IN_MEMORY = 600_000_000
BREAKDOWNS = ("total", "qualification", "level", "occupation", "cell")


def table(
    inputs: Inputs, draws: int, years: Sequence[int], by: Sequence[str] = ("total",),
    indicators: Sequence[str] = ("gap_cumulated",), qualification: str = "skilled", keys: Sequence[str] | None = None,
    seed: int = 0, progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return median, central path, 50 % and 80 % interval and the share of draws above zero, one row a figure.

    by: any of total, qualification, level, occupation, cell (occupation × level); levels, occupations and cells are
    given for ``qualification``. indicators: gap_cumulated, gap_commuting_closed, demand, structural_change.
    Raises Refusal for unknown breakdowns, Kreise or years.
    """
    import pandas as pd

    cuts, at = cuts_of(by, qualification), positions(inputs, years)
    kreise = sorted({kreis for key in keys or inputs.ags for kreis in inputs.members(key)})
    made = make(inputs, draws, seed)
    frames = []
    with store(inputs, made, kreise) as kept, ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
        jobs = threads.map(lambda kreis: block(inputs, made, kreis, kept, cuts, at, indicators), kreise)
        for done, frame in enumerate(jobs, start=1):
            frames.append(frame)
            if progress is not None:
                progress(done, len(kreise))
    return pd.concat(frames, ignore_index=True)


def cuts_of(by: Sequence[str], qualification: str) -> list[Cut]:
    """Return (qualification, level, occupation) of every row of one Kreis and year. Raises Refusal."""
    unknown = [one for one in by if one not in BREAKDOWNS]
    if unknown:
        raise refuse(
            f"Die Gliederung „{', '.join(unknown)}“ gibt es nicht.",
            f'There is no breakdown "{", ".join(unknown)}".',
            f"Möglich sind: {', '.join(BREAKDOWNS)}.", f"Possible are: {', '.join(BREAKDOWNS)}.",
        )  # fmt: skip
    cuts: dict[Cut, None] = {}
    for one in by:
        if one == "total":
            cuts |= dict.fromkeys([("total", "all", "all"), (qualification, "all", "all")])
        elif one == "qualification":
            cuts |= dict.fromkeys((group, "all", "all") for group in QUALIFICATION_GROUPS)
        else:
            levels = ("all",) if one == "occupation" else tuple(LEVELS)
            occupations = ("all",) if one == "level" else tuple(OCCUPATIONS)
            cuts |= dict.fromkeys((qualification, level, name) for name in occupations for level in levels)
    return list(cuts)


def positions(inputs: Inputs, years: Sequence[int]) -> list[int]:
    """Return the positions of years. Raises Refusal for a year outside the horizon."""
    known = inputs.years.tolist()
    outside = [year for year in years if year not in known]
    if outside:
        raise refuse(
            f"Das Jahr {outside[0]} liegt außerhalb der Vorausberechnung.",
            f"The year {outside[0]} is outside the forecast.",
            f"Wählen Sie Jahre von {known[0]} bis {known[-1]}.", f"Choose years from {known[0]} to {known[-1]}.",
        )  # fmt: skip
    return [known.index(year) for year in years]


@contextmanager
def store(inputs: Inputs, made: Draws, kreise: Sequence[int]) -> Iterator[dict[int, Array]]:
    """First pass: the change of the labour force of every home, [draw, carried row, year] by Kreis."""
    homes = sorted({home for kreis in kreise for home in homes_of(inputs, kreis)})
    shape = (len(homes), len(made.rows), CARRIED, len(inputs.years))
    with tempfile.TemporaryDirectory(prefix="fachkraftwerk-") as folder:
        large = 8 * int(np.prod(shape)) > IN_MEMORY
        file = Path(folder) / "flows"
        kept: Array = np.memmap(file, dtype=float, mode="w+", shape=shape) if large else np.empty(shape)
        work = Work(inputs, made)

        def fill(position: int) -> None:
            kept[position] = carry(work.home_flows(homes[position]))

        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
            list(threads.map(fill, range(len(homes))))
        yield dict(zip(homes, kept, strict=True))


def block(
    inputs: Inputs, made: Draws, kreis: int, kept: dict[int, Array], cuts: Sequence[Cut], at: Sequence[int],
    indicators: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    """Second pass: the rows of one Kreis."""
    import pandas as pd

    member = member_of(inputs, made, kreis, kept)
    frames = []
    for indicator in indicators:
        for qualification in dict.fromkeys(cut[0] for cut in cuts):
            chosen = [cut for cut in cuts if cut[0] == qualification]
            samples = _samples(member, indicator, qualification, chosen, at)
            frames.append(_rows(inputs, kreis, indicator, chosen, at, samples))
    return pd.concat(frames, ignore_index=True)


def member_of(inputs: Inputs, made: Draws, kreis: int, kept: dict[int, Array]) -> Member:
    """Return the forecast of one Kreis from the kept flows of its homes."""
    brought = np.zeros((len(made.rows), CARRIED, len(inputs.years)))
    for home in homes_of(inputs, kreis):
        brought += kept[home] * way(inputs, home, kreis)
    return build_member(inputs, made, kreis, Work(inputs, made).home_flows(kreis), brought, {})


def _samples(member: Member, indicator: str, qualification: str, cuts: Sequence[Cut], at: Sequence[int]) -> Array:
    """Samples of the cuts of one qualification [draw, year, cut]."""
    cells = member.cells(indicator, QUALIFICATION_PARTS[qualification], at)
    if len(cuts) == cells.shape[-1]:
        return cells
    return np.asarray(cells @ np.stack([choose(level, occupation) for _, level, occupation in cuts], axis=1))


def _rows(
    inputs: Inputs, kreis: int, indicator: str, cuts: Sequence[Cut], at: Sequence[int], samples: Array
) -> pd.DataFrame:
    import pandas as pd

    central = samples[0]
    drawn = samples[1:] if len(samples) > 1 else samples
    above = (drawn > 0).mean(0)
    # Draws last and in single precision: sorting is three times faster, the loss is below a hundredth of a person.
    p10, p25, p50, p75, p90 = sorted_quantiles(np.moveaxis(drawn, 0, -1).astype(np.float32, order="C"))
    years = np.repeat(inputs.years[list(at)], len(cuts))
    names = [np.tile(np.array(column, dtype=object), len(at)) for column in zip(*cuts, strict=True)]
    columns = (inputs.ags[kreis], years, indicator, *names, p50, central, p10, p25, p75, p90, above)
    flat = {
        name: one.ravel() if isinstance(one, np.ndarray) else one for name, one in zip(COLUMNS, columns, strict=True)
    }
    return pd.DataFrame(flat)


def sorted_quantiles(samples: NDArray[Any], shares: Sequence[float] = SHARES) -> list[Array]:
    """Return linear-interpolated quantiles over the last axis; sorts in place (ten times faster than np.quantile)."""
    samples.sort(axis=-1)
    found = []
    for share in shares:
        place = share * (samples.shape[-1] - 1)
        low = int(place)
        high = min(low + 1, samples.shape[-1] - 1)
        below, above = samples[..., low].astype(float), samples[..., high].astype(float)
        found.append(below * (1 - (place - low)) + above * (place - low))
    return found
