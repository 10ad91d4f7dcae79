"""The place where an edition is written: beside its target, under a lock, and gone again whatever stops the build."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fachkraftwerk.core.errors import Refusal, reason, refuse
from fachkraftwerk.core.locks import held, is_held
from fachkraftwerk.edition.store import MANIFEST

_LOCK, _BEFORE, _DRAFT = "lock", "before", "edition"


@contextmanager
def draft(out: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes ``out`` when the block ends well.

    An older edition at ``out`` stays as it is until then. If the block fails or is interrupted, nothing is left; what
    a killed build left behind (nobody holds its lock) is cleared away by the next one. Refuses a folder with other
    things in it and one that cannot be written to.
    """
    _may_write(out)
    made = _make_parents(out.parent)
    _clear_leftovers(out)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as name, held(Path(name) / _LOCK):
            folder = Path(name)
            (folder / _DRAFT).mkdir()
            yield folder / _DRAFT
            _replace(folder / _DRAFT, out, folder / _BEFORE)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        for parent in made:  # only what we made, and only while it is empty
            with suppress(OSError):
                parent.rmdir()


def _may_write(out: Path) -> None:
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / MANIFEST).is_file())):
        raise refuse(
            "Dort liegt schon etwas, das keine Ausgabe ist.", "Something that is not an edition already lies there.",
            "Nennen Sie einen neuen oder leeren Ordner.", "Name a new or an empty folder.", str(out),
        )  # fmt: skip


def _make_parents(parent: Path) -> list[Path]:
    """Make the folders above the edition; return those that were not there, innermost first."""
    missing = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(parent, error) from error
    return missing


def _unwritable(out: Path, error: OSError) -> Refusal:
    why = reason(error)
    return refuse(
        f"Die Ausgabe lässt sich nicht schreiben ({why.de}).", f"The edition cannot be written ({why.en}).",
        "Prüfen Sie Schreibrecht und freien Platz oder nennen Sie einen anderen Ordner.",
        "Check permission and free space or name another folder.", str(out),
    )  # fmt: skip


def _clear_leftovers(out: Path) -> None:
    """Remove drafts of builds that were killed; put an older edition back that had just stepped aside."""
    for folder in out.parent.glob(f".{out.name}-*"):
        if (folder / _LOCK).is_file() and not is_held(folder / _LOCK):
            if (folder / _BEFORE).is_dir() and not out.exists():
                (folder / _BEFORE).rename(out)
            shutil.rmtree(folder, ignore_errors=True)


def _replace(made: Path, out: Path, before: Path) -> None:
    """Put the finished edition in place; an older one steps aside first and comes back if that fails."""
    if out.exists():
        out.rename(before)
    try:
        made.rename(out)
    except BaseException:
        if before.exists() and not out.exists():
            before.rename(out)
        raise
