"""--spreads FILE: a reader's own spreads of assumptions in place of the measured ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fachkraftwerk.core.errors import refuse

Spreads = Annotated[
    Path | None,
    typer.Option("--spreads", help="eigene Streuungen von Annahmen, YAML · own spreads of assumptions, YAML"),
]


def parameters(path: Path) -> Any:
    """Return the parameters with the spreads of a file. Raises Refusal."""
    from fachkraftwerk.model import own_spreads
    from fachkraftwerk.model.parameters import parameters as shipped

    if not path.is_file():
        raise refuse(
            "Die Datei mit Streuungen gibt es nicht.", "The file of spreads does not exist.",
            "Prüfen Sie den Pfad.", "Check the path.", str(path),
        )  # fmt: skip
    return own_spreads.overlay(shipped(), own_spreads.read(path.read_bytes(), str(path)))


def use(desk: Any, path: Path | None) -> Any:
    """Return the desk, or one that computes with the spreads of a file. Raises Refusal."""
    return desk if path is None else desk.assuming(parameters(path))
