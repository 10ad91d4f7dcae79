"""The 400 Kreise of 31.12.2023 and the way there."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.sources import territory
from fachkraftwerk.sources.territory import current, kreise, recode, validity


def table(rows: list[tuple[int, str, float | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "ags", "value", "status"]).astype({"value": float})


def test_there_are_400_kreise() -> None:
    assert len(kreise()) == len(set(kreise())) == 400
    assert all(len(ags) == 5 for ags in kreise())


def test_keys_of_any_date() -> None:
    assert current("16056") == "16063"
    assert current("03152") == current("03156") == "03159"
    assert current("05354") == "05334"
    assert current("06633") == "06633"
    assert current("99001") == "99001"
    assert current("DG") is None and current("06") is None and current("13052") is None


def test_no_former_key_is_a_current_one() -> None:
    former = [old for olds in territory._words()["former"].values() for old in olds]
    assert not set(former) & set(kreise())
    assert len(former) == len(set(former))


def test_hanau_has_not_left_yet() -> None:
    assert "06415" not in kreise()
    assert validity("06435") == (None, date(2025, 12, 31), ("06415", "06435"))
    assert validity("16063") == (date(2021, 7, 1), None, ())
    assert validity("06633") == (None, None, ())


def test_merged_kreise_are_added() -> None:
    merged = recode(table([(2020, "16056", 10, ""), (2020, "16063", 20, ""), (2020, "06611", 5, "")]), "t")
    assert merged.set_index("ags")["value"].to_dict() == {"06611": 5, "16063": 30}


def test_a_sum_with_a_secret_part_is_secret() -> None:
    merged = recode(
        table([(2020, "16056", None, "secret"), (2020, "16063", 20, ""), (2019, "16056", 1, ""), (2019, "16063", 1, "")])
        .assign(kind=["a", "a", "a", "a"]),
        "t",
    )  # fmt: skip
    # Eisenach shows nothing at all in 2020, so it is taken as not yet or no longer existing
    assert merged.set_index("year")["status"].to_dict() == {2020: "", 2019: ""}
    two = table(
        [(2020, "16056", None, "secret"), (2020, "16056", 3, ""), (2020, "16063", 20, ""), (2020, "16063", 1, "")]
    )
    two["kind"] = ["a", "b", "a", "b"]
    by_kind = recode(two, "t").set_index("kind")
    assert by_kind["status"].to_dict() == {"a": "secret", "b": ""}
    assert by_kind["value"]["b"] == 4 and pd.isna(by_kind["value"]["a"])


def test_a_kreis_without_figures_did_not_exist() -> None:
    rows = [(2020, "03152", 0.0, "zero"), (2020, "03159", 7.0, ""), (2015, "03152", 4.0, ""), (2015, "03156", 2.0, ""),
            (2015, "03159", 0.0, "zero")]  # fmt: skip
    assert recode(table(rows), "t").set_index("year")["value"].to_dict() == {2020: 7, 2015: 6}


def test_a_hidden_successor_hides_the_sum() -> None:
    merged = recode(table([(2020, "16056", 4.0, ""), (2020, "16063", None, "secret")]), "t")
    assert merged["status"].tolist() == ["secret"] and merged["value"].isna().all()


def test_divided_kreise_without_figures_are_ignored() -> None:
    assert recode(table([(2020, "13052", 0.0, "zero"), (2020, "06611", 1.0, "")]), "t")["ags"].tolist() == ["06611"]


def test_unknown_and_divided_keys_are_refused_together() -> None:
    with pytest.raises(Refusal) as caught:
        recode(table([(2020, "06999", 1.0, ""), (2000, "13052", 2.0, "")]), "datei.csv")
    assert len(caught.value.faults) == 2
    assert "06999" in caught.value.message("de") and "BBSR" in caught.value.message("en")


def test_city_states_and_other_levels() -> None:
    rows = [(2020, "DG", 99.0, ""), (2020, "02", 5.0, ""), (2020, "11", 6.0, ""), (2020, "11001001", 2.0, "")]
    assert recode(table(rows), "t")["ags"].tolist() == ["02000", "11000"]
    both = [(2020, "02", 5.0, ""), (2020, "02000", 5.0, "")]
    assert len(recode(table(both), "t")) == 1


@given(
    st.dictionaries(
        st.sampled_from([*kreise()[:20], "16056", "16063", "03152", "03156", "03159", "05354"]),
        st.integers(1, 10**6), min_size=1,
    )
)  # fmt: skip
def test_recoding_keeps_totals_and_is_idempotent(persons: dict[str, int]) -> None:
    before = table([(2020, ags, float(n), "") for ags, n in persons.items()])
    once = recode(before, "t")
    assert once["value"].sum() == before["value"].sum()
    assert set(once["ags"]) <= set(kreise())
    pd.testing.assert_frame_equal(recode(once, "t"), once)
