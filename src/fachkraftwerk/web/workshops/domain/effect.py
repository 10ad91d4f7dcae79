"""What a measure sheet would change: the lever's effect on the gap of the workshop's region, while the table types.

The answer is that of the page "Maßnahmen" and of ``fachkraftwerk simulate``: the same function, the same draws.
"""

from __future__ import annotations

from functools import lru_cache

from fachkraftwerk.core.errors import refuse
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs.figures import FigureValue

YEAR = 2030
LEAST = 0.5
"""Below this many persons a lever closes nothing in sum."""

RESTS_ON = {
    "A": Text("Studien zeigen diese Wirkung.", "Studies show this effect."),
    "B": Text("Die Wirkung folgt aus amtlichen oder großen Zahlen.", "The effect follows from official or large figures."),
    "C": Text("Die Wirkung ist geschätzt.", "The effect is an estimate."),
}  # fmt: skip
"""What the effect of a lever rests on, by the grade of its evidence."""


@lru_cache(maxsize=2000)
def effect(region: str, lever: str, dose: float | None) -> Text:
    """Return one or two sentences. ``dose`` None means the usual strength. Raises Refusal for unknown lever or region."""
    from fachkraftwerk.model.measures.measure import plan
    from fachkraftwerk.model.measures.registry import kind as known
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.response import CLOSED
    from fachkraftwerk.runs.simulate import Question, response_of, simulate

    response = response_of(open_desk(), region)
    kind = known(lever).at(response.place)
    usual = kind.usual(dose) if dose is not None else True
    strength = kind.strength("central") if dose is None else dose
    measure = plan(lever, strength, reason="" if usual else "Werkstatt", place=response.place)
    elsewhere = kind.channel == "commuting"
    made = simulate(response, [measure], Question(YEAR, CLOSED if elsewhere else "gap_cumulated"))
    closing, gap = made.value(made.closing), made.value(made.without)
    if elsewhere:
        does = _from_elsewhere(closing)
    elif abs(closing.value) < LEAST and kind.channel != "transfer":
        does = Text(f"bringt bis {YEAR} weniger als eine Person.", f"brings less than one person by {YEAR}.")
    elif abs(closing.value) < LEAST:
        does = _moved(made.value(made.effects[0].stock))
    else:
        does = _closes(closing, gap)
    return _told(kind.dose.unit, strength, does, kind.grade, usual)


def _closes(closing: FigureValue, gap: FigureValue) -> Text:
    (de, en), whole = _range(closing), significant(gap.value)
    return Text(
        f"bringt bis {YEAR} {de}, die Lücke ist rund {number(whole)}.",
        f"brings {en} by {YEAR}, the gap is about {number(whole, 'en')}.",
    )


def _from_elsewhere(closing: FigureValue) -> Text:
    """Commuters work here and live elsewhere: the gap counted at the place of living does not change."""
    de, en = _range(closing)
    return Text(
        f"bringt bis {YEAR} {de}, die hier arbeiten und anderswo wohnen. Die Lücke der Landesinitiative zählt am Wohnort und bleibt gleich.",
        f"brings {en} by {YEAR} who work here and live elsewhere. The gap of the state initiative counts where people live and stays the same.",
    )


def _moved(stock: FigureValue) -> Text:
    """People change their occupation: the gap moves from one occupation to another, its sum stays."""
    de, en = _range(stock)
    return Text(
        f"bis {YEAR} wechseln {de} in Berufe, in denen mehr fehlen. Die Lücke insgesamt bleibt gleich.",
        f"by {YEAR} {en} move to occupations where more are missing. The gap as a whole stays the same.",
    )


def _range(value: FigureValue) -> tuple[str, str]:
    """Write people with their range: "rund 200 Personen (wahrscheinlich 130 bis 320)"."""

    def said(lang: str) -> list[str]:
        return [number(significant(each), lang) for each in (value.value, value.p10, value.p90)]

    (middle, low, high), (m, lo, hi) = said("de"), said("en")
    return f"rund {middle} Personen (wahrscheinlich {low} bis {high})", f"about {m} people (likely {lo} to {hi})"


def _told(unit: Text, strength: float, does: Text, grade: str, usual: bool) -> Text:
    """Put strength with its unit before the effect, the grade of the evidence behind it."""
    warning = (
        Text("", "")
        if usual
        else Text(" Das liegt außerhalb dessen, was belegt ist.", " This is outside what evidence covers.")
    )
    decimals = next((n for n in (0, 1, 2) if round(strength, n) == strength), 3)
    dose = [number(strength, lang, decimals) for lang in ("de", "en")]
    return Text(
        f"{dose[0]} {unit.de}: {does.de} {RESTS_ON[grade].de}{warning.de}",
        f"{dose[1]} {unit.en}: {does.en} {RESTS_ON[grade].en}{warning.en}",
    )


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
