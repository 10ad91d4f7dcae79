"""The employees of Musterland in the publisher's layout: rounded, with suppressed cells, without the empty ones."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import AGES10, OCCUPATIONS
from fachkraftwerk.edition.musterland.land import AGS, OWN_TABLES, facts
from fachkraftwerk.edition.musterland.work import Work, exact_totals

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.sources.publication import Publication

Floats = NDArray[np.float64]
_LEVELS = ("Helfer", "Fachkräfte", "Spezialisten", "Experten")
_SMALLEST = 40


def write(work: Work, raw: Path) -> Publication:
    """Write the files of the publication below ``raw`` and return it."""
    from fachkraftwerk.sources.publication import publication

    real = publication("ba-kldb2-niveau-alter-kreis")
    tables = {"niveau_alter": _cube(work), "hessen_kreis_kldb2": _margin(work), "eckwerte": _totals(work),
              "segment": _segments()}  # fmt: skip
    for pattern in real.files:
        name = next(key for key in tables if key in Path(pattern).name)
        path = raw / pattern
        path.parent.mkdir(parents=True, exist_ok=True)
        text = tables[name].to_csv(index=False).encode()
        # Without the time in its head, equal tables give equal packed bytes.
        path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)
    return real


def _cube(work: Work) -> pd.DataFrame:
    ages = [f"{age[:2]} bis unter {int(age[3:]) + 1} Jahre" for age in AGES10]
    dims = {"ags5": AGS, "kldb2": OCCUPATIONS, "anforderungsniveau": _LEVELS, "altersgruppe": ages}
    frame = facts(work.cube[..., : len(AGES10)], dims).rename(columns={"value": "svb"}).drop(columns="status")
    frame = frame[frame["svb"] > 0]
    return frame.assign(svb=_rounded(frame["svb"].where(frame["svb"] >= _SMALLEST)))


def _margin(work: Work) -> pd.DataFrame:
    rows = work.cube[: len(OWN_TABLES)].sum((2, 3))
    frame = facts(rows, {"ags5": OWN_TABLES, "kldb2": OCCUPATIONS}).rename(columns={"value": "svb"})
    frame = frame[frame["svb"] >= _SMALLEST]
    return frame.assign(svb=_rounded(frame["svb"])).drop(columns="status")


def _rounded(values: pd.Series[float]) -> pd.Series[Any]:
    return ((values / 10 + 0.5).floordiv(1) * 10).astype("Int64")


def _totals(work: Work) -> pd.DataFrame:
    import pandas as pd

    totals = {key: values.astype(int) for key, values in exact_totals(work).items()}
    half, full, german = (np.round(totals["total"] * share).astype(int) for share in (0.53, 0.71, 0.86))
    return pd.DataFrame({
        "KreisID": OWN_TABLES, "Name": [f"Kreis {ags}" for ags in OWN_TABLES], "Insgesamt": totals["total"],
        "Männer": half, "Frauen": totals["total"] - half, "15 bis unter 25 Jahre": totals["15-24"],
        "25 bis unter 55 Jahre": totals["25-54"], "55 Jahre bis Regelaltersgrenze": totals["55-retirement"],
        "Vollzeit": full, "Teilzeit": totals["total"] - full, "Deutsche": german,
        "Ausländer": totals["total"] - german,
    })  # fmt: skip


def _segments() -> pd.DataFrame:
    import pandas as pd

    names = [text.de for text in OCCUPATIONS.values()]
    return pd.DataFrame({
        "kldb2": list(OCCUPATIONS), "kldb2_name": names, "berufssegment_id": [f"S{code[0]}1" for code in OCCUPATIONS],
        "berufssegment": names, "berufssektor_id": [f"S{code[0]}" for code in OCCUPATIONS],
        "berufssektor": [f"Sektor {code[0]}" for code in OCCUPATIONS],
    })  # fmt: skip
