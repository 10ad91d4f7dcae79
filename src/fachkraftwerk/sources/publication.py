"""Publications: what each source folder declares about itself, and how its files become edition tables."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class StoredFile:
    """A publisher's file as it was read: name, SHA-256 of its bytes, size in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Read:
    """Outcome of reading one publication: edition tables (Facts) and the files they come from."""

    tables: dict[str, pd.DataFrame]
    files: list[StoredFile]


@dataclass(frozen=True)
class Publication:
    """One publication, from its ``source.yaml``."""

    slug: str
    id: str
    title: Text
    publisher: Text
    table: str
    date: date
    licence: str
    licence_url: str
    credit: str
    terms: str
    found: str
    files: tuple[str, ...]
    tables: tuple[str, ...]

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
        found = {pattern: _find(self._root(pattern, raw_dir), pattern) for pattern in self.files}
        faults = [_missing(self, pattern, raw_dir) for pattern, hits in found.items() if not hits]
        if faults:
            raise Refusal(faults)
        return sorted({path for hits in found.values() for path in hits})

    def present(self, raw_dir: Path) -> bool:
        """Tell whether every file pattern finds something below ``raw_dir``."""
        return all(_find(self._root(pattern, raw_dir), pattern) for pattern in self.files)

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
            data = path.read_bytes()
            files.append(StoredFile(path.name, hashlib.sha256(data).hexdigest(), len(data)))
            try:
                repaired = corrections.to_bytes(data, path.name, fixes)
                cleaned[path.name] = corrections.to_cells(clean(repaired, path.name), path.name, fixes)
            except Refusal as refusal:
                faults.extend(refusal.faults)
        if faults:
            raise Refusal(faults)
        return Read(self.harmonise(cleaned), files)

    def harmonise(self, cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Turn cleaned files (name → table) into edition tables and check that they are well formed."""
        harmonise = import_module(f"{__package__}.{self.slug}.harmonise").harmonise
        tables: dict[str, pd.DataFrame] = harmonise(cleaned)
        if set(tables) != set(self.tables):
            raise ValueError(f"{self.id} declares {sorted(self.tables)}, yields {sorted(tables)}")
        for name, table in tables.items():
            _well_formed(self.id, name, table)
        return tables


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
    when = raw["date"] if isinstance(raw["date"], date) else date.fromisoformat(str(raw["date"]))
    if raw["terms"] not in {"open", "ba"}:
        raise ValueError(f"{path}: terms must be open or ba")
    return Publication(
        slug=path.parent.name, id=raw["id"], title=Text(**raw["title"]), publisher=Text(**raw["publisher"]),
        table=str(raw["table"]), date=when, licence=raw["licence"], licence_url=raw["licence_url"],
        credit=raw["credit"], terms=raw["terms"], found=raw["found"], files=tuple(raw["files"]),
        tables=tuple(raw["tables"]),
    )  # fmt: skip


def _find(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern)) or sorted(folder.glob(PurePosixPath(pattern).name))


def _missing(publication: Publication, pattern: str, raw_dir: Path) -> Fault:
    return Fault(
        Text(f"Die Datei „{pattern}“ fehlt in {raw_dir}.", f'The file "{pattern}" is missing in {raw_dir}.'),
        Text(
            f"Sie gehört zu „{publication.title.de}“ ({publication.table}); legen Sie sie dort ab.",
            f'It belongs to "{publication.title.en}" ({publication.table}); put it there.',
        ),
        publication.id,
    )


def _well_formed(key: str, name: str, table: pd.DataFrame) -> None:
    """Guard our own importers: Facts have value and a known status, and no key twice."""
    from fachkraftwerk.core.facts import STATUS

    if "value" not in table.columns:
        return
    strange = set(table["status"]) - set(STATUS)
    if strange:
        raise ValueError(f"{key}, {name}: unknown status {sorted(strange)}")
    keys = [column for column in table.columns if column not in {"value", "status"}]
    doubled = table[table.duplicated(keys)]
    if len(doubled):
        raise ValueError(f"{key}, {name}: doubled key {doubled[keys].iloc[0].to_dict()}")
