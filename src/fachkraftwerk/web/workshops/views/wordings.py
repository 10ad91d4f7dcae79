"""Words of choices, in the language of the reader."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fachkraftwerk.model.measures.registry import kinds
from fachkraftwerk.runs.scenario import levers

Words = tuple[tuple[str, str | Promise], ...]

JUDGEMENTS: Words = (
    ("agree", _("passt")), ("too_high", _("zu hoch")), ("too_low", _("zu niedrig")), ("explain", _("ich erkläre es")),
)  # fmt: skip
GAPS: Words = (
    ("enough", _("reicht")), ("partly", _("reicht teilweise")), ("missing", _("fehlt")), ("unknown", _("weiß nicht")),
)  # fmt: skip
STANCES: Words = (("agree", _("stimme zu")), ("disagree", _("lehne ab")), ("pass", _("weiß nicht")))
OWNERS: Words = (("present", _("ist hier und sagt zu")), ("asked", _("wird angefragt")))
STRENGTHS = {
    "weak": _("kaum einig"),
    "some": _("etwas einig"),
    "fair": _("weitgehend einig"),
    "strong": _("sehr einig"),
}
QUADRANTS = {
    "quick": _("wenig Aufwand, viel Wirkung"), "big": _("viel Aufwand, viel Wirkung"),
    "fill": _("wenig Aufwand, wenig Wirkung"), "leave": _("viel Aufwand, wenig Wirkung"),
}  # fmt: skip


def duration(minutes: int) -> str:
    """Return "5 Std. 40 Min." or "45 Minuten"."""
    if minutes < 90:
        return gettext("%(n)s Minuten") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return (gettext("%(h)s Std. %(m)s Min.") if rest else gettext("%(h)s Stunden")) % {"h": hours, "m": rest}


def _lever(key: str) -> str:
    """Name of a lever in the reader's language."""
    return kinds()[key].name.in_(get_language() or "de")


_lever_lazy = lazy(_lever, str)
#: The levers of the forecast, so that a sheet can show what it would change.
LEVERS: Words = tuple((kind.key, _lever_lazy(kind.key)) for kind in levers())
SLOTS: tuple[dict[str, object], ...] = (
    {"key": "goal", "name": _("Ziel"), "long": True},
    {"key": "target_group", "name": _("Für wen?"), "type": "text"},
    {"key": "owner", "name": _("Wer trägt es? (Einrichtung, keine Person)"), "type": "text"},
    {"key": "owner_state", "name": _("Zusage"), "choices": OWNERS},
    {"key": "partners", "name": _("Mit wem?"), "type": "text"},
    {"key": "first_step", "name": _("Erster Schritt in den nächsten 30 Tagen"), "long": True},
    {"key": "first_step_date", "name": _("bis zum"), "type": "date"},
    {"key": "indicator", "name": _("Woran merken wir, dass es wirkt?"), "type": "text"},
    {"key": "lever", "name": _("Hebel in der Prognose"), "choices": LEVERS},
    {"key": "strength", "name": _("Wie stark? (Zahl; was sie zählt, steht darunter)"), "type": "text"},
    {"key": "cost", "name": _("Aufwand in Personentagen"), "type": "text"},
)
VERBS = {
    "paper_card": _("Papierkarte eingetragen"), "write_card": _("Karte geschrieben"), "edit_card": _("Karte geändert"), "group_cards": _("Karten zusammengelegt"),
    "name_group": _("Überschrift gesetzt"), "move_card": _("Karte verschoben"), "merge_cards": _("Karten verbunden"), "split_card": _("Karten getrennt"),
    "hide": _("verdeckt oder gezeigt"), "hands_up": _("Handzeichen eingetragen"), "judge_figure": _("Zahl beurteilt"),
    "open_round": _("neue Runde eröffnet"), "add_existing": _("Maßnahme eingetragen"), "check_gap": _("Lücke geprüft"),
    "propose_field": _("Handlungsfeld vorgeschlagen"), "edit_field": _("Handlungsfeld geändert"),
    "rank_fields": _("Handlungsfelder gewählt"), "keep_fields": _("Handlungsfelder eingeteilt"), "open": _("Werkstatt eröffnet"), "next_phase": _("nächster Schritt"),
    "previous_phase": _("Schritt zurück"), "extend": _("Zeit geändert"), "freeze": _("Eingabe angehalten oder geöffnet"),
    "reveal": _("Aufdecken"), "undo": _("zurückgenommen"), "move_seat": _("Tisch gewechselt"),
    "need_time": _("mehr Zeit erbeten"),
    "assign_table": _("Tisch eingeteilt"), "host_note": _("Notiz abgelegt"), "plan_rotation": _("Wechselplan gemacht"),
    "rotate": _("Tische gewechselt"), "host_table": _("Gastgeber am Tisch"), "proxy_entry": _("für jemanden eingetragen"), "open_sheet": _("Blatt angelegt"),
    "fill_sheet": _("Blatt ausgefüllt"), "plan_step": _("Fahrplan geändert"), "set_next_date": _("Termin gesetzt"),
    "set_choice": _("Auswahl entschieden"), "give_dots": _("Punkte verteilt"), "cast_ballot": _("Stimme abgegeben"),
    "rate_effort": _("Aufwand und Wirkung bewertet"), "take_stance": _("Meinung gesagt"), "set_budget": _("Budget gesetzt"),
    "sign_off": _("Protokoll freigegeben"),
}  # fmt: skip
ADVICE = {
    "info": _("Zweck in zwei Sätzen; den Code zeigen, bis alle da sind."),
    "forecast": _(
        "Erst antworten alle für sich, dann decken Sie auf. Gehen die Zahlen weit auseinander: zweite Runde."
    ),
    "register": _("Ergänzen, nicht bewerten."),
    "fields": _("Nach dem Aufdecken höchstens vier Felder weiterführen; das Programm verteilt sie auf die Tische."),
    "gap": _("Über die Felder sprechen, in denen „fehlt“ überwiegt."),
    "cards": _("Still schreiben lassen. Aufdecken, wenn die meisten fertig sind."),
    "group": _("Überschriften als ganzer Satz. Ähnliche Karten schlägt das Programm vor; Sie entscheiden."),
    "tables": _("Eine Person bleibt am Tisch und liest den Nächsten die Notiz vor."),
    "gallery": _("Herumgehen und am Gerät antworten; danach das Strittige besprechen."),
    "sheets": _("Kein Blatt ohne Träger und ersten Schritt in 30 Tagen."),
    "dots": _("Nach dem Aufdecken: Wo sich Plätze überlappen, liegt praktisch Gleichstand."),
    "ballot": _("Beide Ergebnisse zeigen und nur die Unterschiede besprechen. Dann entscheidet der Raum."),
    "effort": _("Nur über die Maßnahmen sprechen, bei denen „offen“ steht."),
    "opinion": _("Erst antworten, dann aufdecken. Gruppen erscheinen nur, wo ein Test sie findet."),
    "break": _("Die Leinwand zeigt, wann es weitergeht. Fünf Minuten vorher hereinbitten."),
    "roadmap": _("Jede Maßnahme bekommt ein Quartal. Vor dem Ende: nächstes Treffen festhalten."),
}
"""What matters in a step of this kind, for whoever moderates; in one line."""
INCIDENTS = {
    "payload": _("Angabe passt nicht"), "verb": _("unbekannte Handlung"), "role": _("nur für die Moderation"),
    "unknown": _("Ziel gibt es hier nicht"), "not_yours": _("gehört jemand anderem"), "other_table": _("anderer Tisch"),
    "flood": _("zu viele Eingaben"), "phrase": _("zu viele falsche Wörter"), "client": _("Nachricht eines anderen"),
    "token": _("gefälschter Zugang"), "dots": _("zu viele Punkte"), "bench": _("unbekannte Bank"), "number": _("keine Zahl"),
    "slot": _("unbekanntes Feld"), "size": _("zu groß"), "foreign": _("fremde Werkstatt"), "method": _("falscher Weg"), "field": _("Handlungsfeld fehlt"), "reason": _("Satz fehlt"),
}  # fmt: skip
