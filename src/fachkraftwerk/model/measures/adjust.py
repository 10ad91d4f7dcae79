"""From effects to Adjustments: the only way a measure reaches the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.model.adjustments import SIZES, Adjustments
from fachkraftwerk.model.measures.combine import Effect
from fachkraftwerk.model.measures.place import Array, Place

#: Channels that act on people by sex and age; the others act on cells occupation × level.
PEOPLE = ("participation", "retirement", "disability", "migration")
#: Channels of people whose qualification is known.
KNOWN = ("qualified", "transfer")
#: Qualification that posts of a level ask for, where a move leads to several levels (KldB 2010, fifth digit).
BY_LEVEL = {"helfer": "none", "fachkraft": "vocational", "spezialist": "academic", "experte": "academic"}
_SEX = {"m": 0, "f": 1}
_PROFILES = ("workforce", "young", "residents")


def cells(place: Place, effect: Effect) -> Array:
    """Return how one person is spread over cells [o,l]: adds up to 1, or to 0 where nobody works in them."""
    return _spread(place, effect.measure.kind.where, effect)


def known(place: Place, effect: Effect) -> Array:
    """Return how one person is spread over qualifications and cells [q,o,l], for the channels ``KNOWN``.

    Who enters adds up to 1. Who moves adds up to 0, so nobody is counted twice.
    """
    where = effect.measure.kind.where
    if effect.measure.kind.channel == "qualified":
        return _qualified(cells(place, effect), where["qualification"])
    to, origin = _spread(place, where["to"], effect), _spread(place, where["from"], effect, origin=True)
    if not (to.any() and origin.any()):
        return np.zeros((len(QUALIFICATIONS), *to.shape))
    return _qualified(to, where["to"]["qualification"]) - _qualified(origin, where["from"]["qualification"])


def _qualified(spread: Array, qualification: str) -> Array:
    """Give people spread over cells [o,l] a qualification, one for all or the one their level asks for [q,o,l]."""
    made = np.zeros((len(QUALIFICATIONS), *spread.shape))
    names = tuple(QUALIFICATIONS)
    for number, level in enumerate(LEVELS):
        named = BY_LEVEL[level] if qualification == "by_level" else qualification
        made[names.index(named), :, number] = spread[:, number]
    return made


def _spread(place: Place, where: Mapping[str, Any], effect: Effect, origin: bool = False) -> Array:
    profile = where.get("profile", "workforce")
    weight: Array = getattr(place, profile if profile in _PROFILES else "workforce").copy()
    chosen = () if origin else effect.measure.occupations
    occupations = chosen or tuple(where.get("occupations", ()))
    weight *= _mask(tuple(OCCUPATIONS), occupations)[:, None] * _mask(tuple(LEVELS), where.get("levels", ()))[None]
    total = weight.sum()
    return weight / total if total > 0 else weight


def _mask(keys: Sequence[str], chosen: Sequence[str]) -> Array:
    return np.array([1.0 if not chosen or key in chosen else 0.0 for key in keys])


def ages(effect: Effect) -> tuple[int, int, int | None]:
    """Return first age, last age and sex index (None: both) a measure acts on."""
    where = effect.measure.kind.where
    first, last = where["ages"]
    return int(first), int(last), _SEX.get(where.get("sex", ""))


def participation(place: Place, effect: Effect) -> Array:
    """Return the addition to participation [draw,s,a,y]: in proportion to those still outside."""
    first, last, sex = ages(effect)
    outside = np.maximum(place.people - place.force, 0.0)
    mask = _band(first, last, sex)[:, :, None]
    total = np.maximum((outside * mask).sum((0, 1)), 1e-9)
    rate = np.divide(outside, place.people, out=np.zeros_like(outside), where=place.people > 0) * mask
    return np.asarray((effect.gain / total)[:, None, None, :] * rate[None])


def retirement(effect: Effect) -> Array:
    """Return the factor on retirement hazards [draw,a,y]."""
    first, last, _ = ages(effect)
    mask = _band(first, last, None)[0]
    return np.asarray(1 - effect.share[:, None, :] * mask[None, :, None])


def migration(place: Place, effect: Effect) -> Array:
    """Return extra net residents per year [draw,s,a,y]; those who leave again are taken off."""
    first, last, sex = ages(effect)
    weight = place.moving * _band(first, last, sex)
    weight = weight / max(weight.sum(), 1e-9)
    return np.asarray(np.diff(effect.stock, axis=1, prepend=0.0)[:, None, None, :] * weight[None, :, :, None])


def _band(first: int, last: int, sex: int | None) -> Array:
    mask = np.zeros((2, 76))
    mask[slice(None) if sex is None else sex, first : last + 1] = 1.0
    return mask


def widened(array: Array) -> Array:
    """Widen the age axis (second last) from 76 to the ages the model names."""
    missing = SIZES["a"] - array.shape[-2]
    return np.pad(array, [(0, 0)] * (array.ndim - 2) + [(0, missing), (0, 0)], mode="edge")


def people(place: Place, effects: Sequence[Effect]) -> dict[str, Array]:
    """Return the arrays that act on people, ages 0…75, with draws; absent where nothing changes."""
    found: dict[str, Array] = {}
    for effect in effects:
        channel = effect.measure.kind.channel
        if channel == "participation":
            found[channel] = found.get(channel, 0.0) + participation(place, effect)
        elif channel == "migration":
            found[channel] = found.get(channel, 0.0) + migration(place, effect)
        elif channel == "retirement":
            found[channel] = found.get(channel, 1.0) * retirement(effect)
        elif channel == "disability":
            found[channel] = found.get(channel, 1.0) * (1 - effect.share)
    return found


def on_all_ages(found: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of ``people`` over all ages the model names."""
    return {name: widened(array) if name != "disability" else array for name, array in found.items()}


def adjustments(place: Place, effects: Sequence[Effect]) -> Adjustments:
    """Return everything a set of measures changes in the model."""
    found = on_all_ages(people(place, effects))
    for effect in effects:
        channel = effect.measure.kind.channel
        if channel in PEOPLE:
            continue
        if channel == "demand":
            found[channel] = found.get(channel, 1.0) * (1 - effect.share)[:, None, None, :]
            continue
        flow = np.diff(effect.stock, axis=1, prepend=0.0)
        if channel in KNOWN:
            added = flow[:, None, None, None, :] * known(place, effect)[None, ..., None]
        else:
            added = flow[:, None, None, :] * cells(place, effect)[None, :, :, None]
        found[channel] = found.get(channel, 0.0) + added
    return Adjustments(**found)
