"""The old workbook format (.xls): cells as BIFF8 records, kept in one stream of a compound file.

Only what a reader needs to find sheets, texts and numbers: no fonts, formats or formulas. Layouts: [MS-XLS] 2.4 (records)
and [MS-CFB] 2.2 to 2.6 (header, allocation table, directory), Microsoft Open Specifications.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

_SECTOR = 512
#: Shorter streams would belong into a second, finer allocation table.
_SMALLEST = 4096
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_BOF, _EOF, _BOUNDSHEET, _NUMBER, _LABEL = 0x0809, 0x000A, 0x0085, 0x0203, 0x0204
_GLOBALS, _WORKSHEET = 0x0005, 0x0010


def xls(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook of texts and numbers; empty cells are left out, equal rows give equal bytes."""
    return _compound("Workbook", _workbook(sheets))


def _workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Globals that say where each sheet begins, then the sheets."""
    pages = [_page(rows) for rows in sheets.values()]
    titles = [struct.pack("<BB", len(title), 1) + title.encode("utf-16-le") for title in sheets]
    begin = len(_begin(_GLOBALS)) + sum(4 + 6 + len(title) for title in titles) + len(_record(_EOF))
    bounds = b""
    for title, page in zip(titles, pages, strict=True):
        bounds += _record(_BOUNDSHEET, struct.pack("<IH", begin, 0) + title)
        begin += len(page)
    return _begin(_GLOBALS) + bounds + _record(_EOF) + b"".join(pages)


def _page(rows: Sequence[Sequence[Any]]) -> bytes:
    cells = [
        _cell(row, column, cell) for row, line in enumerate(rows) for column, cell in enumerate(line) if cell != ""
    ]
    return _begin(_WORKSHEET) + b"".join(cells) + _record(_EOF)


def _cell(row: int, column: int, cell: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, int | float):
        return _record(_NUMBER, place + struct.pack("<d", cell))
    return _record(_LABEL, place + struct.pack("<HB", len(str(cell)), 1) + str(cell).encode("utf-16-le"))


def _begin(kind: int) -> bytes:
    return _record(_BOF, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 0x0600))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(name: str, stream: bytes) -> bytes:
    """Keep one stream in a compound file: header, allocation table, directory, stream."""
    stream = stream.ljust(_SMALLEST, b"\0")
    stream += b"\0" * (-len(stream) % _SECTOR)
    length, tables = len(stream) // _SECTOR, 1
    while tables * _SECTOR // 4 < tables + 1 + length:
        tables += 1
    chain = [*[_TABLE] * tables, _END, *range(tables + 2, tables + 1 + length), _END]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, tables + 1, len(stream))
    return _header(tables) + struct.pack(f"<{len(chain)}I", *chain) + directory.ljust(_SECTOR, b"\0") + stream


def _header(tables: int) -> bytes:
    first = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, tables, tables, 0, _SMALLEST, _END, 0, _END, 0)
    return first + places + struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))


def _entry(name: str, kind: int, child: int, begin: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", written, len(written), kind, 1, _FREE, _FREE, child, 0, begin, size
    )  # fmt: skip
