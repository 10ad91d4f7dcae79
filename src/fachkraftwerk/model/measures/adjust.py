"""From effects to Adjustments: the only way a measure reaches the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATIONS
from fachkraftwerk.model.adjustments import SIZES, Adjustments
from fachkraftwerk.model.measures import reach, spread
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


def channel(effect: Effect) -> str:
    """Return the assumption a measure acts on.

    A measure that acts on people by age cannot name their occupation; narrowed to occupations, it adds the supply of those
    it wins to these occupations instead.
    """
    named = effect.measure.kind.channel
    return "hours" if named in PEOPLE and not reach.mask(effect.measure).all() else named


def supply(place: Place, effect: Effect) -> Array:
    """Return the persons who work because of a measure that adds to single cells, at the end of the year [draw, year]."""
    named, where = effect.measure.kind.channel, effect.measure.kind.where
    if named == "migration":
        first, last = where["ages"]
        working = place.working(first, last) / np.maximum(place.at_ages(first, last), 1e-9)
        return np.asarray(effect.stock * working)
    if named in ("retirement", "disability"):
        return _kept(place, effect)
    return effect.stock


#: Ages between which people kept in work leave it in the end.
_LEAVING = (55, 67)


def _kept(place: Place, effect: Effect) -> Array:
    """Return those kept in work who have not left for another reason since, at the mean rate of their ages."""
    first, last = _LEAVING
    leaving = place.retiring[first : last + 1].sum(0) / np.maximum(place.working(first, last), 1e-9)
    stock = np.zeros_like(effect.gain)
    stock[:, 0] = effect.gain[:, 0]
    for year in range(1, stock.shape[1]):
        stock[:, year] = stock[:, year - 1] * (1 - leaving[year]) + effect.gain[:, year]
    return stock


def cells(place: Place, effect: Effect) -> Array:
    """Return how one person is spread over cells [o,l]: adds up to 1, or to 0 where nobody works in them."""
    if effect.measure.kind.channel in PEOPLE:
        return _whole(spread.table(effect.measure.kind.group, place) * reach.mask(effect.measure))
    return _spread(place, effect.measure.kind.where, effect)


def wanted(effect: Effect) -> Array:
    """Return the factor on demand of each cell [draw, o, l, year]."""
    saved = effect.share / effect.part if effect.part > 0 else effect.share
    mask = reach.mask(effect.measure) if effect.part < 1 else np.ones((1, 1))
    return np.asarray(1 - saved[:, None, None, :] * mask[None, :, :, None])


def known(place: Place, effect: Effect) -> Array:
    """Return how one person is spread over qualifications and cells [q,o,l], for the channels ``KNOWN``.

    Who enters adds up to 1. Who moves adds up to 0, so nobody is counted twice.
    """
    where = effect.measure.kind.where
    if effect.measure.kind.channel == "qualified":
        return _qualified(cells(place, effect), where["qualification"])
    same = bool(where["to"].get("same"))  # people stay in their occupation and rise
    origin = _spread(place, where["from"], effect, origin=not same)
    to = _risen(origin, where["to"]["levels"]) if same else _spread(place, where["to"], effect)
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
    levels = () if origin or "same" in effect.measure.kind.where.get("to", ()) else reach.levels(effect.measure)
    return _whole(weight * _mask(tuple(LEVELS), levels)[None])


def _whole(weight: Array) -> Array:
    total = weight.sum()
    return weight / total if total > 0 else weight


def _risen(origin: Array, levels: Sequence[str]) -> Array:
    """Move people to other levels of their occupation [o,l]."""
    column = _mask(tuple(LEVELS), levels)
    return np.asarray(origin.sum(1)[:, None] * (column / column.sum())[None])


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
        name = channel(effect)
        if name == "participation":
            found[name] = found.get(name, 0.0) + participation(place, effect)
        elif name == "migration":
            found[name] = found.get(name, 0.0) + migration(place, effect)
        elif name == "retirement":
            found[name] = found.get(name, 1.0) * retirement(effect)
        elif name == "disability":
            found[name] = found.get(name, 1.0) * (1 - effect.share)
    return found


def on_all_ages(found: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of ``people`` over all ages the model names."""
    return {name: widened(array) if name != "disability" else array for name, array in found.items()}


def adjustments(place: Place, effects: Sequence[Effect]) -> Adjustments:
    """Return everything a set of measures changes in the model."""
    found = on_all_ages(people(place, effects))
    for effect in effects:
        name = channel(effect)
        if name in PEOPLE:
            continue
        if name == "demand":
            found[name] = np.maximum(found.get(name, 1.0) + wanted(effect) - 1.0, 0.0)
            continue
        flow = np.diff(supply(place, effect), axis=1, prepend=0.0)
        if name in KNOWN:
            added = flow[:, None, None, None, :] * known(place, effect)[None, ..., None]
        else:
            added = flow[:, None, None, :] * cells(place, effect)[None, :, :, None]
        found[name] = found.get(name, 0.0) + added
    return Adjustments(**found)
