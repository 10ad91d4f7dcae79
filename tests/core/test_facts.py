import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.facts import to_cube, to_facts

AGS = ["06611", "06633", "16063"]
YEARS = [2020, 2021, 2022]
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(AGS), st.sampled_from(YEARS)), st.floats(-1e9, 1e9, allow_nan=False), min_size=1
)


@given(CELLS)
def test_facts_to_cube_to_facts_is_the_identity(cells: dict[tuple[str, int], float]) -> None:
    facts = pd.DataFrame([(ags, year, value) for (ags, year), value in cells.items()], columns=["ags", "year", "value"])
    back = to_facts(to_cube(facts, {"ags": AGS, "year": YEARS}))
    assert {(r.ags, r.year): r.value for r in back.itertuples()} == cells


def test_absent_cells_stay_absent_and_zero_stays_zero() -> None:
    facts = pd.DataFrame({"ags": ["06611"], "year": [2020], "value": [0.0]})
    cube = to_cube(facts, {"ags": AGS, "year": YEARS})
    assert cube.sel(ags="06611", year=2020) == 0
    assert np.isnan(cube.sel(ags="06633", year=2020))


def test_a_doubled_key_is_refused() -> None:
    facts = pd.DataFrame({"ags": ["06611", "06611"], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match="doubled keys"):
        to_cube(facts, {"ags": AGS})


def test_a_label_outside_the_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="99999"):
        to_cube(pd.DataFrame({"ags": ["99999"], "value": [1.0]}), {"ags": AGS})
