"""Kreise against Germany: a part of the lead of the last years is carried on and fades.

Deviations are logs of the ratio to Germany. The published forecast and the back-test use the same functions with the
same parameters (``demand.regional_*``); the spread is read from the errors these functions made before the origin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Names = NDArray[np.str_] | NDArray[np.int64]
#: Median of absolute values → standard deviation of a normal distribution.
ROBUST = 1.4826


def deviations(employment: Array) -> Array:
    """Return log deviations from Germany [Kreis, year] from persons of the same shape."""
    return np.asarray(np.log(employment) - np.log(employment.sum(axis=0)))


def lead(employment: Array, years: Array | NDArray[np.int64], window: int) -> Array:
    """Return each Kreis's yearly log growth above Germany's over the last ``window`` years [Kreis].

    years: of the columns; they may have gaps. The year nearest to the start of the window is taken.
    """
    first = int(np.argmin(np.abs(years - (years[-1] - window))))
    ends = deviations(employment[:, [first, -1]])
    return np.asarray((ends[:, 1] - ends[:, 0]) / (years[-1] - years[first]))


def deviation_path(lead: Array, kept: float, horizon: Array, damping: float) -> Array:
    """Return the cumulated log deviation [Kreis, horizon]: a share ``kept`` of the lead goes on, damped every year."""
    fading = damping * (1 - damping**horizon) / (1 - damping)
    return np.asarray(kept * lead[:, None] * fading[None])


def errors(employment: Array, window: int, kept: float, horizon: int, damping: float, first: int = 4) -> Array:
    """Return the errors this rule made ``horizon`` years on from all earlier origins [origin, Kreis].

    employment: persons [Kreis, year]; origins have at least ``first`` years before them.
    """
    found = []
    seen, ahead = deviations(employment), np.array([float(horizon)])
    for now in range(first, employment.shape[1] - horizon):
        past = employment[:, max(0, now - window) : now + 1]
        told = deviation_path(lead(past, np.arange(past.shape[1], dtype=np.int64), window), kept, ahead, damping)[:, 0]
        found.append(seen[:, now + horizon] - seen[:, now] - told)
    return np.array(found).reshape(-1, len(employment))


def by_size(size: Array, power: float) -> Array:
    """Return the spread of each Kreis relative to one of median size [Kreis]: (size / median) to −``power``."""
    return np.asarray((size / np.median(size)) ** -power)


def size_power(errors: Array, land: Names, size: Array) -> float:
    """Return the power with which the spread falls with size, 0 to 0.5.

    errors: [origin, Kreis], less what the Kreise of a Land share; the mean log of their amounts is a straight line in
    the log of ``size``. Were a Kreis many firms with fates of their own, the power would be 0.5; were all firms moved
    by the same, 0.
    """
    logs, ahead = np.log(np.maximum(np.abs(own(errors, land)), 1e-6)).mean(0), np.log(size)
    if np.ptp(ahead) < 1e-9:
        return 0.0
    return float(np.clip(-np.polyfit(ahead, logs, 1)[0], 0.0, 0.5))


def own(errors: Array, land: Names) -> Array:
    """Return errors less the mean error of their Land [origin, Kreis]; Länder of one or two Kreise keep theirs.

    Every Kreis counts alike: weighed by size, the mean would lie near the large ones and make them look calm.
    """
    member = (land[:, None] == np.unique(land)[None]).astype(float)
    mean = errors @ member / member.sum(0)
    return np.asarray(errors - np.where(member.sum(0) > 2, mean, 0.0) @ member.T)


def spread(errors: Array, land: Names, size: Array, factor: Array | float = 1.0) -> tuple[float, float]:
    """Return the log spread that Kreise of a Land share, and that of a Kreis in its Land; squares add up.

    errors: [origin, Kreis]; size: [Kreis] weights; factor: [Kreis] spread by size, for the second of a Kreis of median
    size. Read from medians of absolute errors: a plant that opens or closes must not widen the range of every Kreis.
    """
    share = (land[:, None] == np.unique(land)[None]) * size[:, None]
    several = (share > 0).sum(0) > 2
    total = robust(errors / factor)
    if several.sum() < 3:
        return 0.0, total
    common = min(robust((errors @ share / share.sum(0))[:, several]), total)
    return common, float(np.sqrt(total**2 - common**2))


def unrest(errors: Array) -> Array:
    """Return the spread of each Kreis relative to the typical one [Kreis]; squares are 1 on average.

    errors: [origin, Kreis]. Half a Kreis's own past errors and half those of all: a dozen origins alone would be too
    sure of themselves.
    """
    own = np.square(errors).mean(axis=0)
    return np.asarray(np.sqrt((own / max(float(own.mean()), 1e-12) + 1) / 2))


def robust(values: Array) -> float:
    """Return the standard deviation from the median of absolute values, as for a normal distribution."""
    return float(ROBUST * np.median(np.abs(values)))
