"""YAML in which a name stands once: the second of two equal names would silently win."""

from __future__ import annotations

from typing import Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text


def load(text: str | bytes, where: str = "") -> Any:
    """Return what a YAML text holds. Raises yaml.YAMLError for other texts, Refusal naming every name given twice."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = safe(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if faults := _twice(node, where):
            raise Refusal(faults)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _twice(node: Any, where: str) -> list[Fault]:
    """Return a fault for every name that stands twice in one table; ``where`` is the file."""
    faults, seen, waiting = [], set(), [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one.value, str):
            continue
        seen.add(id(one))
        names: set[str] = set()
        for part in one.value:
            key, *inner = part if isinstance(part, tuple) else (None, part)
            waiting += inner
            if key is not None and str(key.value) in names:
                faults.append(_fault(str(key.value), key.start_mark.line + 1, where))
            names |= {str(key.value)} if key is not None else set()
    return faults


def _fault(name: str, line: int, where: str) -> Fault:
    what = Text(f"„{name}“ steht in Zeile {line} zum zweiten Mal.", f'"{name}" stands in line {line} a second time.')
    return Fault(what, Text("Lassen Sie es einmal stehen.", "Leave it there once."), where)
