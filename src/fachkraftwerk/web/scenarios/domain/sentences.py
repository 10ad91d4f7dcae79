"""What a scenario says in one sentence and in a few words, also where nothing is missing or nothing is chosen yet."""

from __future__ import annotations

from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs import compare
from fachkraftwerk.runs.figures import FigureValue

#: What is said while no measure is chosen: by the forecast alone, and with a group's own judgement.
_MISSING = (
    Text(
        "Bis {year} fehlen hier voraussichtlich rund {n} Personen.",
        "By {year} about {n} persons are likely to be missing here.",
    ),
    Text(
        "Mit der Einschätzung Ihrer Gruppe fehlen hier bis {year} rund {n} Personen.",
        "With the judgement of your group about {n} persons are missing here by {year}.",
    ),
)
_NOBODY = (
    Text(
        "Bis {year} fehlt hier voraussichtlich niemand: Rund {n} Personen mehr sind da, als gebraucht werden.",
        "By {year} probably nobody is missing here: about {n} persons more are there than are needed.",
    ),
    Text(
        "Mit der Einschätzung Ihrer Gruppe fehlt hier bis {year} niemand: Rund {n} Personen mehr sind da, als gebraucht werden.",
        "With the judgement of your group nobody is missing here by {year}: about {n} persons more are there than are needed.",
    ),
)
_LEVEL = (
    Text("{year} sind Angebot und Bedarf hier gleich.", "In {year} supply and demand are level here."),
    Text(
        "Mit der Einschätzung Ihrer Gruppe sind Angebot und Bedarf hier {year} gleich.",
        "With the judgement of your group supply and demand are level here in {year}.",
    ),
)
_LATER = Text("Noch ist keine Maßnahme gewählt.", "No measure is chosen yet.")


def sentence(closing: FigureValue, gap: FigureValue, year: int, measures: int, judged: bool) -> Text:
    """Return what a set of measures does to the gap of ``year``; without measures, what is missing.

    judged: whether a group's own judgement is part of the calculation.
    """
    if not measures:
        return _unchosen(gap, year, judged)
    if gap.value <= 0 and abs(closing.central) < compare.LEAST:
        return Text(
            f"{year} fehlt hier niemand; die Maßnahmen bringen weniger als eine Person zusätzlich.",
            f"In {year} nobody is missing here; the measures bring less than one person more.",
        )
    return compare.sentence(closing, gap, year)


def _unchosen(gap: FigureValue, year: int, judged: bool) -> Text:
    level = abs(gap.value) < compare.LEAST
    said = (_LEVEL if level else _MISSING if gap.value > 0 else _NOBODY)[judged]
    de, en = (said.in_(lang).format(year=year, n=_n(abs(gap.value), lang)) for lang in ("de", "en"))
    return Text(f"{de} {_LATER.de}", f"{en} {_LATER.en}")


def short(closing: FigureValue, gap: FigureValue, measures: int) -> Text:
    """Return the sentence in a few words, to stand beside the sliders."""
    if not measures:
        return Text("noch keine Maßnahme gewählt", "no measure chosen yet")
    if abs(closing.central) < compare.LEAST:
        return Text("zusammen weniger als eine Person", "together less than one person")
    closed = [_n(closing.central, lang) for lang in ("de", "en")]
    if gap.value <= 0:
        return Text(f"zusammen rund {closed[0]} Personen mehr", f"together about {closed[1]} persons more")
    whole = [_n(gap.value, lang) for lang in ("de", "en")]
    return Text(f"zusammen rund {closed[0]} von {whole[0]}", f"together about {closed[1]} of {whole[1]}")


def _n(value: float, lang: str) -> str:
    return number(significant(value), lang)
