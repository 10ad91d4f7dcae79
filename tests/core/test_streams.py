from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.streams import Reader, normals, uniforms


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 5))
def test_more_draws_leave_existing_draws_bit_identical(few: int, more: int, size: int) -> None:
    short, long = normals("migration", min(few, more), size), normals("migration", max(few, more), size)
    assert (short == long[: len(short)]).all()


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(1, 3))
def test_later_rows_alone_have_the_bits_they_have_in_company(draws: int, first: int, size: int) -> None:
    first = min(first, draws - 1)
    assert (normals("migration", draws, size, first=first) == normals("migration", draws, size)[first:]).all()


def test_streams_are_independent_by_name_and_seed() -> None:
    a, b, c = (one[1::2, 0] for one in (normals("a", 8001), normals("b", 8001), normals("a", 8001, seed=1)))
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.05
    assert abs(np.corrcoef(a, c)[0, 1]) < 0.05
    assert abs(a.std() - 1) < 0.05


def test_the_first_draw_is_the_central_path() -> None:
    assert (normals("mortality", 10, 3)[0] == 0).all()


@given(st.integers(1, 60), st.integers(1, 4))
def test_draws_come_in_mirrored_pairs(pairs: int, size: int) -> None:
    drawn, shares = normals("migration", 2 * pairs + 1, size), uniforms("takeover", 2 * pairs + 1)
    assert (drawn[1::2] == -drawn[2::2]).all() and (drawn[1:] != 0).all()
    assert shares[0] == 0.5 and np.allclose(shares[1::2] + shares[2::2], 1) and (shares > 0).all()


@given(st.integers(1, 60), st.integers(1, 60))
def test_more_uniforms_leave_existing_ones_bit_identical(few: int, more: int) -> None:
    assert (uniforms("takeover", few)[:more] == uniforms("takeover", more)[:few]).all()


@given(st.lists(st.integers(1, 700), min_size=1, max_size=6), st.integers(1, 3))
def test_blocks_read_one_after_another_are_the_rows_read_at_once(sizes: list[int], size: int) -> None:
    reader, ends = Reader(4), np.cumsum([0, *sizes]).tolist()
    blocks = [reader.normals("a", stop, size, start) for start, stop in pairwise(ends)]
    assert (np.concatenate(blocks) == normals("a", ends[-1], size, 4)).all()
    assert (reader.normals("a", ends[-1], size, ends[1] - 1) == normals("a", ends[-1], size, 4)[ends[1] - 1 :]).all()
