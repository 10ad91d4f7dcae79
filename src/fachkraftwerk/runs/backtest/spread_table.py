"""The table of spreads as people read it: used and estimated, by size of the Kreis, by years ahead."""

from __future__ import annotations

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.runs.backtest.spreads import Estimate, Line

SCOPES = {
    "national": Text("Deutschland", "Germany"),
    "land": Text("Land", "Land"),
    "kreis": Text("Kreis", "Kreis"),
    "sector": Text("Branche", "sector"),
    "occupation": Text("Beruf", "occupation"),
    "cell": Text("Beruf im Kreis", "occupation in a Kreis"),
}
_HEAD = (
    Text("Annahme", "assumption"), Text("Ebene", "scope"), Text("verwendet", "used"), Text("geschätzt", "estimated"),
    Text("Wachstum verwendet", "growth used"), Text("Wachstum geschätzt", "growth estimated"), Text("Fehler", "errors"),
    Text("Urteil", "verdict"), Text("woraus", "from what"),
)  # fmt: skip


def markdown(lines: list[Line], lang: str = "en") -> str:
    """Return the table and the errors by years ahead as Markdown."""
    title = Text("# Spannen der Annahmen", "# Spreads of the assumptions").in_(lang)
    intro = Text(
        "Streuung nach sieben Jahren: was das Modell verwendet, und was die Fehler der Vergangenheit ergeben (unteres Ende: ohne das, was allen Ausgangsjahren gemeinsam ist). Wachstum: Exponent, mit dem die Streuung mit den Jahren wächst; für die Beschäftigten in Deutschland die mittlere Steigung eines Verlaufs von einem bis zehn Jahren.",
        "Spread after seven years: what the model uses, and what the errors of the past say (lower end: without what all origins have in common). Growth: exponent with which the spread grows with the years; for employees in Germany the mean slope of a course over one to ten years.",
    ).in_(lang)
    head = [text.in_(lang) for text in _HEAD]
    rows = [_row(line, lang) for line in lines]
    parts = [title, intro, _grid(head, rows), *_sizes(lines, lang), *_near(lines, lang), _horizons(lines, lang)]
    return "\n\n".join(parts) + "\n"


def _row(line: Line, lang: str) -> list[str]:
    estimate = line.estimate
    blank = "–"
    return [
        line.name.in_(lang), SCOPES[line.scope].in_(lang), amount(line.used, lang),
        blank if estimate is None else band(estimate, lang), number(line.power, lang, 2),
        blank if estimate is None else number(estimate.power, lang, 2),
        blank if estimate is None else number(estimate.errors, lang), line.verdict.in_(lang), line.basis.in_(lang),
    ]  # fmt: skip


def band(estimate: Estimate, lang: str) -> str:
    """Write the band of an estimate."""
    return f"{amount(estimate.low, lang)}–{amount(estimate.spread, lang)}"


def amount(value: float, lang: str) -> str:
    """Write a spread: persons in whole hundreds, logs and shares with the digits they carry."""
    if value >= 100:
        return number(round(value, -2), lang)
    return number(value, lang, 4 if value < 0.01 else 3)


#: Sizes at which the law is shown, relative to the median.
_SHOWN_SIZES = (0.5, 1.0, 2.0, 5.0)


def _sizes(lines: list[Line], lang: str) -> list[str]:
    """Return the part on spreads that fall with the size of the Kreis; nothing where none does."""
    known = [(line, line.size) for line in lines if line.size is not None]
    if not known:
        return []
    title = Text("## Spanne nach Größe des Kreises", "## Spread by size of the Kreis").in_(lang)
    intro = Text(
        "Große Kreise weichen weniger ab als kleine: Die Spanne oben gilt für einen Kreis mittlerer Größe (Beschäftigte beim Bedarf, Einwohner bei der Wanderung) und fällt mit (Größe / Mitte) hoch minus Exponent. Geschätzt: kleinster und größter Exponent über die Jahre voraus; verwendet wird ihr Mittel.",
        "Large Kreise stray less than small ones: the spread above is that of a Kreis of median size (employees for demand, inhabitants for migration) and falls with (size / median) to the power of minus the exponent. Estimated: smallest and largest exponent over the years ahead; their mean is used.",
    ).in_(lang)
    head = [_HEAD[0].in_(lang), Text("Exponent verwendet", "exponent used").in_(lang), _HEAD[3].in_(lang)]
    head += [
        Text(f"{number(one, 'de', 1)} × Mitte", f"{number(one, 'en', 1)} × median").in_(lang) for one in _SHOWN_SIZES
    ]
    rows = [
        [line.name.in_(lang), number(law.used, lang, 2), f"{number(law.low, lang, 2)}–{number(law.high, lang, 2)}"]
        + [amount(line.used * one**-law.used, lang) for one in _SHOWN_SIZES]
        for line, law in known
    ]
    return [title, intro, _grid(head, rows)]


def _near(lines: list[Line], lang: str) -> list[str]:
    """Return the part on neighbours that are alike; nothing where none are."""
    known = [(line, line.near) for line in lines if line.near is not None]
    if not known:
        return []
    title = Text("## Nachbarn", "## Neighbours").in_(lang)
    intro = Text(
        "Kreise, die aneinandergrenzen, weichen ähnlich ab, auch wenn ihr Land herausgerechnet ist. Verwendet: die Korrelation ihrer eigenen Teile im Modell, das Mittel der geschätzten; geschätzt: die kleinste und die größte über die Jahre voraus. Ab dem zweiten Nachbarn bleibt ein Fünftel bis ein Viertel davon.",
        "Kreise that border on each other stray alike, also with their Land taken out. Used: the correlation of their own parts in the model, the mean of those estimated; estimated: the smallest and the largest over the years ahead. At the second neighbour a fifth to a quarter of it is left.",
    ).in_(lang)
    head = [_HEAD[0].in_(lang), Text("Korrelation verwendet", "correlation used").in_(lang), _HEAD[3].in_(lang)]
    rows = [
        [line.name.in_(lang), number(law.used, lang, 2), f"{number(law.low, lang, 2)}–{number(law.high, lang, 2)}"]
        for line, law in known
    ]
    return [title, intro, _grid(head, rows)]


def _horizons(lines: list[Line], lang: str) -> str:
    known = [line for line in lines if line.estimate]
    ahead = sorted({h for line in known if line.estimate for h in line.estimate.by_horizon})
    title = Text("## Fehler nach Jahren voraus", "## Errors by years ahead").in_(lang)
    rows = []
    for line in known:
        assert line.estimate is not None
        cells = [line.estimate.by_horizon.get(h) for h in ahead]
        rows.append(
            [line.name.in_(lang), SCOPES[line.scope].in_(lang)] + ["–" if c is None else amount(c, lang) for c in cells]
        )
    return title + "\n\n" + _grid([*(text.in_(lang) for text in _HEAD[:2]), *map(str, ahead)], rows)


def _grid(head: list[str], rows: list[list[str]]) -> str:
    body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *body])
