"""What an importer refuses leads back to the file and the row."""

from __future__ import annotations

import pandas as pd
import pytest

from fachkraftwerk.core.errors import Refusal, refuse
from fachkraftwerk.sources.labels import facts
from fachkraftwerk.sources.lineage import by_file

CLEANED = {"a.csv": pd.DataFrame({"sex": ["f", None], "row": [7, 8], "value": [1.0, 2.0], "status": ["", ""]})}


def test_an_attribute_without_meaning_is_told_with_file_and_row() -> None:
    with pytest.raises(Refusal) as caught:
        by_file(lambda cleaned: {"t": facts(next(iter(cleaned.values())), ["sex"])}, CLEANED)
    assert caught.value.faults[0].where == "a.csv, Zeile/row 8, Merkmal/dimension „sex“"


def test_a_place_that_names_the_file_stays_as_it_is() -> None:
    def harmonise(cleaned: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        raise refuse("Falsch.", "Wrong.", "Neu.", "Anew.", "a.csv, Zeile/row 3")

    with pytest.raises(Refusal) as caught:
        by_file(harmonise, CLEANED)
    assert caught.value.faults[0].where == "a.csv, Zeile/row 3"
