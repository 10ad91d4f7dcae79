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
    "total": "Menschen",
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


def sentence_step(amount: float) -> float:
    """Return the rounding step of an amount in a sentence: two digits, from ten thousand on three."""
    size = abs(amount)
    to = max(TENS, 10 ** (math.floor(math.log10(size)) - 1)) if size >= 1 else TENS
    # Three digits from ten thousand on, so that 13.100 and 12.600 stay apart.
    return float(to / 10 if size >= 10_000 else to)


def rough(amount: float) -> float:
    """Round to two significant digits, never finer than tens: what one Kreis beside others carries."""
    return rounded(significant(amount, 2), TENS)


def written(amount: float) -> Text:
    """Return an amount in both languages, round millions in words: "2,1 Millionen"."""
    if amount < 1e6 or amount % 1e4:
        return Text(number(amount, "de"), number(amount, "en"))
    many, digits = amount / 1e6, next(n for n in (0, 1, 2) if amount % 10 ** (6 - n) == 0)
    word = "Million" if many == 1 else "Millionen"
    # A line must not end between the number and its word.
    return Text(f"{number(many, 'de', digits)}\u00a0{word}", f"{number(many, 'en', digits)}\u00a0million")


def people(count: float, qualification: str = "skilled") -> Text:
    """Return "eine Fachkraft", "8.900 Fachkräfte", "keine Fachkräfte" and the English of it."""
    many = QUALIFICATION_GROUPS[qualification]
    english = _ENGLISH_TOTAL if qualification == "total" else many.en
    if count == 0:
        return Text(f"keine {many.de}", f"no {english}")
    if count == 1:
        one = _SINGULAR[qualification]
        return Text(f"eine {one.de}", f"one {one.en}")
    figure = written(count)
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
    size, side = written(abs(amount)), ("zu wenig", "too few") if amount > 0 else ("zu viel", "too many")
    middle = Text(
        f"Die Mitte aller Rechnungen liegt bei rund {size.de} {side[0]}",
        f"the middle of all calculations is about {size.en} {side[1]}",
    )
    if abs(amount) < SMALLEST:
        middle = Text("Die Mitte aller Rechnungen liegt nahe null", "the middle of all calculations is close to zero")
    return Text(
        f"Ob bis {year} {where.de} {group.de} fehlen, wenn alles weitergeht wie bisher, ist offen: "
        f"{middle.de}{_comma(span.de)}.",
        f"Whether {english} will be missing {where.en} by {year} if things go on as they have is open: "
        f"{middle.en}{_comma(span.en)}.",
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
        many, few = written(-low), written(high)
        return Text(
            f"wahrscheinlich zwischen {many.de} zu viel und {few.de} zu wenig",
            f"probably between {many.en} too many and {few.en} too few",
        )
    near, far = sorted((abs(low), abs(high)))
    wide = value.p90 - value.p10 > abs(value.value)
    least, most = written(near) if near else Text("null", "zero"), written(far)
    ends = Text(f"zwischen {least.de} und {most.de}", f"between {least.en} and {most.en}")
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


def beside(value: FigureValue, published: float) -> Text:
    """Return how our figure stands to a published one."""
    to = step(value)
    difference = rounded(rounded(value.value, to) - published, to)
    if difference == 0:
        return Text("Unsere Zahl stimmt damit überein.", "Our figure agrees with it.")
    amount = written(abs(difference))
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
    shown, tail = written(published), beside(value, published)
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
    listed = _listed(names)
    return Text(f"Am stärksten in {listed.de}.", f"Most of all in {listed.en}.")


def both_ends(missing: Sequence[Text], spare: Sequence[Text]) -> Text:
    """Return where most are missing and where there are most too many, up to three occupations each."""
    less, more = _listed(missing), _listed(spare)
    parts = []
    if missing:
        parts.append(Text(f"Am stärksten fehlen sie in {less.de}.", f"Most are missing in {less.en}."))
    if spare:
        parts.append(
            Text(
                f"Am weitesten übersteigt das Angebot den Bedarf in {more.de}.",
                f"Supply exceeds demand most in {more.en}.",
            )
        )
    if not parts:
        return Text(
            "In keinem Beruf gehen Angebot und Bedarf um mehr als 50 Personen auseinander.",
            "In no occupation do supply and demand differ by more than 50 people.",
        )
    return Text(" ".join(part.de for part in parts), " ".join(part.en for part in parts))


def _listed(names: Sequence[Text]) -> Text:
    """Return up to three names in quotation marks, joined as in speech; empty without names."""
    quoted = [Text(f"„{n.de}“", f"“{n.en}”") for n in names[:3]]
    if len(quoted) < 2:
        return quoted[0] if quoted else Text("", "")
    return Text(
        ", ".join(n.de for n in quoted[:-1]) + f" und {quoted[-1].de}",
        ", ".join(n.en for n in quoted[:-1]) + f" and {quoted[-1].en}",
    )
