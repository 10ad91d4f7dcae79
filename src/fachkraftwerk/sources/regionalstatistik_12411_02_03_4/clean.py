"""Tidied csv of the regional data base: one row per year, region and age group, sexes in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.genesis import require_ags, require_labels
from fachkraftwerk.sources.labels import age_group, year
from fachkraftwerk.sources.plain import table
from fachkraftwerk.sources.reading import figures

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("jahr", "region_code", "altersgruppe")
SEXES = ("insgesamt", "maennlich", "weiblich")
GROUPS = 18


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return jahr, region_code, region, altersgruppe, sex (column), value, status, row.

    Refuses what ``plain.table`` refuses, keys without their zero, impossible figures, and a region that does
    not have all 17 age groups and the total (a file cut at a line end).
    """
    import pandas as pd

    frame = table(data, name, (*KEYS, "region", "ebene", *SEXES), keys=KEYS, sep=";")
    faults = Faults(name)
    rows = list(range(2, len(frame) + 2))
    require_ags(frame["region_code"].tolist(), faults, rows, "region_code")
    require_labels(frame["jahr"].tolist(), rows, year, faults, "jahr")
    require_labels(frame["altersgruppe"].tolist(), rows, age_group, faults, "altersgruppe", also=("Insgesamt",))
    _require_groups(frame, faults)
    parts = []
    for sex in SEXES:
        cells = figures(frame[sex].tolist(), faults, column=sex, rows=rows)
        parts.append(frame[[*KEYS, "region"]].assign(sex=sex, value=cells["value"], status=cells["status"], row=rows))
    faults.check()
    return pd.concat(parts, ignore_index=True)


def _require_groups(frame: pd.DataFrame, faults: Faults) -> None:
    counts = frame.assign(row=frame.index + 2).groupby(["jahr", "region_code"], sort=False)["row"].agg(["size", "max"])
    for when, region, count, row in counts[counts["size"] != GROUPS].reset_index().itertuples(index=False):
        faults.add(
            (f"{region}, {when}: {count} statt {GROUPS} Altersgruppen; die Datei ist unvollständig.",
             f"{region}, {when}: {count} instead of {GROUPS} age groups; the file is incomplete."),
            row=row, column="altersgruppe",
        )  # fmt: skip
