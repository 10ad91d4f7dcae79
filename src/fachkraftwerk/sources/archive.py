"""From a file to the publisher's bytes: size, gzip and zip; the first line of defence against bad downloads.

Sizes are checked before anything is unpacked, and what a failed download leaves behind is told by name.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

from fachkraftwerk.core.errors import Refusal, reason, refuse
from fachkraftwerk.sources.faults import AGAIN, where

#: Largest unpacked size accepted; the largest real table has 24 MB.
SIZE_LIMIT = 400_000_000
#: Largest ratio of unpacked to packed size; official tables reach about 60.
RATIO_LIMIT = 250
#: Unpacked sizes below this are harmless whatever their ratio.
RATIO_FREE = 5_000_000
_OOXML = ("[Content_Types].xml", "xl/workbook.xml")


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Refuses what cannot be read and what is larger than any official table."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise _bomb(path.name)
        return path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise refuse(
            f"Die Datei lässt sich nicht lesen ({why.de}).", f"The file cannot be read ({why.en}).",
            "Prüfen Sie, ob es eine Datei ist und ob Sie sie lesen dürfen.",
            "Check whether it is a file and whether you may read it.", where(path.name),
        ) from error  # fmt: skip


def unpack(data: bytes, name: str) -> bytes:
    """Return the file inside a gzip or zip; anything else unchanged. Sizes are checked before unpacking.

    Workbooks (xlsx) are zip archives too: they stay packed, but are checked. A zip must hold one file.
    """
    if not data:
        raise refuse("Die Datei ist leer.", "The file is empty.", *AGAIN, where(name))
    if data[:2] == b"\x1f\x8b":
        return _gunzip(data, name)
    if data[:4] == b"PK\x03\x04":
        return _unzip(data, name)
    _no_stranger(data, name)
    return data


def _gunzip(data: bytes, name: str) -> bytes:
    limit = min(SIZE_LIMIT, max(RATIO_FREE, RATIO_LIMIT * len(data)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            inner = stream.read(limit + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise broken(name) from error
    if len(inner) > limit:
        raise _bomb(name)
    _no_stranger(inner, name)
    return inner


def _unzip(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if any(_suspicious(m) for m in members) or sum(m.file_size for m in members) > SIZE_LIMIT:
                raise _bomb(name)
            names = {m.filename for m in members}
            if names & set(_OOXML):
                return data
            if len(members) != 1:
                raise refuse(
                    f"Das Archiv enthält {len(members)} Dateien, erwartet ist eine.",
                    f"The archive holds {len(members)} files, expected is one.",
                    "Packen Sie die gewünschte Tabelle einzeln.", "Pack the table you want on its own.", where(name),
                )  # fmt: skip
            with archive.open(members[0]) as stream:  # read no more than announced: the header may lie
                inner = stream.read(members[0].file_size + 1)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise broken(name) from error
    _no_stranger(inner, name)
    return inner


def _suspicious(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FREE and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)


def broken(name: str) -> Refusal:
    return refuse(
        "Die gepackte Datei ist beschädigt oder nur halb heruntergeladen.",
        "The packed file is damaged or only half downloaded.", *AGAIN, where(name),
    )  # fmt: skip


def _bomb(name: str) -> Refusal:
    return refuse(
        "Die Datei würde sich beim Entpacken auf ein Vielfaches aufblähen und wird nicht geöffnet.",
        "The file would blow up when unpacked and is not opened.",
        "Laden Sie die Tabelle unmittelbar beim herausgebenden Amt herunter.",
        "Download the table directly from the publishing office.", where(name),
    )  # fmt: skip


def _no_stranger(data: bytes, name: str) -> None:
    """Refuse what a failed download leaves behind: an error page, a JSON message, a storage pointer."""
    head = data[:300].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    kinds = (
        ((b"<!doctype html", b"<html"), "eine Webseite", "a web page"),
        ((b'{"ident"', b'{"status"', b'{"code"', b'{"error"'), "eine Fehlermeldung des Dienstes", "an error message"),
        ((b"version https://git-lfs",), "nur ein Verweis auf die Datei", "only a pointer to the file"),
    )
    for starts, de, en in kinds:
        if head.startswith(starts):
            raise refuse(
                f"Der Inhalt ist {de}, nicht die Tabelle.", f"The content is {en}, not the table.", *AGAIN, where(name)
            )
