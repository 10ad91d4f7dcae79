"""The four BA tables of 30.06.2023, told apart by their header: cube, Hessen's margin, Hessen's totals, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fachkraftwerk.sources.faults import Faults
from fachkraftwerk.sources.plain import require_keys, require_known, table
from fachkraftwerk.sources.reading import figures, require_columns, text

if TYPE_CHECKING:
    import pandas as pd

#: The publisher's labels and our keys.
LEVELS = {"Helfer": "helfer", "Fachkräfte": "fachkraft", "Spezialisten": "spezialist", "Experten": "experte"}
AGES = {f"{low} bis unter {low + 10} Jahre": f"{low}-{low + 9}" for low in range(15, 65, 10)}
GROUPS = {
    "Insgesamt": "total", "Männer": "m", "Frauen": "f", "15 bis unter 25 Jahre": "15-24",
    "25 bis unter 55 Jahre": "25-54", "55 Jahre bis Regelaltersgrenze": "55-retirement", "Vollzeit": "fulltime",
    "Teilzeit": "parttime", "Deutsche": "german", "Ausländer": "foreign",
}  # fmt: skip
CUBE = ("ags5", "kldb2", "anforderungsniveau", "altersgruppe", "svb")
MARGIN = ("ags5", "kldb2", "svb")
TOTALS = ("KreisID", "Name", *GROUPS)
SEGMENTS = ("kldb2", "kldb2_name", "berufssegment_id", "berufssegment", "berufssektor_id", "berufssektor")
#: Header → the table it belongs to, as the publisher's files are named.
LAYOUTS = {
    CUBE: "kreis_kldb2_niveau_alter", MARGIN: "hessen_kreis_kldb2", TOTALS: "hessen_kreise_eckwerte",
    SEGMENTS: "kldb2_segment_sektor",
}  # fmt: skip
#: BA rounds the cells of these tables to tens.
ROUNDING = 10


def clean(data: bytes, name: str) -> pd.DataFrame:
    """Return ``table`` and its cells as text; cube and margin with ``value`` and ``status`` (empty = suppressed).

    Raises Refusal for any other table, keys without leading zero, doubled keys, values not rounded to tens.
    """
    layout = _layout(data, name)
    special = {SEGMENTS: _segments, TOTALS: _totals}.get(layout)
    frame = special(data, name) if special else _cells(data, name, layout)
    return frame.assign(table=LAYOUTS[layout])


def _layout(data: bytes, name: str) -> tuple[str, ...]:
    header = text(data, name).split("\n", 1)[0].strip().split(",")
    for layout in LAYOUTS:
        if set(layout) <= set(header) and (layout is TOTALS or len(layout) == len(header)):
            return layout
    faults = Faults(name)
    nearest = max(LAYOUTS, key=lambda layout: (len(set(layout) & set(header)), -abs(len(layout) - len(header))))
    require_columns(header, nearest, faults, row=1)
    faults.check()
    raise AssertionError("a layout without missing columns was found above")


def _cells(data: bytes, name: str, layout: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    frame, faults = table(data, name, layout, keys=layout[:-1]), Faults(name)
    require_keys(frame, "ags5", 5, faults)
    require_keys(frame, "kldb2", 2, faults)
    if layout is CUBE:
        require_known(frame, "anforderungsniveau", LEVELS, faults)
        require_known(frame, "altersgruppe", AGES, faults)
    rows = range(2, len(frame) + 2)
    cells = figures(frame["svb"], faults, column="svb", decimal=".", rows=rows)
    cells["status"] = cells["status"].replace("missing", "secret")  # the source writes suppressed cells empty
    _check_rounding(cells["value"], faults)
    faults.check()
    return pd.concat([frame.drop(columns="svb"), cells], axis=1)


def _check_rounding(values: pd.Series[float], faults: Faults) -> None:
    for index in (values.fillna(0) % ROUNDING != 0).to_numpy().nonzero()[0]:
        faults.add(
            ("Der Wert ist nicht auf Zehner gerundet.", "The value is not rounded to tens."),
            ("Die Tabelle wurde verändert oder ist eine andere; verwenden Sie die der BA.",
             "The table was changed or is another one; use that of the BA."),
            row=int(index) + 2, column="svb",
        )  # fmt: skip


def _totals(data: bytes, name: str) -> pd.DataFrame:
    frame, faults = table(data, name, TOTALS, keys=["KreisID"]), Faults(name)
    require_keys(frame, "KreisID", 5, faults)
    rows = range(2, len(frame) + 2)
    parsed = {c: figures(frame[c], faults, column=c, decimal=".", rows=rows)["value"] for c in GROUPS}
    unequal = (parsed["Männer"] + parsed["Frauen"] - parsed["Insgesamt"]).to_numpy().nonzero()[0]
    for index in unequal:
        faults.add(
            ("Männer und Frauen ergeben nicht die Gesamtzahl.", "Men and women do not add up to the total."),
            row=int(index) + 2,
        )
    faults.check()
    return frame


def _segments(data: bytes, name: str) -> pd.DataFrame:
    frame, faults = table(data, name, SEGMENTS, keys=["kldb2"]), Faults(name)
    require_keys(frame, "kldb2", 2, faults)
    faults.check()
    return frame
