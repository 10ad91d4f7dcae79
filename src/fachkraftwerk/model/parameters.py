"""Numbers of the world: read from the YAML beside each function, checked, dated, sourced.

One file per folder (``model/<folder>/parameters.yaml``); ``model/spreads.yaml`` holds measured spreads. Every entry states its value, unit, German and English name,
date, source and reason; an uncertain one states its distribution too. Nothing of this kind is written into code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core import yamls
from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text, both
from fachkraftwerk.model.parameter_checks import entry_faults, followed_faults, unknown_name

FOLDERS = ("population", "supply", "demand", "balance")


@dataclass(frozen=True)
class Distribution:
    """Normal distribution around the central value, as a persistent deviation that grows with the horizon.

    ``spread`` maps a scope (national, land, kreis, …) to its standard deviation after seven years; at horizon h the
    deviation is ``spread · (h/7)**power``; ``powers`` holds the scopes that grow in another way. ``estimated`` tells
    whether hindcast errors gave the spread. ``follows`` maps another assumption to the correlation with its national
    deviation. ``curves`` holds, for scopes whose spread grows in no power of time, its size one, two, … years ahead
    relative to seven; ``sizes`` the power with which the spread of a place falls with its size; ``near`` the share of
    its neighbours' own deviations that a place has too.
    """

    spread: Mapping[str, float]
    power: float
    estimated: bool
    source: Text
    follows: Mapping[str, float] = field(default_factory=dict)
    powers: Mapping[str, float] = field(default_factory=dict)
    curves: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)

    def growth(self, scope: str) -> float:
        """Return the power with which the spread in ``scope`` grows with the years."""
        return self.powers.get(scope, self.power)

    def at(self, scope: str, horizon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the standard deviation in ``scope`` at each ``horizon`` (years ahead, negative counts as 0)."""
        ahead = np.maximum(horizon, 0.0)
        curve = self.curves.get(scope)
        if curve is None:
            return self.spread.get(scope, 0.0) * (ahead / 7.0) ** self.growth(scope)
        return np.asarray(self.spread.get(scope, 0.0) * np.interp(ahead, np.arange(len(curve) + 1.0), (0.0, *curve)))

    def by_size(self, scope: str, size: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the spread of each place relative to one of median ``size`` [place]; 1 where size does not matter."""
        return np.asarray((size / np.median(size)) ** -self.sizes.get(scope, 0.0))


@dataclass(frozen=True)
class Parameter:
    """One assumption or published figure the model uses."""

    key: str
    value: Any
    unit: Text
    name: Text
    date: str
    source: Text
    reason: Text
    distribution: Distribution | None = None

    @property
    def number(self) -> float:
        """The value as one number."""
        return float(self.value)

    def series(self, years: NDArray[np.int64]) -> NDArray[np.float64]:
        """Read dated values for ``years``: straight lines between the dates, constant before and after."""
        dated = sorted((int(year), float(value)) for year, value in self.value.items())
        return np.interp(years, [year for year, _ in dated], [value for _, value in dated])

    def curve(self, ages: NDArray[np.int64]) -> NDArray[np.float64]:
        """Read values by age; the same straight lines."""
        return self.series(ages)


class Parameters(dict[str, Parameter]):
    """All parameters by key ``folder.name``."""

    def uncertain(self) -> dict[str, Parameter]:
        """Return those with a distribution, in the order of their keys."""
        return {key: self[key] for key in sorted(self) if self[key].distribution is not None}


@cache
def parameters() -> Parameters:
    """Return the parameters that ship with the model. Raises Refusal naming every faulty entry."""
    found: dict[str, dict[str, Any]] = {}
    for folder in FOLDERS:
        found |= {f"{folder}.{key}": entry for key, entry in _read(folder, "parameters.yaml").items()}
    measured = _read("", "spreads.yaml")
    if unknown := [unknown_name(key, found) for key in measured if key not in found]:
        raise Refusal(unknown)
    return parse(found | {key: found[key] | {"distribution": one} for key, one in measured.items()})


def parse(entries: Mapping[str, Mapping[str, Any]]) -> Parameters:
    """Check raw entries and build the parameters. Raises Refusal naming every faulty entry."""
    faults = [fault for key, entry in entries.items() for fault in entry_faults(key, entry)]
    faults += followed_faults(entries)
    if faults:
        raise Refusal(faults)
    return Parameters({key: _parameter(key, entry) for key, entry in entries.items()})


def _read(folder: str, name: str) -> dict[str, Any]:
    path = files("fachkraftwerk.model")
    path = path.joinpath(folder, name) if folder else path.joinpath(name)
    loaded: dict[str, Any] | None = yamls.load(path.read_text(encoding="utf-8"), f"{folder}/{name}".lstrip("/"))
    return loaded or {}


def _parameter(key: str, entry: Mapping[str, Any]) -> Parameter:
    raw = entry.get("distribution")
    distribution = None
    if raw:
        spread = {scope: float(value) for scope, value in raw["spread"].items()}
        power = raw.get("power", 1.0)
        powers = {str(scope): float(one) for scope, one in power.items()} if isinstance(power, Mapping) else {}
        distribution = Distribution(
            spread,
            next(iter(powers.values())) if powers else float(power),
            bool(raw.get("estimated")),
            both(raw.get("source", "")),
            {str(other): float(value) for other, value in raw.get("follows", {}).items()},
            powers,
            {str(scope): tuple(float(one) for one in curve) for scope, curve in raw.get("curve", {}).items()},
            {str(scope): float(one) for scope, one in raw.get("size", {}).items()},
            {str(scope): float(one) for scope, one in raw.get("near", {}).items()},
        )
    name = Text(str(entry["de"]), str(entry["en"]))
    unit, source, reason = (both(entry[field]) for field in ("unit", "source", "reason"))
    return Parameter(key, entry["value"], unit, name, str(entry["date"]), source, reason, distribution)
