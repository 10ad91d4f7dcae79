"""Addresses of the pages; at the root, as people look for them there."""

from django.urls import path
from django.views.generic import TemplateView

from fachkraftwerk.web.about import views

app_name = "about"
urlpatterns = [
    path("hilfe/", TemplateView.as_view(template_name="about/help.html"), name="help"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", TemplateView.as_view(template_name="about/accessibility.html"), name="accessibility"),
]
