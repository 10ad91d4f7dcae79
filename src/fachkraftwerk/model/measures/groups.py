"""Target groups: who a measure can reach at all, counted from the data of the Kreis.

Every function returns persons (or full-time equivalents) by year. Stock groups are persons at the end of a year, flow
groups persons per year. A group is also the overlap group: measures that draw on it share what is left of it.
"""

from __future__ import annotations

import numpy as np

from fachkraftwerk.core.text import Text
from fachkraftwerk.model.measures.constants import constant
from fachkraftwerk.model.measures.place import Array, Place

FEMALE = 1


def mothers_at_home(place: Place) -> Array:
    """Mothers of children under three who are outside the labour force."""
    ratio = place.working(25, 39, FEMALE) / np.maximum(place.at_ages(25, 39, FEMALE), 1.0)
    return mothers(place) * np.clip(1 - ratio, 0.0, 1.0)


def mothers(place: Place) -> Array:
    """Mothers of children under three."""
    return place.at_ages(0, 2) * constant("mothers_per_child")


def mothers_hours(place: Place) -> Array:
    """Hours missing to full time among employed mothers of children under three, in full-time equivalents."""
    ratio = place.working(25, 39, FEMALE) / np.maximum(place.at_ages(25, 39, FEMALE), 1.0)
    return mothers(place) * np.clip(ratio, 0.0, 1.0) * (1 - constant("mothers_hours"))


def hours_reserve(place: Place) -> Array:
    """Hours part-timers would like to add, in full-time equivalents (ceiling)."""
    return place.working(15, 74) * constant("hours_reserve")


def outside_60_64(place: Place) -> Array:
    """Residents aged 60–64 outside the labour force."""
    return np.maximum(place.at_ages(60, 64) - place.working(60, 64), 0.0)


def outside_65_69(place: Place) -> Array:
    """Residents aged 65–69 outside the labour force."""
    return np.maximum(place.at_ages(65, 69) - place.working(65, 69), 0.0)


def disability_exits(place: Place) -> Array:
    """People aged 54 and over who enter Erwerbsminderung, per year."""
    return place.disability


def early_exits(place: Place) -> Array:
    """People who leave the labour force at ages 55–62, per year."""
    return np.asarray(place.retiring[55:63].sum(0))


def unskilled_unemployed(place: Place) -> Array:
    """Unemployed residents without vocational qualification."""
    return np.full(len(place.years), place.unemployed * constant("unskilled_unemployed"))


def unskilled_workers(place: Place) -> Array:
    """Employees at Helfer level."""
    return np.full(len(place.years), place.residents[:, 0].sum())


def training_contracts(place: Place) -> Array:
    """New training contracts per year, in proportion to employees under 25 at the workplaces here."""
    return np.full(len(place.years), place.under_25.sum() * constant("contracts_per_young"))


def training_dropouts(place: Place) -> Array:
    """Training contracts dissolved per year."""
    return training_contracts(place) * constant("dissolution_rate")


def young_unskilled(place: Place) -> Array:
    """Young people of one year who would stay without vocational qualification."""
    return place.at_ages(17, 21) / 5 * constant("young_unskilled")


def not_taken_over(place: Place) -> Array:
    """Graduates of vocational training whom their firm does not keep, per year."""
    return training_contracts(place) * constant("exam_success") * (1 - constant("takeover_rate"))


def quits(place: Place) -> Array:
    """Employees who give notice themselves, per year."""
    return np.full(len(place.years), place.workforce.sum() * constant("turnover") * constant("quits"))


def skilled_workers(place: Place) -> Array:
    """Labour force at Fachkraft level living here."""
    return np.full(len(place.years), place.residents[:, 1].sum())


def surplus_academics(place: Place) -> Array:
    """Academics beyond demand on the central path; nobody where academics are short."""
    return place.surplus


def arrivals(place: Place) -> Array:
    """Net arrivals from abroad aged 20–44, per year."""
    return np.maximum(place.arrivals, 0.0)


def applicants(place: Place) -> Array:
    """Applications for recognition of a foreign qualification, per year."""
    return place.at_ages(0, 75) * constant("applicants")


def foreign_graduates(place: Place) -> Array:
    """Foreign students who finish at a university here, per year."""
    return np.full(len(place.years), place.students / constant("study_years"))


def out_commuters(place: Place) -> Array:
    """Residents who work in another Kreis."""
    return np.full(len(place.years), float(sum(place.commuters.values())))


def moved_away(place: Place) -> Array:
    """People of one cohort who moved away and could return, per year."""
    return place.at_ages(20, 24) / 5 * constant("moved_away")


def demand(place: Place) -> Array:
    """Employees wanted at the workplaces here."""
    return np.full(len(place.years), place.workforce.sum())


#: Group → name for readers.
NAMES: dict[str, Text] = {
    "mothers_at_home": Text("Mütter von Kindern unter drei ohne Erwerb", "mothers of under-threes outside work"),
    "mothers_hours": Text("fehlende Stunden erwerbstätiger Mütter (Vollzeitstellen)", "hours short of full time among employed mothers (full-time posts)"),
    "hours_reserve": Text("Stundenreserve der Teilzeitbeschäftigten (Vollzeitstellen)", "reserve of hours of part-timers (full-time posts)"),
    "outside_60_64": Text("60- bis 64-Jährige ohne Erwerb", "residents aged 60–64 outside work"),
    "outside_65_69": Text("65- bis 69-Jährige ohne Erwerb", "residents aged 65–69 outside work"),
    "disability_exits": Text("neue Erwerbsminderungen ab 54 im Jahr", "new cases of Erwerbsminderung at 54 and over a year"),
    "early_exits": Text("Ausstiege mit 55 bis 62 im Jahr", "exits at ages 55–62 a year"),
    "unskilled_unemployed": Text("Arbeitslose ohne Berufsabschluss", "unemployed without vocational qualification"),
    "unskilled_workers": Text("Beschäftigte auf Helferniveau", "employees at Helfer level"),
    "training_dropouts": Text("gelöste Ausbildungsverträge im Jahr", "training contracts dissolved a year"),
    "young_unskilled": Text("junge Menschen eines Jahrgangs ohne Berufsabschluss", "young people of a cohort without vocational qualification"),
    "not_taken_over": Text("nicht übernommene Ausgebildete im Jahr", "trained people not taken over a year"),
    "quits": Text("Kündigungen durch Beschäftigte im Jahr", "quits by employees a year"),
    "skilled_workers": Text("Erwerbspersonen auf Fachkraftniveau", "labour force at Fachkraft level"),
    "surplus_academics": Text("akademische Kräfte über den Bedarf hinaus", "academics beyond demand"),
    "arrivals": Text("Zuzug aus dem Ausland, 20 bis 44 Jahre, im Jahr (Saldo)", "net arrivals from abroad aged 20–44 a year"),
    "applicants": Text("Anträge auf Anerkennung im Jahr", "applications for recognition a year"),
    "foreign_graduates": Text("internationale Absolventen im Jahr", "international graduates a year"),
    "out_commuters": Text("Auspendelnde", "out-commuters"),
    "moved_away": Text("Fortgezogene eines Jahrgangs", "people of a cohort who moved away"),
    "demand": Text("Beschäftigte an den Arbeitsplätzen hier", "employees at the workplaces here"),
}  # fmt: skip


#: Group → figures for Germany it is scaled with, because none is published for the Kreis (see ``constants.yaml``).
ESTIMATED: dict[str, tuple[str, ...]] = {
    "mothers_at_home": ("mothers_per_child",),
    "mothers_hours": ("mothers_per_child", "mothers_hours"),
    "hours_reserve": ("hours_reserve",),
    "unskilled_unemployed": ("unskilled_unemployed",),
    "training_dropouts": ("contracts_per_young", "dissolution_rate"),
    "young_unskilled": ("young_unskilled",),
    "not_taken_over": ("contracts_per_young", "exam_success", "takeover_rate"),
    "quits": ("turnover", "quits"),
    "applicants": ("applicants",),
    "foreign_graduates": ("study_years",),
    "moved_away": ("moved_away",),
}

#: What a group counts where it is not persons.
UNITS: dict[str, Text] = {
    "mothers_hours": Text("Vollzeitstellen", "full-time posts"),
    "hours_reserve": Text("Vollzeitstellen", "full-time posts"),
    "demand": Text("Stellen", "posts"),
}
PERSONS = Text("Personen", "persons")


def size(name: str, place: Place) -> Array:
    """Return the target group ``name`` by year; never negative."""
    counted: Array = globals()[name](place)
    return np.maximum(counted, 0.0)


# --- what a cost is counted by, besides the groups ----------------------------------------------------------------


def children(place: Place) -> Array:
    """Children under three."""
    return place.at_ages(0, 2)


def people_60_64(place: Place) -> Array:
    """Residents aged 60–64."""
    return place.at_ages(60, 64)


def people_65_69(place: Place) -> Array:
    """Residents aged 65–69."""
    return place.at_ages(65, 69)


def contracts(place: Place) -> Array:
    """New training contracts per year."""
    return training_contracts(place)


def trained(place: Place) -> Array:
    """Trainees who pass the exam, per year."""
    return training_contracts(place) * constant("exam_success")


#: Quantities besides the groups → name for readers.
COUNTED: dict[str, Text] = {
    "children": Text("Kinder unter drei", "children under three"),
    "people_60_64": Text("60- bis 64-Jährige", "residents aged 60–64"),
    "people_65_69": Text("65- bis 69-Jährige", "residents aged 65–69"),
    "contracts": Text("neue Ausbildungsverträge im Jahr", "new training contracts a year"),
    "trained": Text("bestandene Abschlussprüfungen im Jahr", "trainees who pass the exam a year"),
}

#: Quantities a cost or a usual strength may be counted by.
BASES = (*NAMES, *COUNTED)


def named(base: str) -> Text:
    """Return the name of a quantity for readers."""
    return NAMES[base] if base in NAMES else COUNTED[base]
