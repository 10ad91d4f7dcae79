"""Addresses after the workshop, below ``/werkstatt/``."""

from django.urls import path

from fachkraftwerk.web.afterwards.views import files, importing, looking_back, pages, paper, prints, shared

app_name = "afterwards"
urlpatterns = [
    path("import/", importing.page, name="import"),
    path("protokoll/<str:key>/", shared.minutes, name="shared"),
    path("protokoll/<str:key>/protokoll.pdf", shared.minutes_pdf, name="shared_pdf"),
    path("leinwand/<str:key>/protokoll.svg", shared.screen_code, name="screen_code"),
    path("<uuid:workshop_id>/freigeben/", pages.sign_off, name="sign_off"),
    path("<uuid:workshop_id>/protokoll/", pages.minutes, name="minutes"),
    path("<uuid:workshop_id>/protokoll.pdf", files.minutes_pdf, name="minutes_pdf"),
    path("<uuid:workshop_id>/protokoll.docx", files.minutes_docx, name="minutes_docx"),
    path("<uuid:workshop_id>/export.json", files.export_json, name="export_json"),
    path("<uuid:workshop_id>/export.zip", files.export_csv, name="export_csv"),
    path("<uuid:workshop_id>/karten.pdf", prints.cards, name="cards"),
    path("<uuid:workshop_id>/tischkarten.pdf", prints.table_cards, name="table_cards"),
    path("<uuid:workshop_id>/plakat.pdf", prints.poster, name="poster"),
    path("<uuid:workshop_id>/rueckblick/", looking_back.page, name="looking_back"),
    path("<uuid:workshop_id>/papier/", paper.page, name="paper"),
]
