"""Cards: duplicates, fields, headings; tables and their rotation."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.deliberation.cards import exact_duplicates, near_duplicates
from fachkraftwerk.deliberation.fields import NO_FIELD, group, train
from fachkraftwerk.deliberation.headings import heading, stem
from fachkraftwerk.deliberation.ngrams import grams, normalise, space
from fachkraftwerk.deliberation.rotation import fairness, plan, seat_latecomer

EXAMPLES = [
    ("Ausbildungsmesse und Praktikum für Schülerinnen", "ausbildung"),
    ("Praktikumswochen, Berufsorientierung an Schulen", "ausbildung"),
    ("Sprachkurse und Anerkennung für Zugewanderte", "zuwanderung"),
    ("Welcome Center begleitet ausländische Fachkräfte", "zuwanderung"),
]


@pytest.fixture(scope="module")
def measures(raw_dir: Path) -> list[tuple[str, str]]:
    """Text and field of the collected measures; the table lies in a folder beside the original files."""
    given = os.environ.get("FACHKRAFTWERK_MEASURES")
    path = Path(given) if given else raw_dir.parents[1] / "design" / "measures.csv"
    if not path.is_file():
        pytest.skip("table of collected measures is not at hand (set FACHKRAFTWERK_MEASURES)")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return [(f"{r['titel']}. {r['kurzbeschreibung']} {r['zielgruppe']}", r["handlungsfeld"]) for r in rows]


def test_normalising() -> None:
    assert normalise("  Mehr AZUBI-Tickets!! ") == "mehr azubi tickets"
    assert normalise("Straße") == "strasse"
    assert normalise("Ü" + " " + "U\u0308") == "ü ü"


def test_grams_by_hand() -> None:
    assert grams("ab") == {" ab": 1, "ab ": 1, " ab ": 1}
    assert grams("a a") == {" a ": 2}


def test_vectors_agree_with_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ["Mehr Kita-Plätze am Abend", "Kita Plätze für Schichtarbeit", "Azubi-Ticket für alle im Kreis"]
    oracle = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=normalise)
    theirs = oracle.fit_transform(texts)
    ours = space(texts).vectors(texts)
    assert np.asarray((ours @ ours.T).todense()) == pytest.approx(np.asarray((theirs @ theirs.T).todense()))


def test_exact_duplicates_keep_the_order() -> None:
    cards = {"3": "Kita-Plätze!", "1": "Bus", "2": "kita plätze", "4": "...", "5": "!"}
    assert exact_duplicates(cards) == [("3", "2")]


def test_near_duplicates_are_proposed_once() -> None:
    cards = {
        "a": "Mehr Sprachkurse am Abend für Beschäftigte im Schichtdienst",
        "b": "Mehr Sprachkurse am Abend für Beschäftigte in Schichtdienst",
        "c": "Azubi-Ticket für den ganzen Kreis",
        "d": "azubi ticket für den ganzen kreis",
        "e": "für Beschäftigte im Schichtdienst am Abend mehr Sprachkurse",
    }
    found = near_duplicates(cards)
    assert {(pair.first, pair.second) for pair in found} == {("a", "b"), ("a", "e"), ("b", "e")}
    assert (found[0].first, found[0].second, found[0].similarity) == ("a", "e", pytest.approx(1.0))
    assert near_duplicates({}) == near_duplicates({"x": "", "y": "!"}) == []


def test_tagging_offers_two_and_leaves_the_rest() -> None:
    tagger = train(EXAMPLES)
    assert tagger.suggest("Praktikum in der Schule")[0].field == "ausbildung"
    assert tagger.suggest("xyzq") == []
    cards = {"1": "Sprachkurs am Abend", "2": "xyzq", "3": "Schulpraktikum", "4": "Anerkennung dauert"}
    assert group(cards, tagger) == {"ausbildung": ["3"], "zuwanderung": ["1", "4"], NO_FIELD: ["2"]}
    assert group({}, tagger)[NO_FIELD] == []
    assert group({"3": cards["3"]}, tagger)["ausbildung"] == ["3"]
    assert group({"1": "grün blau"}, train([("grün", "x"), ("blau", "y")])) == {"x": [], "y": [], NO_FIELD: ["1"]}
    with pytest.raises(ValueError, match="example"):
        train([])


@pytest.mark.slow
def test_tagging_leave_one_out(measures: list[tuple[str, str]]) -> None:
    assert (len(measures), len({field for _, field in measures})) == (71, 8)
    first = second = 0
    for i, (text, field) in enumerate(measures):
        found = [s.field for s in train(measures[:i] + measures[i + 1 :]).suggest(text)]
        first, second = first + (found[0] == field), second + (field in found)
    # Published: 0.69 and 0.87 of 71; chance by the largest field 0.18.
    assert first / 71 == pytest.approx(0.69, abs=0.06)
    assert second / 71 == pytest.approx(0.87, abs=0.03)


def test_headings_show_what_is_different() -> None:
    inside = ["Mehr Kita-Plätze", "Kitas länger öffnen", "Kita in Betrieben", "Plätze in Betrieben"]
    outside = ["Mehr Busse", "Azubi-Ticket in Betrieben"]
    assert heading(inside, outside)[:2] == ["Kita", "Plätze"]
    assert heading(["und oder"], outside) == []
    assert stem("Ausbildungen") == stem("Ausbildung")
    assert stem("Plätze") == stem("Platz")


def seats(persons: int) -> dict[str, str]:
    benches = ["Wirtschaft", "Wirtschaft", "Verwaltung", "Bildung", "Sozialpartner"]
    return {f"p{i}": benches[i % 5] for i in range(persons)}


def test_rotation_mixes_benches_and_repeats_little() -> None:
    made = plan(seats(60), 8, 3)
    found = fairness(made, seats(60))
    assert found.returns == 0
    assert found.bench_spread <= 2
    assert found.repeated < 0.05
    assert found.met_least >= 17
    for seating in made.rounds:
        sizes = np.bincount(list(seating.values()), minlength=8)
        assert sizes.max() - sizes.min() <= 1


def test_rotation_does_not_depend_on_the_order_of_persons() -> None:
    turned = dict(reversed(seats(33).items()))
    assert plan(turned, 5).rounds == plan(seats(33), 5).rounds


def test_hosts_stay() -> None:
    hosts = {"p0": 0, "p1": 1, "p2": 2}
    made = plan(seats(21), 3, 3, hosts)
    assert all(seating[person] == table for seating in made.rounds for person, table in hosts.items())
    assert fairness(made, seats(21), list(hosts)).returns == 0


def test_a_plan_by_hand() -> None:
    room = {"a": "W", "b": "W", "c": "B", "d": "B"}
    first, second = plan(room, 2, 2).rounds
    assert first["a"] != first["b"] and first["c"] != first["d"]
    assert all(first[person] != second[person] for person in room)
    found = fairness(plan(room, 2, 1), room)
    assert (found.met_least, found.met_mean, found.repeated, found.bench_spread) == (1, 1.0, 0.0, 0)


def test_latecomers_and_refusals() -> None:
    seating = {"p0": 0, "p1": 1, "p2": 0, "p3": 1}
    assert seat_latecomer(seating, seats(4), "Verwaltung", 2) == 1
    assert seat_latecomer({"p0": 0, "p2": 0, "p1": 1}, seats(4), "Wirtschaft", 2) == 1
    with pytest.raises(Refusal):
        plan(seats(3), 4)
    with pytest.raises(Refusal):
        plan(seats(9), 3, hosts={"p1": 7})
