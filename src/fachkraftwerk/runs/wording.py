"""Correct sentences from figures, in German and English, for page, press and council.

Rules: range in words first, digits second; rounded to what the certainty carries; a share only with its base;
the first sentence says under which condition it holds. A gap above zero is a shortage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from fachkraftwerk.core.classifications import QUALIFICATION_GROUPS
from fachkraftwerk.core.text import Text, number, significant
from fachkraftwerk.runs.figures import SMALLEST, TENS, FigureValue
from fachkraftwerk.runs.places import joined as joined
from fachkraftwerk.runs.places import land_place as land_place
from fachkraftwerk.runs.places import place as place
from fachkraftwerk.runs.places import scoped as scoped

_SINGULAR = {
    "skilled": Text("Fachkraft", "skilled worker"),
    "vocational": Text("Fachkraft mit Berufsabschluss", "skilled worker with vocational qualification"),
    "academic": Text("Fachkraft mit Studium", "skilled worker with academic degree"),
    "unskilled": Text("Arbeitskraft ohne Berufsabschluss", "worker without vocational qualification"),
    "total": Text("Fach- oder Arbeitskraft", "worker"),
}
_PLURAL_DATIVE = {
    "skilled": "Fachkräften",
    "vocational": "Fachkräften mit Berufsabschluss",
    "academic": "Fachkräften mit Studium",
    "unskilled": "Arbeitskräften ohne Berufsabschluss",
    "total": "Beschäftigten",
}
_ENGLISH_TOTAL = "workers"

#: Fixed certainty words: from this probability on. Below a third the mirrored words are used.
CERTAINTY = (
    (0.99, Text("so gut wie sicher", "almost certain")),
    (0.90, Text("sehr wahrscheinlich", "very likely")),
    (0.66, Text("wahrscheinlich", "likely")),
)
_MIRRORED = (
    (0.99, Text("so gut wie ausgeschlossen", "almost ruled out")),
    (0.90, Text("sehr unwahrscheinlich", "very unlikely")),
    (0.66, Text("unwahrscheinlich", "unlikely")),
)
OPEN = Text("offen", "open")


def certainty(probability: float) -> Text:
    """Return the fixed word for a probability between 0 and 1."""
    for words, chance in ((CERTAINTY, probability), (_MIRRORED, 1 - probability)):
        for limit, text in words:
            if chance >= limit - 1e-9:
                return text
    return OPEN


# --- numbers -------------------------------------------------------------------------------------------------


def step(value: FigureValue) -> float:
    """Return the rounding step that the certainty carries: two digits of the larger of value and half range."""
    scale = max(abs(value.value), (value.p90 - value.p10) / 2)
    if not math.isfinite(scale) or scale <= 0:
        return TENS
    return float(max(TENS, 10 ** (math.floor(math.log10(scale)) - 1)))


def rounded(amount: float, to: float) -> float:
    """Round half away from zero to a multiple of ``to``, as people do by hand."""
    return math.copysign(math.floor(abs(amount) / to + 0.5) * to, amount) if math.isfinite(amount) else amount


def rough(amount: float) -> float:
    """Round to two significant digits, never finer than tens: what one Kreis beside others carries."""
    return rounded(significant(amount, 2), TENS)


def _both(amount: float) -> Text:
    return Text(number(amount, "de"), number(amount, "en"))


def people(count: float, qualification: str = "skilled") -> Text:
    """Return "eine Fachkraft", "8.900 Fachkräfte", "keine Fachkräfte" and the English of it."""
    many = QUALIFICATION_GROUPS[qualification]
    english = _ENGLISH_TOTAL if qualification == "total" else many.en
    if count == 0:
        return Text(f"keine {many.de}", f"no {english}")
    if count == 1:
        one = _SINGULAR[qualification]
        return Text(f"eine {one.de}", f"one {one.en}")
    figure = _both(count)
    return Text(f"{figure.de} {many.de}", f"{figure.en} {english}")


# --- sentences -----------------------------------------------------------------------------------------------


def headline(where: Text, value: FigureValue, year: int, qualification: str = "skilled", ranged: bool = True) -> Text:
    """Return the first sentence about a gap: amount, condition, range (left out where it stands beside it)."""
    to = step(value)
    span = span_words(value) if ranged else Text("", "")
    if value.ranged and certainty(value.p_shortage) == OPEN:
        return _undecided(where, rounded(value.value, to), span, year, qualification)
    amount = rounded(value.value, to)
    if abs(amount) < SMALLEST:
        return _balanced(where, span, year, qualification)
    write = _shortage if amount > 0 else _surplus
    return write(where, people(abs(amount), qualification), span, year)


def _undecided(where: Text, amount: float, span: Text, year: int, qualification: str) -> Text:
    """Return the sentence for a sign that is open: no number is claimed as missing."""
    group = QUALIFICATION_GROUPS[qualification]
    english = _ENGLISH_TOTAL if qualification == "total" else group.en
    size, side = _both(abs(amount)), ("zu wenig", "too few") if amount > 0 else ("zu viel", "too many")
    middle = Text(
        f"Die Mitte aller Rechnungen liegt bei rund {size.de} {side[0]}",
        f"the middle of all calculations is about {size.en} {side[1]}",
    )
    if abs(amount) < SMALLEST:
        middle = Text("Die Mitte aller Rechnungen liegt nahe null", "the middle of all calculations is close to zero")
    return Text(
        f"Ob bis {year} {where.de} {group.de} fehlen, ist offen, wenn alles weitergeht wie bisher: {middle.de}{_comma(span.de)}.",
        f"Whether {english} will be missing {where.en} by {year} is open if things go on as they have: {middle.en}{_comma(span.en)}.",
    )


def _comma(words: str) -> str:
    return f", {words}" if words else ""


def _shortage(where: Text, amount: Text, span: Text, year: int) -> Text:
    return Text(
        f"Bis {year} fehlen {where.de} voraussichtlich rund {amount.de}, wenn alles weitergeht wie bisher"
        f"{_dash(span.de)}.",
        f"By {year}, about {amount.en} are expected to be missing {where.en} if things go on as they have"
        f"{_dash(span.en)}.",
    )


def _surplus(where: Text, amount: Text, span: Text, year: int) -> Text:
    return Text(
        f"Bis {year} gibt es {where.de} voraussichtlich rund {amount.de} mehr, als gebraucht werden, "
        f"wenn alles weitergeht wie bisher{_dash(span.de)}.",
        f"By {year}, about {amount.en} more than needed are expected {where.en} if things go on as they have"
        f"{_dash(span.en)}.",
    )


def _balanced(where: Text, span: Text, year: int, qualification: str) -> Text:
    group = QUALIFICATION_GROUPS[qualification]
    english = _ENGLISH_TOTAL if qualification == "total" else group.en
    return Text(
        f"Bis {year} gibt es {where.de} voraussichtlich ungefähr so viele {group.de}, wie gebraucht werden, "
        f"wenn alles weitergeht wie bisher{_dash(span.de)}.",
        f"By {year}, about as many {english} as needed are expected {where.en} if things go on as they have"
        f"{_dash(span.en)}.",
    )


def _dash(words: str) -> str:
    return f" – {words}" if words else ""


def span_words(value: FigureValue) -> Text:
    """Return the 80 % range in words; empty without draws, and in words alone where it is tiny."""
    if not value.ranged:
        return Text("", "")
    to = step(value)
    low, high = rounded(value.p10, to), rounded(value.p90, to)
    if low == high:
        return Text("die Rechnungen liegen eng beieinander", "the calculations lie close together")
    if low < 0 < high:
        return Text(
            f"wahrscheinlich zwischen {number(-low)} zu viel und {number(high)} zu wenig",
            f"probably between {number(-low, 'en')} too many and {number(high, 'en')} too few",
        )
    near, far = sorted((abs(low), abs(high)))
    wide = value.p90 - value.p10 > abs(value.value)
    least = _both(near) if near else Text("null", "zero")
    ends = Text(f"zwischen {least.de} und {number(far)}", f"between {least.en} and {number(far, 'en')}")
    if abs(rounded(value.value, to)) < SMALLEST:
        # The sentence beside it says "about as many as needed", so the side has to be said here.
        side = ("zu wenig", "too few") if high > 0 else ("zu viel", "too many")
        ends = Text(f"{ends.de} {side[0]}", f"{ends.en} {side[1]}")
    if wide:
        return Text(f"die Spanne ist groß, wahrscheinlich {ends.de}", f"the range is wide, probably {ends.en}")
    return Text(f"wahrscheinlich {ends.de}", f"probably {ends.en}")


def of_hundred(value: FigureValue, base: float, year: int, qualification: str = "skilled") -> Text:
    """Return "Das sind rund 12 von 100 …": the gap against its base; empty where the base is too small."""
    if base < SMALLEST or abs(value.value) < SMALLEST:
        return Text("", "")
    share = round(100 * abs(value.value) / base)
    group = QUALIFICATION_GROUPS[qualification].en if qualification != "total" else _ENGLISH_TOTAL
    if share == 0:
        return Text(
            f"Das ist weniger als eine von 100 Personen, die {year} dort beschäftigt waren.",
            f"That is fewer than one in 100 people employed there in {year}.",
        )
    verb = ("ist", "is") if share == 1 else ("sind", "are")
    return Text(
        f"Das {verb[0]} rund {'eine' if share == 1 else share} von 100 {_PLURAL_DATIVE[qualification]}, "
        f"die {year} dort beschäftigt waren.",
        f"That {'is' if share == 1 else 'equals'} about {'one' if share == 1 else share} in 100 {group} "
        f"employed there in {year}.",
    )


def meaning(surplus: bool = False) -> Text:
    """Return what the number says and what it does not."""
    if surplus:
        return Text(
            "Diese Zahl sagt, wie weit Angebot und Bedarf auseinandergehen, nicht wie viele Menschen arbeitslos werden.",
            "This number says how far supply and demand move apart, not how many people will be out of work.",
        )
    return Text(
        "Diese Zahl sagt, was sich ändern muss, nicht wie viele Stellen leer bleiben.",
        "This number says what has to change, not how many posts will stay empty.",
    )


def runs_of(probability: float, draws: int) -> Text:
    """Return how many calculations say so: "99 von 100 Rechnungen", "allen 200 Rechnungen"."""
    if probability >= 1:
        return Text(f"in allen {number(draws)} Rechnungen", f"in all {number(draws, 'en')} calculations")
    if probability <= 0:
        return Text(f"in keiner von {number(draws)} Rechnungen", f"in none of {number(draws, 'en')} calculations")
    if probability > 0.99:
        return Text("in mehr als 99 von 100 Rechnungen", "in more than 99 of 100 calculations")
    if probability < 0.01:
        return Text("in weniger als 1 von 100 Rechnungen", "in fewer than 1 of 100 calculations")
    # Towards the middle, so that the number never claims more than the word beside it.
    toward = math.floor if probability >= 0.5 else math.ceil
    share = toward(100 * probability + (1e-9 if probability >= 0.5 else -1e-9))
    return Text(f"in {share} von 100 Rechnungen", f"in {share} of 100 calculations")


def chance(value: FigureValue, draws: int, qualification: str = "skilled") -> Text:
    """Return how sure it is that anybody is missing at all; empty without draws."""
    if not value.ranged:
        return Text("", "")
    word, often = certainty(value.p_shortage), runs_of(value.p_shortage, draws)
    group = QUALIFICATION_GROUPS[qualification]
    english = _ENGLISH_TOTAL if qualification == "total" else group.en
    if word == OPEN:
        return Text(
            f"Ob überhaupt {group.de} fehlen, ist offen ({often.de} fehlen sie).",
            f"Whether any {english} will be missing at all is open ({often.en} they are).",
        )
    return Text(
        f"Dass überhaupt {group.de} fehlen, ist {word.de} ({often.de}).",
        f"That any {english} will be missing at all is {word.en} ({often.en}).",
    )


def main_reason(reasons: dict[str, float], base_year: int, surplus: bool = False) -> Text:
    """Return the sentence on the strongest reason. ``reasons``: component → contribution, positive widens the gap."""
    signed = {key: (-amount if surplus else amount) for key, amount in reasons.items()}
    if surplus and "replacement" in signed and "entrants" in signed:
        # Those who follow are a reason for too many only beyond those who leave.
        signed["entrants"] += signed.pop("replacement")
    key = max(signed, key=lambda name: signed[name], default="")
    if not key or signed[key] < SMALLEST:
        return Text(
            "Keiner der Gründe ragt heraus; sie heben sich fast auf.",
            "No single reason stands out; they almost cancel out.",
        )
    if key == "replacement":
        return _retirement(reasons)
    if key == "entrants" and surplus and reasons.get("replacement", 0.0) >= SMALLEST:
        come, out = _about(reasons["entrants"]), _about(reasons["replacement"])
        return Text(
            f"Der wichtigste Grund: Rund {come.de} junge Menschen rücken nach; nur rund {out.de} Beschäftigte erreichen "
            "das Rentenalter.",
            f"The main reason: about {come.en} young people follow; only about {out.en} employees reach retirement age.",
        )
    clause = _clause(key, reasons[key], base_year)
    return Text(f"Der wichtigste Grund: {clause.de}.", f"The main reason: {clause.en}.")


def _retirement(reasons: dict[str, float]) -> Text:
    leave, enter = reasons["replacement"], -reasons.get("entrants", 0.0)
    out, come = _about(leave), _about(enter)
    if enter < SMALLEST:
        return Text(
            f"Der wichtigste Grund: Rund {out.de} Beschäftigte erreichen das Rentenalter.",
            f"The main reason: about {out.en} employees reach retirement age.",
        )
    only = ("nur ", "only ") if enter < leave else ("", "")
    return Text(
        f"Der wichtigste Grund: Rund {out.de} Beschäftigte erreichen das Rentenalter; "
        f"{only[0]}rund {come.de} junge Menschen rücken nach.",
        f"The main reason: about {out.en} employees reach retirement age; {only[1]}about {come.en} young people follow.",
    )


def _about(amount: float) -> Text:
    size = abs(amount)
    to = max(TENS, 10 ** (math.floor(math.log10(size)) - 1)) if size >= 1 else TENS
    # Three digits from ten thousand on, so that 13.100 and 12.600 stay apart.
    return _both(rounded(size, to / 10 if size >= 10_000 else to))


def _clause(key: str, amount: float, base_year: int) -> Text:
    """Return the half sentence of one reason, by its sign."""
    n = _about(amount)
    more = amount > 0
    clauses = {
        "structural_change": Text(
            f"Die Betriebe brauchen rund {n.de} Menschen {'mehr' if more else 'weniger'} als {base_year}",
            f"employers need about {n.en} {'more' if more else 'fewer'} people than in {base_year}",
        ),
        "entrants": Text(
            f"Rund {n.de} junge Menschen {'fehlen im Nachwuchs' if more else 'rücken nach'}",
            f"about {n.en} young people {'are missing from the next generation' if more else 'enter working life'}",
        ),
        "migration": Text(
            f"Es ziehen rund {n.de} Menschen im Erwerbsalter mehr {'fort als zu' if more else 'zu als fort'}",
            f"about {n.en} more people of working age {'leave than arrive' if more else 'arrive than leave'}",
        ),
        "participation": Text(
            f"Rund {n.de} Menschen {'weniger' if more else 'mehr'} als heute sind im Erwerbsleben",
            f"about {n.en} {'fewer' if more else 'more'} people than today take part in working life",
        ),
        "commuting": Text(
            f"Rund {n.de} Arbeitskräfte {'weniger' if more else 'mehr'} kommen aus anderen Kreisen",
            f"about {n.en} {'fewer' if more else 'more'} workers come from other Kreise",
        ),
        "disability": Text(f"Rund {n.de} Beschäftigte werden erwerbsgemindert", f"about {n.en} employees leave for health reasons"),
        "deaths": Text(f"Rund {n.de} Beschäftigte sterben im Erwerbsalter", f"about {n.en} employees die at working age"),
        "replacement": Text(f"Rund {n.de} Beschäftigte erreichen das Rentenalter", f"about {n.en} employees reach retirement age"),
    }  # fmt: skip
    return clauses[key]


def beside(value: FigureValue, published: float) -> Text:
    """Return how our figure stands to a published one."""
    difference = rounded(value.value - published, step(value))
    if difference == 0:
        return Text("Unsere Zahl stimmt damit überein.", "Our figure agrees with it.")
    amount = _both(abs(difference))
    side = ("höher", "higher") if difference > 0 else ("niedriger", "lower")
    tail = Text(f"Unsere Zahl ist rund {amount.de} {side[0]}", f"Our figure is about {amount.en} {side[1]}")
    if not value.ranged:
        return Text(f"{tail.de}.", f"{tail.en}.")
    inside = value.p10 <= published <= value.p90
    return Text(
        f"{tail.de}; die veröffentlichte liegt {'in' if inside else 'außerhalb'} der wahrscheinlichen Spanne.",
        f"{tail.en}; the published one lies {'inside' if inside else 'outside'} the probable range.",
    )


def comparison(value: FigureValue, published: float, source: str, base_year: int) -> Text:
    """Return the sentence that sets a published figure beside ours."""
    shown, tail = _both(published), beside(value, published)
    return Text(
        f"Zum Vergleich: Veröffentlicht sind {shown.de} (Ausgangsjahr {base_year}; {source}). {tail.de}",
        f"For comparison: {shown.en} have been published (base year {base_year}; {source}). {tail.en}",
    )


def strongest(names: Sequence[Text]) -> Text:
    """Return "Am stärksten in Medizin und Pflege, Verkauf und Reinigung." for up to three occupations."""
    if not names:
        return Text(
            "In keinem Beruf ist die Lücke größer als 50 Personen.", "In no occupation is the gap above 50 people."
        )
    quoted = [Text(f"„{n.de}“", f"“{n.en}”") for n in names[:3]]
    if len(quoted) == 1:
        return Text(f"Am stärksten in {quoted[0].de}.", f"Most of all in {quoted[0].en}.")
    german = ", ".join(n.de for n in quoted[:-1]) + f" und {quoted[-1].de}"
    english = ", ".join(n.en for n in quoted[:-1]) + f" and {quoted[-1].en}"
    return Text(f"Am stärksten in {german}.", f"Most of all in {english}.")
