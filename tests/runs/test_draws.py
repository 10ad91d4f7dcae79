"""Draws of places: the larger the Kreis, the narrower, and nobody's stream moves for it."""

from dataclasses import replace

import numpy as np

from fachkraftwerk.model.parameters import Parameters
from fachkraftwerk.runs.draws import make
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
