"""Publications: what each source folder declares about itself, and how its files become edition tables."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.source import SourceRecord, StoredFile, record
from fachkraftwerk.core.text import Text
from fachkraftwerk.sources import archive, lineage, names

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Read:
    """Outcome of reading one publication: edition tables (Facts) and the record with the files they come from.

    Every table has a column ``file``: the name of the file a row comes from, or the names of all it is made of.
    """

    tables: dict[str, pd.DataFrame]
    source: SourceRecord


@dataclass(frozen=True)
class Publication:
    """One publication, from its ``source.yaml``: its papers, patterns of its files, tables it fills.

    ``together``: files are put together or compared; ``harmonise`` gets all of them at once and names them itself.
    ``whole``: what the tables of the real land hold at least (see ``coverage``).
    ``layouts``: pattern → the one of the importer's tables that belongs under this name; absent where it has only one.
    """

    slug: str
    source: SourceRecord
    patterns: tuple[str, ...]
    tables: tuple[str, ...]
    together: bool = False
    whole: Mapping[str, Any] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Key of the publication."""
        return self.source.id

    @property
    def folder(self) -> Path:
        """Folder of the importer."""
        return FOLDER / self.slug

    @property
    def sample(self) -> Path:
        """Folder with small hand-made files in the publisher's layout."""
        return self.folder / "sample"

    def paths(self, raw_dir: Path) -> list[Path]:
        """Return the publication's files below ``raw_dir``, sorted by name; Refusal if a pattern finds none.

        A file is found in the publication's own folder or directly in ``raw_dir``: a sample, someone's download.
        """
        found = {pattern: _find(self._root(pattern, raw_dir), pattern) for pattern in self.patterns}
        faults = [_missing(self, pattern, raw_dir) for pattern, hits in found.items() if not hits]
        if faults:
            raise Refusal(faults)
        return sorted({path for hits in found.values() for path in hits})

    def present(self, raw_dir: Path) -> bool:
        """Tell whether every file pattern finds something below ``raw_dir``."""
        return all(_find(self._root(pattern, raw_dir), pattern) for pattern in self.patterns)

    def _root(self, pattern: str, raw_dir: Path) -> Path:
        """Patterns that begin with "./" name a file that lies beside the importer itself."""
        return self.folder if pattern.startswith("./") else raw_dir

    def read(self, raw_dir: Path) -> Read:
        """Clean, correct and harmonise the publication's files.

        Raises Refusal with the faults of all files at once; nothing is returned half done.
        """
        from fachkraftwerk.sources import corrections

        clean = import_module(f"{__package__}.{self.slug}.clean").clean
        fixes = corrections.load(self.folder / "corrections.yaml")
        cleaned: dict[str, pd.DataFrame] = {}
        files: list[StoredFile] = []
        faults: list[Fault] = []
        for path in self.paths(Path(raw_dir)):
            try:
                data = archive.file_bytes(path)
                files.append(StoredFile(path.name, hashlib.sha256(data).hexdigest(), len(data)))
                names.require_kind(data, path.name)
                frame = clean(corrections.to_bytes(data, path.name, fixes), path.name)
                names.require_layout(frame, self._layout(path.name), path.name, self.source)
                cleaned[path.name] = corrections.to_cells(frame, path.name, fixes)
            except Refusal as refusal:
                faults.extend(refusal.faults)
        if faults:
            raise Refusal(faults)
        return Read(self.harmonise(cleaned), replace(self.source, files=tuple(files)))

    def harmonise(self, cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Turn cleaned files (name → table) into edition tables whose rows name their file; check them."""
        harmonise = import_module(f"{__package__}.{self.slug}.harmonise").harmonise
        if self.together:
            tables: dict[str, pd.DataFrame] = harmonise(cleaned)
        else:
            tables = lineage.by_file(harmonise, cleaned)
        if set(tables) != set(self.tables):
            raise ValueError(f"{self.id}: tables {sorted(tables)} instead of {sorted(self.tables)}")
        for name, table in tables.items():
            lineage.well_formed(f"{self.id}, {name}", table, set(cleaned))
        names.require_years(tables)
        return tables

    def _layout(self, name: str) -> str:
        """Return which of the importer's tables the file of this name must be; "" where it reads only one."""
        mine = (told for pattern, told in self.layouts.items() if fnmatch(name, PurePosixPath(pattern).name))
        return next(mine, "")


@cache
def publications() -> list[Publication]:
    """Return all publications, sorted by id."""
    found = [entry for path in FOLDER.glob("*/source.yaml") for entry in _load(path)]
    return sorted(found, key=lambda publication: publication.id)


def publication(key: str) -> Publication:
    """Return the publication with this id. Raises KeyError."""
    return {entry.id: entry for entry in publications()}[key]


def _load(path: Path) -> list[Publication]:
    """Read one ``source.yaml``. Several tables of one layout share a folder: ``parts`` says what is each one's own."""
    import yaml

    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    common = {key: value for key, value in raw.items() if key != "parts"}
    return [_publication(path, {**common, **part}) for part in raw.get("parts", [{}])]


def _publication(path: Path, raw: dict[str, Any]) -> Publication:
    if raw["terms"] not in {"open", "ba"}:
        raise ValueError(f"{path}: terms must be open or ba")
    source = record({**raw, "files": ()})
    layouts = {pattern: told for entry in raw["files"] if isinstance(entry, dict) for pattern, told in entry.items()}
    patterns = tuple(pattern for entry in raw["files"] for pattern in ([entry] if isinstance(entry, str) else entry))
    together = bool(raw.get("together", False))
    return Publication(
        path.parent.name, source, patterns, tuple(raw["tables"]), together, raw.get("whole", {}), layouts
    )


def _find(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern)) or sorted(folder.glob(PurePosixPath(pattern).name))


def _missing(publication: Publication, pattern: str, raw_dir: Path) -> Fault:
    return Fault(
        Text(f"Die Datei „{pattern}“ fehlt in {raw_dir}.", f'The file "{pattern}" is missing in {raw_dir}.'),
        Text(
            f"Sie gehört zu „{publication.source.title.de}“ ({publication.source.table}); legen Sie sie dort ab.",
            f'It belongs to "{publication.source.title.en}" ({publication.source.table}); put it there.',
        ),
        publication.id,
    )
