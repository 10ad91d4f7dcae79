"""Write the tables in docs/measures.md: usual strengths by Kreis; what each lever brings in Landkreis Kassel, and its cost.

Usage: python tools/measures_table.py [--check]   (--check changes nothing and fails where a figure has moved by a tenth)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fachkraftwerk.core.text import number, significant
from fachkraftwerk.model.measures.dose import Dose
from fachkraftwerk.model.measures.measure import plan
from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.desk import open_desk
from fachkraftwerk.runs.response import CLOSED
from fachkraftwerk.runs.simulate import Line, Question, response_of, simulate

DOC = Path(__file__).parents[1] / "docs" / "measures.md"
REGION = "06633"
HEAD = (
    "| lever | strength | target group | persons 2030 | 8 of 10 | share of the gap | effect | cost until 2030 | cost |\n"
    "|---|---|---:|---:|---|---:|:-:|---:|:-:|\n"
)
BEGIN, END = "<!-- table of levers -->\n", "<!-- end of the table -->\n"
SHOWN = {
    "16069": "Hildburghausen",
    "06633": "Landkreis Kassel",
    "09162": "Munich",
    "06611+06633": "Kassel and Landkreis Kassel",
}
USUAL_BEGIN, USUAL_END = "<!-- table of usual strengths -->\n", "<!-- end of usual strengths -->\n"


def table() -> str:
    """Return the table, largest effect first."""
    response = response_of(open_desk(), REGION)
    made = {
        reading: simulate(response, [plan(key, place=response.place) for key in kinds()], Question(indicator=reading))
        for reading in ("gap_cumulated", CLOSED)
    }
    gap = made["gap_cumulated"].without[0, made["gap_cumulated"].at]
    lines = [
        there if there.measure.kind.channel == "commuting" else here
        for here, there in zip(made["gap_cumulated"].lines, made[CLOSED].lines, strict=True)
    ]
    lines.sort(key=lambda line: -line.value.central)
    return HEAD + "".join(row(line, gap) for line in lines)


def row(line: Line, gap: float) -> str:
    """Return one line of the table."""
    measure, value = line.measure, line.value
    kind = measure.kind
    reading = " (commuting settled)" if kind.channel == "commuting" else ""
    cells = (
        f"{kind.name.en}{reading}", f"{measure.dose:g} {kind.dose.unit.en}", said(line.group), said(value.central),
        f"{said(value.p10)} to {said(value.p90)}", f"{abs(100 * value.central / gap):.1f}%", measure.grade, said(line.euro), kind.cost.grade,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def usual() -> str:
    """Return low, central and high of the strengths that grow with the Kreis, in Kreise of several sizes and a zone."""
    desk = open_desk()
    places = [response_of(desk, region, 0).place for region in SHOWN]
    head = f"| strength | grows with | {' | '.join(SHOWN.values())} |\n|---|---|{'---|' * len(SHOWN)}\n"
    return head + "".join(
        f"| {kind.name.en}, {kind.dose.unit.en} | {kind.dose.reference.name.en} | "
        + " | ".join(_span(kind.dose.at(place)) for place in places)
        + " |\n"
        for kind in kinds().values()
        if kind.dose.reference
    )


def _span(dose: Dose) -> str:
    return " – ".join(number(value, "en") for value in (dose.low, dose.central, dose.high))


def said(value: float) -> str:
    """Write a number with two significant digits."""
    return number(significant(max(value, 0.0)), "en")


def moved(old: str, new: str) -> list[str]:
    """Return the levers that are absent from the old table or have moved by more than a tenth and two persons."""
    before, after = persons(old), persons(new)
    return [
        name for name, value in after.items() if name not in before or abs(before[name] - value) > max(0.1 * value, 2)
    ]


def persons(text: str) -> dict[str, float]:
    """Return lever → persons of a table."""
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return {cells[0][2:]: float(cells[3].replace(",", "")) for cells in rows}


def main() -> int:
    """Write or check the table."""
    text, made, ranges = DOC.read_text(encoding="utf-8"), table(), usual()
    found = re.search(f"{BEGIN}(.*?){END}", text, re.S)
    shown = re.search(f"{USUAL_BEGIN}(.*?){USUAL_END}", text, re.S)
    assert found and shown, "docs/measures.md lacks its tables"
    if "--check" in sys.argv:
        names = moved(found[1], made) + ([] if shown[1] == ranges else ["usual strengths"])
        print("\n".join(names) if names else "up to date")
        return 1 if names else 0
    text = text.replace(shown[0], f"{USUAL_BEGIN}{ranges}{USUAL_END}")
    DOC.write_text(text.replace(found[0], f"{BEGIN}{made}{END}"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
