"""The result of every proof, kept as one JSON document so that pages answer at once.

It ships with the package, made by ``fachkraftwerk backtest --save``; one made by an installation for its own edition
lies in its home folder and comes first. A document names the edition, the version and the code that made it.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk import __version__

if TYPE_CHECKING:
    from fachkraftwerk.edition import Edition

#: Folders whose code decides what the proofs say.
CODE = ("core", "model", "runs")
SHIPPED = "result.json"
_RUNNING: set[str] = set()
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Stored:
    """A kept result. ``current`` is False where other code or another edition made it."""

    document: dict[str, Any]
    current: bool


def home() -> Path:
    """Return the folder for everything this installation writes."""
    from platformdirs import user_data_path

    return Path(os.environ.get("FACHKRAFTWERK_HOME") or user_data_path("fachkraftwerk"))


@cache
def code() -> str:
    """Return a short fingerprint of the code and parameters that make the results."""
    package = Path(str(files("fachkraftwerk")))
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def edition_print(edition: Edition) -> str:
    """Return a short fingerprint of an edition's content: that of its manifest."""
    return hashlib.sha256((Path(edition.path) / "manifest.json").read_bytes()).hexdigest()[:12]


def compute(edition: Edition, progress: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """Run every proof and return the document. About half a minute."""
    from fachkraftwerk.runs.backtest import gap_exam, proofs, spreads

    found = proofs.proofs(edition, progress)
    exam = gap_exam.exam(edition, *gap_exam.references(edition), progress=progress)
    progress("spreads …")
    made = {
        "spreads": spreads.document(spreads.table(edition)),
        "edition": edition.name,
        "edition_print": edition_print(edition),
        "code": code(),
        "version": __version__,
        "computed": datetime.now(UTC).date().isoformat(),
    }
    return proofs.document(edition, found) | {"published_gaps": exam.document()} | made


def result(edition: Edition) -> Stored | None:
    """Return the kept result for ``edition``: its own from the home folder, else the shipped one, else None."""
    fits = [doc for doc in (_read(_own(edition)), shipped()) if doc and doc["edition"] == edition.name]
    for document in fits:
        if document["code"] == code() and document["edition_print"] == edition_print(edition):
            return Stored(document, True)
    return Stored(fits[0], False) if fits else None


def shipped() -> dict[str, Any] | None:
    """Return the document that ships with the package."""
    return _read(Path(str(files(__package__).joinpath(SHIPPED))))


def save(edition: Edition, document: dict[str, Any], path: Path | None = None) -> Path:
    """Write the document at once or not at all; None: the home folder. Returns where it lies."""
    return write_json(path or _own(edition), document)


def write_json(target: Path, document: Any) -> Path:
    """Write ``document`` to ``target`` through a temporary file, so that no half-written one is ever read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}")
    text = json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    waiting.write_text(text + "\n", encoding="utf-8")
    return waiting.replace(target)


def in_background(name: str, work: Callable[[], object]) -> bool:
    """Run ``work`` once in a thread of its own; False where work of this name is already under way."""
    with _LOCK:
        if name in _RUNNING:
            return False
        _RUNNING.add(name)

    def run() -> None:
        try:
            work()
        finally:
            with _LOCK:
                _RUNNING.discard(name)

    threading.Thread(target=run, name=name, daemon=True).start()
    return True


def _plain(value: Any) -> Any:
    """Return the document with not-a-number as null, which every reader of JSON knows."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _own(edition: Edition) -> Path:
    return home() / "quality" / f"{edition.name}-{edition_print(edition)}.json"


def _read(path: Path) -> dict[str, Any] | None:
    """Return a document; one that is missing or damaged counts as none, it can be made again."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) and "edition_print" in document else None
