"""Period life tables of Destatis: sheets "Deutschland männlich" and "Deutschland weiblich"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.reading import figures, sheet

if TYPE_CHECKING:
    import pandas as pd

SHEETS = {"männlich": "Deutschland männlich", "weiblich": "Deutschland weiblich"}
AGES = tuple(range(101))
#: Column of qx, and the heads x, qx, px that must stand above it.
QX = 3
_WRONG = ("Prüfen Sie, ob es eine Periodensterbetafel ist.", "Check whether this is a period life table.")


def clean_life_table(data: bytes, name: str) -> pd.DataFrame:
    """Return table, period ("2018/2020"), sex, age, column ("qx"), value, status, row.

    Refuses other heads, missing ages, and probabilities outside 0..1.
    """
    import pandas as pd

    faults = Faults(name)
    parts = [_sheet(sheet(data, name, title), sex, faults) for sex, title in SHEETS.items()]
    _require_named_period(parts[0]["period"].iloc[0], name, faults)
    faults.check()
    return pd.concat(parts, ignore_index=True).assign(table="Periodensterbetafel", column="qx")


def _require_named_period(period: str, name: str, faults: Faults) -> None:
    """The files of all periods look alike; a name like "…-18-20.xlsx" must be that of the period inside."""
    named = re.search(r"(?<!\d)\d\d-\d\d(?!\d)", name)
    inside = f"{period[2:4]}-{period[-2:]}"
    if named and named[0] != inside:
        faults.add(
            (f"Der Name nennt den Zeitraum {named[0]}, die Tafel ist die von {period}.",
             f"The name says period {named[0]}, the life table is that of {period}."),
            ("Prüfen Sie, ob zwei Dateien vertauscht sind.", "Check whether two files are swapped."), row=1,
        )  # fmt: skip


def _sheet(rows: list[list[Any]], sex: str, faults: Faults) -> pd.DataFrame:
    import pandas as pd

    period = next((m[1] for row in rows[:6] if (m := re.search(r"(\d{4}/\d{4})", str(row[0])))), "")
    top = next((i for i, row in enumerate(rows) if str(row[0]).strip() == "x"), None)
    heads = [str(cell).replace(" ", "") for cell in rows[top]] if top is not None else []
    if not period or top is None or "qx" not in heads or heads.index("qx") != QX:
        faults.add(
            (f"Blatt {sex}: Zeitraum oder Spalte qx fehlt.", f"Sheet {sex}: period or column qx is missing."), _WRONG
        )
        faults.check()
    assert top is not None
    body = [(i, row) for i, row in enumerate(rows[top + 1 :], start=top + 2) if isinstance(row[0], (int, float))]
    ages = [int(row[0]) for _, row in body]
    if tuple(ages) != AGES:
        lost = sorted(set(AGES) - set(ages))
        faults.add(
            (f"Blatt {sex}: Alter fehlen oder sind doppelt ({lost[:5]}).",
             f"Sheet {sex}: ages are missing or doubled ({lost[:5]})."), _WRONG,
        )  # fmt: skip
    rows_at = [number for number, _ in body]
    cells = figures([row[QX] for _, row in body], faults, column="qx", rows=rows_at, high=1.0)
    return pd.DataFrame(
        {"period": period, "sex": sex, "age": ages, "value": cells["value"], "status": cells["status"], "row": rows_at}
    )
