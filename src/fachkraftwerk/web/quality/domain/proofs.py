"""The kept result of the back-test as the pages show it: questions and tables with winners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fachkraftwerk.core.text import Text
from fachkraftwerk.runs.backtest import words
from fachkraftwerk.runs.backtest.scores import TOLERANCE

#: Below this difference in WAPE points nobody can tell two models apart.
SAME = 0.05
#: The horizon at which tests are set beside each other, years ahead; it is that of the published gaps.
BESIDE = 7
UNCHANGED = "no change"
SIZES = ("small third", "middle third", "large third")

QUESTIONS = {
    "employment": Text(
        "Hätten wir vor Jahren gewusst, wie viele Arbeitsplätze ein Kreis heute hat?",
        "Would we have known years ago how many jobs a Kreis has today?",
    ),
    "employment_all": Text(
        "Und hätten wir es auch vor der Flaute und mitten in ihr gewusst, und halten die Spannen?",
        "And would we have known before the slump and in the middle of it, and do the ranges hold?",
    ),
    "employment_regional": Text(
        "Erkennen wir, welche Kreise schneller wachsen als andere?",
        "Can we tell which Kreise grow faster than others?",
    ),
    "employment_germany": Text(
        "Hätten wir gewusst, wie sich die Beschäftigung in ganz Deutschland entwickelt?",
        "Would we have known how employment in all of Germany develops?",
    ),
    "sectors": Text(
        "Hätten wir gewusst, welche Branchen in einem Kreis wachsen?",
        "Would we have known which sectors grow in a Kreis?",
    ),
    "population": Text(
        "Hätten wir gewusst, wie viele Menschen welchen Alters in einem Kreis leben?",
        "Would we have known how many people of which age live in a Kreis?",
    ),
    "occupations_usa": Text(
        "Kann man vorhersagen, welche Berufe wachsen?", "Can anybody foresee which occupations grow?"
    ),
    "occupations_drift": Text(
        "Lohnt es, die jüngste Verschiebung zwischen Berufen fortzuschreiben?",
        "Is it worth carrying on the latest shift between occupations?",
    ),
}


@dataclass(frozen=True)
class Row:
    """One model in one table. ``fits`` tells for each interval whether it held its promise (None: not put to the test)."""

    model: Text
    ours: bool
    best: bool
    score: dict[str, Any]

    @property
    def judged(self) -> bool:
        """Whether the intervals are put to the test here; else another table does it with more origins."""
        return bool(self.score.get("judged", True))

    @property
    def open(self) -> bool:
        """Whether there are shares that are shown in brackets because another table judges the intervals."""
        return not self.judged and self.score["coverage_50"] is not None

    @property
    def fits(self) -> dict[str, bool | None]:
        """Whether the 50 % and the 80 % interval lie within the tolerance; None where another table judges them."""
        return self.lies if self.judged else {"50": None, "80": None}

    @property
    def lies(self) -> dict[str, bool | None]:
        """The same, whichever table judges."""
        return {share: fits(self.score[f"coverage_{share}"], float(share)) for share in ("50", "80")}


@dataclass(frozen=True)
class Group:
    """One table: the same series forecast by every model."""

    key: str
    name: Text
    rows: tuple[Row, ...]

    @property
    def ours(self) -> Row:
        """Our line."""
        return next(row for row in self.rows if row.ours)

    @property
    def best(self) -> Row:
        """The line with the smallest error."""
        return next(row for row in self.rows if row.best)

    @property
    def rivals(self) -> list[Row]:
        """The naive models, smallest error first. Our rule told which people would come is none."""
        others = [row for row in self.rows if not row.ours and row.score["model"] != words.PEOPLE]
        return sorted(others, key=lambda row: float(row.score["wape"]))

    @property
    def unchanged(self) -> Row | None:
        """The line of the model that says "no change"; None where it does not compete."""
        return next((row for row in self.rows if row.score["model"] == UNCHANGED), None)


@dataclass(frozen=True)
class Proof:
    """One test with everything the page says about it."""

    key: str
    title: Text
    question: Text
    method: Text
    notes: tuple[Text, ...]
    groups: tuple[Group, ...]
    errors: dict[str, float]
    #: Shares inside our two ranges, all series of the test together; None where none are judged.
    whole: tuple[float, float] | None = None

    def by_horizon(self) -> list[tuple[int, Group]]:
        """The tables that stand for one horizon each, nearest first."""
        found = [(words.horizon(group.key), group) for group in self.groups]
        return sorted(((years, group) for years, group in found if years), key=lambda pair: pair[0])

    def by_size(self) -> list[tuple[Text, Group]]:
        """The tables by size of the Kreis, small first."""
        sizes = [(size, group) for size in SIZES for group in self.groups if group.key.endswith(size)]
        return [(words.group(size), group) for size, group in sizes]

    @property
    def headline(self) -> Group:
        """The table that says most: all series where there is one, else working age, else the farthest horizon."""
        for key in ("all", "15–64"):
            for group in self.groups:
                if group.key == key:
                    return group
        return self.by_horizon()[-1][1] if self.by_horizon() else self.groups[-1]

    @property
    def telling(self) -> Group:
        """The table set beside those of other tests: seven years ahead, else the one that says most."""
        return dict(self.by_horizon()).get(BESIDE, self.headline)

    @property
    def others(self) -> list[Group]:
        """The tables beside the headline."""
        return [group for group in self.groups if group is not self.headline]


def fits(coverage: float | None, target: float) -> bool | None:
    """Return whether an interval's coverage (percent) is as promised."""
    return None if coverage is None else abs(coverage - target) <= TOLERANCE


def read(document: dict[str, Any]) -> list[Proof]:
    """Return the tests of a kept result."""
    return [_proof(entry) for entry in document["tests"]]


def _proof(entry: dict[str, Any]) -> Proof:
    keys = dict.fromkeys(line["group"] for line in entry["scores"])
    groups = tuple(_group(key, [line for line in entry["scores"] if line["group"] == key]) for key in keys)
    title = Text(**entry["title"])
    notes = tuple(Text(**note) for note in entry["notes"])
    question = QUESTIONS.get(entry["test"], title)
    whole = tuple(entry["whole"]) if entry.get("whole") else None
    return Proof(entry["test"], title, question, Text(**entry["method"]), notes, groups, entry["errors"], whole)


def _group(key: str, lines: list[dict[str, Any]]) -> Group:
    # Told which people would come, our rule is no competitor: the line only shows what that knowledge is worth.
    smallest = min(line["wape"] for line in lines if line["model"] != words.PEOPLE)
    rows = (
        Row(
            words.model(line["model"]),
            line["model"].startswith("fachkraftwerk") and line["model"] != words.PEOPLE,
            line["wape"] == smallest and line["model"] != words.PEOPLE,
            line,
        )
        for line in lines
    )
    return Group(key, words.group(key), tuple(rows))
