"""The demonstration: a host account, a Kassel workshop in the middle of its day, and the one of 2023 before it."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from fachkraftwerk.web.afterwards.domain import series
from fachkraftwerk.web.demo_content.play import MINUTE, Play
from fachkraftwerk.web.workshops.domain import closing, figures, formats, hosting
from fachkraftwerk.web.workshops.domain.codes import show_code
from fachkraftwerk.web.workshops.domain.perform import now_ms
from fachkraftwerk.web.workshops.models import Workshop

CONTENT = Path(__file__).with_name("demo_content")
USER = "kassel"
#: The step in which the prepared workshop waits for visitors, and how long its vote stays open.
STOP, OPEN_MINUTES = "budget", 84


def prepare_demo(address: str) -> list[str]:
    """Make account and workshops where they are missing; return lines for the terminal, in both languages.

    Calling it again makes nothing twice; only the password of the account is new each time, because it is kept nowhere.
    """
    user, password = _host()
    now = _content("kassel")
    workshop = Workshop.objects.filter(host=user, title=now["title"]).first()
    if workshop is None:
        with transaction.atomic():
            workshop = _today(user, now, _past(user, _content(now["previous"])))
    return _lines(address.rstrip("/"), workshop, password)


def _content(name: str) -> dict[str, Any]:
    text = (CONTENT / f"{name}.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return content


def _host() -> tuple[User, str]:
    password = secrets.token_urlsafe(9)
    user, _ = User.objects.get_or_create(username=USER)
    user.set_password(password)
    user.save()
    return user, password


def _past(user: User, content: dict[str, Any]) -> Workshop:
    """Play and close the earlier workshop on its own day."""
    workshop = _stored(user, content, [], None)
    start = datetime.combine(content["day"], datetime.min.time(), ZoneInfo("Europe/Berlin")).replace(hour=9)
    play = Play(workshop, content, int(start.timestamp() * 1000))
    play.until("fahrplan")
    play.steer("close")
    ended = datetime.fromtimestamp(play.clock / 1000, UTC)
    closing.close(workshop)
    # Closing stamps the present; this workshop ended in the past.
    Workshop.objects.filter(pk=workshop.pk).update(day=content["day"], created=start, closed=ended)
    workshop.refresh_from_db()
    return workshop


def _today(user: User, content: dict[str, Any], previous: Workshop) -> Workshop:
    """Play the day up to its vote, such that the vote has just begun."""
    workshop = _stored(user, content, figures.of_region(content["region"]), previous)
    _looked_back(workshop, content["previous"])
    script = formats.read(workshop.format)
    before = [phase.minutes for phase in script.phases[: [phase.key for phase in script.phases].index(STOP)]]
    play = Play(workshop, content, now_ms() - (sum(before) + 1) * MINUTE)
    play.until(STOP)
    play.steer("extend", minutes=OPEN_MINUTES)
    Workshop.objects.filter(pk=workshop.pk).update(day=datetime.now(UTC).date())
    workshop.refresh_from_db()
    return workshop


def _stored(user: User, content: dict[str, Any], wall: list[dict[str, Any]], previous: Workshop | None) -> Workshop:
    fields = [{key: each[key] for key in ("id", "name", "vocabulary")} for each in content["fields"]]
    setup = {
        "tables": content["tables"], "budget": content["budget"], "unit": content["unit"], "figures": wall,
        "fields": fields, "existing": [*content["existing"], *_known(content)],
        "table_fields": {str(table): each["id"] for each in content["fields"] for table in each["tables"]},
    }  # fmt: skip
    script = formats.shipped()[content["script"]]
    return hosting.create(user, content["title"], content["region"], content["region_name"], script, setup, previous)


def _known(content: dict[str, Any]) -> list[dict[str, str]]:
    """Return real measures of the region and its neighbours from the library, as far as the day names them."""
    from fachkraftwerk.runs.library import records

    fields = {each["vocabulary"]: each["id"] for each in content["fields"]}
    found = (records.record(ident) for ident in content.get("library", ()))
    return [
        {"title": each.title.de, "owner": each.owner.de, "field": fields.get(each.field, ""),
         "note": f"{records.STATUS[each.status].de}, {each.region.de}"} for each in found
    ]  # fmt: skip


def _looked_back(workshop: Workshop, name: str) -> None:
    """Say what became of the measures of the workshop before, as its host would."""
    written = {each["title"]: each["became"] for each in _content(name)["sheets"]}
    said = {each.sheet: (written[each.title]["state"], written[each.title]["note"]) for each in series.past(workshop)}
    series.keep(workshop, said)


def _lines(address: str, workshop: Workshop, password: str) -> list[str]:
    def link(view: str, *arguments: object) -> str:
        return address + reverse(view, args=arguments)

    door = link("workshops:phone", workshop.code)
    return [
        "", "Vorführung · demonstration: " + workshop.title,
        f"  Gastgeber · host        {link('workshops:manage', workshop.id)}",
        f"                          Konto · account: {USER}   Passwort · password: {password}",
        f"  Leinwand · projector    {link('workshops:screen', hosting.key(workshop, hosting.PROJECT, 'screen'))}",
        f"  Moderation              {link('workshops:desk', hosting.key(workshop, hosting.MODERATE, 'demo'))}",
        f"  Mitmachen · join        {door}   Code: {show_code(workshop.code)}",
        *_minutes(address, workshop), *_qr(door), "",
    ]  # fmt: skip


def _minutes(address: str, workshop: Workshop) -> Iterable[str]:
    """Return the line of the minutes, where they are installed."""
    from django.urls import NoReverseMatch

    try:
        yield f"  Protokoll · minutes     {address}{reverse('afterwards:minutes', args=[workshop.id])}"
    except NoReverseMatch:
        return


def _qr(door: str) -> list[str]:
    import segno

    out = io.StringIO()
    segno.make(door, error="l").terminal(out=out, border=2, compact=True)
    return out.getvalue().splitlines()
