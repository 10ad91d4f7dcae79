"""Residents of Germany by age: the outlook of any origin, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs import national

AGES = (20, 66)


@pytest.fixture(scope="module")
def known() -> national.Residents:
    return national.residents(open_edition(None).facts)


def test_the_table_is_read_as_published(known: national.Residents) -> None:
    assert (int(known.years[0]), int(known.years[-1])) == (1970, 2021)
    assert 50e6 < national.of_working_age(known.people[-1], AGES) < 53e6
    assert 1.0e6 < known.moved[known.years == 2015][0] < 1.3e6
    assert np.isnan(known.moved[known.years == 2011])


def test_without_migration_a_cohort_only_loses_members(known: national.Residents) -> None:
    ahead = national.outlook(known, AGES, 1, np.zeros(1))[0]
    last = known.people[-1]
    alive = last * (1 - known.mortality[-1])
    by_hand = np.log(alive[AGES[0] - 1 : AGES[1]].sum() / national.of_working_age(last, AGES))
    assert ahead == pytest.approx(by_hand)


def test_more_arrivals_mean_more_people(known: national.Residents) -> None:
    none, some, usual = (
        national.outlook(known, AGES, 5, flows).sum() for flows in (np.zeros(5), np.full(5, 250e3), None)
    )
    assert none < some < usual  # the mean since 1991 is above 250,000


def test_until_cuts_everything_that_came_later(known: national.Residents) -> None:
    then = known.until(2009)
    assert int(then.years[-1]) == 2009
    assert len(then.people) == len(then.mortality) == len(then.moved) == len(then.years)


def test_the_census_of_2022_is_bridged_by_the_step_with_the_migration_recorded(known: national.Residents) -> None:
    from fachkraftwerk.model.parameters import parameters

    migration = parameters()["population.net_migration"]
    base = float(national.of_working_age(known.people[-1], AGES)) * 0.97
    bridged = national.growth_to_base(known, AGES, base, 2023, migration, whole=True)
    assert bridged[-2:] == pytest.approx(national.outlook(known, AGES, 2, migration.series(np.array([2022, 2023]))))
    plain = national.growth_to_base(known, AGES, base, 2023, migration, whole=False)
    assert plain[-2:].sum() == pytest.approx(np.log(0.97))


def test_a_people_without_movement_has_no_growth() -> None:
    years = np.arange(2000, 2011)
    still = np.full((len(years), national.AGES), 1e5)
    steady = national.Residents(years, still, np.zeros_like(still), np.zeros(len(years)))
    assert national.growth(steady, AGES) == pytest.approx(np.zeros(len(years)))
    assert national.outlook(steady, AGES, 5) == pytest.approx(np.zeros(5))
    older = replace(steady, mortality=np.full_like(still, 0.1))
    assert (national.outlook(older, AGES, 5, np.zeros(5)) < 0).all()
