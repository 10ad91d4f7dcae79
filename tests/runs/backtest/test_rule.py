"""The rule that is tested is the rule that is published: same functions, same parameters."""

import numpy as np
import pytest

from fachkraftwerk.model.demand import national_path, regional_path
from fachkraftwerk.model.parameters import parameters
from fachkraftwerk.runs import national, prepare_demand
from fachkraftwerk.runs.backtest import rule as rules
from fachkraftwerk.runs.inputs import Inputs


def test_the_published_path_is_the_tested_rule_with_the_people_of_the_forecast(
    germany: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the preparation hands to the rule, handed to the back-test's rule, gives the published path again."""
    from fachkraftwerk.edition import open_edition

    one, seen = rules.rule(parameters()), []
    plain = national_path.momentum

    def watched(*given: object) -> national_path.Momentum:
        seen.append(given)
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(national_path, "momentum", watched)
    people = germany.people.population.sum((0, 1))
    edition = open_edition(None)
    lands, land, size = germany.lands, germany.land, germany.places.workforce.sum((1, 2))
    published, *_ = prepare_demand.total_paths(edition, germany.ags, lands, land, size, germany.parameters, people)
    employees, growth, residents, recent, window = seen[0]
    assert (recent, window) == (one.recent, one.window)
    central = national.of_working_age(people.T, one.ages)
    known = len(published) - len(central) + 2
    assert residents == pytest.approx(central[known])
    told = national_path.growth_path(
        plain(employees, growth, residents, one.recent, one.window), np.diff(np.log(central[known:])), one.fading
    )
    assert np.log(published[known:] / published[known]) == pytest.approx(told)


def test_kreise_of_the_published_path_keep_the_share_of_their_lead_that_is_tested(germany: Inputs) -> None:
    one, values = rules.rule(germany.parameters), germany.parameters
    random = np.random.default_rng(2)
    past = np.exp(random.normal(0.01, 0.01, (30, 14)).cumsum(axis=1)) * 1e5
    lead = regional_path.lead(past, np.arange(14), int(values["demand.regional_window"].number))
    kept, damping = values["demand.regional_deviation"].number, values["demand.regional_damping"].number
    told = regional_path.deviation_path(lead, kept, np.array([7.0]), damping)[:, 0]
    assert rules.kreise(one, past, 7) == pytest.approx(told)


def test_more_people_raise_jobs_but_measures_and_draws_do_not_touch_the_path(germany: Inputs) -> None:
    """The path is an input of the forecast: draws add a deviation, adjustments never change it."""
    from fachkraftwerk.model.adjustments import Adjustments
    from fachkraftwerk.runs.ensemble import forecast

    years = len(germany.years)
    arrivals = np.zeros((2, 91, years))
    arrivals[:, 30, 2:] = 50.0
    plain = forecast(germany, ["06633"])["06633"]
    more = forecast(germany, ["06633"], adjustments=Adjustments(migration=arrivals))["06633"]
    assert plain.select("demand", "total").tolist() == more.select("demand", "total").tolist()
    assert more.select("gap_cumulated", "total")[0, -1] < plain.select("gap_cumulated", "total")[0, -1]


def test_the_spread_of_a_kreis_in_the_forecast_falls_with_its_size(germany: Inputs) -> None:
    """Restlessness of its own past apart: on average over thirds of the Kreise."""
    size = germany.places.workforce.sum((1, 2))
    small, large = size < np.quantile(size, 1 / 3), size > np.quantile(size, 2 / 3)
    assert germany.demand.unrest[large].mean() < 0.9 * germany.demand.unrest[small].mean()
