"""Addresses of who runs the survey."""

from django.urls import path

from luwes.web.survey import posters, rounds, service

app_name = "survey"
urlpatterns = [
    path("", rounds.overview, name="list"),
    path("putaran/baru/", rounds.begin, name="begin"),
    path("putaran/<slug:key>/tutup/", rounds.close, name="close"),
    path("layanan/<slug:key>/", service.service, name="service"),
    path("titik/<slug:key>/poster/", posters.make, name="make_poster"),
    path("poster/<slug:code>/tarik/", posters.retire, name="retire_poster"),
    path("poster/<slug:code>/<slug:paper>.pdf", posters.pdf, name="poster"),
]
