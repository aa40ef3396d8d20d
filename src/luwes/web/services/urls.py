"""Addresses of services, their units and the floors of their points."""

from django.urls import path

from luwes.web.services import floor, views

app_name = "services"
urlpatterns = [
    path("", views.services, name="list"),
    path("unit/<slug:key>/", views.unit, name="unit"),
    path("unit/<slug:key>/usulan/", views.settle, name="settle"),
    path("rincian/<slug:key>/", views.service, name="service"),
    path("titik/<slug:key>/lantai/", floor.floor, name="floor"),
]
