"""Answers that begin alike are compressed once and still arrive whole."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.web.workshops.live import packed
from fachkraftwerk.web.workshops.live.packed import Packed


@given(st.binary(max_size=5000), st.binary(max_size=5000), st.binary(max_size=3))
def test_every_ending_makes_a_whole_file_of_the_same_beginning(begin: bytes, end: bytes, other: bytes) -> None:
    shared = Packed(begin)
    assert gzip.decompress(shared.ended(end)) == begin + end
    assert gzip.decompress(shared.ended(other)) == begin + other


@pytest.mark.parametrize(
    ("size", "accepted", "gzipped"), [(100, b"gzip", False), (9000, b"br, gzip", True), (9000, b"", False)]
)
def test_only_readers_who_accept_it_and_only_long_answers(size: int, accepted: bytes, gzipped: bool) -> None:
    begin, end = b"wall " * (size // 5), b"mine"
    body, zipped = packed.answer(Packed(begin), end, accepted)
    assert zipped is gzipped
    assert (gzip.decompress(body) if zipped else body) == begin + end
    assert len(body) < 300 or not zipped
