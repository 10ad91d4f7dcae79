"""What the tests say all together: tables won, ranges kept, and every weak spot as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fachkraftwerk.core.text import Text, number
from fachkraftwerk.web.quality.domain.proofs import SAME, Group, Proof, Row, fits

#: Kinds of weak spots, gravest first.
KINDS = ("beaten", "broken", "far", "apart", "level")
#: Being ahead by less than this share of the best rival's error is named as close.
CLOSE = 0.05


@dataclass(frozen=True)
class Spot:
    """One weak spot. ``page`` is the key of the test (or of the page) where its figures stand."""

    kind: str
    page: str
    words: Text


@dataclass(frozen=True)
class Ranges:
    """What the ranges held: judged shares kept of all, the same for shares in brackets, lowest and highest share seen.

    wholes: tests that held as a whole, and all tests with ranges.
    """

    kept: int
    judged: int
    near: int
    apart: int
    seen: dict[str, tuple[float, float]]
    wholes: tuple[int, int]


def tally(proofs: Iterable[Proof]) -> tuple[int, int]:
    """Return (tables in which no rival is better by a difference one can see, all tables)."""
    groups = [group for proof in proofs for group in proof.groups]
    return sum(_behind(group) < SAME for group in groups), len(groups)


def _behind(group: Group) -> float:
    return float(group.ours.score["wape"] - group.best.score["wape"])


def ranges(proofs: Iterable[Proof]) -> Ranges:
    """Return what our ranges held in all tables; those in brackets are counted on their own."""
    known = list(proofs)
    rows = [group.ours for proof in known for group in proof.groups]
    judged = [fit for row in rows for fit in row.fits.values() if fit is not None]
    apart = [fit for row in rows if row.open for fit in row.lies.values() if fit is not None]
    seen = {share: _span(rows, share) for share in ("50", "80")} if judged else {}
    wholes = [all(map(fits, proof.whole, (50.0, 80.0))) for proof in known if proof.whole]
    return Ranges(sum(judged), len(judged), sum(apart), len(apart), seen, (sum(wholes), len(wholes)))


def _span(rows: list[Row], share: str) -> tuple[float, float]:
    shares = [float(row.score[f"coverage_{share}"]) for row in rows if row.fits[share] is not None]
    return min(shares), max(shares)


def weak_spots(proofs: Iterable[Proof]) -> list[Spot]:
    """Return every place where a rival is better or an interval broke its promise, gravest first."""
    found = [spot for proof in proofs for group in proof.groups for spot in _spots(proof, group)]
    return graded(found)


def graded(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots gravest first; within a kind their order stays."""
    return sorted(spots, key=lambda spot: KINDS.index(spot.kind))


def brief(spots: list[Spot]) -> list[Spot]:
    """Return the first spot of each page: what an overview has room for."""
    return list({spot.page: spot for spot in reversed(spots)}.values())[::-1]


def _spots(proof: Proof, group: Group) -> Iterator[Spot]:
    if not group.ours.best:
        yield Spot("level" if _behind(group) < SAME else "beaten", proof.key, _beaten(proof, group))
    if broken := [share for share, held in group.ours.fits.items() if held is False]:
        yield Spot("broken", proof.key, _missed(proof, group, broken))
    elif apart := _shown_apart(group):
        yield Spot("apart", proof.key, _bracketed(_missed(proof, group, apart)))


def _shown_apart(group: Group) -> list[str]:
    """Return what was missed over all series of a table in brackets: another one judges, but what was seen is said."""
    if group.ours.judged or group.key != "all":
        return []
    return [share for share, held in group.ours.lies.items() if held is False]


def _bracketed(said: Text) -> Text:
    return Text(f"{said.de} Gewertet wird diese Spanne hier nicht.", f"{said.en} This range is not judged here.")


def _beaten(proof: Proof, group: Group) -> Text:
    ours, best = group.ours.score["wape"], group.best.score["wape"]
    digits = 1 if abs(ours - best) >= 2 * SAME else 2
    a, b = (Text(number(v, "de", digits), number(v, "en", digits)) for v in (best, ours))
    rival, where = group.best.model, _where(proof, group)
    if abs(ours - best) < SAME:
        return Text(
            f"{where.de}: praktisch gleichauf mit „{rival.de}“ (Fehler {b.de} % und {a.de} %).",
            f'{where.en}: practically level with "{rival.en}" (error {b.en} % and {a.en} %).',
        )
    return Text(
        f"{where.de}: „{rival.de}“ war besser (Fehler {a.de} % statt {b.de} %).",
        f'{where.en}: "{rival.en}" was better (error {a.en} % instead of {b.en} %).',
    )


def _where(proof: Proof, group: Group) -> Text:
    return Text(f"{proof.title.de}, {group.name.de}", f"{proof.title.en}, {group.name.en}")


_SIDES = {True: Text("breiter als nötig", "wider than needed"), False: Text("zu schmal", "too narrow")}


def _missed(proof: Proof, group: Group, shares: list[str]) -> Text:
    seen = [f"{group.ours.score[f'coverage_{share}']:.0f}" for share in shares]
    sides = {group.ours.score[f"coverage_{share}"] > float(share) for share in shares}
    de, en = _SIDES[sides.pop()] if len(sides) == 1 else Text("nicht richtig geformt", "of the wrong shape")
    de_said = " und ".join(f"{n} im {share}-%-Bereich" for n, share in zip(seen, shares, strict=True))
    en_said = " and ".join(f"{n} in the {share} % range" for n, share in zip(seen, shares, strict=True))
    where = _where(proof, group)
    return Text(
        f"{where.de}: Die Spanne war {de} (von 100 Ergebnissen lagen {de_said}).",
        f"{where.en}: The range was {en} (of 100 outcomes {en_said}).",
    )


def close_calls(proofs: Iterable[Proof]) -> list[Spot]:
    """Return the tables in which we are ahead, but hardly: by less than a twentieth of the best rival's error."""
    return [
        Spot("level", proof.key, _close(proof, group)) for proof in proofs for group in proof.groups
        if group.ours.best and group.rivals and _lead(group) < CLOSE
    ]  # fmt: skip


def _lead(group: Group) -> float:
    best = float(group.rivals[0].score["wape"])
    return (best - float(group.ours.score["wape"])) / best if best else 0.0


def _close(proof: Proof, group: Group) -> Text:
    rival, where = group.rivals[0], _where(proof, group)
    a, b = ([number(row.score["wape"], lang, 2) for lang in ("de", "en")] for row in (group.ours, rival))
    return Text(
        f"{where.de}: Fehler {a[0]} %, „{rival.model.de}“ {b[0]} %.",
        f'{where.en}: error {a[1]} %, "{rival.model.en}" {b[1]} %.',
    )


def answer(proof: Proof) -> Text:
    """Return the answer of one test in a sentence: our error, the best naive model's, and that of no change."""
    group = proof.telling
    rivals = group.rivals[:1] + [row for row in group.rivals[1:] if row is group.unchanged]
    a = [number(group.ours.score["wape"], lang, 1) for lang in ("de", "en")]
    de = " und ".join(f"„{row.model.de}“ um {number(row.score['wape'], 'de', 1)} %" for row in rivals)
    en = " and ".join(f'"{row.model.en}" by {number(row.score["wape"], "en", 1)} %' for row in rivals)
    return Text(
        f"Unsere Regel verfehlte das Ergebnis im Mittel um {a[0]} % ({group.name.de}), {de}.",
        f"Our rule missed the outcome by {a[1]} % on average ({group.name.en}), {en}.",
    )


def promise(proof: Proof) -> Text | None:
    """Return what the ranges of one test held, in a sentence; None where it has none."""
    found = ranges([proof])
    if found.judged and proof.whole:
        inner, outer = (f"{share:.0f}" for share in proof.whole)
        return Text(
            f"Im Ganzen lagen {inner} von 100 Ergebnissen im 50-%-Bereich und {outer} im 80-%-Bereich; {found.kept} von {found.judged} Spannen hielten, was sie versprechen.",
            f"As a whole {inner} of 100 outcomes lay in the 50 % range and {outer} in the 80 % range; {found.kept} of {found.judged} ranges held what they promise.",
        )
    if found.apart:
        return Text("Spannen gezeigt, hier nicht gewertet.", "Ranges shown, not judged here.")
    return None


def direction(proof: Proof) -> Text | None:
    """Return how often the direction of change was right, in a sentence; None where it was not scored."""
    share = proof.telling.ours.score["direction"]
    if share is None:
        return None
    return Text(
        f"Ob es mehr oder weniger wird, stimmte in {share:.0f} von 100 Fällen.",
        f"Whether it would be more or less was right in {share:.0f} of 100 cases.",
    )
