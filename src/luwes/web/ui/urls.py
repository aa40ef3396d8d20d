"""Addresses of the component gallery."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []
