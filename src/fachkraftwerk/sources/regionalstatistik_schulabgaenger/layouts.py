"""Heads of the four classic csv tables and what they stand for."""

from __future__ import annotations

_SEX = {"Insgesamt": "total", "weiblich": "f"}

_L = "Absolvierende/Abgehende allgemeinbildender Schulen nach dem Abschluss"
#: 21111-02-06-4: certificate as published → key; "fhr_school" is contained in "secondary".
LEAVERS = {
    f"{_L} | {label} | {sex}": {"certificate": key, "sex": _SEX[sex]}
    for label, key in {
        "Insgesamt": "total",
        "ohne Hauptschulabschluss": "none",
        "mit Hauptschulabschluss": "basic",
        "mit Mittlerem Abschluss": "secondary",
        "dar. schulischer Teil der Fachhochschulreife": "fhr_school",
        "mit Fachhochschulreife": "fhr",
        "mit allgemeiner Hochschulreife": "abitur",
    }.items()
    for sex in _SEX
}

_V = "Absolvierende/Abgehende"
#: 21121-02-02-4: certificates earned beside or after vocational training.
VOCATIONAL = {
    f"{head} | Geschlecht | {sex} | Anzahl": {"certificate": key, "sex": _SEX[sex]}
    for head, key in {
        _V: "total",
        f"{_V} | davon mit | mit Hauptschulabschluss": "basic",
        f"{_V} | davon mit | mit Mittlerem Abschluss": "secondary",
        f"{_V} | davon mit | Fachhochschulreife": "fhr",
        f"{_V} | davon mit | Allg. Hochschulreife-einschl.fachge.Hochschulreife": "abitur",
        "nachrichtl.: zus.erw.schul.Teil d. Fachhochs.reife": "fhr_school",
    }.items()
    for sex in _SEX
}

_P = "Schülerinnen und Schüler an allgemeinbildenden Schulen"
_GRADE = "Klassenstufe / Jahrgangsstufe / Schulbesuchsjahr"
PUPILS = {
    "Allgemeinbildende Schulen | Anzahl": {"group": "schools"},
    f"{_P} | Geschlecht | Insgesamt | Anzahl": {"group": "total"},
    f"{_P} | Geschlecht | weiblich | Anzahl": {"group": "f"},
    f"{_P} | Nationalität | ausländisch | Anzahl": {"group": "foreign"},
    f"{_P} | {_GRADE} | 7. Klassenstufe | Anzahl": {"group": "grade7"},
    f"{_P} | {_GRADE} | 11. Jahrgangsstufe / Einführungsphase | Anzahl": {"group": "grade11"},
}
SCHOOLS = {
    "Vorschulbereich": "preschool", "Grundschulen": "primary", "Schulartunabhängige Orientierungsstufe": "orientation",
    "Hauptschulen": "hauptschule", "Schularten mit mehreren Bildungsgängen": "several_tracks",
    "Realschulen": "realschule", "Gymnasien": "gymnasium", "Integrierte Gesamtschulen": "gesamtschule",
    "Freie Waldorfschulen": "waldorf", "Sonderschulen/Förderschulen": "special",
    "Abendschulen und Kollegs": "evening", "Insgesamt": "total",
}  # fmt: skip

INCOME = {
    "verfügbares Einkommen der privaten Haushalte | Tsd. EUR": {"measure": "total"},
    "verfüg. Einkommen der priv. Haushalte je Einwohner | EUR": {"measure": "per_head"},
}
#: Certificates in the table of the Länder; its wording changes between years.
LAND_CERTIFICATES = {
    "ohne hauptschulabschluss": "none", "hauptschulabschluss": "basic", "mittlerer abschluss": "secondary",
    "fachhochschulreife": "fhr", "allgemeine hochschulreife": "abitur",
}  # fmt: skip

#: Table → leading columns, heads.
LAYOUTS = {
    "21111-02-06-4": (("year", "ags", "name"), LEAVERS),
    "21121-02-02-4": (("year", "ags", "name"), VOCATIONAL),
    "21111-01-03-4": (("year", "ags", "name", "school"), PUPILS),
    "82411-01-03-4": (("year", "ags", "name"), INCOME),
}
