"""Addresses of the pages; at the root, as people look for them there."""

from django.urls import path
from django.views.generic import TemplateView

app_name = "about"
urlpatterns = [
    path("datenschutz/", TemplateView.as_view(template_name="about/privacy.html"), name="privacy"),
    path("barrierefreiheit/", TemplateView.as_view(template_name="about/accessibility.html"), name="accessibility"),
]
