"""Everything the page of one Kreis (or zone) says, in the order in which people ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from fachkraftwerk.core.classifications import BASE_YEAR, INDICATORS, QUALIFICATION_GROUPS
from fachkraftwerk.core.figure import Figure
from fachkraftwerk.core.regions import Zone
from fachkraftwerk.core.text import Text, day
from fachkraftwerk.runs import figures, limits, ranges, waterfall, wording
from fachkraftwerk.runs import reasons as reasons_of
from fachkraftwerk.runs.desk import Desk, Reference
from fachkraftwerk.runs.figures import FigureValue, Forecast
from fachkraftwerk.web.charts import fan as fan_chart
from fachkraftwerk.web.charts import small
from fachkraftwerk.web.charts import waterfall as waterfall_chart
from fachkraftwerk.web.regions.domain.asked import Asked

#: Neighbours named beside a zone.
NEAR = 10


#: Figure on the central path and people employed in the base year, by AGS.
Table = dict[str, tuple[FigureValue, float]]


@dataclass(frozen=True)
class Story:
    """One Kreis under one question: what the page needs, computed once."""

    desk: Desk
    zone: Zone
    asked: Asked
    lang: str
    forecast: Forecast
    figure: Figure
    value: FigureValue

    @property
    def place(self) -> Text:
        """ "im Landkreis Kassel", with the occupation and level asked for."""
        return wording.scoped(self.desk.place(self.zone), self.asked.occupation, self.asked.level)

    @property
    def title(self) -> Text:
        """Name of the Kreis, or names of the zone."""
        return self.desk.heading(self.zone)


def tell(desk: Desk, zone: Zone, asked: Asked, lang: str) -> Story:
    """Compute the forecast a page speaks about. Raises Refusal for a zone that is too large."""
    limits.check(zone, asked.draws)
    forecast = desk.forecast(zone.key, asked.draws)
    figure = asked.figure(desk, desk.short(zone))
    return Story(desk, zone, asked, lang, forecast, figure, figures.resolve(figure, forecast))


def opening(story: Story) -> dict[str, Any]:
    """Return the first ten seconds: name, sentence, number, range, published figures beside it."""
    asked, value = story.asked, story.value
    base = figures.employed(story.figure, story.forecast)
    amount = wording.rounded(value.value, wording.step(value))
    return {
        "withheld": figures.withheld(story.figure, story.forecast),
        "headline": wording.headline(story.place, value, asked.year, asked.qualification, ranged=False),
        "press": press(story, base),
        "share": wording.of_hundred(value, base, BASE_YEAR, asked.qualification),
        "borders": borders(story),
        "meaning": wording.meaning(value.value < 0),
        "chance": wording.chance(value, asked.draws, asked.qualification),
        "runs": wording.runs_of(value.p_shortage, asked.draws),
        "span": wording.span_words(value),
        "amount": abs(amount),
        "surplus": amount < 0,
        "open": value.ranged and wording.certainty(value.p_shortage) == wording.OPEN,
        "group": QUALIFICATION_GROUPS[asked.qualification],
        "estimated_percent": round(100 * value.estimated_share),
        "references": references(story),
    }


def borders(story: Story) -> Text:
    """Say where a Kreis no longer exists as it is counted here; empty for the others."""
    changed = [one for one in story.zone.regions if one.valid_to and one.successors]
    if not changed or story.desk.edition.regions.is_land(story.zone):
        return Text("", "")
    one = changed[0]
    assert one.valid_to is not None
    known = {other.ags: other.name for other in story.desk.edition.regions.others}
    born = [f"{known.get(ags, ags)} ({ags})" for ags in one.successors if ags != one.ags]
    since = day(one.valid_to + timedelta(days=1))
    return Text(
        f"{one.name} in den Grenzen bis zum {day(one.valid_to).de}. Seit dem {since.de} ist {' und '.join(born)} eigenständig.",
        f"{one.name} within its borders until {day(one.valid_to).en}. Since {since.en} {' and '.join(born)} has stood alone.",
    )


def references(story: Story) -> dict[str, Any]:
    """Return published figures: those for this year with a comparing sentence, the others as earlier editions."""
    if not story.asked.whole or story.asked.reading != "initiative":
        return {}
    found = story.desk.references(story.zone, story.asked.qualification)
    now = [one for one in found if one.horizon == story.asked.year]
    earlier = [one for one in found if one.horizon != story.asked.year]
    sentence = wording.beside(story.value, now[0].value) if now and alone(story) else None
    together = None
    if now and not alone(story) and {one.ags for one in now} == {region.ags for region in story.zone.regions}:
        together = sum(one.value for one in now)
        sentence = wording.beside(story.value, together)
    names = {} if alone(story) else {region.ags: story.desk.title(region) for region in story.zone.regions}
    return {"now": now, "earlier": earlier, "sentence": sentence, "names": names, "together": together}


def alone(story: Story) -> bool:
    """True where a published figure is about exactly this area: one Kreis or one Land."""
    return len(story.zone.regions) == 1 or story.desk.edition.regions.is_land(story.zone)


def press(story: Story, base: float) -> list[Text]:
    """Return sentences that press and council can take over: each correct on its own."""
    value, asked = story.value, story.asked
    lines = [
        wording.headline(story.place, value, asked.year, asked.qualification),
        wording.of_hundred(value, base, BASE_YEAR, asked.qualification),
        main_reason(story, _steps(story)),
        wording.chance(value, asked.draws, asked.qualification),
        wording.meaning(value.value < 0),
    ]
    found: list[Reference] = references(story).get("now", []) if alone(story) else []
    lines += [wording.comparison(value, one.value, one.source, one.base_year) for one in found]
    return [line for line in lines if line.de]


def why(story: Story) -> dict[str, Any]:
    """Return the waterfall with its table and the sentence on the main reason."""
    steps = _steps(story)
    return {
        "steps": steps,
        "skewed": any(s.key == "skew" for s in steps),
        "hatched": any(s.value.estimated for s in steps if s.key not in {"total", "skew"}),
        "notes": [_note(s.key) for s in steps],
        "sentence": main_reason(story, steps),
        "wide": waterfall_chart.waterfall(steps, story.lang, "wf"),
        "narrow": waterfall_chart.waterfall(steps, story.lang, "wfn", narrow=True),
    }


def _steps(story: Story) -> list[waterfall.Step]:
    return waterfall.told(waterfall.steps(story.figure, story.forecast), wording.step(story.value))


def main_reason(story: Story, steps: list[waterfall.Step]) -> Text:
    """Return the sentence on the strongest reason, in the digits of the waterfall below it."""
    reasons = {s.key: s.said for s in steps if s.key not in {"total", "skew"}}
    return reasons_of.main_reason(reasons, BASE_YEAR, surplus=story.value.value < 0)


def citation(story: Story, link: str, today: date) -> Text:
    """Return how the figure of the page is quoted. link: address of the figure."""
    edition, when = story.desk.edition.name, day(today)
    return Text(
        f"Quelle: Fachkraftwerk, Ausgabe {edition}, eigene Berechnung aus amtlicher Statistik. {link} (abgerufen am {when.de})",
        f"Source: Fachkraftwerk, edition {edition}, own calculation from official statistics. {link} (retrieved {when.en})",
    )


def _note(key: str) -> Text:
    from fachkraftwerk.core.classifications import note

    return note("indicators", key) if key in INDICATORS else Text("", "")


def when(story: Story) -> dict[str, Any]:
    """Return the path over the years, the age structure and the exits by year."""
    years = figures.path(story.figure, story.forecast)
    marks = [fan_chart.Mark(one.horizon, one.value) for one in references(story).get("now", [])]
    marks = marks if alone(story) else []
    chosen = story.asked.year
    return {
        "marked": bool(marks),
        "years": [(year, value, story.figure.at(year=year)) for year, value in years],
        "wide": fan_chart.fan(years, chosen, story.lang, "fan", marks),
        "narrow": fan_chart.fan(years, chosen, story.lang, "fann", marks, narrow=True),
        **_leaving(story),
    }


def _leaving(story: Story) -> dict[str, Any]:
    groups = story.desk.ages(story.zone, story.asked.level, story.asked.occupation)
    total = sum(value for _, value, _ in groups)
    bars = [small.AgeBar(age.replace("-", "–"), value, estimated) for age, value, estimated in groups]
    figure = story.figure.at(indicator="replacement")
    path = figures.path(figure, story.forecast)
    exits = [(year, now.value - before.value) for (_, before), (year, now) in pairwise(path)]
    return {
        "ages": bars,
        "age_chart": small.ages(bars, story.lang),
        "oldest_share": round(100 * groups[-1][1] / total) if total else 0,
        "exits": exits,
        "exit_chart": small.columns(exits, story.lang),
        "exit_figure": figure,
    }


def how_sure(story: Story) -> dict[str, Any]:
    """Return twenty quantile dots; empty without draws."""
    if not story.value.ranged:
        return {}
    parts = (story.figure.indicator, story.asked.qualification, story.asked.level, story.asked.occupation)
    samples = story.forecast.select(*parts)[:, figures.year_index(story.forecast, story.asked.year)]
    twenty = [float(q) for q in figures.quantiles(figures.drawn(samples), [(i + 0.5) / 20 for i in range(20)])]
    return {
        "assumptions": assumptions(story),
        "dots": twenty,
        "wide": small.dots(twenty, story.lang, "dots"),
        "narrow": small.dots(twenty, story.lang, "dotsn", narrow=True),
    }


def assumptions(story: Story) -> list[dict[str, Any]]:
    """Return the five assumptions that carry most of the range, with a bar each; the others in one row."""
    ranked = story.desk.sensitivity(story.figure, story.asked.draws)
    first, rest = ranked[:5], sum(one.share for one in ranked[5:])
    rows = [(one.name, one.share) for one in first]
    rows += [(Text("alles andere", "everything else"), rest)] if first else []
    percents = hundredths([share for _, share in rows])
    return [
        {"name": name, "percent": percent, "bar": small.bar(share)}
        for (name, share), percent in zip(rows, percents, strict=True)
    ]


def hundredths(shares: list[float]) -> list[int]:
    """Return shares of a whole as whole numbers of a hundred that add up to it (largest remainder)."""
    floors = [math.floor(100 * share) for share in shares]
    left = round(100 * sum(shares)) - sum(floors)
    largest = sorted(range(len(shares)), key=lambda i: floors[i] - 100 * shares[i])[:left]
    return [floor + (i in largest) for i, floor in enumerate(floors)]


def with_whom(story: Story) -> list[dict[str, Any]]:
    """Return this Kreis with its neighbours, or this Land with the others, its Land and Germany, per 100 employed."""
    table = middle(story.desk, story.figure)
    inside = [region.ags for region in story.zone.regions]
    land = inside[0][:2]
    own, totals = story.figure.region, _totals(story)
    rows = [_relative(story.title, inside, table, "here", figure=story.figure, value=story.value)]
    if story.desk.edition.regions.is_land(story.zone):
        rows += _laender(story, table, own, totals)
    else:
        rows += _neighbours(story, table, inside)
        keys = [ags for ags in table if ags[:2] == land]
        rows.append(_relative(story.desk.land_title(land), keys, table, "land", land, value=totals.get(land)))
    if any(ags[:2] != land for ags in table):
        whole = Text("Deutschland", "Germany")
        rows.append(_relative(whole, list(table), table, "all", value=totals.get(ranges.WHOLE)))
    return rows


def _totals(story: Story) -> dict[str, FigureValue]:
    """Return the figure of the Länder and the whole as their own pages say it; nothing while it is not at hand.

    The middle of a sum is not the sum of the middles of its Kreise.
    """
    kept = story.desk.ranges(story.figure, start=False) if ranges.holds(story.figure) else None
    return kept or {}


def middle(desk: Desk, figure: Figure) -> Table:
    """Return the figure of every Kreis: the middle of all calculations where it is at hand, else the central path."""
    return desk.kreise(figure) or desk.overview(figure)


def _neighbours(story: Story, table: Table, inside: list[str]) -> list[dict[str, Any]]:
    desk = story.desk
    near = {ags for one in inside if one in desk.shapes for ags in desk.shapes[one].neighbours}
    wanted = sorted(near & set(table) - set(inside), key=lambda ags: -_share([ags], table))[:NEAR]
    names = {ags: desk.title(desk.edition.regions[ags]) for ags in wanted}
    return [_relative(names[ags], [ags], table, "near", ags, story.figure.at(region=ags)) for ags in wanted]


def _laender(story: Story, table: Table, here: str, totals: dict[str, FigureValue]) -> list[dict[str, Any]]:
    members: dict[str, list[str]] = {}
    for ags in table:
        members.setdefault(ags[:2], []).append(ags)
    rows = [
        _relative(story.desk.land_title(one), keys, table, "near", one, value=totals.get(one))
        for one, keys in members.items()
        if one != here
    ]
    return sorted(rows, key=lambda row: -row["share"])


def _share(keys: list[str], table: Table) -> float:
    people = sum(table[ags][1] for ags in keys)
    return 100 * sum(table[ags][0].value for ags in keys) / people if people else 0.0


def _relative(
    name: Text,
    keys: list[str],
    table: Table,
    kind: str,
    ags: str = "",
    figure: Figure | None = None,
    value: FigureValue | None = None,
) -> dict[str, Any]:
    """Return one row. value: the figure of the area itself; else the one Kreis, or the sum over its Kreise."""
    people = sum(table[ags][1] for ags in keys)
    if value is None and len(keys) == 1:
        value = table[keys[0]][0]
    exact = sum(table[ags][0].value for ags in keys) if value is None else value.value
    amount = wording.rough(exact) if value is None else wording.rounded(exact, wording.step(value))
    share = 100 * exact / people if people else 0.0
    return {"name": name, "gap": amount, "share": share, "kind": kind, "ags": ags, "figure": figure}


def switches(story: Story) -> dict[str, Any]:
    """Return what the zone switch offers: this Kreis alone, joined with a partner or with neighbours; or its parts."""
    desk, regions = story.desk, story.zone.regions
    joinable = _joinable(story)
    if len(regions) > 1:
        return {"parts": [{"key": r.ags, "name": desk.title(r)} for r in regions], "joinable": joinable}
    own, partner = regions[0], desk.partner(regions[0].ags)
    if partner is None:
        return {"joinable": joinable}
    namesakes = wording_bare(own.name) == wording_bare(partner.name)
    named = Text(f"mit {partner.name}", f"with {partner.name}")
    label = Text("Stadt + Landkreis", "city + Landkreis") if namesakes else named
    return {"joined": "+".join(sorted((own.ags, partner.ags))), "label": label, "joinable": joinable}


def _joinable(story: Story) -> list[dict[str, Any]]:
    """Return the neighbours a zone can be widened by, those with most commuters first."""
    desk, inside = story.desk, [region.ags for region in story.zone.regions]
    near = {ags for one in inside if one in desk.shapes for ags in desk.shapes[one].neighbours} - set(inside)
    known = [ags for ags in near if ags in desk.edition.regions]
    known.sort(key=lambda ags: -desk.exchanged(ags, inside))
    return [{"key": ags, "name": desk.title(desk.edition.regions[ags])} for ags in known[:NEAR]]


def wording_bare(name: str) -> str:
    """Return a Kreis name without its kind, to see whether city and Landkreis share it."""
    return name.removeprefix("Landkreis ").removeprefix("Kreis ").removeprefix("Stadt ")
