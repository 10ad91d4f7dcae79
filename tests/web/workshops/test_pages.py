"""Pages as owner, colleague and stranger; participants without scripts; the way back in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from fachkraftwerk.web.workshops.domain import hosting
from fachkraftwerk.web.workshops.models import Event, Participant, Script, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(hall: Any, host: User) -> dict[str, Client]:
    """Browsers of the owner, a colleague, a stranger with an account, and somebody without one."""
    colleague, stranger = User.objects.create_user("colleague"), User.objects.create_user("stranger")
    hall.workshop.colleagues.add(colleague)
    found = {"owner": Client(), "colleague": Client(), "stranger": Client(), "nobody": Client()}
    for name, user in (("owner", host), ("colleague", colleague), ("stranger", stranger)):
        found[name].force_login(user)
    return found


@pytest.mark.parametrize("name", ["manage", "incidents", "incidents_csv"])
def test_hosts_see_their_workshop_and_strangers_do_not(hall: Any, clients: dict[str, Client], name: str) -> None:
    address = reverse(f"workshops:{name}", args=[hall.workshop.id])
    status = {who: client.get(address).status_code for who, client in clients.items()}
    assert status == {"owner": 200, "colleague": 200, "stranger": 404, "nobody": 302}


@pytest.mark.parametrize("name", ["close", "renew_links", "prepare"])
def test_only_hosts_change_a_workshop(hall: Any, clients: dict[str, Client], name: str) -> None:
    address = reverse(f"workshops:{name}", args=[hall.workshop.id])
    assert clients["stranger"].post(address, {"tables": 3}).status_code == 404
    assert clients["nobody"].post(address).url.startswith("/konto/anmelden")
    assert Workshop.objects.get().status == "prepared"
    assert clients["colleague"].post(address, {"tables": 3}).url == reverse("workshops:manage", args=[hall.workshop.id])


def test_a_moderators_link_opens_this_desk_only(hall: Any, make: Any) -> None:
    other = make()
    link = hosting.key(hall.workshop, hosting.MODERATE, "m")
    page = Client().get(reverse("workshops:desk", args=[link]))
    assert page.status_code == 200
    assert hall.workshop.code[:3] in page.text
    assert other.workshop.code not in page.text
    screen = hosting.key(hall.workshop, hosting.PROJECT, "s")
    assert Client().get(reverse("workshops:desk", args=[screen])).status_code == 404
    assert Client().get(reverse("workshops:desk", args=[link[:-3] + "abc"])).status_code == 404


def test_the_desk_leads_to_the_minutes_once_the_day_is_over(hall: Any) -> None:
    key = hosting.key(hall.workshop, hosting.MODERATE, "m")
    address = reverse("workshops:desk_minutes", args=[key])
    hall.go("fahrplan")
    assert Client().get(address).url == reverse("workshops:desk", args=[key])
    hall.steer("close")
    assert "/werkstatt/protokoll/" in Client().get(address).url
    desk = Client().get(reverse("workshops:desk", args=[key])).text
    assert 'href="protokoll/"' in desk and "Wer noch fehlt" not in desk


def test_a_phone_sees_the_end_of_the_day_before_anything_is_erased(hall: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fachkraftwerk.web.workshops.live.rooms.erase", lambda workshop_id: None)
    phone = Client()
    phone.post(reverse("workshops:join", args=[hall.workshop.code]), {"bench": "bildung", "table": 1})
    hall.go("fahrplan")
    hall.steer("close")
    page = phone.get(reverse("workshops:phone", args=[hall.workshop.code])).text
    assert "Die Werkstatt ist beendet" in page and "Protokoll lesen" in page
    assert Participant.objects.count() == 1


def test_renewed_links_make_old_ones_invalid(hall: Any, clients: dict[str, Client]) -> None:
    link = reverse("workshops:desk", args=[hosting.key(hall.workshop, hosting.MODERATE, "m")])
    clients["owner"].post(reverse("workshops:renew_links", args=[hall.workshop.id]))
    assert Client().get(link).status_code == 404


def _join(hall: Any, browser: Client, bench: str = "bildung", table: int = 2) -> Any:
    return browser.post(
        reverse("workshops:join", args=[hall.workshop.code]), {"bench": bench, "table": table}, follow=True
    )


def test_joining_needs_a_code_and_a_bench_but_no_name(hall: Any) -> None:
    browser = Client()
    code = hall.workshop.code
    assert (
        browser.get("/werkstatt/mitmachen/", {"code": f" {code[:3].lower()} {code[3:]} "}).url == f"/werkstatt/{code}/"
    )
    door = browser.get(f"/werkstatt/{code}/").text
    assert "Ohne Namen und ohne Konto" in door
    assert 'name="name"' not in door
    page = _join(hall, browser)
    assert "Ihre vier Wörter" in page.text
    assert Participant.objects.get().bench == "bildung"
    assert browser.get("/werkstatt/mitmachen/", {"code": "XXXXXX"}, follow=True).status_code == 200


def test_four_words_bring_a_person_back_on_another_device(hall: Any) -> None:
    first, second = Client(), Client()
    page = _join(hall, first).text
    phrase = re.search(r"<strong>(\w+ \w+ \w+ \w+)</strong>", page)
    assert phrase
    hall.go("karten")
    back = reverse("workshops:re_enter", args=[hall.workshop.code])
    assert "Diese vier Wörter kennen wir nicht" in second.post(back, {"phrase": "a b c d"}, follow=True).text
    assert "Was würde in Ihrem Feld" in second.post(back, {"phrase": phrase[1].upper()}, follow=True).text
    assert "Wo sitzen Sie" in first.get(f"/werkstatt/{hall.workshop.code}/").text, "the old token no longer works"
    assert Participant.objects.count() == 1


def test_guessing_phrases_ends_soon(hall: Any) -> None:
    browser = Client()
    back = reverse("workshops:re_enter", args=[hall.workshop.code])
    answers = [browser.post(back, {"phrase": f"a b c {n}"}).status_code for n in range(12)]
    assert answers[-1] == 429


def _form(page: str, verb: str) -> dict[str, str]:
    """Return the hidden fields of the form of a verb, as a browser without scripts would send them."""
    form = re.search(rf'<form[^>]*data-act="{verb}"[^>]*>(.*?)</form>', page, re.S)
    assert form, f"no form for {verb}"
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[1]))


def test_the_whole_step_works_without_scripts(hall: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    address = f"/werkstatt/{hall.workshop.code}/"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get(address).text)
    assert token
    browser.post(f"{address}beitreten/", {"bench": "bildung", "table": 1, "csrfmiddlewaretoken": token[1]})
    hall.go("karten")
    fields = _form(browser.get(address).text, "write_card")
    for _ in range(2):  # pressed twice
        page = browser.post(f"{address}tat/", fields | {"text": "Ohne Skript <script>alert(1)</script>"}, follow=True)
    assert "Ohne Skript &lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert Event.objects.filter(verb="write_card").count() == 1
    assert browser.post(f"{address}tat/", {"verb": "write_card", "text": "ohne Schutz"}).status_code == 403


def test_a_shared_device_is_covered_and_handed_over(hall: Any) -> None:
    browser = Client()
    _join(hall, browser)
    _join(hall, browser, "wirtschaft")
    address = f"/werkstatt/{hall.workshop.code}/"
    assert "Person 2 von 2" in browser.get(address).text
    cover = browser.post(f"{address}weitergeben/", follow=True).text
    assert "Bitte weitergeben" in cover
    assert "Person 1" in cover
    assert "Person 1 von 2" in browser.post(f"{address}platz/1/", follow=True).text


def test_pages_come_in_english_too(hall: Any) -> None:
    browser = Client()
    _join(hall, browser)
    hall.go("karten")
    page = browser.get(f"/werkstatt/{hall.workshop.code}/?lang=en").text
    assert "What would really help in your field?" in page
    assert "Hand in card" in page


def test_first_page_is_small(hall: Any) -> None:
    browser = Client()
    page = _join(hall, browser)
    files = ["tokens.css", "base.css", "workshop.css", "phone.css", "phone.js", "live.js", "outbox.js"]
    from django.contrib.staticfiles import finders

    paths = [finders.find(f"{folder}/{name}") for name in files for folder in ("fachkraftwerk", "workshops")]
    size = len(page.content) + sum(Path(path).stat().st_size for path in paths if path)
    assert size < 60_000
    assert not re.search(r'(src|href)="(https?:)?//', page.text)


def test_scripts_are_copied_edited_and_exported(clients: dict[str, Client]) -> None:
    owner = clients["owner"]
    owner.post(reverse("workshops:copy_script", args=["01-hessen-ein-tag"]))
    script = Script.objects.get()
    address = reverse("workshops:edit_script", args=[script.pk])
    assert clients["stranger"].get(address).status_code == 404
    content = owner.get(f"/werkstatt/drehbuecher/eigenes-{script.pk}.yaml").text
    broken = owner.post(address, {"name": "Unser Tag", "content": content.replace("kind: dots", "kind: tanz")})
    assert "„tanz“ ist keine Art von Schritt" in broken.text
    owner.post(address, {"name": "Unser Tag", "content": content.replace("minutes: 8", "minutes: 12")})
    script.refresh_from_db()
    assert script.name == "Unser Tag"
    assert [phase["minutes"] for phase in script.content["phases"] if phase["kind"] == "dots"] == [12]


def test_a_workshop_is_made_with_three_answers(clients: dict[str, Client], muster_desk: Any) -> None:
    name = muster_desk.edition.regions.regions[0].name
    made = clients["owner"].post(
        reverse("workshops:create"), {"region": name, "script": "01-hessen-ein-tag", "tables": "6"}
    )
    workshop = Workshop.objects.exclude(title="Probe").get()
    assert made.url == reverse("workshops:manage", args=[workshop.id])
    assert workshop.title == f"Zukunftswerkstatt {name}"
    assert len(workshop.setup["figures"]) == 5
    assert workshop.setup["tables"] == 6
    wrong = clients["owner"].post(reverse("workshops:create"), {"region": "Nirgendwo", "tables": "99"})
    assert wrong.text.count("<li>") >= 2


def test_the_next_workshop_knows_the_measures_of_the_last(
    hall: Any, clients: dict[str, Client], muster_desk: Any
) -> None:
    who = hall.join().actor
    hall.go("blaetter")
    hall.act(who, "open_sheet", title="Werksbus")
    name = muster_desk.edition.regions.regions[0].name
    clients["owner"].post(
        reverse("workshops:create"),
        {"region": name, "tables": "4", "script": "04-folgewerkstatt", "previous": str(hall.workshop.id)},
    )
    following = Workshop.objects.exclude(title="Probe").get()
    assert [entry["title"] for entry in following.setup["existing"]] == ["Werksbus"]


def test_the_privacy_page_says_what_why_and_how_long() -> None:
    page = Client().get("/werkstatt/datenschutz/").text
    for words in ("Was gespeichert wird", "längstens 30 Tage", "ab fünf Personen", "Bitte keine Namen"):
        assert words in page


def test_a_script_is_changed_step_by_step(clients: dict[str, Client]) -> None:
    owner = clients["owner"]
    address = owner.post("/werkstatt/drehbuecher/01-hessen-ein-tag/kopieren/").url
    phases = Script.objects.get().content["phases"]
    form = {f"{what}-{n}": value for n, phase in enumerate(phases) for what, value in (
        ("title", phase["title"]["de"]), ("minutes", phase["minutes"]), ("place", n + 1), ("keep", "1"))}  # fmt: skip
    form |= {"steps": len(phases), "name": "Unser Tag", "title-0": "Guten Morgen", "minutes-0": 10, "place-0": 3}
    del form[f"keep-{[phase['key'] for phase in phases].index('galerie')}"]
    assert owner.post(address, form).status_code == 302
    script = Script.objects.get()
    keys = [phase["key"] for phase in script.content["phases"]]
    assert keys[:3] == ["prognose", "register", "eroeffnung"]
    assert "galerie" not in keys
    assert script.content["phases"][2]["title"]["de"] == "Guten Morgen"
    assert script.name == "Unser Tag"


def test_a_script_whose_walls_would_be_empty_is_refused(clients: dict[str, Client]) -> None:
    owner = clients["owner"]
    address = owner.post("/werkstatt/drehbuecher/01-hessen-ein-tag/kopieren/").url
    phases = Script.objects.get().content["phases"]
    form = {f"keep-{n}": "1" for n, phase in enumerate(phases) if phase["key"] not in ("karten", "wechsel")}
    page = owner.post(address, form | {"steps": len(phases)})
    assert "Diesen Schritten fehlen die Karten" in page.text
    assert len(Script.objects.get().content["phases"]) == len(phases)


def test_own_scripts_can_be_deleted_by_their_owner_only(clients: dict[str, Client]) -> None:
    address = clients["owner"].post("/werkstatt/drehbuecher/01-hessen-ein-tag/kopieren/").url
    assert clients["stranger"].post(address + "loeschen/").status_code == 404
    assert clients["owner"].post(address + "loeschen/").status_code == 302
    assert not Script.objects.exists()


def test_a_workshop_is_deleted_with_its_code_typed_once_more(hall: Any, clients: dict[str, Client]) -> None:
    address = reverse("workshops:delete", args=[hall.workshop.id])
    assert clients["stranger"].post(address, {"code": hall.workshop.code}).status_code == 404
    assert "Es wurde nichts gelöscht" in clients["owner"].post(address, {"code": "ABCDEF"}).text
    assert Workshop.objects.exists()
    assert clients["owner"].post(address, {"code": hall.workshop.code.lower()}).url == reverse("workshops:home")
    assert not Workshop.objects.exists()


def test_a_running_workshop_cannot_be_deleted(hall: Any, clients: dict[str, Client]) -> None:
    hall.go("karten")
    hall.workshop.refresh_from_db()
    clients["owner"].post(reverse("workshops:delete", args=[hall.workshop.id]), {"code": hall.workshop.code})
    assert Workshop.objects.exists()


def test_a_colleague_is_let_in_by_account_name(hall: Any, clients: dict[str, Client]) -> None:
    address = reverse("workshops:colleague", args=[hall.workshop.id])
    page = reverse("workshops:manage", args=[hall.workshop.id])
    assert clients["stranger"].get(page).status_code == 404
    clients["owner"].post(address, {"name": "stranger"})
    assert clients["stranger"].get(page).status_code == 200
    assert "Dieses Konto gibt es hier nicht" in clients["owner"].post(address, {"name": "niemand"}, follow=True).text
