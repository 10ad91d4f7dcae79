"""The comparison of our gaps with published ones, on the edition and the model that ship."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON
from fachkraftwerk.core.errors import Fault, Refusal, refuse
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.runs.backtest.gaps import NOTES, Comparison, Land, Pair, compare, pairs
from fachkraftwerk.runs.backtest.published import PublishedGap, parse

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition

READINGS = {
    "fachkraftwerk, as the initiative counts": "gap_cumulated",
    "fachkraftwerk, commuting closed": "gap_commuting_closed",
}


@dataclass(frozen=True)
class Exam:
    """Result of the comparison: figure by figure, and in sum."""

    found: tuple[Pair, ...]
    lines: tuple[Comparison, ...]
    left_out: tuple[str, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """Return the result as one JSON document."""
        figures = [asdict(pair.published) | {"employees": pair.employees, "said": pair.said} for pair in self.found]
        return {
            "figures": figures,
            "comparison": [asdict(line) for line in self.lines],
            "left_out": list(self.left_out),
        }

    def markdown(self, lang: str = "en") -> str:
        """Return the tables as Markdown."""
        title = Text("## Veröffentlichte Lücken im Vergleich", "## Published gaps in comparison").in_(lang)
        notes = [f"*{note.in_(lang)}*" for note in NOTES]
        if self.left_out:
            notes.append(Text("Ausgelassen: ", "Left out: ").in_(lang) + "; ".join(self.left_out))
        return "\n\n".join([title, _figures(self.found, lang), _lines(self.lines, lang), *notes]) + "\n"


def references(edition: Edition) -> tuple[list[PublishedGap], list[str]]:
    """Return the published gaps that ship with the edition."""
    table = edition.facts("references")
    return parse(table.to_csv(index=False), "references")


def exam(
    edition: Edition,
    gaps: Sequence[PublishedGap],
    left_out: Sequence[str] = (),
    progress: Callable[[str], None] = lambda line: None,
) -> Exam:
    """Compare: one forecast of all regions named, central path."""
    from fachkraftwerk.runs.ensemble import forecast
    from fachkraftwerk.runs.inputs import load

    progress("published gaps …")
    zones = _zones(edition, gaps)
    inputs = load(edition)
    made = forecast(inputs, sorted(set(zones.values())), draws=0)
    lookup = _Regions(edition, zones)

    def ours(gap: PublishedGap) -> dict[str, float]:
        one = made[zones[gap.ags]]
        year = min(gap.length, HORIZON - BASE_YEAR)
        return {name: float(one.select(indicator, gap.category)[0, year]) for name, indicator in READINGS.items()}

    found = pairs(gaps, ours, lookup)
    return Exam(tuple(found), tuple(compare(found)), tuple(left_out))


def _zones(edition: Edition, gaps: Sequence[PublishedGap]) -> dict[str, str]:
    """Return the zone key of every region named. Raises Refusal naming all that the edition does not know."""
    zones: dict[str, str] = {}
    faults: list[Fault] = []
    for ags in sorted({gap.ags for gap in gaps}):
        try:
            zones[ags] = _kreise(edition, ags)
        except Refusal as refusal:
            faults += refusal.faults
    if faults:
        raise Refusal(faults)
    return zones


def _kreise(edition: Edition, ags: str) -> str:
    """Return the zone key of a Kreis or of all Kreise of a Land."""
    if len(ags) == 5:
        return edition.regions.resolve(ags).key
    found = sorted(region.ags for region in edition.regions.regions if region.ags.startswith(ags))
    if not found:
        raise refuse(
            f"Das Land „{ags}“ hat in dieser Ausgabe keine Kreise.", f'Land "{ags}" has no Kreise in this edition.',
            "Öffnen Sie die Ausgabe, die dieses Land enthält.", "Open the edition that holds this Land.",
        )  # fmt: skip
    return "+".join(found)


class _Regions:
    """Looks up what the rivals need: employees, their oldest ten years, residents about to leave and to enter."""

    def __init__(self, edition: Edition, zones: dict[str, str]) -> None:
        self.zones = zones
        workforce = edition.facts("workforce")
        self.employees = workforce.groupby("ags")["value"].sum()
        self.oldest = workforce[workforce["age"] == "55-64"].groupby("ags")["value"].sum()
        self.residents = _by_age(edition.facts("population_age"))

    def __call__(self, ags: str, years: int) -> Land:
        """Ages are those of 31.12.2024, one year after the base: who was 57–63 is 58–64."""
        kreise = self.zones[ags].split("+")
        people = sum((self.residents[key] for key in kreise), np.zeros(91))
        leaving, entering = people[65 - years : 65].sum(), people[23 - years : 23].sum()
        return Land(
            float(self.employees[kreise].sum()), float(self.oldest[kreise].sum()), float(leaving), float(entering)
        )


def _by_age(table: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    wide = table.pivot_table(index="ags", columns="age", values="value", aggfunc="sum")
    return dict(zip(map(str, wide.index), wide.to_numpy(dtype=float), strict=True))


def _figures(found: Sequence[Pair], lang: str) -> str:
    models = list(found[0].said) if found else []
    head = [
        Text("Region", "region"),
        Text("Zeitraum", "period"),
        Text("wer", "who"),
        Text("veröffentlicht", "published"),
    ]
    rows = [
        [
            p.published.ags,
            f"{p.published.base_year}–{p.published.horizon}",
            p.published.category,
            _whole(p.published.value, lang),
        ]
        + [_whole(p.said[model], lang) for model in models]
        for p in found
    ]
    return _table([text.in_(lang) for text in head] + [words.model(model).in_(lang) for model in models], rows)


def _lines(lines: Sequence[Comparison], lang: str) -> str:
    heads = (
        Text("Modell", "model"), Text("Zeitraum", "period"), Text("wer", "who"), Text("Zahlen", "figures"), Text("r", "r"),
        Text("r der Ränge", "rank r"), Text("Abweichung der Höhe %", "level error %"), Text("Verzerrung %", "bias %"),
    )  # fmt: skip
    head = [text.in_(lang) for text in heads]
    rows = [
        [
            words.model(line.model).in_(lang), line.vintage, line.category, str(line.n), _two(line.correlation, lang),
            _two(line.rank_correlation, lang), _whole(line.level_error, lang), _whole(line.bias, lang),
        ]
        for line in lines
    ]  # fmt: skip
    return _table(head, rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *body])


def _whole(value: float, lang: str) -> str:
    return number(value, lang)


def _two(value: float | None, lang: str) -> str:
    return number(float("nan") if value is None else value, lang, 2)
