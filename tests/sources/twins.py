"""Broken twins of the sample files: each function takes good bytes and returns bytes with one defect."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources.publication import FOLDER


def sample(slug: str, name: str) -> bytes:
    """Bytes of a sample file."""
    return (FOLDER / slug / "sample" / name).read_bytes()


def samples(slug: str) -> list[Path]:
    """Sample files of a source."""
    return sorted((FOLDER / slug / "sample").iterdir())


def inner(data: bytes) -> bytes:
    """The csv inside a gzip or zip, or the bytes themselves."""
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(archive.namelist()[0])
    return data


def lines(data: bytes, change: Callable[[list[str]], list[str]]) -> bytes:
    """Change the lines of a csv; encoding kept."""
    plain = inner(data)
    try:
        text, encoding = plain.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = plain.decode("iso-8859-1"), "iso-8859-1"
    return "\n".join(change(text.split("\n"))).encode(encoding)


def replaced(data: bytes, old: str, new: str, count: int = 1) -> bytes:
    """Replace letters; fails if they are not there, so that no twin is secretly healthy."""

    def change(rows: list[str]) -> list[str]:
        text = "\n".join(rows)
        assert old in text, f"the sample does not contain {old!r}"
        return text.replace(old, new, count).split("\n")

    return lines(data, change)


def zipped(data: bytes, name: str = "table.csv") -> bytes:
    """Pack as the REST services do."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def book(data: bytes, change: Callable[[str, list[list[Any]]], list[list[Any]]]) -> bytes:
    """Rewrite a workbook sheet by sheet after ``change(title, rows)``."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    old = CalamineWorkbook.from_filelike(io.BytesIO(data))
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as new:
        for title in old.sheet_names:
            page = new.add_worksheet(title)
            rows = change(title, old.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell != "":
                        page.write(r, c, cell)
    return packed.getvalue()


def refusal(clean: Callable[[bytes, str], Any], data: bytes, name: str) -> Refusal:
    """Call ``clean`` and return the Refusal; fails if the twin is accepted or dies of something else."""
    try:
        clean(data, name)
    except Refusal as caught:
        for fault in caught.faults:
            assert name in fault.where, f"no file name in {fault}"
            assert fault.what.de and fault.what.en and fault.what.de != fault.what.en
        return caught
    raise AssertionError(f"{name}: the broken twin was accepted")
