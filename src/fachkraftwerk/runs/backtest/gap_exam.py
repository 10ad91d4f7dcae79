"""The comparison of our gaps with published ones, on the edition and the model that ship."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fachkraftwerk.core.classifications import BASE_YEAR, HORIZON, QUALIFICATION_GROUPS
from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.runs.backtest.gaps import NOTES, Comparison, Land, Pair, compare, pairs
from fachkraftwerk.runs.backtest.published import PublishedGap, parse

if TYPE_CHECKING:
    import pandas as pd

    from fachkraftwerk.edition import Edition

#: Our readings: the indicators that are added up, with their sign.
READINGS: dict[str, dict[str, int]] = {
    "fachkraftwerk, as the initiative counts": {"gap_cumulated": 1},
    "fachkraftwerk, commuting closed": {"gap_commuting_closed": 1},
    "fachkraftwerk, without migration": {"gap_cumulated": 1, "migration": -1},
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
            head = Text("Ausgelassen, ergänzt oder doppelt: ", "Left out, completed or told twice: ").in_(lang)
            notes.append(head + "; ".join(self.left_out))
        said = [sentence.in_(lang) for sentence in verdicts(self.lines)]
        return "\n\n".join([title, *said, _lines(self.lines, lang), *notes, _figures(self.found, lang)]) + "\n"


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
    gaps, zones = _zones(edition, gaps)
    inputs = load(edition)
    made = forecast(inputs, sorted(set(zones.values())), draws=0)
    lookup = _Regions(edition, zones)

    def ours(gap: PublishedGap) -> dict[str, float]:
        one = made[zones[gap.ags]]
        year = min(gap.length, HORIZON - BASE_YEAR)
        return {
            name: float(sum(sign * one.select(indicator, gap.category)[0, year] for indicator, sign in parts.items()))
            for name, parts in READINGS.items()
        }

    found = pairs(gaps, ours, lookup)
    return Exam(tuple(found), tuple(compare(found)), tuple(left_out))


def _zones(edition: Edition, gaps: Sequence[PublishedGap]) -> tuple[list[PublishedGap], dict[str, str]]:
    """Return the gaps with official keys for names, and the zone key of every region.

    Raises Refusal naming every region that the edition does not know.
    """
    keys: dict[str, str] = {}
    zones: dict[str, str] = {}
    faults: list[Fault] = []
    for region in sorted({gap.ags for gap in gaps}):
        try:
            found = edition.regions.resolve(region)
        except Refusal as refusal:
            faults += refusal.faults
            continue
        keys[region] = found.key if len(found.regions) == 1 else found.regions[0].ags[:2]
        zones[keys[region]] = found.key
    if faults:
        raise Refusal(faults)
    return [replace(gap, ags=keys[gap.ags]) for gap in gaps], zones


def verdicts(lines: Sequence[Comparison]) -> list[Text]:
    """Return a sentence for each set of figures that is large enough for a correlation: do we beat the rivals?"""
    sets = dict.fromkeys((line.vintage, line.category) for line in lines if line.correlation is not None)
    return [_verdict([one for one in lines if (one.vintage, one.category) == key]) for key in sets]


def _verdict(found: Sequence[Comparison]) -> Text:
    known = [line for line in found if line.correlation is not None]
    # Our own reading is the one that is meant to count as they do, not the best of three.
    ours = next((line for line in known if line.model == next(iter(READINGS))), None)
    rivals = max((line for line in known if not line.model.startswith("fachkraftwerk")), key=_r, default=None)
    first, who = found[0], QUALIFICATION_GROUPS[found[0].category]
    de = f"{first.vintage.replace('→', '–')}, {who.de}, {first.n} Zahlen: Gleichlauf der Lücke je Beschäftigten (r)"
    en = f"{first.vintage.replace('→', '–')}, {who.en}, {first.n} figures: correlation of the gap per employee (r)"
    for line in (ours, rivals):
        if line is not None:
            name = words.model(line.model)
            de, en = f"{de}; {name.de} {number(_r(line), 'de', 2)}", f"{en}; {name.en} {number(_r(line), 'en', 2)}"
    if ours is None or rivals is None:
        return Text(f"{de}.", f"{en}.")
    ahead = _r(ours) >= _r(rivals)
    return Text(
        f"{de}. {'Kein einfaches Maß sieht die Unterschiede besser.' if ahead else 'Ein einfaches Maß sieht die Unterschiede besser.'}",
        f"{en}. {'No plain measure sees the differences better.' if ahead else 'A plain measure sees the differences better.'}",
    )


def _r(line: Comparison) -> float:
    return -2.0 if line.correlation is None else line.correlation


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
            QUALIFICATION_GROUPS[p.published.category].in_(lang),
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
            words.model(line.model).in_(lang), line.vintage, QUALIFICATION_GROUPS[line.category].in_(lang), str(line.n), _two(line.correlation, lang),
            _two(line.rank_correlation, lang), _whole(line.level_error, lang), _whole(line.bias, lang),
        ]
        for line in lines if (line.correlation, line.level_error) != (None, None)
    ]  # fmt: skip
    return _table(head, rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *body])


def _whole(value: float | None, lang: str) -> str:
    return number(float("nan") if value is None else value, lang)


def _two(value: float | None, lang: str) -> str:
    return number(float("nan") if value is None else value, lang, 2)
