"""What is put aside comes back as it was, from memory and from the file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.runs import room
from fachkraftwerk.runs.kept import Sampled, Store


@pytest.mark.parametrize("limit", [0, 500, 10**6])
def test_arrays_come_back_with_every_bit(limit: int) -> None:
    tables = {number: np.random.default_rng(number).random((5, 3, 4)) for number in range(9)}
    with Store(limit) as store:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda number: store.put(number, tables[number]), tables))
        assert all(np.array_equal(store.get(number), table) for number, table in tables.items())
        assert all(np.array_equal(store.get(n, slice(2, 9)), table[2:]) for n, table in tables.items())
        assert store.get(3, slice(9, 12)).shape == (0, 3, 4)
        with pytest.raises(KeyError):
            store.get(99)


def test_the_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Store(0) as store:
        store.put("a", np.ones(10))
        assert list(tmp_path.iterdir()) == []


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 300))
def test_samples_put_in_blocks_are_read_whole(draws: int, block: int, piece: int) -> None:
    given_ = np.random.default_rng(draws).normal(size=(draws, 3, 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "SAMPLES", 100)
        patch.setattr(room, "PIECE", piece)
        with Sampled(draws) as found:
            for start in range(0, draws, block):
                found.put(given_[start : start + block])
            assert np.array_equal(found.whole(), given_)
            assert np.array_equal(found.central, given_[0])
            rows = np.concatenate([rows for _, rows in found.pieces()])
            assert np.array_equal(rows.T.reshape(-1, 3, 2), given_[1:] if draws > 1 else given_)
