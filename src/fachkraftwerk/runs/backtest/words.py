"""What the tests call models and groups of series, in both languages."""

from __future__ import annotations

import re

from fachkraftwerk.core.text import Text

#: Our rule told which people would come; a line of its own, no rival: it shows what the outlook on people costs.
PEOPLE = "fachkraftwerk, people as they came"
_MODELS = {
    "no change": Text("keine Veränderung", "no change"),
    "last trend": Text("letzter Trend geht weiter", "last trend goes on"),
    "own trend kept": Text("eigener Trend bleibt ganz erhalten", "own trend kept in full"),
    "shift-share": Text("wächst wie Deutschland", "grows as Germany does"),
    "constant share": Text("Anteil an Deutschland bleibt", "share of Germany stays"),
    "constant shares": Text("Anteile der Berufe bleiben", "shares of occupations stay"),
    PEOPLE: Text("unsere Regel, Bevölkerung bekannt", "our rule, population known"),
    "cohorts without migration": Text("Altern ohne Wanderung", "ageing without migration"),
    "BLS projection 2010–20": Text("amtliche Projektion der USA", "official US projection"),
    "share of 55–64": Text("Anteil der 55- bis 64-Jährigen", "share aged 55–64"),
    "residential cohort deficit": Text("Jahrgänge, die gehen, minus Jahrgänge, die kommen", "cohorts leaving minus cohorts entering"),
    "fachkraftwerk, as the initiative counts": Text("Fachkraftwerk, wie die Landesinitiative zählt", "Fachkraftwerk, as the initiative counts"),
    "fachkraftwerk, without migration": Text("Fachkraftwerk, ohne Wanderung", "Fachkraftwerk, without migration"),
    "fachkraftwerk, commuting closed": Text("Fachkraftwerk, mit Pendelnden verrechnet", "Fachkraftwerk, commuting closed"),
}  # fmt: skip
_GROUPS = {
    "all": Text("alle zusammen", "all together"),
    "all ages": Text("alle Altersgruppen", "all age groups"),
    "15–64": Text("15 bis 64 Jahre", "ages 15 to 64"),
    "small third": Text("kleines Drittel der Kreise", "small third of the Kreise"),
    "middle third": Text("mittleres Drittel der Kreise", "middle third of the Kreise"),
    "large third": Text("großes Drittel der Kreise", "large third of the Kreise"),
}
_YEARS = re.compile(r"^(\d+) years$")
_SHRUNK = re.compile(r"^fachkraftwerk \(shift × ([\d.]+)\)$")


def model(name: str) -> Text:
    """Return the name of a model as readers know it; an unknown one stays as it is."""
    if name == "fachkraftwerk":
        return Text("Fachkraftwerk", "Fachkraftwerk")
    if found := _SHRUNK.match(name):
        share = found[1]
        return Text(f"Fachkraftwerk (Verschiebung × {share.replace('.', ',')})", f"Fachkraftwerk (shift × {share})")
    return _MODELS.get(name, Text(name, name))


def group(name: str) -> Text:
    """Return a group of series in words; parts joined by a comma are read one by one."""
    parts = [_part(part) for part in name.split(", ")]
    return Text(", ".join(part.de for part in parts), ", ".join(part.en for part in parts))


def _part(name: str) -> Text:
    if years := horizon(name):
        return (
            Text("1 Jahr voraus", "1 year ahead")
            if years == 1
            else Text(f"{years} Jahre voraus", f"{years} years ahead")
        )
    return _GROUPS.get(name, Text(name, name))


def horizon(name: str) -> int | None:
    """Return the years ahead where the group is one horizon ("7 years" → 7)."""
    found = _YEARS.match(name)
    return int(found[1]) if found else None
