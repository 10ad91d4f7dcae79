"""All kinds of measures. A new one is added by a Python file and a YAML of the same name in ``kinds/``."""

from __future__ import annotations

import importlib.util
import pkgutil
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.model.measures.kind import Kind, parse

PACKAGE = "fachkraftwerk.model.measures.kinds"


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds that ship, in the order of the story: home, work, young, from outside, demand."""
    folder = Path(str(files(PACKAGE)))
    return load(folder)


def load(folder: Path) -> dict[str, Kind]:
    """Read every kind in ``folder``. Raises Refusal with the faults of all files at once."""
    found, faults = {}, []
    for module in sorted(info.name for info in pkgutil.iter_modules([str(folder)])):
        try:
            found[module] = _read(folder, module)
        except Refusal as refusal:
            faults += list(refusal.faults)
    if faults:
        raise Refusal(faults)
    return found


def _read(folder: Path, name: str) -> Kind:
    text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
    entry = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    spec = importlib.util.spec_from_file_location(f"{PACKAGE}.{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise refuse(
            f"„{name}“ lässt sich nicht laden.", f'"{name}" cannot be loaded.', "Datei prüfen.", "Check the file.", name
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return parse(name, entry, module.persons)


def kind(key: str) -> Kind:
    """Return one kind. Raises Refusal with the keys that exist."""
    known = kinds()
    if key not in known:
        listed = ", ".join(known)
        raise refuse(
            f"Die Maßnahme „{key}“ gibt es nicht.", f'There is no measure "{key}".',
            f"Bekannt sind: {listed}.", f"Known are: {listed}.", "measure",
        )  # fmt: skip
    return known[key]
