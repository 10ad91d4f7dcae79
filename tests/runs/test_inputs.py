"""Arrays of an edition: complete, consistent, refused where tables are missing."""

from __future__ import annotations

import numpy as np
import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.runs.inputs import Inputs


def test_the_base_year_reproduces_the_workforce(germany: Inputs) -> None:
    cells = germany.places.workforce.sum(1)
    assert np.allclose(germany.demand.staff.sum(1), cells, atol=1e-3)
    assert np.allclose(germany.demand.paths[..., 0].sum(1), cells.sum(1))


def test_kreise_add_up_to_the_national_path(germany: Inputs) -> None:
    assert np.allclose(germany.demand.paths.sum((0, 1)), germany.demand.national)


def test_the_observed_year_is_met(germany: Inputs) -> None:
    from fachkraftwerk import edition

    table = edition.open(None).facts("population_age")
    assert np.isclose(germany.people.population[..., 1].sum(), table["value"].sum(), rtol=1e-9)


def test_migration_inside_germany_cancels_after_the_observed_year(germany: Inputs) -> None:
    assert np.allclose(germany.people.moves[..., 2:].sum(0), 0.0, atol=1e-6)


def test_shares_of_immigration_nearly_add_up_to_one(germany: Inputs) -> None:
    # The arrays end at age 75; older people hardly immigrate.
    assert 0.97 < germany.people.arrivals.sum() <= 1.0


def test_people_work_somewhere(germany: Inputs) -> None:
    assert np.allclose(germany.places.works.sum(0), 1.0)
    assert np.allclose(germany.places.homes.sum(0), 1.0)


def test_a_kreis_draws_its_people_from_a_neighbourhood(germany: Inputs) -> None:
    sizes = (germany.places.works.max(-1) > 0).sum(1)
    assert np.median(sizes) < 80


def test_profiles_are_shares(germany: Inputs) -> None:
    assert ((germany.people.profile >= 0) & (germany.people.profile < 1)).all()
    assert np.allclose(germany.places.at_home.sum(-1), 1.0)
    assert np.allclose(germany.places.qualification.sum(-1), 1.0)


def test_an_unknown_kreis_is_refused_and_every_one_is_named(muster: Inputs) -> None:
    with pytest.raises(Refusal) as refusal:
        muster.members("06633+99001+00000")
    assert len(refusal.value.faults) == 2
