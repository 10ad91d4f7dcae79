"""Bytes: encodings, signs, archives, foreign content."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from tests.sources.twins import zipped

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources import reading
from fachkraftwerk.sources.archive import unpack
from fachkraftwerk.sources.faults import FAULT_LIMIT, Faults
from fachkraftwerk.sources.reading import decode, figures

WORDS = "Kreis;Männer\nGöttingen;1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
def test_encoding_is_detected(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.csv") == WORDS


def test_cp1252_letters_are_kept() -> None:
    assert decode("„Straße“ – 5 €\r\n".encode("cp1252"), "a.csv") == "„Straße“ – 5 €\n"


@pytest.mark.parametrize("damaged", ["M\ufffdnner", "MÃ¤nner"])
def test_lost_umlauts_are_refused_with_their_row(damaged: str) -> None:
    with pytest.raises(Refusal) as caught:
        decode(f"Kreis;Zahl\n{damaged};1\n".encode(), "a.csv")
    assert "a.csv, Zeile/row 2" in caught.value.message("de")
    assert "Umlauts" in caught.value.message("en")


def test_binary_is_not_text() -> None:
    with pytest.raises(Refusal, match="not text"):
        decode(b"ab\x00cd", "a.csv")


def test_utf8_cut_inside_a_letter_is_a_half_download() -> None:
    data = ("Männer " * 50 + "ä").encode()[:-1]
    with pytest.raises(Refusal, match="half downloaded"):
        decode(data, "a.csv")


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("-", 0.0, "zero"), (".", None, "secret"), ("x", None, "secret"), ("*", None, "secret"),
        ("...", None, "pending"), ("…", None, "pending"), ("/", None, "unreliable"), (":", None, "missing"),
        ("", None, "missing"), ("12", 12.0, ""), ("6,5", 6.5, ""), ("(7)", 7.0, "estimated"), (3.0, 3.0, ""),
    ],
)  # fmt: skip
def test_signs(cell: object, value: float | None, status: str) -> None:
    row = figures([cell], Faults("a.csv")).iloc[0]
    assert row["status"] == status
    assert row["value"] == value if value is not None else row["value"] != row["value"]


@pytest.mark.parametrize("cell", ["abc", "1.234", "1,2,3", "1_000", "1e999", "12 Personen"])
def test_unreadable_cells_become_faults(cell: str) -> None:
    faults = Faults("a.csv")
    figures([cell], faults, column="Männer", rows=[7])
    with pytest.raises(Refusal, match=r"a\.csv, Zeile/row 7, Spalte/column „Männer“"):
        faults.check()


def test_impossible_values_become_faults() -> None:
    faults = Faults("a.csv")
    figures(["-5", "101", "50"], faults, high=100)
    assert len(faults.found) == 2


def test_at_most_twenty_faults_are_listed() -> None:
    faults = Faults("a.csv")
    figures(["q"] * 33, faults)
    with pytest.raises(Refusal) as caught:
        faults.check()
    assert len(caught.value.faults) == FAULT_LIMIT + 1
    assert "und 13 weitere" in caught.value.message("de")
    assert "and 13 more" in caught.value.message("en")


def test_packed_files_are_opened() -> None:
    assert unpack(gzip.compress(b"a;b\n"), "a.csv.gz") == b"a;b\n"
    assert unpack(zipped(b"a;b\n"), "a.zip") == b"a;b\n"


@pytest.mark.parametrize("cut", [5, 20, -3])
def test_half_packed_files_are_refused(cut: int) -> None:
    body = "".join(f"{i};{i * 7919 % 1009}\n" for i in range(300)).encode()
    for data in (gzip.compress(body), zipped(body)):
        with pytest.raises(Refusal, match="half downloaded"):
            unpack(data[:cut], "a.gz")


def test_gzip_bomb_is_not_opened() -> None:
    with pytest.raises(Refusal, match="blow up"):
        unpack(gzip.compress(bytes(20_000_000)), "bomb.csv.gz")


def test_zip_bomb_is_not_opened() -> None:
    with pytest.raises(Refusal, match="blow up"):
        unpack(zipped(bytes(20_000_000)), "bomb.zip")


def test_zip_with_a_lying_header_is_refused() -> None:
    data = bytearray(zipped(b"a;b\n" * 1000))
    size = (4000).to_bytes(4, "little")
    for at in [i for i in range(len(data)) if data[i : i + 4] == size]:
        data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal):
        unpack(bytes(data), "lie.zip")


def test_bomb_disguised_as_workbook() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    with pytest.raises(Refusal, match="blow up"):
        reading.sheet_names(packed.getvalue(), "bomb.xlsx")


def test_archive_with_two_files_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("b.csv", "2")
    with pytest.raises(Refusal, match="holds 2 files"):
        unpack(packed.getvalue(), "two.zip")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>404</html>", "web page"),
        (b'{"Ident":{"Service":"data"},"Status":{"Code":98}}', "error message"),
        (b"version https://git-lfs.github.com/spec/v1\n", "pointer"),
    ],
)
def test_what_a_failed_download_leaves_is_named(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        unpack(data, "a.csv")


def test_broken_workbook() -> None:
    with pytest.raises(Refusal, match="cannot be opened"):
        reading.sheet_names(b"no workbook at all", "a.xlsx")
