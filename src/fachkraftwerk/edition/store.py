"""How an edition lies on disk, and how it is opened: one Parquet file per table and ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections import OrderedDict
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.core.regions import Region, RegionIndex
from fachkraftwerk.core.source import SourceRecord, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

MANIFEST = "manifest.json"
FORMAT = 2
#: Day whose territorial state all tables share.
STATE = "2023-12-31"
#: Rows of all tables that stay in memory together, about half a kilobyte each; read again, a table takes 0.1 s.
ROWS = 300_000
_ENTRY = {"file", "sha256", "bytes", "rows", "columns", "keys", "years", "sources", "files"}


class Edition:
    """An open edition. Tables are read when asked for, their bytes checked against the manifest; the latest are kept."""

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self._tables: OrderedDict[str, pd.DataFrame] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name under which figures are quoted, e.g. "2026-1"."""
        return str(self.manifest["name"])

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """Table name → rows, years, columns, keys, rows by source and by file, own file name, sha256, bytes."""
        return dict(self.manifest["tables"])

    @cached_property
    def sources(self) -> dict[str, SourceRecord]:
        """Source id → record."""
        return {key: record({"id": key, **entry}) for key, entry in self.manifest["sources"].items()}

    def source_of(self, row: Mapping[str, Any]) -> SourceRecord:
        """Return publisher, table, date, licence and file with checksum of one row (columns ``source`` and ``file``).

        A row made out of several files keeps all of them in the record's ``files``. Raises KeyError for a row that
        names a source or a file the edition does not know.
        """
        return self.sources[row["source"]].at(row["file"])

    def facts(self, table: str) -> pd.DataFrame:
        """Return a table (a copy the caller may change). Raises Refusal if it is absent or damaged."""
        with self._lock:
            if table not in self._tables:
                self._tables[table] = self._read(table)
            self._tables.move_to_end(table)
            while len(self._tables) > 1 and sum(map(len, self._tables.values())) > ROWS:
                self._tables.popitem(last=False)
            return self._tables[table].copy(deep=False)

    def rows(self, table: str, wanted: Mapping[str, Sequence[str]]) -> pd.DataFrame:
        """Return the rows of a table that hold one of the wanted values in each of these columns.

        Columns the table lacks do not choose. A table that is not at hand is filtered while it is read, so that a few
        rows of it cost a hundredth of a second and push nothing out of memory. Raises Refusal as ``facts`` does.
        """
        asked = {name: list(values) for name, values in wanted.items() if name in self._entry(table)["columns"]}
        with self._lock:
            at_hand = table in self._tables
        if not at_hand:
            return read_parquet(self._file(table), asked)
        frame = self.facts(table)
        for name, values in asked.items():
            frame = frame[frame[name].isin(values)]
        return frame

    def __contains__(self, table: str) -> bool:
        return table in self.manifest["tables"]

    @cached_property
    def regions(self) -> RegionIndex:
        """The Kreise of the territorial state of all tables."""
        rows: list[dict[str, Any]] = self.facts("regions").to_dict("records")  # type: ignore[assignment]
        now = [_valid(row) for row in rows]
        known = [_region(row) for row in rows]
        return RegionIndex(
            tuple(one for one, valid in zip(known, now, strict=True) if valid),
            tuple(one for one, valid in zip(known, now, strict=True) if not valid),
        )

    def _read(self, table: str) -> pd.DataFrame:
        return read_parquet(self._file(table))

    def _entry(self, table: str) -> dict[str, Any]:
        if table not in self:
            raise refuse(
                f"Die Ausgabe „{self.name}“ enthält keine Tabelle „{table}“.",
                f'Edition "{self.name}" holds no table "{table}".',
                "Sie wurde vielleicht ohne Zahlen der Bundesagentur gebaut; öffnen Sie eine vollständige Ausgabe.",
                "It was perhaps built without the Employment Agency's figures; open a complete edition.",
                str(self.path),
            )
        entry: dict[str, Any] = self.manifest["tables"][table]
        return entry

    def _file(self, table: str) -> Path:
        entry = self._entry(table)
        path: Path = self.path / entry["file"]
        if not path.is_file():
            raise _refused(path, "Diese Datei der Ausgabe fehlt.", "This file of the edition is missing.")
        if digest(path) != entry["sha256"]:
            raise damaged(path)
        return path


def open_edition(path: Path | str | None = None) -> Edition:
    """Open the edition at ``path``; None: FACHKRAFTWERK_EDITION, else the shipped one. Raises Refusal."""
    folder = Path(path or os.environ.get("FACHKRAFTWERK_EDITION") or shipped())
    file = folder / MANIFEST
    if not file.is_file():
        raise refuse(
            "Hier liegt keine Ausgabe (manifest.json fehlt).", "There is no edition here (manifest.json is missing).",
            "Nennen Sie den Ordner einer Ausgabe, oder bauen Sie eine mit „fachkraftwerk edition build“.",
            'Name the folder of an edition, or build one with "fachkraftwerk edition build".', str(folder),
        )  # fmt: skip
    try:
        manifest = json.loads(file.read_bytes())
        _require_format(manifest.get("format"), file)
        _sound(Edition(folder, manifest))  # a broken entry shall be told now, not on some page
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(file) from error
    return Edition(folder, manifest)


def _require_format(found: Any, file: Path) -> None:
    """Refuse an edition of another version of this program; anything that is no number at all is damage."""
    if isinstance(found, int) and found != FORMAT:
        raise _refused(
            file, f"Diese Ausgabe hat einen anderen Aufbau ({found} statt {FORMAT}).",
            f"This edition has another layout ({found} instead of {FORMAT}).",
        )  # fmt: skip


def _sound(edition: Edition) -> None:
    """Raise one of the usual errors if the manifest is not laid out as it must be."""
    if edition.manifest["format"] != FORMAT or not edition.name or not edition.sources:
        raise ValueError("format")
    for entry in edition.tables.values():
        if missing := _ENTRY - set(entry):
            raise KeyError(*missing)
        if Path(entry["file"]).name != entry["file"]:
            raise ValueError("a table lies outside the edition")


def shipped() -> Path:
    """Folder of the edition that comes with the package."""
    return Path(str(files("fachkraftwerk.edition").joinpath("shipped")))


def damaged(path: Path) -> Refusal:
    """Return the refusal for a file that is not what the manifest says."""
    return _refused(
        path,
        "Diese Datei der Ausgabe ist beschädigt oder verändert.",
        "This file of the edition is damaged or changed.",
    )


def _refused(path: Path, de: str, en: str) -> Refusal:
    remedy = "Installieren Sie das Programm neu oder bauen Sie die Ausgabe noch einmal."
    return refuse(de, en, remedy, "Install the program again or rebuild the edition.", str(path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_parquet(path: Path, wanted: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """Read one table, or those of its rows that hold a wanted value in each column. Raises Refusal if unreadable."""
    import duckdb

    asked = wanted or {}
    # A list of values keeps the order of the rows; a sub-query would not.
    lists = {name: ", ".join("?" * len(values)) or "NULL" for name, values in asked.items()}
    terms = "".join(f' AND "{name}" IN ({marks})' for name, marks in lists.items())
    question = f"SELECT * FROM read_parquet(?) WHERE true{terms}"
    try:
        frame: pd.DataFrame = (
            _cursor().execute(question, [str(path), *(value for values in asked.values() for value in values)]).df()
        )
    except duckdb.Error as error:
        raise damaged(path) from error
    return frame


def query(question: str) -> None:
    """Run one statement of SQL over files, for example a COPY. Raises OSError where a file cannot be written."""
    import duckdb

    try:
        _cursor().execute(question)
    except duckdb.IOException as error:
        raise _system_error(error) from error


def write_parquet(frame: pd.DataFrame, path: Path, level: int = 15) -> None:
    """Write one table, rows as given; equal frames give equal bytes (one thread, fixed compression).

    Raises OSError where the disk is full or does not let itself be written to.
    """
    import duckdb

    cursor = _cursor()
    cursor.register("given", _plain(frame))
    target = str(path).replace("'", "''")
    try:
        cursor.execute(
            f"COPY (SELECT * FROM given) TO '{target}' "
            f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {level}, ROW_GROUP_SIZE 1000000)"
        )
    except duckdb.IOException as error:
        raise _system_error(error) from error
    finally:
        cursor.unregister("given")


def _system_error(error: Exception) -> OSError:
    """Return the error of the system behind one of the database, which tells its number only within its words."""
    told = re.search(r"errno\W+(\d+)", str(error))
    return OSError(int(told[1]) if told else 0, str(error))


@cache
def _database() -> Any:
    """One database in memory for the whole process; a single thread keeps the bytes it writes the same."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


def _cursor() -> Any:
    """A cursor of its own for every call: cursors may be used by several threads, a connection may not."""
    return _database().cursor()


def write_manifest(manifest: dict[str, Any], folder: Path) -> None:
    """Write the manifest, keys sorted."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Reduce columns to text, whole numbers and floats: what every reader of Parquet understands."""
    import pandas as pd

    plain: dict[Any, pd.Series[Any]] = {}
    for name, column in frame.items():
        if pd.api.types.is_bool_dtype(column.dtype):
            plain[name] = column.astype(bool)
        elif pd.api.types.is_integer_dtype(column.dtype):
            plain[name] = column.astype("int64")
        elif pd.api.types.is_numeric_dtype(column.dtype):
            plain[name] = column.astype("float64")
        else:
            plain[name] = column.astype(object).where(column.notna(), None)
    return pd.DataFrame(plain).reset_index(drop=True)


def _valid(row: dict[str, Any]) -> bool:
    return (row["valid_from"] or "") <= STATE and (not row["valid_to"] or row["valid_to"] >= STATE)


def _region(row: dict[str, Any]) -> Region:
    return Region(
        row["ags"], row["name"], row["kind"], row["nuts3"] or "", _day(row["valid_from"]), _day(row["valid_to"]),
        tuple((row["successors"] or "").split()),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
