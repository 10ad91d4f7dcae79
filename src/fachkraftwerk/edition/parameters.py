"""Parameters of the edition's computed tables: YAML files beside the functions that use them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

_NEEDED = {"value", "unit", "de", "en", "source", "reason"}


@cache
def parameters(name: str) -> dict[str, Any]:
    """Return parameter name → value from ``<name>.yaml``. Raises ValueError if an entry lacks a declared field."""
    entries: dict[str, dict[str, Any]] = load(f"{name}.yaml")
    for key, entry in entries.items():
        if missing := _NEEDED - set(entry):
            raise ValueError(f"{name}.yaml, {key}: {sorted(missing)} missing")
    return {key: entry["value"] for key, entry in entries.items()}


def load(name: str) -> Any:
    """Read a YAML file of this folder."""
    import yaml

    text = files("fachkraftwerk.edition").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
