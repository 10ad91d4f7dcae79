"""Runs kept on disk: quantiles, the table of draws and a manifest; written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core import locks
from fachkraftwerk.core.errors import Refusal, reason, refuse
from fachkraftwerk.edition.store import digest, read_parquet, write_parquet

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
#: Runs of format 1 are read too; their manifest carries no checksum of itself.
FORMAT, EARLIER = 2, 1
#: How hard a table is packed. Draws are random numbers: more than 1 costs time alone.
LEVELS = {"figures": 15, "assumptions": 15}
_PART = ".part-"


@dataclass(frozen=True)
class Run:
    """A run read back: what it was made of, its tables by name ("figures", "draws", …)."""

    path: Path
    manifest: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    @property
    def files(self) -> dict[str, Path]:
        """Table name → its file."""
        return {name: self.path / entry["file"] for name, entry in self.manifest["tables"].items()}


class Tables(Mapping[str, "pd.DataFrame"]):
    """Tables of a run by name, read when asked for: the draws are large and seldom wanted."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> pd.DataFrame:
        return read_parquet(self._files[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def folder() -> Path:
    """Return the folder of runs in the home of user data."""
    home = os.environ.get("FACHKRAFTWERK_HOME")
    if not home:
        import platformdirs

        home = platformdirs.user_data_dir("fachkraftwerk")
    return Path(home) / "runs"


def save(
    name: str, about: Mapping[str, Any], tables: Iterable[tuple[str, pd.DataFrame]], into: Path | None = None
) -> Path:  # fmt: skip
    """Write a run under ``name`` and return its folder; an interrupted one leaves nothing that looks like a run.

    tables: name and rows; one after the other, so that only one need be in memory. They may be computed on the way: the
    name is taken from the beginning. Raises Refusal if there is a run of that name, or one in the making.
    """
    root = into or folder()
    with _part(name, root) as part:
        files = {}
        for key, frame in tables:
            write_parquet(frame, part / f"{key}.parquet", LEVELS.get(key, 1))
            files[key] = {"file": f"{key}.parquet", "rows": len(frame), "sha256": digest(part / f"{key}.parquet")}
        manifest = {"format": FORMAT, "name": name, **about, "tables": files}
        manifest["sha256"] = _sum(manifest)
        (part / MANIFEST).write_text(_text(manifest), "utf-8")
        part.replace(root / name)
    return root / name


@contextmanager
def _part(name: str, root: Path) -> Iterator[Path]:
    """Give the folder a run is written in, under a lock; whatever ends the block, it is gone afterwards."""
    with ExitStack() as held:
        with ready(root):
            free(name, root)
            part = Path(tempfile.mkdtemp(prefix=f"{_PART}{name}-", dir=root))
            held.callback(shutil.rmtree, part, ignore_errors=True)
            held.enter_context(locks.held(part))
        yield part


@contextmanager
def ready(root: Path) -> Iterator[None]:
    """Hold the folder of runs for a moment, made if need be. Raises Refusal if it cannot be written to."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=root).close()
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"In diesen Ordner lässt sich nicht schreiben ({why.de}).", f"This folder cannot be written to ({why.en}).",
            "Wählen Sie mit FACHKRAFTWERK_HOME einen anderen.", "Choose another one with FACHKRAFTWERK_HOME.", str(root),
        ) from error  # fmt: skip
    with locks.held(root):
        yield


def free(name: str, root: Path) -> None:
    """Raise Refusal if there is a run of that name in ``root``, or one in the making."""
    if (root / name).exists():
        raise refuse(
            f"Einen Lauf „{name}“ gibt es schon.", f'A run "{name}" exists already.',
            "Wählen Sie einen anderen Namen, oder löschen Sie den Ordner.", "Choose another name or delete the folder.",
            str(root / name),
        )  # fmt: skip
    if any(_name(part) == name and locks.is_held(part) for part in root.glob(f"{_PART}*")):
        raise refuse(
            f"Ein Lauf „{name}“ wird gerade gerechnet.", f'A run "{name}" is being computed.',
            "Warten Sie, bis er fertig ist, oder wählen Sie einen anderen Namen.",
            "Wait until it is done or choose another name.",
        )  # fmt: skip


def discard(root: Path) -> list[str]:
    """Remove what runs left behind whose process was killed; return their names. One in the making is left alone."""
    with ready(root):
        left = [part for part in root.glob(f"{_PART}*") if not locks.is_held(part)]
        for part in left:
            shutil.rmtree(part, ignore_errors=True)
    return sorted(map(_name, left))


def _name(part: Path) -> str:
    """Return the name of the run that is written in a folder."""
    return part.name.removeprefix(_PART).rpartition("-")[0]


def load(path: Path) -> Run:
    """Read a run. Raises Refusal for a folder that is no run and for a file that is not what the manifest says."""
    manifest = check(path)
    return Run(path, manifest, Tables({key: path / entry["file"] for key, entry in manifest["tables"].items()}))


def check(path: Path) -> Mapping[str, Any]:
    """Return the manifest of a sound run. Raises Refusal as ``load`` does."""
    if not path.is_dir():
        raise _unknown(path)
    try:
        manifest: Mapping[str, Any] = json.loads((path / MANIFEST).read_text("utf-8"))
        if manifest["format"] != EARLIER and (manifest["format"] != FORMAT or manifest["sha256"] != _sum(manifest)):
            raise ValueError("format")
        files = {path / entry["file"]: entry["sha256"] for entry in manifest["tables"].values()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path / MANIFEST) from error
    for file, checksum in files.items():
        if not file.is_file() or digest(file) != checksum:
            raise damaged(file)
    return manifest


def _text(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)


def _sum(manifest: Mapping[str, Any]) -> str:
    """Return the checksum a manifest carries about the rest of itself."""
    rest = {key: entry for key, entry in manifest.items() if key != "sha256"}
    return hashlib.sha256(_text(rest).encode()).hexdigest()


def listed(root: Path | None = None) -> list[str]:
    """Return the names of the runs at hand, in order."""
    return sorted(path.parent.name for path in (root or folder()).glob(f"*/{MANIFEST}") if path.parent.name[0] != ".")


def _unknown(path: Path) -> Refusal:
    known = ", ".join(listed(path.parent)) or "–"
    return refuse(
        f"Einen Lauf „{path.name}“ gibt es nicht.", f'There is no run "{path.name}".',
        f"Aufgehoben sind: {known}. Neue rechnet „fachkraftwerk runs keep NAME“.",
        f'Kept are: {known}. "fachkraftwerk runs keep NAME" computes a new one.',
    )  # fmt: skip


def damaged(path: Path) -> Refusal:
    return refuse(
        "Dieser Lauf ist unvollständig oder verändert.", "This run is incomplete or changed.",
        "Löschen Sie den Ordner und rechnen Sie noch einmal; gleicher Startwert gibt gleiche Zahlen.",
        "Delete the folder and compute again; the same seed gives the same figures.", str(path),
    )  # fmt: skip
