"""Addresses of the workshop, below ``/werkstatt/``."""

from __future__ import annotations

from django.urls import path, register_converter

from fachkraftwerk.web.workshops.domain.codes import ALPHABET
from fachkraftwerk.web.workshops.views import desk, effect, hosts, judgement, phone, privacy, screen, scripts


class Code:
    """Six characters of the room code, in either case."""

    regex = f"[{ALPHABET}{ALPHABET.lower()}]{{6}}"

    def to_python(self, value: str) -> str:
        """Return the code in upper case."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """Return the code as it is."""
        return value


register_converter(Code, "code")
app_name = "workshops"
urlpatterns = [
    path("", hosts.home, name="home"),
    path("neu/", hosts.create, name="create"),
    path("datenschutz/", privacy.page, name="privacy"),
    path("drehbuecher/", scripts.library, name="scripts"),
    path("drehbuecher/<slug:key>/kopieren/", scripts.copy, name="copy_script"),
    path("drehbuecher/<slug:key>.yaml", scripts.export, name="export_script"),
    path("drehbuecher/<int:number>/loeschen/", scripts.delete, name="delete_script"),
    path("drehbuecher/<int:number>/", scripts.edit, name="edit_script"),
    path("verwalten/<uuid:workshop_id>/", hosts.manage, name="manage"),
    path("verwalten/<uuid:workshop_id>/links/", hosts.renew_links, name="renew_links"),
    path("verwalten/<uuid:workshop_id>/einrichten/", hosts.prepare, name="prepare"),
    path("verwalten/<uuid:workshop_id>/schliessen/", hosts.close, name="close"),
    path("verwalten/<uuid:workshop_id>/loeschen/", hosts.delete, name="delete"),
    path("verwalten/<uuid:workshop_id>/kollegin/", hosts.colleague, name="colleague"),
    path("verwalten/<uuid:workshop_id>/protokoll/", hosts.incidents, name="incidents"),
    path("verwalten/<uuid:workshop_id>/protokoll.csv", hosts.incidents_csv, name="incidents_csv"),
    path("moderation/<str:key>/", desk.page, name="desk"),
    path("moderation/<str:key>/tat/", desk.act, name="desk_act"),
    path("moderation/<str:key>/protokoll/", desk.minutes, name="desk_minutes"),
    path("moderation/<str:key>/vorschlaege/", desk.proposals, name="proposals"),
    path("moderation/<str:key>/einschaetzung/", judgement.page, name="judgement"),
    path("leinwand/<str:key>/", screen.page, name="screen"),
    path("mitmachen/", phone.find, name="find"),
    path("<code:code>/", phone.page, name="phone"),
    path("<code:code>/beitreten/", phone.join, name="join"),
    path("<code:code>/wieder/", phone.re_enter, name="re_enter"),
    path("<code:code>/tat/", phone.act, name="act"),
    path("<code:code>/wirkung/", effect.show, name="effect"),
    path("<code:code>/weitergeben/", phone.hand_over, name="hand_over"),
    path("<code:code>/platz/<int:seat>/", phone.take, name="take_seat"),
    path("<code:code>/verlassen/", phone.leave, name="leave"),
]
