"""Workshop formats are data: a list of phases, each with its verbs, timer and prompt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fachkraftwerk.core.errors import Fault, Refusal
from fachkraftwerk.core.text import Text

SHIPPED = Path(__file__).parent.parent / "formats"
KINDS = (
    "info", "forecast", "register", "gap", "cards", "group", "fields", "tables", "gallery", "sheets",
    "dots", "ballot", "effort", "opinion", "roadmap", "break",
)  # fmt: skip
_KEY = re.compile(r"^[a-z][a-z0-9-]{0,39}$")
LONGEST, MOST_STEPS, MOST_SIGNS = 400, 60, 100_000
"""Signs of one text, steps of a script, signs of a script as YAML."""
_TEXTS = ("title", "prompt", "plain")


@dataclass(frozen=True)
class Phase:
    """One step of a script. ``options`` belong to its kind, for example dots, per_item, limit, wall."""

    key: str
    kind: str
    title: Text
    prompt: Text
    plain: Text
    minutes: int
    verbs: tuple[str, ...]
    closes: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        """True if contributions stay hidden until the moderator reveals them."""
        return bool(self.options.get("hidden", False))

    @property
    def wall(self) -> tuple[str, ...]:
        """Keys of the phases whose cards hang on the wall during this step."""
        return tuple(self.options.get("wall", (self.key,)))


@dataclass(frozen=True)
class Format:
    """A whole script."""

    key: str
    name: Text
    summary: Text
    phases: tuple[Phase, ...]

    def phase(self, key: str) -> Phase | None:
        """Return the phase with this key, or None."""
        return next((phase for phase in self.phases if phase.key == key), None)


def read(raw: dict[str, Any]) -> Format:
    """Check a script and return it. Raises Refusal with every fault found."""
    faults: list[Fault] = []
    phases = raw.get("phases")
    if not isinstance(phases, list) or not phases:
        faults.append(_fault("phases", "Das Drehbuch hat keine Schritte.", "The script has no steps."))
        phases = []
    if len(phases) > MOST_STEPS:
        faults.append(
            _fault("phases", f"Das sind mehr als {MOST_STEPS} Schritte.", f"These are more than {MOST_STEPS} steps.")
        )
    phases = phases[:MOST_STEPS]
    read_phases = tuple(_phase(each, f"phases[{index}]", faults) for index, each in enumerate(phases))
    keys = [phase.key for phase in read_phases]
    if len(set(keys)) != len(keys):
        faults.append(_fault("phases", "Zwei Schritte heißen gleich.", "Two steps share a key."))
    name, summary = _text(raw, "name", "name", faults), _text(raw, "summary", "summary", faults)
    if faults:
        raise Refusal(faults)
    return Format(str(raw.get("key", "eigenes")), name, summary, read_phases)


def _phase(raw: Any, where: str, faults: list[Fault]) -> Phase:
    raw = raw if isinstance(raw, dict) else {}
    key, kind = str(raw.get("key", "")), str(raw.get("kind", ""))
    if not _KEY.match(key):
        faults.append(_fault(f"{where}.key", f"„{key}“ ist kein Schlüssel.", f'"{key}" is not a key.'))
    if kind not in KINDS:
        faults.append(_fault(f"{where}.kind", f"„{kind}“ ist keine Art von Schritt.", f'"{kind}" is no kind of step.'))
    minutes = raw.get("minutes", 0)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= 600:
        faults.append(_fault(f"{where}.minutes", "Die Dauer ist keine Zahl.", "The duration is not a number."))
        minutes = 0
    title, prompt, plain = (_text(raw, name, f"{where}.{name}", faults) for name in _TEXTS)
    options = _options(raw.get("options", {}), f"{where}.options", faults)
    return Phase(
        key, kind, title, prompt, plain, minutes, _verbs(raw, where, faults), bool(raw.get("closes", False)), options
    )


_COUNTS = {"limit": 200, "dots": 100, "per_item": 100, "places": 20}
_SWITCHES = ("hidden", "no_buts")
_STEPS = ("wall", "beside")


def _fits(name: str, value: Any) -> bool:
    """Whether a step may have this option with this value."""
    if name in _COUNTS:
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _COUNTS[name]
    if name in _SWITCHES:
        return isinstance(value, bool)
    keys = value if name in _STEPS and isinstance(value, list) else [value] if name == "dots_from" else [None]
    return all(isinstance(each, str) and _KEY.match(each) for each in keys)


def _options(raw: Any, where: str, faults: list[Fault]) -> dict[str, Any]:
    """Return the options of a step; what is not one, or does not fit, is a fault: it would stop the room in mid-day."""
    found: dict[str, Any] = {}
    for name, value in raw.items() if isinstance(raw, dict) else ((str(raw), None),) if raw else ():
        if _fits(str(name), value):
            found[name] = value
        else:
            faults.append(_fault(f"{where}.{str(name)[:40]}", "Diese Angabe gibt es nicht, oder ihr Wert passt nicht.",
                                 "There is no such option, or its value does not fit."))  # fmt: skip
    return found


def _verbs(raw: dict[str, Any], where: str, faults: list[Fault]) -> tuple[str, ...]:
    from fachkraftwerk.web.workshops.domain.acts import VERBS

    listed = raw.get("verbs") or []
    verbs = tuple(str(verb)[:40] for verb in listed) if isinstance(listed, list) else (str(listed)[:40],)
    for verb in verbs:
        if verb not in VERBS:
            faults.append(_fault(f"{where}.verbs", f"„{verb}“ ist unbekannt.", f'"{verb}" is unknown.'))
    return verbs


def _text(raw: dict[str, Any], name: str, where: str, faults: list[Fault]) -> Text:
    value = raw.get(name)
    found = Text("", "")
    if isinstance(value, str):
        found = Text(value, value)
    elif isinstance(value, dict) and isinstance(value.get("de"), str):
        found = Text(value["de"], str(value.get("en") or value["de"]))
    if found.de.strip() and max(len(found.de), len(found.en)) <= LONGEST:
        return found
    if found.de.strip():
        faults.append(
            _fault(
                where,
                f"Der Text ist zu lang: höchstens {LONGEST} Zeichen.",
                f"The text is too long: {LONGEST} characters at most.",
            )
        )
        return found
    faults.append(_fault(where, "Der Text fehlt.", "The text is missing."))
    return Text("", "")


def _fault(where: str, de: str, en: str) -> Fault:
    remedy = Text(
        "Vergleichen Sie mit einem mitgelieferten Drehbuch.",
        "Compare it with one of the scripts that come with the program.",
    )
    return Fault(Text(de, en), remedy, where)


def dump(script: Format) -> dict[str, Any]:
    """Return the script as plain data; ``read(dump(x)) == x``."""
    return {
        "key": script.key,
        "name": script.name._asdict(),
        "summary": script.summary._asdict(),
        "phases": [_dump_phase(phase) for phase in script.phases],
    }


def _dump_phase(phase: Phase) -> dict[str, Any]:
    raw: dict[str, Any] = {"key": phase.key, "kind": phase.kind}
    raw |= {name: getattr(phase, name)._asdict() for name in _TEXTS}
    raw |= {"minutes": phase.minutes, "verbs": list(phase.verbs)}
    if phase.closes:
        raw["closes"] = True
    if phase.options:
        raw["options"] = phase.options
    return raw


def to_yaml(raw: dict[str, Any]) -> str:
    """Write a script as YAML, for export and for editing by hand."""
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=110)


def from_yaml(text: str) -> dict[str, Any]:
    """Read a script from YAML and check it. Raises Refusal."""
    if len(text) > MOST_SIGNS:
        raise Refusal(_fault("", "Das Drehbuch ist zu lang.", "The script is too long."))
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Refusal(_fault(f"Zeile {line}", "Das ist kein YAML.", "This is not YAML.")) from error
    return dump(read(raw if isinstance(raw, dict) else {}))


@cache
def shipped() -> dict[str, Format]:
    """Return the scripts that come with the program, the Hessian one-day workshop first."""
    files = sorted(SHIPPED.glob("*.yaml"))
    return {script.key: script for script in (read(yaml.safe_load(path.read_text("utf-8"))) for path in files)}
