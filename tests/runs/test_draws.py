"""Draws of places: the larger the Kreis, the narrower, and nobody's stream moves for it."""

from dataclasses import replace

import numpy as np

from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs.draws import alike, make
from fachkraftwerk.runs.inputs import Inputs

KEY = "population.regional_migration"


def sized(inputs: Inputs, power: float) -> Inputs:
    """The same inputs with another power of the size of a Kreis, and without the part of the Land."""
    one = inputs.parameters[KEY]
    assert one.distribution is not None
    distribution = replace(one.distribution, sizes={"kreis": power}, spread={"kreis": 0.01, "land": 0.0})
    return replace(inputs, parameters=Parameters(inputs.parameters | {KEY: replace(one, distribution=distribution)}))


def test_migration_of_a_large_kreis_strays_less(muster: Inputs) -> None:
    people = muster.people.inhabitants
    plain, falling = (make(sized(muster, power), 400).closed(KEY) for power in (0.0, 0.3))
    far = falling.std(0) / plain.std(0)
    assert far[people.argmin()] > 1.05 > 0.95 > far[people.argmax()]
    assert np.allclose(falling @ people, 0.0, atol=1e-6)


def test_the_streams_stay_as_they_were(muster: Inputs) -> None:
    plain, falling = (make(sized(muster, power), 20) for power in (0.0, 0.3))
    assert np.array_equal(plain.normal(KEY, "kreis", 5), falling.normal(KEY, "kreis", 5))
    assert np.array_equal(plain.national("supply.retirement"), falling.national("supply.retirement"))


#: A chain of four places and one that borders on none.
CHAIN = np.array([[1, -1], [0, 2], [1, 3], [2, -1], [-1, -1]])


def test_neighbours_correlate_by_twice_the_share_and_strangers_hardly() -> None:
    drawn = np.random.default_rng(3).standard_normal((200_000, 5))
    mixed = alike(drawn, CHAIN, 0.1)
    found = np.asarray(np.corrcoef(mixed.T))
    assert found[0, 1] == np.clip(found[0, 1], 0.18, 0.21)
    assert abs(found[0, 2]) < 0.02
    assert abs(found[0, 3]) < 0.01
    assert np.allclose(mixed.std(0), 1.0, atol=0.01)
    assert np.array_equal(mixed[:, 4], drawn[:, 4])


def test_a_draw_of_neighbours_alone_has_every_bit_it_has_in_company() -> None:
    drawn = np.random.default_rng(4).standard_normal((50, 5))
    whole = alike(drawn, CHAIN, 0.037)
    assert all(np.array_equal(alike(drawn[[row]], CHAIN, 0.037)[0], whole[row]) for row in range(50))


def test_demand_of_places_that_border_on_each_other_strays_alike(muster: Inputs) -> None:
    beside = muster.places.beside
    assert (beside >= 0).any()
    made = make(muster, 4_001)
    found = np.asarray(np.corrcoef(made.own("demand.demand_total").T))
    near = [found[here, there] for here, row in enumerate(beside) for there in row if there >= 0]
    share = muster.parameters["demand.demand_total"].distribution.near["kreis"]  # type: ignore[union-attr]
    assert abs(np.mean(near) - 2 * share) < 0.02
