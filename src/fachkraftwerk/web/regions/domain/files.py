"""The figures of a Kreis page as rows, and the lines below an exported picture."""

from __future__ import annotations

from fachkraftwerk.core.classifications import LEVELS, OCCUPATIONS, QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs import figures, waterfall, wording
from fachkraftwerk.runs.figures import Cell, FigureValue
from fachkraftwerk.web.regions.domain.kreis import Story

#: A figure id with more Kreise does not fit below a picture.
LONGEST = 4


def csv_rows(story: Story) -> list[list[str]]:
    """Return the figures of the page as rows for CSV and XLSX; figures rounded to tens."""
    head = ["figure", "name", "year", "indicator", "qualification", "level", "occupation", "value", "p10", "p90"]
    rows = [[*head, "central", "p_shortage", "estimated_share", "unit", "note"]]
    for step in waterfall.steps(story.figure, story.forecast):
        # The gap itself stands among the years: a figure that stood twice would be added twice.
        if step.figure is not None and step.key != "total":
            rows.append(_csv(story, step.figure, step.value))
    for year, value in figures.path(story.figure, story.forecast):
        rows.append(_csv(story, story.figure.at(year=year), value))
    for figure in _other_groups(story):
        rows.append(_csv(story, figure, figures.resolve(figure, story.forecast)))
    for cell in figures.cells(story.figure, story.forecast):
        if cell.occupation:
            rows.append(_csv(story, story.figure.at(level=cell.level, occupation=cell.occupation), cell.value))
        else:
            rows.append(_pooled(story, cell))
    return rows


def _other_groups(story: Story) -> list[Figure]:
    own = story.figure.qualification
    return [story.figure.at(qualification=key) for key in QUALIFICATION_GROUPS if key != own]


def _csv(story: Story, figure: Figure, value: FigureValue, note: str = "") -> list[str]:
    tens = [f"{wording.rounded(v, 10):.0f}" for v in (value.value, value.p10, value.p90)]
    name = story.title.in_(story.lang)
    parts = [
        str(figure),
        name,
        str(figure.year),
        figure.indicator,
        figure.qualification,
        figure.level,
        figure.occupation,
    ]
    return [
        *parts,
        *tens,
        f"{wording.rounded(value.central, 10):.0f}",
        f"{value.p_shortage:.2f}",
        f"{value.estimated_share:.2f}",
        value.unit,
        note,
    ]


def _pooled(story: Story, cell: Cell) -> list[str]:
    note = f"{cell.members} Gruppen unter {figures.SMALLEST} Beschäftigten / groups below {figures.SMALLEST} employees"
    row = _csv(story, story.figure, cell.value, note)
    return ["", *row[1:5], "pooled", "pooled", *row[7:]]


def source_lines(story: Story, indicator: str = "", counted: Text | None = None) -> list[str]:
    """Return the lines below an exported picture: who is counted and how, source, edition, figure id.

    indicator: what the picture shows, where it is not the gap itself; counted: who, where it is another group.
    """
    source = Text("Quelle: amtliche Statistik, eigene Berechnung", "Source: official statistics, own calculation")
    draws = number(story.asked.draws, story.lang)
    runs = Text(f"{draws} Rechnungen", f"{draws} calculations").in_(story.lang)
    edition = Text("Ausgabe", "edition").in_(story.lang)
    last = f"Fachkraftwerk, {edition} {story.desk.edition.name}, {runs} · {_address(story, indicator)}"
    people = counted or _counted(story)
    return [f"{people.in_(story.lang)}. {source.in_(story.lang)}.", last]


def _counted(story: Story) -> Text:
    """Return who is counted and how: "Personen: Fachkräfte, sozialversicherungspflichtig beschäftigt, gezählt …"."""
    asked, group = story.asked, story.asked.group
    if asked.occupation != "all":
        name = OCCUPATIONS[asked.occupation]
        group = Text(f"{group.de}, „{name.de}“", f"{group.en}, “{name.en}”")
    if asked.level != "all":
        name = LEVELS[asked.level]
        group = Text(f"{group.de}, „{name.de}“", f"{group.en}, “{name.en}”")
    way = Text("wie die Landesinitiative", "as the state initiative does")
    if asked.reading != "initiative":
        way = Text("mit Pendelnden verrechnet", "with commuting closed")
    return Text(
        f"Personen: {group.de}, sozialversicherungspflichtig beschäftigt, gezählt {way.de}",
        f"People: {group.en}, employees subject to social insurance, counted {way.en}",
    )


def _address(story: Story, indicator: str) -> str:
    """Return the figure id, a large zone by its first Kreis and how many they are."""
    figure = story.figure.at(indicator=indicator) if indicator else story.figure
    keys = figure.region.split("+")
    return str(figure if len(keys) <= LONGEST else figure.at(region=f"{keys[0]}+…{len(keys)}"))
