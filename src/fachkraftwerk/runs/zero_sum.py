"""What is won here and lost elsewhere: commuters won back are booked at the Kreise where they work today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_PARTS
from fachkraftwerk.model.adjustments import Adjustments
from fachkraftwerk.model.measures import reach
from fachkraftwerk.model.measures.combine import Effect
from fachkraftwerk.runs.figures import FigureValue, summarise
from fachkraftwerk.runs.inputs import Inputs
from fachkraftwerk.runs.regionforecast import choose
from fachkraftwerk.runs.response import Asked, Response

Array = NDArray[np.float64]
REST, OTHERS = "", "other"


@dataclass(frozen=True)
class Loss:
    """Persons another Kreis loses because of the measures; ``REST`` is the rest of Germany, ``OTHERS`` small parts."""

    ags: str
    value: FigureValue


def losses(found: Sequence[Effect], commuters: Mapping[str, float], at: int) -> list[Loss]:
    """Return who loses in year ``at``, largest first; Kreise that lose less than one person stand together, behind them."""
    rest = [e.stock[:, at] for e in found if e.measure.kind.loses == "rest"]
    lost = [Loss(REST, summarise(np.sum(rest, axis=0)))] if rest else []
    moved, total = [e.stock[:, at] for e in found if e.measure.kind.loses == "commuters"], sum(commuters.values())
    if moved and total:
        sample = np.sum(moved, axis=0)
        near = [(ags, n / total) for ags, n in commuters.items() if sample[0] * n / total >= 1]
        lost += [Loss(ags, summarise(sample * part)) for ags, part in near]
        left = 1 - sum(part for _, part in near)
        lost += [Loss(OTHERS, summarise(sample * left))] if left > 1e-9 else []
    return sorted(lost, key=lambda loss: (loss.ags in (OTHERS, REST), -loss.value.value))


def booked(inputs: Inputs, found: Sequence[Effect], commuters: Mapping[str, float]) -> dict[str, Adjustments]:
    """Return what the Kreise of work lose, AGS → Adjustments; together it is what the Kreis of residence wins."""
    moved, total = [e for e in found if e.measure.kind.loses == "commuters"], sum(commuters.values())
    if not moved or not total:
        return {}
    made = {}
    for ags, count in commuters.items():
        size = inputs.places.workforce[inputs.ags.index(ags)].sum(0).reshape(len(OCCUPATIONS), len(LEVELS))
        lost = sum(_lost(effect, size) for effect in moved)
        made[ags] = Adjustments(commuting=np.asarray(lost) * count / total)
    return made


def _lost(effect: Effect, size: Array) -> Array:
    """Return what all Kreise of work together would lose [draw, o, l, year], spread as one of them works ``size`` [o,l]."""
    chosen = size * reach.mask(effect.measure)
    chosen = chosen if chosen.sum() > 0 else size  # nobody there in these occupations: the loss is still a loss
    flow = np.diff(effect.stock, axis=1, prepend=0.0)
    return np.asarray(-flow[:, None, None, :] * (chosen / max(chosen.sum(), 1e-9))[None, :, :, None])


def felt(there: Response, lost: float, asked: Asked | None = None) -> float:
    """Return how much of ``lost`` persons the gap of another Kreis grows by: those with the qualification asked for."""
    member, size = there.base.members[0], there.inputs.places.workforce[there.kreise[0]].sum(0)
    asked = asked or Asked()
    weight = member.stock_weight(QUALIFICATION_PARTS[asked.qualification], choose(asked.level, asked.occupation))
    return float(lost * (size @ weight) / max(size.sum(), 1e-9))
