import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.streams import normals


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 5))
def test_more_draws_leave_existing_draws_bit_identical(few: int, more: int, size: int) -> None:
    short, long = normals("migration", min(few, more), size), normals("migration", max(few, more), size)
    assert (short == long[: len(short)]).all()


def test_streams_are_independent_by_name_and_seed() -> None:
    a, b, c = normals("a", 4000)[:, 0], normals("b", 4000)[:, 0], normals("a", 4000, seed=1)[:, 0]
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.05
    assert abs(np.corrcoef(a, c)[0, 1]) < 0.05
    assert abs(a[1:].std() - 1) < 0.05


def test_the_first_draw_is_the_central_path() -> None:
    assert (normals("mortality", 10, 3)[0] == 0).all()
