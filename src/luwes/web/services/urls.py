"""Addresses of services, their units and the floors of their points."""

from django.urls import path

from luwes.web.services import chain, editing, floor, points, standards, views, workplaces

app_name = "services"
urlpatterns = [
    path("", views.services, name="list"),
    path("unit/<slug:key>/", views.unit, name="unit"),
    path("unit/<slug:key>/usulan/", views.settle, name="settle"),
    path("unit/<slug:key>/standar/", standards.standards, name="standards"),
    path("unit/<slug:key>/baru/", editing.create, name="create"),
    path("unit/<slug:key>/tempat/", workplaces.workplace, name="workplace"),
    path("rincian/<slug:key>/", views.service, name="service"),
    path("rincian/<slug:key>/standar/", editing.standard, name="standard"),
    path("rincian/<slug:key>/rantai/", chain.chain, name="chain"),
    path("rincian/<slug:key>/titik/", points.add, name="add_point"),
    path("rincian/<slug:key>/akhir/", editing.end, name="end"),
    path("titik/<slug:key>/", points.point, name="point"),
    path("titik/<slug:key>/lantai/", floor.floor, name="floor"),
]
