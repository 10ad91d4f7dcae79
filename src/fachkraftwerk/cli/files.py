"""Files and options of a call that can be refused before anything is computed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from fachkraftwerk.core.errors import Fault, Refusal, reason, refuse
from fachkraftwerk.core.text import Text

T = TypeVar("T")


def named(path: Path | None, read: Callable[[Path], T]) -> T | None:
    """Return what ``read`` makes of a file, None of no file. Every fault names the file."""
    if path is None:
        return None
    try:
        return read(path)
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"Die Datei lässt sich nicht lesen ({why.de}).", f"The file cannot be read ({why.en}).",
            "Prüfen Sie Namen und Rechte der Datei.", "Check name and permissions of the file.", str(path),
        ) from error  # fmt: skip
    except Refusal as refusal:
        raise Refusal(_with_name(fault, path) for fault in refusal.faults) from refusal


def _with_name(fault: Fault, path: Path) -> Fault:
    if str(path) in fault.where or str(path) in fault.what.de:
        return fault
    return replace(fault, where=f"{path}, {fault.where}".removesuffix(", "))


def check_target(option: str, path: Path | None) -> None:
    """Raise Refusal where a file to be written is a folder, or no file can be made there."""
    if path is None:
        return
    if path.is_dir():
        raise refuse(
            f"„{path}“ ist ein Ordner.", f'"{path}" is a folder.', "Nennen Sie eine Datei.", "Name a file.", option
        )
    check_folder(option, path.parent)


def check_folder(option: str, path: Path | None) -> None:
    """Raise Refusal where a folder to be written to can neither be made nor written to; nothing is left behind."""
    if path is None:
        return
    there = next(one for one in (path, *path.absolute().parents) if one.exists())
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"In „{there}“ lässt sich nicht schreiben ({why.de}).", f'"{there}" cannot be written to ({why.en}).',
            "Nennen Sie einen anderen Ort.", "Name another place.", option,
        ) from error  # fmt: skip


def exclusive(given: Mapping[str, Any], *sets: Sequence[str]) -> None:
    """Raise Refusal for options that contradict each other; ``sets``: of each, at most one may be given."""
    several = [[option for option in options if given[option]] for options in sets]
    faults = [_contradiction(options) for options in several if len(options) > 1]
    if faults:
        raise Refusal(faults)


def _contradiction(options: Sequence[str]) -> Fault:
    names = [", ".join(options[:-1]), options[-1]]
    what = Text(f"{' und '.join(names)} schließen sich aus.", f"{' and '.join(names)} exclude each other.")
    return Fault(what, Text("Nennen Sie nur eine der Optionen.", "Name only one of the options."))
