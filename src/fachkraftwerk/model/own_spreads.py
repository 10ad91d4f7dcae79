"""Spreads of a user in place of the measured ones: what would the range be if this assumption were surer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fachkraftwerk.core import yamls
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text
from fachkraftwerk.model.parameter_checks import distribution_faults, unknown_name
from fachkraftwerk.model.parameters import Distribution, Parameter, Parameters

#: What may stand under the name of an assumption.
FIELDS = ("spread", "power")
#: How many times wider than shipped a spread may be; far beyond, exponentials overflow.
MOST = 20


def read(text: bytes, where: str) -> Mapping[str, Any]:
    """Return the entries of a YAML file: assumption → spread by scope, and power. Raises Refusal for anything else."""
    import yaml

    try:
        found = yamls.load(text, where)
    except (yaml.YAMLError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise refuse(
            "Diese Datei nennt keine Streuungen.", "This file names no spreads.",
            "Muster: „supply.retirement: {spread: {national: 0.05}, power: 1}“.",
            'Example: "supply.retirement: {spread: {national: 0.05}, power: 1}".', where,
        )  # fmt: skip
    return found


def overlay(known: Parameters, given: Mapping[str, Mapping[str, Any]]) -> Parameters:
    """Return the parameters with other spreads. Raises Refusal naming every unknown name and impossible number."""
    faults = [fault for key, entry in given.items() for fault in _faults(known, key, entry)]
    if faults:
        raise Refusal(faults)
    return Parameters(known | {key: _with(known[key], entry) for key, entry in given.items()})


def _faults(known: Parameters, key: str, entry: Mapping[str, Any]) -> list[Fault]:
    uncertain = known.uncertain()
    if key not in uncertain:
        return [unknown_name(key, uncertain)]
    shipped = _distribution(known[key]).spread
    if faults := distribution_faults(key, entry, FIELDS, shipped, needed=()):
        return faults
    asked = entry.get("spread") or {}
    return [_too_wide(key, asked[scope], shipped[scope]) for scope in asked if asked[scope] > MOST * shipped[scope]]


def _too_wide(key: str, value: float, shipped: float) -> Fault:
    what = Text(f"Streuung {value} ist nicht denkbar.", f"A spread of {value} is not conceivable.")
    remedy = Text(
        f"Höchstens das {MOST}-Fache der mitgelieferten ({shipped}) ist möglich; darüber verliert die Rechnung ihren Sinn.",
        f"{MOST} times the shipped one ({shipped}) is possible at most; beyond, the forecast loses its meaning.",
    )
    return Fault(what, remedy, key)


def _distribution(parameter: Parameter) -> Distribution:
    assert parameter.distribution is not None
    return parameter.distribution


def _with(parameter: Parameter, entry: Mapping[str, Any]) -> Parameter:
    old, power = _distribution(parameter), entry.get("power")
    spread = {**old.spread, **{scope: float(value) for scope, value in (entry.get("spread") or {}).items()}}
    powers = dict(old.powers)
    if isinstance(power, Mapping):
        powers |= {str(scope): float(value) for scope, value in power.items()}
    elif power is not None:
        powers = {}
    one = old.power if power is None or isinstance(power, Mapping) else float(power)
    told = old.spread if power is not None and not isinstance(power, Mapping) else power or {}
    curves = {scope: curve for scope, curve in old.curves.items() if scope not in told}
    changed = replace(old, spread=spread, power=one, powers=powers, curves=curves, estimated=False, source=SOURCE)
    return replace(parameter, distribution=changed)


SOURCE = Text("eigene Angabe", "own statement")
