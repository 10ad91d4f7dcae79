"""The sentence on the strongest reason of a gap, in German and English."""

from __future__ import annotations

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.figures import SMALLEST
from fachkraftwerk.runs.wording import rounded, sentence_step, written

#: Ways out of working life at the end of it; those who follow stand against all of them.
_EXITS = ("replacement", "disability", "deaths")


def main_reason(reasons: dict[str, float], base_year: int, surplus: bool = False) -> Text:
    """Return the sentence on the strongest reason. ``reasons``: component → contribution, positive widens the gap.

    Leaving and following are one reason, for neither explains a gap without the other.
    """
    signed = {key: (-amount if surplus else amount) for key, amount in reasons.items()}
    if surplus and "replacement" in signed and "entrants" in signed:
        # Those who follow are a reason for too many only beyond those who leave.
        signed["entrants"] += signed.pop("replacement")
    elif "replacement" in signed:
        signed["replacement"] = sum(signed.pop(key, 0.0) for key in (*_EXITS, "entrants"))
    key = max(signed, key=lambda name: signed[name], default="")
    if not key or signed[key] < SMALLEST:
        return Text(
            "Keiner der Gründe ragt heraus; sie heben sich fast auf.",
            "No single reason stands out; they almost cancel out.",
        )
    if key == "replacement":
        return _leaving(reasons)
    if key == "entrants" and surplus and reasons.get("replacement", 0.0) >= SMALLEST:
        come, out = _about(reasons["entrants"]), _about(reasons["replacement"])
        return Text(
            f"Der wichtigste Grund: Rund {come.de} junge Menschen rücken nach; nur rund {out.de} Beschäftigte erreichen "
            "das Rentenalter.",
            f"The main reason: about {come.en} young people follow; only about {out.en} employees reach retirement age.",
        )
    clause = _clause(key, reasons[key], base_year)
    return Text(f"Der wichtigste Grund: {clause.de}.", f"The main reason: {clause.en}.")


def _leaving(reasons: dict[str, float]) -> Text:
    """Return that fewer follow than leave: than retire, or than leave in any way where enough follow the retired."""
    enter = -reasons.get("entrants", 0.0)
    out, come = _about(reasons["replacement"]), _about(enter)
    leave = Text(
        f"Rund {out.de} Beschäftigte erreichen das Rentenalter", f"about {out.en} employees reach retirement age"
    )
    if enter >= SMALLEST and (enter >= reasons["replacement"] or out == come):
        out = _about(sum(reasons.get(key, 0.0) for key in _EXITS))
        leave = Text(
            f"Rund {out.de} Beschäftigte gehen in Rente, werden erwerbsgemindert oder sterben",
            f"about {out.en} employees retire, leave for health reasons or die",
        )
    if enter < SMALLEST:
        return Text(f"Der wichtigste Grund: {leave.de}.", f"The main reason: {leave.en}.")
    return Text(
        f"Der wichtigste Grund: {leave.de}; nur rund {come.de} junge Menschen rücken nach.",
        f"The main reason: {leave.en}; only about {come.en} young people follow.",
    )


def _about(amount: float) -> Text:
    return written(rounded(abs(amount), sentence_step(amount)))


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
            f"Aus anderen Kreisen kommen rund {n.de} Arbeitskräfte {'weniger' if more else 'mehr'}",
            f"about {n.en} {'fewer' if more else 'more'} workers come from other Kreise",
        ),
        "disability": Text(f"Rund {n.de} Beschäftigte werden erwerbsgemindert", f"about {n.en} employees leave for health reasons"),
        "deaths": Text(f"Rund {n.de} Beschäftigte sterben im Erwerbsalter", f"about {n.en} employees die at working age"),
        "replacement": Text(f"Rund {n.de} Beschäftigte erreichen das Rentenalter", f"about {n.en} employees reach retirement age"),
    }  # fmt: skip
    return clauses[key]
