"""The figures and pictures of a Kreis page as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs import figures
from fachkraftwerk.web.charts import export
from fachkraftwerk.web.regions.domain import files, kreis, workbook
from fachkraftwerk.web.regions.views.kreis import story_of

#: Picture → the question it answers; stands above the exported picture.
PICTURES = {
    "gruende": Text("Warum? Gründe der Lücke bis {year}", "Why? Reasons of the gap by {year}"),
    "verlauf": Text("Wann? Lücke seit 2023", "When? Gap since 2023"),
    "punkte": Text("Wie sicher? Jeder Punkt steht für 5 von 100 Rechnungen", "How sure? Each dot stands for 5 in 100 calculations"),
    "alter": Text("Beschäftigte 2023 nach Alter", "Employees 2023 by age"),
    "rente": Text("In welchem Jahr gehen wie viele in Rente?", "How many retire in which year?"),
}  # fmt: skip
#: Picture → what one has to know to read it where it stands alone.
NOTES = {
    "gruende": Text("Striche: Darin liegen 8 von 10 Rechnungen.", "Lines: 8 in 10 calculations lie there."),
    "punkte": Text("Gefüllt: Menschen fehlen. Leer: mehr, als gebraucht werden.", "Filled: people are missing. Empty: more than needed."),
    "alter": Text("Schraffiert: geschätzt.", "Hatched: estimated."),
    "rente": Text("Menschen, die hier wohnen; Mitte aller Rechnungen.", "People who live here; middle of all calculations."),
}  # fmt: skip
_HATCHED = Text("Schraffiert: mehr als ein Viertel geschätzt.", "Hatched: more than a quarter estimated.")
#: Picture → the indicator it shows, where it is not the gap.
_SHOWS = {"alter": "replacement", "rente": "replacement"}
#: Picture → who is counted, where it is not the group the page asks for.
_COUNTED = {
    "alter": Text(
        "Personen, sozialversicherungspflichtig Beschäftigte am Arbeitsort, alle Abschlüsse",
        "People, employees subject to social insurance at the workplace, all qualifications",
    )
}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _story(request: HttpRequest, key: str) -> kreis.Story:
    story = story_of(request, key)
    if figures.withheld(story.figure, story.forecast):
        raise Http404(key)
    return story


def _name(story: kreis.Story, ending: str, part: str = "") -> str:
    keys = story.figure.region.split("+")
    area = "+".join(keys) if len(keys) <= 4 else f"{keys[0]}-und-{len(keys) - 1}-weitere"
    return f"fachkraftwerk-{area}-{story.asked.year}{part}.{ending}"


def csv_file(request: HttpRequest, key: str) -> HttpResponse:
    """Send the figures as CSV (UTF-8 with mark, so that spreadsheets read the umlauts)."""
    story = _story(request, key)
    text = io.StringIO()
    csv.writer(text).writerows(files.csv_rows(story))
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", _name(story, "csv"))


def xlsx_file(request: HttpRequest, key: str) -> HttpResponse:
    """Send the figures as a workbook to read and reckon with."""
    story = _story(request, key)
    link = request.build_absolute_uri(reverse("regions:kreis", args=[story.figure.region]))
    made = workbook.make(story, link + story.asked.permanent(story.desk.edition.name))
    return _file(made, _SHEET, _name(story, "xlsx"))


def _picture(story: kreis.Story, picture: str) -> str:
    makers: dict[str, Callable[[], str | None]] = {
        "gruende": lambda: kreis.why(story)["wide"], "verlauf": lambda: kreis.when(story)["wide"],
        "punkte": lambda: kreis.how_sure(story).get("wide"), "alter": lambda: kreis.when(story)["age_chart"],
        "rente": lambda: kreis.when(story)["exit_chart"],
    }  # fmt: skip
    drawn = makers[picture]() if picture in makers else None
    if drawn is None:
        raise Http404(picture)
    notes = [NOTES[picture]] if picture in NOTES else []
    if picture == "gruende" and kreis.why(story)["hatched"]:
        notes.append(_HATCHED)
    below = [" ".join(note.in_(story.lang) for note in notes)] if notes else []
    question = PICTURES[picture].in_(story.lang).format(year=story.asked.year)
    return export.standalone(
        drawn,
        f"{story.title.in_(story.lang)}: {question}",
        [*below, *files.source_lines(story, _SHOWS.get(picture, ""), _COUNTED.get(picture))],
    )


def svg_file(request: HttpRequest, key: str, picture: str) -> HttpResponse:
    """Send one picture as SVG."""
    story = _story(request, key)
    return _file(_picture(story, picture).encode(), "image/svg+xml", _name(story, "svg", f"-{picture}"))


def png_file(request: HttpRequest, key: str, picture: str) -> HttpResponse:
    """Send one picture as PNG, 2000 pixels wide."""
    story = _story(request, key)
    return _file(export.png(_picture(story, picture)), "image/png", _name(story, "png", f"-{picture}"))
