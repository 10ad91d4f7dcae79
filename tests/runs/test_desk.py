"""The desk: one value for everybody, forecasts kept, ranges of all Kreise written once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.edition import open_edition
from fachkraftwerk.runs import ranges
from fachkraftwerk.runs.desk import Desk
from fachkraftwerk.runs.shelf import Shelf


@pytest.fixture
def desk(musterland_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("FACHKRAFTWERK_HOME", str(tmp_path))
    return Desk(open_edition(musterland_path), draws=12)


def test_a_forecast_is_computed_once(desk: Desk) -> None:
    key = desk.edition.regions.regions[0].ags
    assert desk.forecast(key) is desk.forecast(key)


def test_pages_and_command_line_see_the_same_draws(desk: Desk) -> None:
    from fachkraftwerk.runs import ensemble

    key = "+".join(region.ags for region in desk.edition.regions.regions[:2])
    plain = ensemble.forecast(desk.inputs, [key], draws=12)[key]
    assert (plain.select("gap_cumulated") == desk.forecast(key).select("gap_cumulated")).all()


def test_a_figure_of_another_edition_is_refused_with_its_neighbour(desk: Desk) -> None:
    figure = desk.figure(desk.edition.regions.regions[0].ags, 2030).at(edition="1999-1")
    with pytest.raises(Refusal) as refusal:
        desk.value(figure)
    assert desk.edition.name in refusal.value.message("de")


def test_the_map_is_the_central_path_of_every_kreis(desk: Desk) -> None:
    key = desk.edition.regions.regions[1].ags
    figure = desk.figure("all", 2030)
    table = desk.overview(figure)
    assert len(table) == len(desk.edition.regions.regions)
    assert table[key][0].central == pytest.approx(desk.value(figure.at(region=key), draws=0).central)


def test_ranges_are_computed_behind_and_kept_in_a_file(desk: Desk) -> None:
    figure = desk.figure("all", 2030)
    found = desk.ranges(figure)
    until = time.monotonic() + 60
    while found is None and time.monotonic() < until:
        time.sleep(0.1)
        found = desk.ranges(figure)
    assert found is not None
    key = desk.edition.regions.regions[0].ags
    assert found[key].p10 == pytest.approx(desk.value(figure.at(region=key)).p10, rel=1e-4, abs=0.5)
    kept = ranges.load(Shelf(desk.edition), desk.draws)
    assert kept is not None
    assert kept.of(figure)[key] == found[key]
    assert ranges.load(Shelf(desk.edition), desk.draws + 1) is None
    with pytest.raises(KeyError):
        kept.of(figure.at(occupation="81"))


def test_the_map_shows_the_middle_of_the_draws_once_it_is_known(desk: Desk) -> None:
    figure = desk.figure("all", 2030)
    assert desk.kreise(figure) is None
    desk.warm()
    shown, central = desk.kreise(figure), desk.overview(figure)
    assert shown is not None and list(shown) == list(central), "Kreise alone, in their order"
    for ags, (value, people) in shown.items():
        assert people == central[ags][1] and value.central == pytest.approx(central[ags][0].central, rel=1e-6, abs=0.01)
    assert desk.kreise(figure.at(occupation="81")) is None
    assert desk.kreise(figure.at(indicator="migration")) is None


def _shown(desk: Desk) -> list[object]:
    """Figures of everything that is kept."""
    figure, zone = desk.figure("all", 2030), desk.zone(desk.edition.regions.regions[0].ags)
    other = desk.edition.regions.regions[1].ags
    values = [desk.value(figure.at(region=one.ags)) for one in desk.edition.regions.regions]
    return [desk.kreise(figure), values, desk.ages(zone), desk.partner(zone.key), desk.exchanged(zone.key, [other])]


def test_the_second_start_shows_the_same_bits_without_reading_the_tables_again(desk: Desk) -> None:
    desk.warm()
    first = _shown(desk)
    again = Desk(open_edition(desk.edition.path), draws=12)
    again.warm()
    assert _shown(again) == first
    assert set(again.edition._tables) == {"regions"}, "all that is computed from the others is kept"


def test_few_flows_in_memory_give_the_same_bits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "+".join(region.ags for region in desk.edition.regions.regions[:6])
    many = desk.forecast(key).select("gap_commuting_closed")
    monkeypatch.setattr("fachkraftwerk.runs.desk.FLOWS", 1)
    frugal = Desk(desk.edition, draws=12)
    frugal.warm()
    assert (frugal.forecast(key).select("gap_commuting_closed") == many).all()
    assert frugal._work.flows.cache_info().currsize == 1


def test_ages_add_up_over_a_zone(desk: Desk) -> None:
    first, second = desk.edition.regions.regions[:2]
    whole = desk.ages(desk.zone(f"{first.ags}+{second.ags}"))
    parts = [desk.ages(desk.zone(one.ags)) for one in (first, second)]
    for i, (age, value, estimated) in enumerate(whole):
        assert age == parts[0][i][0]
        assert value == pytest.approx(parts[0][i][1] + parts[1][i][1])
        assert 0 <= estimated <= value + 1e-9


def test_a_desk_under_other_assumptions_neither_reads_nor_leaves_ranges(desk: Desk) -> None:
    figure = desk.figure("all", 2030)
    desk._measure()
    other = desk.assuming(desk.inputs.parameters)
    assert desk.kreise(figure) is not None
    assert other.kreise(figure) is None, "kept ranges belong to the shipped assumptions"
    before = {path: path.stat().st_mtime_ns for path in desk._shelf.folder.iterdir()}
    other._measure()
    assert other.kreise(figure) is not None
    assert {path: path.stat().st_mtime_ns for path in desk._shelf.folder.iterdir()} == before
