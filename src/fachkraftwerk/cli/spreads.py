"""--spreads FILE: a reader's own spreads of assumptions in place of the measured ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fachkraftwerk.cli.files import named

Spreads = Annotated[
    Path | None,
    typer.Option("--spreads", help="eigene Streuungen von Annahmen, YAML · own spreads of assumptions, YAML"),
]


def parameters(path: Path) -> Any:
    """Return the parameters with the spreads of a file. Raises Refusal."""
    from fachkraftwerk.model import own_spreads
    from fachkraftwerk.model.parameters import parameters as shipped

    def read(file: Path) -> Any:
        return own_spreads.overlay(shipped(), own_spreads.read(file.read_bytes(), str(file)))

    return named(path, read)


def use(desk: Any, path: Path | None) -> Any:
    """Return the desk, or one that computes with the spreads of a file. Raises Refusal."""
    return desk if path is None else desk.assuming(parameters(path))
