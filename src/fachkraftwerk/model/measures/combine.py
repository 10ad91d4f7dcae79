"""Measures together: each takes its share of what the others leave, never more than the target group.

Within a target group with shares e₁ … eₙ the group reached is ``1 − Π(1 − eᵢ)``; it is credited to the measures in
proportion to their shares, so credits add up exactly and no order is preferred. Where measures reach only some occupations,
the group falls into parts, each reached by the same measures; the rule holds in every part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fachkraftwerk.model.measures import groups, reach, spread
from fachkraftwerk.model.measures.kind import Values
from fachkraftwerk.model.measures.measure import Measure
from fachkraftwerk.model.measures.place import Array, Place
from fachkraftwerk.model.measures.timing import accumulate, delay


@dataclass(frozen=True)
class Effect:
    """What one measure brings about (n = draw, y = year).

    share[n,y]   part of the whole target group won in the year
    gain[n,y]    persons won: a stock, or persons per year for a flow group
    stock[n,y]   persons there because of the measure at the end of the year
    group[y]     size of the part of the target group the measure reaches
    part         that part, 0 to 1
    """

    measure: Measure
    share: Array
    gain: Array
    stock: Array
    group: Array
    part: float = 1.0


def shares(place: Place, measure: Measure, values: Values, group: Array) -> Array:
    """Return the part of the people reached that a measure alone would win [draw, year], between 0 and 1."""
    wanted = measure.kind.lever(place, measure.dose, values)
    wanted = wanted if wanted.ndim == 2 else wanted[:, None]
    if measure.capacity is not None:
        wanted = np.minimum(wanted, measure.capacity)
    part = np.divide(wanted, group, out=np.zeros(np.broadcast_shapes(wanted.shape, (1, len(group)))), where=group > 0)
    return np.asarray(np.clip(part, 0.0, 1.0) * measure.path(place.years))


def together(parts: Sequence[Array]) -> list[Array]:
    """Return the credited shares of measures that draw on one target group; they add up to 1 − Π(1 − e)."""
    left = np.prod([1 - part for part in parts], axis=0)
    total = np.sum(parts, axis=0)
    ratio = np.divide(1 - left, total, out=np.ones_like(total), where=total > 1e-12)
    return [part * ratio for part in parts]


def overlapping(place: Place, measures: Sequence[Measure], alone: Sequence[Array]) -> list[Array]:
    """Return the credited shares of the whole target group; ``alone`` are shares of the part each measure reaches."""
    credited = [np.zeros_like(part) for part in alone]
    for size, inside in _parts(place, measures):
        for i, part in zip(inside, together([alone[i] for i in inside]), strict=True):
            credited[i] = credited[i] + size * part
    return credited


def _parts(place: Place, measures: Sequence[Measure]) -> Iterator[tuple[float, list[int]]]:
    """Yield the parts of a target group that the same measures reach: (size as a share, positions of the measures)."""
    if not any(reach.narrowed(m) for m in measures):
        yield 1.0, list(range(len(measures)))
        return
    every = np.ones_like(spread.table(measures[0].kind.group, place))
    masks = np.array([(reach.mask(m) if reach.narrowed(m) else every).ravel() for m in measures])
    weight = spread.table(measures[0].kind.group, place).ravel()
    for pattern in np.unique(masks, axis=1).T:
        inside = [int(i) for i in np.flatnonzero(pattern)]
        if inside:
            yield float(weight[(masks == pattern[:, None]).all(0)].sum()), inside


def effects(place: Place, measures: Sequence[Measure], draws: int = 1, seed: int = 0) -> list[Effect]:
    """Return the effects of measures carried out together, in their order; row 0 is the central path."""
    rows = max(draws, 1)
    names = dict.fromkeys(m.kind.group for m in measures)
    sizes = {name: groups.size(name, place) for name in names}
    values = [m.kind.values(rows, seed, m.assumptions) for m in measures]
    near = [reach.near(place, m) for m in measures]
    reached = [groups.size(m.kind.group, one) for m, one in zip(measures, near, strict=True)]
    alone = [shares(p, m, v, n) for p, m, v, n in zip(near, measures, values, reached, strict=True)]
    credited: list[Array] = list(alone)
    for name in names:
        inside = [i for i, m in enumerate(measures) if m.kind.group == name]
        found = overlapping(place, [measures[i] for i in inside], [alone[i] for i in inside])
        for i, part in zip(inside, found, strict=True):
            credited[i] = part
    made = [_effect(m, c, sizes[m.kind.group], v) for m, c, v in zip(measures, credited, values, strict=True)]
    parts = [reach.part(place, m) for m in measures]
    return [replace(one, group=n, part=p) for one, n, p in zip(made, reached, parts, strict=True)]


def _effect(measure: Measure, share: Array, group: Array, values: Values) -> Effect:
    gain = share * group
    if not measure.kind.flow:
        return Effect(measure, share, gain, gain, group)
    arriving = delay(gain, values[measure.kind.delay]) if measure.kind.delay else gain
    return Effect(measure, share, gain, accumulate(arriving, _staying(measure, values, len(gain))), group)


def _staying(measure: Measure, values: Mapping[str, Array], rows: int) -> Array:
    """Return the yearly share that stays [draw], from the share still there after some years (in %)."""
    name, years = measure.kind.stay
    return (values[name] / 100) ** (1 / years) if name else np.ones(rows)
