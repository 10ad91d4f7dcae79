"""Arrays that take seconds to compute, kept in files, so that a server which starts again has them at once.

A folder belongs to one content of an edition, one state of code and parameters and one numpy; what lies in any other
is never read. A file that is cut off, damaged or of somebody else is computed and written anew. Nothing depends on
the folder: where it cannot be written to, everything is computed each time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk import __version__
from fachkraftwerk.runs.backtest import stored

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

Tables = Mapping[str, NDArray[Any]]
#: Folders that stay: the newest, so that two editions, or two versions side by side, do not drive each other out.
FOLDERS = 4
_STAMP = "shelf"


def root() -> Path:
    """Return the folder of all shelves: FACHKRAFTWERK_CACHE, else ``cache`` in the home, else the user's cache."""
    if given := os.environ.get("FACHKRAFTWERK_CACHE"):
        return Path(given)
    if home := os.environ.get("FACHKRAFTWERK_HOME"):
        return Path(home) / "cache"
    import platformdirs

    return platformdirs.user_cache_path("fachkraftwerk")


def mark(edition: Edition) -> str:
    """Return the fingerprint of everything that decides the arrays."""
    parts = (stored.edition_print(edition), stored.code(), __version__, np.__version__)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class Shelf:
    """The kept arrays of one edition. To be made before anything is computed, so that the mark is that of this code."""

    def __init__(self, edition: Edition) -> None:
        self.mark = mark(edition)
        self.folder = root() / f"shelf-{self.mark}"

    def get(self, name: str, make: Callable[[], Tables]) -> Tables:
        """Return the arrays kept under ``name``; where there are none, those ``make`` returns, which are then kept."""
        found = self.read(name)
        if found is None:
            found = make()
            self.put(name, found)
        return found

    def read(self, name: str) -> Tables | None:
        """Return the arrays kept under ``name``; None where there is no sound file (each array has a checksum)."""
        try:
            with np.load(self._file(name)) as file:
                tables = {key: file[key] for key in file.files}
        except Exception:  # whatever is wrong with the file: it is only a copy of what can be computed
            return None
        return tables if str(tables.pop(_STAMP, "")) == self._stamp(name) else None

    def put(self, name: str, tables: Tables) -> None:
        """Write arrays in one step, so that nobody ever reads half a file; without room or leave, write nothing."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as draft:
                try:
                    np.savez(draft, **{_STAMP: np.array(self._stamp(name))}, **tables)  # type: ignore[arg-type]
                    draft.close()
                    Path(draft.name).replace(self._file(name))
                except BaseException:
                    Path(draft.name).unlink(missing_ok=True)
                    raise

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.npz"

    def _stamp(self, name: str) -> str:
        return f"{self.mark} {name}"

    def _tidy(self) -> None:
        """Remove the folders of older code and editions."""
        known = sorted(self.folder.parent.glob("shelf-*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in [path for path in known if path != self.folder][FOLDERS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


class NoShelf(Shelf):
    """Keeps nothing and has nothing: for a run under other assumptions than the mark knows."""

    def read(self, name: str) -> Tables | None:
        """Return None."""
        return None

    def put(self, name: str, tables: Tables) -> None:
        """Keep nothing."""
