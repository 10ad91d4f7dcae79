"""What a measure sheet would change: the lever's effect on the gap of the workshop's region, while the table types.

The answer is that of the page "Maßnahmen" and of ``fachkraftwerk simulate``: the same function, the same draws.
"""

from __future__ import annotations

from functools import lru_cache

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs.figures import FigureValue

YEAR = 2030


@lru_cache(maxsize=2000)
def effect(region: str, lever: str, dose: float | None) -> Text:
    """Return one or two sentences. ``dose`` None means the usual strength. Raises Refusal for unknown lever or region."""
    from fachkraftwerk.model.measures.measure import plan
    from fachkraftwerk.model.measures.registry import kind as known
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.simulate import Question, response_of, simulate

    kind = known(lever)
    usual = kind.usual(dose) if dose is not None else True
    strength = kind.strength("central") if dose is None else dose
    measure = plan(lever, strength, reason="" if usual else "Werkstatt")
    made = simulate(response_of(open_desk(), region), [measure], Question(year=YEAR))
    closing, gap = made.value(made.closing), made.value(made.without)
    return _sentences(kind.dose.unit, strength, kind.grade, usual, closing, gap)


def _sentences(unit: Text, strength: float, grade: str, usual: bool, closing: FigureValue, gap: FigureValue) -> Text:
    """Say the unit, the effect with its range beside the gap, and the grade of the evidence."""

    def said(lang: str) -> str:
        low, middle, high = (number(significant(q), lang) for q in (closing.p10, closing.value, closing.p90))
        whole, dose = number(significant(gap.value), lang), number(strength, lang, int(strength % 1 > 0))
        text = Text(
            f"{dose} {unit.de}: bringt bis {YEAR} rund {middle} Personen (wahrscheinlich {low} bis {high}), "
            f"die Lücke ist rund {whole}. Beleg {grade}.",
            f"{dose} {unit.en}: brings about {middle} people by {YEAR} (likely {low} to {high}), "
            f"the gap is about {whole}. Evidence {grade}.",
        )
        warning = Text(" Das liegt außerhalb dessen, was belegt ist.", " This is outside what evidence covers.")
        return text.in_(lang) + ("" if usual else warning.in_(lang))

    return Text(said("de"), said("en"))


def parse_dose(words: str) -> float | None:
    """Read "12,5" or "12.5"; nothing means the usual strength. Raises Refusal for anything else."""
    if not words.strip():
        return None
    try:
        return float(words.strip().replace(",", "."))
    except ValueError as error:
        raise refuse(
            f"„{words}“ ist keine Zahl.",
            f'"{words}" is not a number.',
            "Schreiben Sie nur Ziffern.",
            "Write digits only.",
        ) from error
